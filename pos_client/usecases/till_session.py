"""The purchase in hand: what a scan means depends on who was identified, which amount was entered and what waits.

Synchronous and without Qt or threads; ``till_lane`` calls it from the one thread that may decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pos_client.domain import basket as baskets
from pos_client.domain.basket import Basket
from pos_client.domain.judge import Refusal
from pos_client.domain.override import OVERRIDABLE
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import HANDED_OVER
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Notice, Verdict, VerdictKind

from .appraise import Case, refused
from .check_code import CheckCode
from .desk import Attribution, Desk
from .hand_over import HandOver, HandOverRequest
from .identify_member import Wallet, open_wallet
from .late_answers import Late, correction, take_note
from .overriding import NOT_BELIEVED, OverrideAsk
from .recognise import CouponShown, MemberShown, SceneShown, recognise
from .redeem import REDEEMED, Redeem
from .till_view import Customer, TillAnswer, UndoReason
from .transaction import Request
from .void import Void

FREE_UNDO: Final = timedelta(seconds=8)
# Nobody stands at a counter that long without showing anything: whoever comes next is somebody else.
PURCHASE_ENDS_AFTER: Final = timedelta(seconds=120)
# A phone that was held up a little longer is no second showing of its code.
STILL_HELD_UP_S: Final = 30


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A coupon that waits for Enter or for the amount."""

    request: Request
    reason: Reason


