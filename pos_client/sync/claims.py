"""Asks one server for a use of a coupon: the centre (tier A, 800 ms) or the store's own (tier B, 300 ms).

Apart from push because a customer waits: no back-off, no second try after the budget, and never an exception. The claim
keeps the identity of its intent, so an answer that is lost or late can never become a second claim. Which server is
asked when is the ladder's to say.
"""

import json
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import Tier
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered
from pos_client.usecases.ports import JsonObject

from . import errand, payloads
from .answers import Reply
from .api_client import ApiClient, ApiRequest, Enough, encode
from .breaker import Breaker
from .problems import Problem

BUDGET_S: Final = 0.8
STORE_BUDGET_S: Final = 0.3
RELEASE_BUDGET_S: Final = 2.0
# A request that the server could not read says nothing about the use.
_UNREAD: Final = frozenset({400, 405, 413, 415, 422})
# The store's server learns from the centre who is enrolled; a lane of today may be new to it.
_NOT_TOLD_YET: Final = "device-unknown"

DocumentVerifier = Callable[[DocumentPurpose, JsonObject], bool]
LateReply = Callable[[ClaimRequest, ClaimReply], None]


class ServerClaims:
    """Fulfils ``ports.Claims`` at one server.

    Args:
        api: a client of the till's own thread.
        verify: checks the server's signature on a receipt.
        breaker: its probe uses another client.
        on_late_answer: told, in another thread, what came after the budget was spent.
        budget_s: for one claim as a whole.
        tier: whose word it is.
    """

    def __init__(
        self,
        api: ApiClient,
        verify: DocumentVerifier,
        breaker: Breaker,
        on_late_answer: LateReply | None = None,
        budget_s: float = BUDGET_S,
        tier: Tier = Tier.CRM,
    ) -> None:
        self._api = api
        self._verify = verify
        self._breaker = breaker
        self._on_late_answer = on_late_answer
        self._budget_s = budget_s
        self._tier = tier
        self._turn = threading.Lock()

    def reachable(self) -> bool:
        """Whether asking is worth the wait (the breaker is not open)."""
        return not self._breaker.is_open

    def claim(self, request: ClaimRequest, patience_s: float | None = None, enough: Enough | None = None) -> ClaimReply:
        """Ask for a use, also while the breaker is open. Never raises for a network or a server.

        Args:
            request: what to ask for.
            patience_s: seconds in all; None for the usual budget.
            enough: asked all the while whether another server's word is there and will do.
        """
        path = f"/v1/claims/{request.claim_id}"
        asked = ApiRequest("PUT", path, body=encode(payloads.claim(request)))

        def late(reply: Reply) -> None:
            self._arrived_late(request, reply)

        with self._turn:
            try:
                reply = self._api.ask(asked, patience_s or self._budget_s, late, enough)
            except ServerUnreachable as error:
                if enough is not None and enough():
                    return ClaimUnanswered("not waited for")
                self._breaker.silent()
                return ClaimUnanswered(str(error.facts.get("cause", error.reason)))
        self._breaker.answered()
        return self._read(request, reply)

    def note_silence(self) -> None:
        """Nobody answered in the time that there was, whoever measured it."""
        self._breaker.silent()

    def release(self, claim_id: str, reason: str) -> bool:
        """Give an unused claim back; True where the server confirmed, or never knew it."""
        asked = ApiRequest("DELETE", f"/v1/claims/{claim_id}", body=encode({"reason": reason}))
        with self._turn:
            try:
                reply = self._api.ask(asked, RELEASE_BUDGET_S)
            except ServerUnreachable:
                self._breaker.silent()
                return False
        self._breaker.answered()
        return reply.problem is None or reply.problem.code == "claim-unknown"

    def release_soon(self, claim_id: str, reason: str) -> None:
        """The same without waiting for it, over a connection of its own."""
        errand.start(partial(_release, self.apart(), claim_id, reason))

    def apart(self) -> "ServerClaims":
        """The same server with a connection of its own, for another thread."""
        return ServerClaims(self._api.apart(), self._verify, self._breaker, None, self._budget_s, self._tier)

    def close(self) -> None:
        """Let go of the connection."""
        self._api.close()

    def _read(self, request: ClaimRequest, reply: Reply) -> ClaimReply:
        if reply.problem is not None:
            return _refusal(self._tier, request, reply.problem)
        receipt = reply.document.get("receipt")
        if not isinstance(receipt, dict) or not self._is_receipt_of(request, receipt):
            return ClaimUnanswered("receipt-not-genuine")
        text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return ClaimGranted(self._tier.value, request.use_no, text)

    def _is_receipt_of(self, request: ClaimRequest, receipt: JsonObject) -> bool:
        about = (receipt.get("claim_id"), receipt.get("coupon_id"), receipt.get("use_no"))
        wanted = (request.claim_id, request.coupon_id, request.use_no)
        return about == wanted and self._verify(DocumentPurpose.RECEIPT, receipt)

    def _arrived_late(self, request: ClaimRequest, reply: Reply) -> None:
        if self._on_late_answer is not None:
            self._on_late_answer(request, self._read(request, reply))


def _release(server: ServerClaims, claim_id: str, reason: str) -> None:
    try:
        server.release(claim_id, reason)
    finally:
        server.close()


def _refusal(tier: Tier, request: ClaimRequest, problem: Problem) -> ClaimReply:
    if problem.retry not in {"never", "reenrol"} or problem.status in _UNREAD or not problem.code:
        return ClaimUnanswered(problem.code or f"status-{problem.status}")
    if tier is Tier.STORE and problem.code == _NOT_TOLD_YET:
        return ClaimUnanswered(problem.code)
    next_use = problem.document.get("next_use_no")
    return ClaimRefused(
        tier.value,
        problem.code,
        payloads.holder_use(problem.document, request.use_no),
        next_use if type(next_use) is int and next_use > 0 else None,
    )
