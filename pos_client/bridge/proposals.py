"""Propose, accept, reject: we name the price, the host verifies it and writes its own books, then we write ours.

What the host says is on disk before the lane is asked to write, so a crash in between is made good at the next start.
"""

import threading
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from pos_client.domain import basket as baskets
from pos_client.domain.basket import Basket
from pos_client.domain.business_time import local_date
from pos_client.domain.errors import HostDataInvalid, HostRefused
from pos_client.domain.host_proposal import Proposal, ProposalState, require_acceptable, require_rejectable
from pos_client.domain.host_receipt import MAX_AMOUNT_MINOR, HostLine, HostReceipt, ReceiptKind, checked, moment
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.reasons import Reason

from .book_port import HostBook
from .events import EventShelf, shown
from .seal import Seal
from .till_port import Accepted, Asked, Outcome, Quote, Till

MAX_CODES: Final = 30
LONGEST_CODE: Final = 4_096
LONGEST_TEXT: Final = 64
WAIT_S: Final = 10.0
CODES_KEPT: Final = timedelta(days=1)
_ASKED: Final = frozenset({"basket", "codes", "member"})
_ACCEPTED: Final = frozenset({"receipt_no", "total_minor", "paid_at", "till"})
_REJECTED: Final = frozenset({"reason"})


class Proposals:
    """The propose mode. Every method may be called from any thread; one proposal is settled at a time.

    Args:
        till: decides and writes. book: keeps what was said. seal: hides codes and answers. events: told what happened.
        zone: the store's time zone. now: aware UTC.
    """

    def __init__(
        self, till: Till, book: HostBook, seal: Seal, events: EventShelf, zone: str, now: Callable[[], datetime]
    ) -> None:
        self._till, self._book, self._seal, self._events = till, book, seal, events
        self._zone, self._now = zone, now
        self._settling = threading.Lock()

    def propose(self, document: object) -> Mapping[str, Any]:
        """The proposal document of ``{"basket": …, "member": …, "codes": […]}``.

        Raises:
            BasketInvalid, HostDataInvalid: nothing was kept. PosError: the world says no.
        """
        body = _object(document, _ASKED)
        basket = baskets.parse(body.get("basket"))
        codes = tuple(_codes(body))
        quote = self._till.propose(Asked(basket, codes))
        now, known = self._now(), uuid.uuid4().hex
        self._book.lapse(now - CODES_KEPT)
        proposal = Proposal(
            proposal_id=known,
            state=ProposalState.OPEN,
            made_at=now,
            expires_at=now + timedelta(seconds=quote.hold_s),
            currency=basket.currency,
            basket=body["basket"],
            discount_minor=quote.discount_minor,
            total_minor=basket.total_minor - quote.discount_minor,
            redeems=quote.redeems,
            sealed=self._seal.sealed(codes, known) if codes else b"",
        )
        self._book.propose(proposal)
        self._events.tell("proposal", id=known, total_minor=proposal.total_minor, **shown(quote.verdict))
        return _proposal_document(proposal, basket, quote)

    def accept(self, proposal_id: str, document: object) -> Mapping[str, Any]:
        """Write the purchase down; the same answer again for the same receipt.

        Raises:
            HostDataInvalid, HostRefused: nothing was written. PosError: the host's word is kept, ask again.
        """
        body = _object(document, _ACCEPTED)
        till, number = _text(body, "till"), _text(body, "receipt_no")
        total, paid_at = _whole(body, "total_minor"), moment(body.get("paid_at"), "paid_at")
        with self._one_at_a_time():
            proposal = self._known(proposal_id)
            require_acceptable(proposal, till, number, total)
            if proposal.state is ProposalState.OPEN:
                proposal = replace(proposal, till=till, receipt_no=number, paid_at=paid_at)
                self._book.begin_accept(proposal_id, self._receipt(proposal), self._now())
            return self._settled(proposal)

    def reject(self, proposal_id: str, document: object) -> Mapping[str, Any]:
        """Let it go; once more does nothing.

        Raises:
            HostRefused: the host accepted it before. PosError: the world says no.
        """
        reason = _text(_object(document, _REJECTED), "reason")
        with self._one_at_a_time():
            proposal = self._known(proposal_id)
            require_rejectable(proposal)
            answer = {"id": proposal_id, "state": ProposalState.REJECTED.value, "reason": reason}
            if proposal.state is not ProposalState.OPEN:
                return self._answered(proposal) or answer
            self._till.reject(proposal_id, reason)
            self._book.end(proposal_id, ProposalState.REJECTED, self._seal.sealed(answer, proposal_id))
        self._events.tell("rejected", id=proposal_id)
        return answer

    def resume(self) -> Iterator[Mapping[str, Any]]:
        """Write down what the host accepted before this program ended too early; the answers.

        Raises:
            PosError: the world says no; what is left is tried again at the next start.
        """
        for proposal in self._book.unfinished():
            with self._one_at_a_time():
                try:
                    yield self._settled(proposal)
                except HostRefused as refused:
                    yield {"id": proposal.proposal_id, "state": "refused", "reason": refused.facts.get("problem")}

    def _settled(self, proposal: Proposal) -> Mapping[str, Any]:
        """Have the lane write it, unless that was done before. Raises HostRefused where it cannot be written."""
        known = self._answered(proposal)
        if proposal.state is ProposalState.ACCEPTED and known is not None:
            return known
        if proposal.state is ProposalState.REFUSED:
            raise _not_written(proposal, known or {})
        codes = self._seal.opened(proposal.sealed, proposal.proposal_id) or ()
        asked = Asked(baskets.parse(proposal.basket), tuple(codes))
        receipt = self._receipt(proposal)
        accepted = Accepted(proposal.proposal_id, asked, receipt, proposal.discount_minor, proposal.redeems)
        outcome = self._till.accept(accepted)
        state = ProposalState.ACCEPTED if outcome.is_written else ProposalState.REFUSED
        answer = _outcome_document(proposal, outcome, state)
        self._book.end(proposal.proposal_id, state, self._seal.sealed(answer, proposal.proposal_id))
        self._events.tell(state.value, id=proposal.proposal_id, **shown(outcome.verdict))
        if not outcome.is_written:
            raise _not_written(proposal, answer)
        return answer

    def _answered(self, proposal: Proposal) -> Mapping[str, Any] | None:
        answer: Mapping[str, Any] | None = self._seal.opened(proposal.answer, proposal.proposal_id)
        return answer

    def _receipt(self, proposal: Proposal) -> HostReceipt:
        """The host's receipt of an accepted proposal: what it charged is what was agreed."""
        basket, paid_at = baskets.parse(proposal.basket), proposal.paid_at or self._now()
        lines = tuple(HostLine(line.gtin, line.name, line.quantity, line.unit_minor) for line in basket.lines)
        return checked(
            HostReceipt(
                till=proposal.till,
                receipt_no=proposal.receipt_no,
                at=paid_at,
                day=local_date(paid_at, self._zone),
                kind=ReceiptKind.SALE,
                currency=proposal.currency,
                total_minor=proposal.total_minor,
                discount_minor=proposal.discount_minor,
                lines=lines,
            )
        )

    def _known(self, proposal_id: str) -> Proposal:
        proposal = self._book.proposal(proposal_id)
        if proposal is None:
            raise HostRefused("no such proposal", problem="proposal-unknown")
        return proposal

    @contextmanager
    def _one_at_a_time(self) -> Generator[None, None, None]:
        if not self._settling.acquire(timeout=WAIT_S):
            raise HostRefused("another proposal is being settled", problem="till-busy")
        try:
            yield
        finally:
            self._settling.release()


