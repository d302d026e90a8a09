"""The purchase in hand: what a scan means depends on who was identified, which amount was entered and what waits.

Synchronous and without Qt or threads; ``till_lane`` calls it from the one thread that may decide.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from pos_client.domain import basket as baskets
from pos_client.domain.basket import Basket
from pos_client.domain.judge import Refusal
from pos_client.domain.override import OVERRIDABLE
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import Verdict, VerdictKind

from .appraise import Case, refused
from .bought_once import BoughtOnce
from .check_code import CheckCode
from .choosing import Choosing, is_tail
from .desk import Desk
from .identify_member import Wallet, open_wallet
from .late_answers import Late, correction, take_note
from .overriding import OverrideAsk
from .phone_looks import PhoneLooks
from .recognise import CouponShown, MemberShown, SceneShown, recognise
from .redeem import REDEEMED
from .same_customer import is_same, is_still_held_up
from .set_in_hand import OFFERED, SetInHand
from .set_view import SetChange, SetDeed
from .things_in_hand import OVERRIDE_WITHIN, ThingsInHand, UndoLeft
from .till_view import Customer, TillAnswer
from .transaction import Request
from .undo_effects import undo_target
from .usual_amount import UsualAmount
from .void import Void
from .waiting_coupon import Waiting

__all__ = ["FREE_UNDO", "OVERRIDE_WITHIN", "PURCHASE_ENDS_AFTER", "TillSession"]

FREE_UNDO: Final = timedelta(seconds=8)
# Nobody stands at a counter that long without showing anything: whoever comes next is somebody else.
PURCHASE_ENDS_AFTER: Final = timedelta(seconds=120)


class TillSession(ThingsInHand):
    """One counter's dialogue. Call it from one thread only."""

    def __init__(self, desk: Desk, operator: str, promoter: str = "") -> None:
        self._desk = desk
        self._check, self._void = CheckCode(desk), Void(desk)
        self._set, self._choosing, self._usual = SetInHand(desk), Choosing(desk), UsualAmount(desk)
        self.operator, self.promoter = operator, promoter
        # Last days of coupons that were told of, for whoever wants to take one back later.
        self.ends: dict[str, date] = {}
        self._member: MemberShown | None = None
        self._scene: SceneShown | None = None
        self._wallet: Wallet | None = None
        self._amount: int | None = None
        self._waiting: Waiting | None = None
        self._last_redeemed: int | None = None
        self._last_deed: datetime | None = None
        self._bought, self._looks = BoughtOnce(), PhoneLooks(desk)
        # What the lane has just left to a person, and the number of the answer that said so.
        self._tried: Request | None = None
        self._left: tuple[int, datetime, Request] | None = None
        self._undo_left: UndoLeft | None = None
        # The redemption that stands on the screen; whatever is begun after it takes its place.
        self._shown: int | None = None

    def scan(self, scan: Scan, number: int) -> TillAnswer:
        """Judge what was read; a coupon that needs nothing more is redeemed at once."""
        self.end_idle_purchase()
        self._last_deed, self._shown = self._desk.trusted_time().now, None
        self._choosing.close()
        if scan.source is ScanSource.TYPED and is_tail(scan.text):
            return self._answer(self._choosing.by_tail(scan.text, self.operator), number)
        if too_many := self._looks.refusal(scan.text):
            return self._answer(too_many, number)
        shown = recognise(self._desk, scan.text, self._desk.trusted_time())
        if isinstance(shown, MemberShown):
            source = scan.source.value
            return self._undecided(shown, source, number) if shown.others else self._greet(shown, source, number)
        if isinstance(shown, SceneShown):
            return self._came_by(shown, scan, number)
        self._waiting = None
        request = Request((scan.text,), self._basket(), self._member, attribution=self._attribution(scan.source.value))
        return self._judge(request, number, is_coupon=isinstance(shown, CouponShown))

    def too_many_phones(self, phone: str) -> Verdict | None:
        """Count a number that is looked up elsewhere at this counter; why it must wait, None where it need not."""
        return self._looks.refusal(phone)

    def choose_coupon(self, coupon_id: str, number: int) -> TillAnswer | None:
        """Judge a coupon of the member's list. A phone number alone entitles to nothing."""
        facts = self._wallet.facts.get(coupon_id) if self._wallet else None
        if facts is None or self._member is None:
            return None
        self._waiting = None
        if self._member.presence.proof == "phone":
            context = self._desk.context(self._desk.trusted_time(), self._basket(), self._member.presence)
            case = Case(facts, context, "", self._member.view, self.operator)
            return self._answer(refused(self._desk, case, Refusal(Reason.PROOF_NEEDED)), number)
        request = Request((), self._basket(), self._member, (facts,), self._attribution("list"))
        return self._judge(request, number, is_coupon=True)

    def choose_member(self, ref: str, number: int) -> TillAnswer | None:
        """One of those among whom a person must choose; None where he is not offered."""
        member = self._choosing.chosen(ref)
        return self._greet(member, "list", number) if member else None

    def change_set(self, change: SetChange, number: int) -> TillAnswer | None:
        """Offer the customer's coupons together, or change which are ticked; None while no amount is known."""
        self._last_deed, self._shown = self._desk.trusted_time().now, None
        if change.deed is SetDeed.OPEN:
            self._set.open(self._waiting.request.codes if self._waiting and not self._waiting.is_set else ())
        self._set.change(self._whole(), change)
        self._offer_again()
        if self._amount is None:
            return None
        return replace(self._answer(self._set.verdict(), number), is_quiet=True)

    def set_amount(self, minor: int | None, number: int) -> TillAnswer | None:
        """The receipt's amount; what waits is judged again. None where nothing waits."""
        self._last_deed, self._shown = self._desk.trusted_time().now, None
        self._amount = minor
        waiting, self._waiting = self._waiting, None
        self._refresh_wallet()
        if self._set.is_open:
            self._offer_again()
            return None
        if waiting is None or minor is None:
            return None
        return self._judge(replace(waiting.request, basket=self._basket()), number, is_coupon=True)

    def confirm(self, number: int) -> TillAnswer | None:
        """Redeem what waits for Enter."""
        waiting = self._waiting
        if waiting is None or waiting.reason not in {Reason.CONFIRM, Reason.THING_HELD}:
            return None
        self._waiting = None
        redeem = self._set_redeemed if waiting.is_set else self._redeemed
        return self._answer(redeem(waiting.request), number)

    def override(self, ask: OverrideAsk, of_number: int) -> TillAnswer | None:
        """Redeem, or take back, what an earlier answer left to a person; judged anew. None where it is too late.

        Args:
            ask: who allows it, and why.
            of_number: the answer that is meant; a newer one is not what the supervisor has seen.
        """
        if self._undo_left and self._undo_left[0] == of_number:
            return self._undone_by(ask.who, of_number)
        number, at, request = self._left or (0, self._desk.trusted_time().now, Request())
        if number != of_number or self._left is None or self._desk.trusted_time().now - at > OVERRIDE_WITHIN:
            return None
        verdict = self._redeemed(replace(request, override=ask))
        if verdict.kind in REDEEMED:
            self._left = None
        self._tried = None
        return self._answer(verdict, of_number)

    def late(self, answers: Sequence[Late], number: int) -> TillAnswer | None:
        """Servers' answers that came too late; what the screen says instead, where it shows what one contradicts."""
        self.end_idle_purchase()
        found = [one for one in (take_note(self._desk, late) for late in answers) if one]
        contradicted = next((one for one in found if self._shown in {one.seq, undo_target(self._desk, one.seq)}), None)
        if contradicted is None:
            return None
        answer = self._answer(correction(self._desk, contradicted), number)
        free = answer.at + FREE_UNDO
        self._last_redeemed = self._shown = contradicted.seq
        return replace(answer, undo_until=free, undo_seq=contradicted.seq, is_unasked=True)

    def detach_member(self) -> None:
        """The customer in hand is no member any more."""
        self._member, self._wallet, self._amount, self._waiting, self._scene = None, None, None, None, None
        self._shown = None
        self._bought.forget()
        self._set.close()

    def end_idle_purchase(self) -> bool:
        """Forget a customer who has gone: his member card and amount must not serve the next one. True if so."""
        if self._last_deed is None or self._desk.trusted_time().now - self._last_deed < PURCHASE_ENDS_AFTER:
            return False
        self._last_deed = None
        known = (self._member, self._amount, self._waiting) != (None, None, None)
        self.detach_member()
        return known

    def customer(self) -> Customer:
        """What is known of the purchase in hand."""
        reason = self._waiting.reason if self._waiting else None
        card = self._wallet.card if self._wallet else None
        waits = reason is Reason.CONFIRM, reason is Reason.BASKET_NEEDED
        usual, is_kept = self._usual.minor(), reason is Reason.THING_HELD
        return Customer(card, self._amount, *waits, self._set.shown, self._choosing.shown, usual, is_kept)

    def _greet(self, member: MemberShown, source: str, number: int) -> TillAnswer:
        """Another member is another purchase; one who comes forward while a coupon waits belongs to that purchase."""
        waiting, self._waiting = self._waiting, None
        now = self._desk.trusted_time().now
        if self._member is not None and not is_same(self._member, member):
            self._set.put_aside(self._member.view.ref, self._amount, now)
            waiting, self._amount, self._scene = None, None, None
            self._bought.forget()
        elif self._member is None and waiting is None:
            self._amount = None
        if self._member is None or not is_still_held_up(self._member, member):
            self._member = member
        taken_up = self._set.take_up(self._member.view.ref, now)
        self._amount = self._amount or taken_up
        self._refresh_wallet()
        if taken_up:
            self._offer_again()
        verdict = self._check(Request(member=self._member, attribution=self._attribution(source)))
        if waiting and not waiting.is_set:
            request = replace(waiting.request, member=self._member)
            if waiting.reason is Reason.MEMBER_NEEDED:
                return self._judge(request, number, is_coupon=True)
            self._waiting = replace(waiting, request=request)
        return self._answer(verdict, number)

    def _undecided(self, sharing: MemberShown, source: str, number: int) -> TillAnswer:
        """Several share this phone: nobody is greeted, and whoever stood here has gone unless he is one of them."""
        refs = {sharing.view.ref, *(one.view.ref for one in sharing.others)}
        if self._member is not None and self._member.view.ref not in refs:
            self.detach_member()
        self._choosing.among(sharing)
        return self._answer(self._check(Request(member=sharing, attribution=self._attribution(source))), number)

    def _came_by(self, scene: SceneShown, scan: Scan, number: int) -> TillAnswer:
        """A booth's code is no purchase; it says how the customer of this one came, until it ends."""
        self._scene = scene
        by = self._attribution(scan.source.value)
        if self._waiting is not None:
            self._waiting = replace(self._waiting, request=replace(self._waiting.request, attribution=by))
        return self._answer(self._check(Request((scan.text,), attribution=by)), number)

    def _judge(self, request: Request, number: int, *, is_coupon: bool) -> TillAnswer:
        if is_coupon:
            looked = self._check(request)
            if held := self._kept(request, looked):
                return self._answer(held, number)
            if looked.reason in {Reason.CONFIRM, Reason.BASKET_NEEDED, Reason.MEMBER_NEEDED}:
                self._waiting = Waiting(request, looked.reason)
                if self._set.is_open and looked.reason is Reason.CONFIRM:
                    return self.change_set(SetChange(SetDeed.OPEN), number) or self._answer(looked, number)
                return self._answer(looked, number)
        return self._answer(self._redeemed(request, is_coupon=is_coupon), number)

    def _whole(self) -> Request:
        """All that the customer in hand has."""
        picked = tuple(self._wallet.facts.values()) if self._wallet else ()
        return Request((), self._basket(), self._member, picked, self._attribution("list"))

    def _offer_again(self) -> None:
        """Count the set anew; Enter redeems it from now on."""
        self._set.offer(self._whole())
        asked = self._set.asked
        self._waiting = Waiting(asked, Reason.CONFIRM, is_set=True) if asked else None

    def _answer(self, verdict: Verdict, number: int) -> TillAnswer:
        now = self._desk.trusted_time().now
        if self._tried and verdict.kind is VerdictKind.SUPERVISOR and verdict.reason in OVERRIDABLE:
            self._left = (number, now, self._tried)
        self._tried = None
        redeemed = verdict.entry is not None and verdict.kind in {VerdictKind.ACCEPTED, VerdictKind.PENDING}
        undo_until: datetime | None = None
        if redeemed and verdict.entry and verdict.reason is not Reason.VOIDED:
            self._last_redeemed, undo_until = verdict.entry.seq, now + FREE_UNDO
        if redeemed and self._member is None:
            # An anonymous purchase is over; the next customer's begins without its amount and its booth code.
            self._amount, self._scene = None, None
        if redeemed:
            self._refresh_wallet()
        if self._set.is_open and verdict.reason not in OFFERED and (self._waiting is None or self._waiting.is_set):
            self._offer_again()
        self._shown = verdict.entry.seq if redeemed and verdict.entry else None
        self.ends |= {outcome.id: outcome.ends for outcome in verdict.coupons if outcome.ends}
        names = {person.id: person.name for person in self._desk.cache.staff()}
        promoter, store = names.get(self.promoter, ""), self._desk.cache.store().name
        undo_seq = self._last_redeemed if undo_until else None
        return TillAnswer(verdict, number, now, self.customer(), promoter, store, undo_until, undo_seq)

    def _refresh_wallet(self) -> None:
        self._wallet = open_wallet(self._desk, self._member, self._basket()) if self._member else None

    def _basket(self) -> Basket | None:
        currency = self._desk.cache.store().currency
        return None if self._amount is None else baskets.of_amount(self._amount, currency)
