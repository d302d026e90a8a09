"""The lane as the host till's bridge sees it: proposals are judged, accepted ones recorded as purchases, in turn.

All of it is done on one thread, the till's own where a window is open, so a host and a clerk can never race for a
coupon. Whoever waits for that thread gives up after some seconds; what was asked for is then asked again.
"""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, TypeVar

from pos_client.bridge.till_port import Accepted, Asked, Outcome, Quote
from pos_client.config.wording import Wording
from pos_client.domain.errors import HostRefused
from pos_client.domain.host_receipt import HostReceipt
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.purchase import BasketSource, Receipt
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.desk import Attribution
from pos_client.usecases.purchase import Purchase, PurchaseRequest
from pos_client.usecases.transaction import Request

from .lane import Lane

ANSWER_WITHIN_S: Final = 8.0
SOURCE: Final = "host"
# A coupon that waits for Enter at the counter is confirmed here by the host's own acceptance.
_CAN_BE_USED: Final = frozenset({Reason.CAN_REDEEM, Reason.CONFIRM})
_MEMBER: Final = frozenset({Reason.MEMBER_IDENTIFIED, Reason.MEMBER_CODE_SEEN})
Result = TypeVar("Result")
VerdictDocument = Callable[[Verdict, Wording], dict[str, Any]]


class Turns(Protocol):
    """One thread that does what it is given, one after the other."""

    def submit(self, work: Callable[[], Result]) -> "Future[Result]":
        """Have it done in its turn."""


def _of_station(lane: Lane) -> Attribution:
    return Attribution(lane.operator, lane.promoter, SOURCE)


def _nobody() -> None:
    """Nobody waits to deliver."""


@dataclass(frozen=True, slots=True)
class LaneTill:
    """Fulfils the bridge's ``Till`` port.

    Attributes:
        reading, writing: open the lane for a question, or for a deed.
        turns: where both are done.
        document: a verdict as JSON.
        credit: who acts, and who gets the credit.
        on_written: told after a purchase was written, so that it is delivered soon.
        within_s: how long a host waits for the lane.
    """

    reading: Callable[[], AbstractContextManager[Lane]]
    writing: Callable[[], AbstractContextManager[Lane]]
    turns: Turns
    document: VerdictDocument
    credit: Callable[[Lane], Attribution] = _of_station
    on_written: Callable[[], None] = _nobody
    within_s: float = ANSWER_WITHIN_S

    def propose(self, asked: Asked) -> Quote:
        """Judge; nothing is written."""
        return self._in_turn(lambda: self._proposed(asked))

    def accept(self, accepted: Accepted) -> Outcome:
        """Record the purchase, once for each proposal."""
        return self._in_turn(lambda: self._accepted(accepted))

    def reject(self, proposal_id: str, reason: str) -> None:
        """Nothing is held for a proposal beyond the claims of an accepted one, so there is nothing to let go of."""

    def _in_turn(self, work: Callable[[], Result]) -> Result:
        waiting = self.turns.submit(work)
        try:
            return waiting.result(self.within_s)
        except TimeoutError as error:
            waiting.cancel()
            raise HostRefused("the lane did not answer in time", problem="till-busy") from error

    def _proposed(self, asked: Asked) -> Quote:
        with self.reading() as lane:
            verdict = lane.check(self._request(lane, asked))
            return Quote(
                verdict=self.document(verdict, lane.wording) if asked.codes else None,
                discount_minor=verdict.discount_minor if _redeems(verdict) else 0,
                by_line={line.place: line.discount_minor for line in verdict.lines} if _redeems(verdict) else {},
                redeems=_redeems(verdict),
                hold_s=lane.desk.trade().hold_s,
            )

    def _accepted(self, accepted: Accepted) -> Outcome:
        with self.writing() as lane:
            known = _written(lane, accepted.proposal_id)
            if known is not None:
                return Outcome(is_written=True, discount_minor=known.fields()["discount_minor"], verdict=None)
            request = self._request(lane, accepted.asked)
            if accepted.redeems:
                # Looked at once more before anything is claimed: what was agreed holds whole, or nothing is written.
                looked = lane.check(request)
                if not _redeems(looked) or looked.discount_minor != accepted.discount_minor:
                    document = self.document(looked, lane.wording)
                    return Outcome(is_written=False, discount_minor=0, verdict=document)
            else:
                request = replace(request, codes=_members_only(lane, request))
            verdict = Purchase(lane.desk)(_purchase(lane, request, accepted))
            is_written = verdict.reason is Reason.PURCHASE_RECORDED
            self.on_written()
            document = self.document(verdict, lane.wording)
            return Outcome(is_written=is_written, discount_minor=verdict.discount_minor, verdict=document)

    def _request(self, lane: Lane, asked: Asked) -> Request:
        return Request(asked.codes, asked.basket, attribution=self.credit(lane))


def _purchase(lane: Lane, request: Request, accepted: Accepted) -> PurchaseRequest:
    receipt = _receipt(lane.desk.identity.store, accepted.receipt, accepted.asked.basket.total_minor)
    return PurchaseRequest(request, source=BasketSource.HOST, txn=accepted.proposal_id, receipt=receipt)


def _receipt(store: int, host: HostReceipt, shelf_minor: int) -> Receipt:
    """Which receipt it is: tills count each for itself, so the till belongs to the name.

    Numbers are named as a receipt code names them, so that the same receipt is not taken once more as a code.
    """
    if all(number.isascii() and number.isdecimal() for number in (host.till, host.receipt_no)):
        return Receipt(store, str(int(host.receipt_no)), shelf_minor, host.day, int(host.till))
    number = f"{host.till}-{host.receipt_no}" if host.till else host.receipt_no
    return Receipt(store, number, shelf_minor, host.day)


def _redeems(verdict: Verdict) -> bool:
    return verdict.kind is VerdictKind.READY and verdict.reason in _CAN_BE_USED


def _members_only(lane: Lane, request: Request) -> tuple[str, ...]:
    """The code that says who bought, where no coupon counts: a foreign or used one must not stop the purchase."""
    found = [code for code in request.codes if lane.check(replace(request, codes=(code,))).reason in _MEMBER]
    return tuple(found[:1])


def _written(lane: Lane, txn: str) -> Entry | None:
    """The purchase of a proposal that is in the journal already: the answer to it was lost."""
    found = [entry for entry in lane.journal.of_purchase(txn) if entry.kind is EntryKind.TRANSACTION]
    return found[0] if found else None
