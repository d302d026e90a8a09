"""The part of the dialogue at the counter that is about things and people in hand, beside what is scanned.

Apart from the scan because the screens of hand-over and binding ask for it; ``TillSession`` alone inherits it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.override import SIGNED_UNDOS
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature
from .bought_once import BoughtOnce
from .desk import Attribution, Desk
from .recognise import MemberShown, SceneShown
from .redeem import REDEEMED
from .redeem_and_hand import redeemed_and_handed, with_what_is_owed
from .same_customer import is_same
from .set_in_hand import SetInHand
from .things_at_hand import hold_thing, let_go
from .till_view import TillAnswer, UndoReason
from .transaction import Request
from .undo_effects import undo_target
from .usual_amount import UsualAmount
from .void import Void
from .waiting_coupon import Waiting

# Longer than a supervisor's way to the counter, shorter than a forgotten customer.
OVERRIDE_WITHIN: Final = timedelta(minutes=10)
UndoLeft = tuple[int, datetime, int, str, str]
"""What was left to a supervisor: number and time of the answer that said so, then entry, reason and note."""


class ThingsInHand:
    """What a session keeps for the customer who stands here.

    Attributes:
        keeps_things: somebody stands here who hands things over: what is counted waits for his hand.
    """

    keeps_things: bool = False
    operator: str
    promoter: str
    detach_member: Callable[[], None]
    end_idle_purchase: Callable[[], bool]
    _desk: Desk
    _member: MemberShown | None
    _scene: SceneShown | None
    _waiting: Waiting | None
    _last_redeemed: int | None
    _last_deed: datetime | None
    _shown: int | None
    _answer: Callable[[Verdict, int], TillAnswer]
    _refresh_wallet: Callable[[], None]
    _amount: int | None
    _tried: Request | None
    _bought: BoughtOnce
    _set: SetInHand
    _usual: UsualAmount
    _void: Void
    _undo_left: UndoLeft | None

    @property
    def held(self) -> Request | None:
        """The coupon whose thing is kept for the customer who stands here."""
        return self._waiting.request if self._waiting and self._waiting.reason is Reason.THING_HELD else None

    def let_go(self) -> None:
        """He comes for it another time."""
        if self.held:
            let_go(self._desk, self.held, self._attribution("window"))
        self._waiting = None

    def say(self, verdict: Verdict, *, can_undo: bool = True) -> TillAnswer:
        """The verdict of a deed that was done beside the scan loop."""
        before = self._last_redeemed
        answer = self._answer(verdict, 0)
        if can_undo:
            return answer
        self._last_redeemed, self._shown = before, None
        return replace(answer, undo_until=None, undo_seq=None)

    def member_in_hand(self) -> MemberShown | None:
        """Who stands here, for a deed beside the scan loop; he has not gone while somebody is busy with him."""
        self.end_idle_purchase()
        if self._member is not None:
            self._last_deed = self._desk.trusted_time().now
        return self._member

    def seat(self, member: MemberShown) -> None:
        """Somebody became a member just now: he stands here, and what waits is his."""
        if self._member is not None and not is_same(self._member, member):
            self.detach_member()
        self._last_deed, self._member = self._desk.trusted_time().now, member
        self._refresh_wallet()

    def undo(self, seq: int | None, reason: UndoReason, number: int, note: str = "") -> TillAnswer | None:
        """Take a redemption back; the latest one where none is named. ``note``: a few words beside the reason."""
        target = seq if seq is not None else self._last_redeemed
        if target is None:
            return None
        asked = undo_target(self._desk, target), reason.value, note
        return self._undone((number, self._desk.trusted_time().now, *asked), None)

    def _undone_by(self, who: Signature, number: int) -> TillAnswer | None:
        """A supervisor signs what was too late to be taken back alone; None where that is too long ago."""
        left = self._undo_left
        if left is None or left[0] != number or self._desk.trusted_time().now - left[1] > OVERRIDE_WITHIN:
            return None
        return self._undone(left, who)

    def _undone(self, asked: UndoLeft, who: Signature | None) -> TillAnswer:
        number, _, target, reason, note = asked
        verdict = self._void(target, reason, Attribution(self.operator, self.promoter, "window"), who, note)
        if verdict.reason is Reason.VOIDED:
            self._bought.taken_back(target)
        if verdict.reason is Reason.VOIDED or verdict.reason in SIGNED_UNDOS:
            self._undo_left = asked if verdict.reason in SIGNED_UNDOS else None
        return self._answer(verdict, number)

    def _kept(self, request: Request, looked: Verdict) -> Verdict | None:
        """What is counted here waits for the hand that gives it; what cannot be held is decided as ever."""
        is_ready = self.keeps_things and looked.kind is VerdictKind.READY
        held = hold_thing(self._desk, request) if is_ready else None
        if held:
            self._waiting = Waiting(request, Reason.THING_HELD)
        return held

    def _redeemed(self, request: Request, *, is_coupon: bool = True) -> Verdict:
        """What was shown; where the purchase is known, its first coupon takes the goods with it, so that they earn."""
        self._tried = request
        if not is_coupon or not self._bought.is_purchase(request) or self._bought.is_recorded(request):
            return with_what_is_owed(self._desk, redeemed_and_handed(self._desk, request))
        verdict = self._bought.note(request, redeemed_and_handed(self._desk, request, is_purchase=True))
        return with_what_is_owed(self._desk, verdict)

    def _set_redeemed(self, request: Request) -> Verdict:
        """The set in one commit; a purchase is over with it, and its amount is not that of the next one."""
        verdict, amount = self._set.redeem(request, is_more=self._bought.is_recorded(request)), self._amount
        self._bought.note(request, verdict)
        if verdict.kind in REDEEMED:
            self._usual.add(amount or 0)
            self._amount = None
        return with_what_is_owed(self._desk, verdict)

    def _attribution(self, source: str) -> Attribution:
        """Who acts in the purchase in hand; a booth's code by which the customer came is its source throughout."""
        return Attribution(self.operator, self.promoter, self._scene.source if self._scene else source)