class TillSession:
    """One counter's dialogue. Call it from one thread only."""

    def __init__(self, desk: Desk, operator: str, promoter: str = "") -> None:
        self._desk = desk
        self._check, self._redeem, self._void = CheckCode(desk), Redeem(desk), Void(desk)
        self._hand_over = HandOver(desk)
        self.operator = operator
        self.promoter = promoter
        self._member: MemberShown | None = None
        self._scene: SceneShown | None = None
        self._wallet: Wallet | None = None
        self._amount: int | None = None
        self._waiting: _Waiting | None = None
        # What the lane's rules left to a supervisor; it stays until something else is decided.
        self._left: Request | None = None
        self._last_redeemed: int | None = None
        self._last_deed: datetime | None = None
        # The redemption that stands on the screen; whatever is begun after it takes its place.
        self._shown: int | None = None

    def scan(self, scan: Scan, number: int) -> TillAnswer:
        """Judge what was read; a coupon that needs nothing more is redeemed at once."""
        self.end_idle_purchase()
        self._last_deed, self._shown, self._left = self._desk.trusted_time().now, None, None
        shown = recognise(self._desk, scan.text, self._desk.trusted_time())
        if isinstance(shown, MemberShown):
            return self._undecided(shown, scan, number) if shown.others else self._greet(shown, scan, number)
        if isinstance(shown, SceneShown):
            return self._came_by(shown, scan, number)
        self._waiting = None
        request = Request((scan.text,), self._basket(), self._member, attribution=self._attribution(scan.source.value))
        return self._judge(request, number, is_coupon=isinstance(shown, CouponShown))

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

    def set_amount(self, minor: int | None, number: int) -> TillAnswer | None:
        """The receipt's amount; what waits is judged again. None where nothing waits."""
        self._last_deed, self._shown = self._desk.trusted_time().now, None
        self._amount = minor
        waiting, self._waiting = self._waiting, None
        self._refresh_wallet()
        if waiting is None or minor is None:
            return None
        return self._judge(replace(waiting.request, basket=self._basket()), number, is_coupon=True)

    def confirm(self, number: int) -> TillAnswer | None:
        """Redeem what waits for Enter."""
        waiting = self._waiting
        if waiting is None or waiting.reason is not Reason.CONFIRM:
            return None
        self._waiting = None
        return self._answer(self._redeemed(waiting.request), number)

    @property
    def is_left_to_supervisor(self) -> bool:
        """Whether something waits for a supervisor."""
        return self._left is not None

    def override(self, ask: OverrideAsk, number: int) -> TillAnswer | None:
        """Let a supervisor allow what was left to him; None where nothing is. A wrong PIN leaves it to him."""
        left = self._left
        if left is None:
            return None
        answer = self._answer(self._redeemed(replace(left, override=ask)), number)
        if answer.verdict.reason in NOT_BELIEVED:
            self._left = left
        return answer

    def undo(self, seq: int | None, reason: UndoReason, number: int) -> TillAnswer | None:
        """Take a redemption back; the latest one where none is named."""
        target = seq if seq is not None else self._last_redeemed
        if target is None:
            return None
        return self._answer(
            self._void(target, reason.value, Attribution(self.operator, self.promoter, "window")), number
        )

    def late(self, answers: Sequence[Late], number: int) -> TillAnswer | None:
        """Servers' answers that came too late; what the screen says instead, where it shows what one contradicts."""
        self.end_idle_purchase()
        found = [one for one in (take_note(self._desk, late) for late in answers) if one]
        contradicted = next((one for one in found if one.seq == self._shown), None)
        if contradicted is None:
            return None
        answer = self._answer(correction(self._desk, contradicted), number)
        free = answer.at + FREE_UNDO
        self._last_redeemed = self._shown = contradicted.seq
        return replace(answer, undo_until=free, undo_seq=contradicted.seq, is_unasked=True)

    def detach_member(self) -> None:
        """The customer in hand is no member any more."""
        self._member, self._wallet, self._amount, self._waiting, self._scene = None, None, None, None, None
        self._shown = self._left = None

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
        return Customer(card, self._amount, reason is Reason.CONFIRM, reason is Reason.BASKET_NEEDED)

    def _greet(self, member: MemberShown, scan: Scan, number: int) -> TillAnswer:
        """Another member is another purchase; one who comes forward while a coupon waits belongs to that purchase."""
        waiting, self._waiting = self._waiting, None
        if self._member is not None and not _is_same(self._member, member):
            waiting, self._amount, self._scene = None, None, None
        elif self._member is None and waiting is None:
            self._amount = None
        if self._member is None or not _is_still_held_up(self._member, member):
            self._member = member
        self._refresh_wallet()
        verdict = self._check(Request(member=self._member, attribution=self._attribution(scan.source.value)))
        if waiting:
            request = replace(waiting.request, member=self._member)
            if waiting.reason is Reason.MEMBER_NEEDED:
                return self._judge(request, number, is_coupon=True)
            self._waiting = replace(waiting, request=request)
        return self._answer(verdict, number)

    def _undecided(self, sharing: MemberShown, scan: Scan, number: int) -> TillAnswer:
        """Several share this phone: nobody is greeted, and whoever stood here has gone unless he is one of them."""
        refs = {sharing.view.ref, *(one.view.ref for one in sharing.others)}
        if self._member is not None and self._member.view.ref not in refs:
            self.detach_member()
        return self._answer(
            self._check(Request(member=sharing, attribution=self._attribution(scan.source.value))), number
        )

    def _came_by(self, scene: SceneShown, scan: Scan, number: int) -> TillAnswer:
        """A booth's code is no purchase; it says how the customer of this one came, until it ends."""
        self._scene = scene
        if self._waiting is not None:
            request = replace(self._waiting.request, attribution=self._attribution(scan.source.value))
            self._waiting = replace(self._waiting, request=request)
        return self._answer(
            self._check(Request((scan.text,), attribution=self._attribution(scan.source.value))), number
        )

    def _judge(self, request: Request, number: int, *, is_coupon: bool) -> TillAnswer:
        if is_coupon:
            looked = self._check(request)
            if looked.reason in {Reason.CONFIRM, Reason.BASKET_NEEDED, Reason.MEMBER_NEEDED}:
                self._waiting = _Waiting(request, looked.reason)
                return self._answer(looked, number)
        return self._answer(self._redeemed(request), number)

    def _redeemed(self, request: Request) -> Verdict:
        """Redeem; what it entitles to changes hands with the same look at the counter."""
        verdict = self._redeem(request)
        self._left = request if verdict.reason in OVERRIDABLE else None
        things = [reward.item for reward in verdict.rewards if reward.kind in HANDED_OVER]
        if verdict.entry is None or verdict.kind not in REDEEMED or not things:
            return verdict
        told: list[Notice] = []
        for item in things:
            handed = self._hand_over(HandOverRequest(verdict.entry.seq, item), request.attribution)
            told += [*handed.notices] if handed.kind is VerdictKind.ACCEPTED else [Notice("out-of-stock", handed.facts)]
        return replace(verdict, notices=(*verdict.notices, *told))

    def _answer(self, verdict: Verdict, number: int) -> TillAnswer:
        now = self._desk.trusted_time().now
        redeemed = verdict.entry is not None and verdict.kind in {VerdictKind.ACCEPTED, VerdictKind.PENDING}
        undo_until: datetime | None = None
        if redeemed and verdict.entry and verdict.reason is not Reason.VOIDED:
            self._last_redeemed, undo_until = verdict.entry.seq, now + FREE_UNDO
        if redeemed and self._member is None:
            # An anonymous purchase is over; the next customer's begins without its amount and its booth code.
            self._amount, self._scene = None, None
        if redeemed:
            self._refresh_wallet()
        self._shown = verdict.entry.seq if redeemed and verdict.entry else None
        names = {person.id: person.name for person in self._desk.cache.staff()}
        return TillAnswer(
            verdict=verdict,
            number=number,
            at=now,
            customer=self.customer(),
            promoter_name=names.get(self.promoter, ""),
            store_name=self._desk.cache.store().name,
            undo_until=undo_until,
            undo_seq=self._last_redeemed if undo_until else None,
        )

    def _refresh_wallet(self) -> None:
        self._wallet = open_wallet(self._desk, self._member, self._basket()) if self._member else None

    def _basket(self) -> Basket | None:
        if self._amount is None:
            return None
        return baskets.of_amount(self._amount, self._desk.cache.store().currency)

    def _attribution(self, source: str) -> Attribution:
        """Who acts in the purchase in hand; a booth's code by which the customer came is its source throughout."""
        return Attribution(self.operator, self.promoter, self._scene.source if self._scene else source)


def _is_still_held_up(known: MemberShown, again: MemberShown) -> bool:
    """Whether the customer in hand merely went on showing the slot code under which he has just redeemed."""
    is_same_code = bool(again.presence.code_hash) and again.presence.code_hash == known.presence.code_hash
    return is_same_code and again.presence.seen_s < STILL_HELD_UP_S


def _is_same(one: MemberShown, other: MemberShown) -> bool:
    """Whether two codes show one member; of one whom this lane does not know only the tag is there."""
    return (one.view.ref, one.presence.tag) == (other.view.ref, other.presence.tag)
