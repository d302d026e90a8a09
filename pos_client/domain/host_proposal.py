"""A purchase that is proposed to the host till before it writes its own books: its figures, and how far it has come.

Pure: which step may follow which stands here, so that the book on disk and the API cannot differ about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from .errors import HostRefused, HostTotalDiffers


class ProposalState(StrEnum):
    """``ACCEPTING``: the host has written its books, and the counter has yet to write ours."""

    OPEN = "open"
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REJECTED = "rejected"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal.

    Attributes:
        proposal_id: 32 hexadecimal characters; the ``txn`` of the purchase it may become.
        expires_at: until then the figures are promised; afterwards they are tried anew.
        basket: the basket document. discount_minor, total_minor: what comes off it, and what is to be paid.
        redeems: whether codes are to be redeemed when it is accepted.
        sealed: the codes, readable by this lane alone; empty once they are not needed any more.
        till, receipt_no, paid_at: the host's receipt, once there is one.
        answer: what was answered in the end and is answered again, sealed likewise: it may name a new coupon.
    """

    proposal_id: str
    state: ProposalState
    made_at: datetime
    expires_at: datetime
    currency: str
    basket: Mapping[str, Any]
    discount_minor: int
    total_minor: int
    redeems: bool = False
    sealed: bytes = b""
    till: str = ""
    receipt_no: str = ""
    paid_at: datetime | None = None
    answer: bytes = b""


_CLOSED: Final = {
    ProposalState.REJECTED: "proposal-rejected",
    ProposalState.LAPSED: "proposal-lapsed",
    ProposalState.ACCEPTED: "proposal-accepted",
    ProposalState.ACCEPTING: "proposal-accepted",
    ProposalState.REFUSED: "not-redeemed",
}
_HAS_RECEIPT: Final = frozenset({ProposalState.ACCEPTING, ProposalState.ACCEPTED, ProposalState.REFUSED})


def require_acceptable(proposal: Proposal, till: str, receipt_no: str, total_minor: int) -> None:
    """Let through what may be accepted, now or once more with the same receipt.

    Raises:
        HostTotalDiffers: the host charged something else.
        HostRefused: it was rejected, is too old, or belongs to another receipt.
    """
    if total_minor != proposal.total_minor:
        detail = f"{total_minor} was charged, {proposal.total_minor} was agreed"
        raise HostTotalDiffers(detail, stated_minor=total_minor, agreed_minor=proposal.total_minor)
    if proposal.state in _HAS_RECEIPT:
        if (till, receipt_no) != (proposal.till, proposal.receipt_no):
            raise HostRefused(f"it belongs to receipt {proposal.receipt_no}", problem="receipt-differs")
        return
    if proposal.state is not ProposalState.OPEN:
        raise HostRefused(f"the proposal is {proposal.state}", problem=_CLOSED[proposal.state])


def require_rejectable(proposal: Proposal) -> None:
    """Let through what may be rejected, now or once more.

    Raises:
        HostRefused: the host has written it into its books already.
    """
    if proposal.state in {ProposalState.ACCEPTED, ProposalState.ACCEPTING}:
        raise HostRefused(f"the proposal is {proposal.state}", problem=_CLOSED[proposal.state])
