"""Where the bridge keeps what the host said; fulfilled by ``storage``, because rooms do not know each other."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from pos_client.domain.host_proposal import Proposal, ProposalState
from pos_client.domain.host_receipt import HostReceipt


class HostBook(Protocol):
    """The host's receipts and the proposals. What a method changes is on disk when it returns."""

    def take(self, receipts: Iterable[HostReceipt], source: str, now: datetime) -> int:
        """Keep receipts, all of them or none; how many were new."""

    def receipts_kept(self) -> tuple[int, datetime | None]:
        """How many there are, and when the newest came in."""

    def propose(self, proposal: Proposal) -> None:
        """Keep a new proposal."""

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal."""

    def unfinished(self) -> Sequence[Proposal]:
        """Those that the host has accepted and the counter has not written, oldest first."""

    def begin_accept(self, proposal_id: str, receipt: HostReceipt, now: datetime) -> None:
        """Keep the host's word, with its receipt, before the counter tries to write ours."""

    def end(self, proposal_id: str, state: ProposalState, answer: bytes) -> None:
        """Write down what became of it, with the sealed answer; its codes are wiped."""

    def lapse(self, before: datetime) -> int:
        """Wipe the codes of what was proposed before that and never answered."""