def _not_written(proposal: Proposal, answer: Mapping[str, Any]) -> HostRefused:
    """Why nothing was written: mostly the coupons, else a receipt under which another sale stands already."""
    verdict = answer.get("verdict") or {}
    reason = str(verdict.get("reason", ""))
    if reason == Reason.RECEIPT_TAKEN.value:
        detail = f"another sale stands under receipt {proposal.receipt_no}"
        return HostRefused(detail, problem="receipt-taken", verdict_reason=reason)
    return HostRefused(f"{proposal.discount_minor} was agreed: {reason}", problem="not-redeemed", verdict_reason=reason)


def _proposal_document(proposal: Proposal, basket: Basket, quote: Quote) -> dict[str, Any]:
    return {
        "id": proposal.proposal_id,
        "state": proposal.state.value,
        "expires_at": wire_time(proposal.expires_at),
        "currency": proposal.currency,
        "basket_minor": basket.total_minor,
        "discount_minor": proposal.discount_minor,
        "total_minor": proposal.total_minor,
        "lines": [
            {
                "place": place,
                "gtin": line.gtin,
                "quantity": line.quantity,
                "unit_minor": line.unit_minor,
                "discount_minor": quote.by_line.get(place, 0),
                "total_minor": line.amount_minor - quote.by_line.get(place, 0),
            }
            for place, line in enumerate(basket.lines)
        ],
        "verdict": quote.verdict,
    }


def _outcome_document(proposal: Proposal, outcome: Outcome, state: ProposalState) -> dict[str, Any]:
    return {
        "id": proposal.proposal_id,
        "state": state.value,
        "receipt_no": proposal.receipt_no,
        "total_minor": proposal.total_minor,
        "agreed_discount_minor": proposal.discount_minor,
        "discount_minor": outcome.discount_minor,
        "agrees": outcome.discount_minor == proposal.discount_minor,
        "verdict": outcome.verdict,
    }


def _object(document: object, fields: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(document, Mapping):
        raise HostDataInvalid("the body is a JSON object", problem="json")
    unknown = sorted(document.keys() - fields)
    if unknown:
        name = "".join(character if character.isprintable() else "·" for character in unknown[0][:40])
        raise HostDataInvalid(f"unknown field {name}", problem="field", field=name)
    return document


def _codes(body: Mapping[str, Any]) -> Iterator[str]:
    """The member's code first, as everywhere."""
    codes = body.get("codes", [])
    if not isinstance(codes, list) or len(codes) > MAX_CODES:
        raise HostDataInvalid(f"codes is a list of at most {MAX_CODES}", problem="field", field="codes")
    for name, code in [("member", body.get("member")), *(("codes", code) for code in codes)]:
        if code is None and name == "member":
            continue
        if not isinstance(code, str) or not 0 < len(code) <= LONGEST_CODE:
            detail = f"a code is a text of 1 to {LONGEST_CODE} characters"
            raise HostDataInvalid(detail, problem="field", field=name)
        yield code


def _text(body: Mapping[str, Any], field: str) -> str:
    value = body.get(field, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not value.isprintable():
        raise HostDataInvalid(f"{field} is a text of at most {LONGEST_TEXT} characters", problem="field", field=field)
    return value.strip()


def _whole(body: Mapping[str, Any], field: str) -> int:
    value = body.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_AMOUNT_MINOR:
        detail = f"{field} is a whole number from 0 to {MAX_AMOUNT_MINOR}"
        raise HostDataInvalid(detail, problem="amount", field=field)
    return value
