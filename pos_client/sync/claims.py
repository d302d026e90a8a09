"""Asks the centre for a use of a coupon (tier A), within 800 ms as a whole.

Apart from push because a customer waits: no back-off, no second try after the budget, and never an exception. The claim
keeps the identity of its intent, so an answer that is lost or late can never become a second claim.
"""

import json
from collections.abc import Callable
from typing import Final

from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import Tier
from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered
from pos_client.usecases.ports import JsonObject

from . import payloads
from .answers import Reply
from .api_client import ApiClient, ApiRequest, encode
from .breaker import Breaker
from .problems import Problem

BUDGET_S: Final = 0.8
RELEASE_BUDGET_S: Final = 2.0
# A request that the server could not read says nothing about the use.
_UNREAD: Final = frozenset({400, 405, 413, 415, 422})

DocumentVerifier = Callable[[DocumentPurpose, JsonObject], bool]


class CrmClaims:
    """Fulfils ``ports.Claims`` at the centre.

    Args:
        api: a client of the till's own thread.
        verify: checks the server's signature on a receipt.
        breaker: shared with nobody; its probe uses another client.
        on_late_answer: told, in another thread, what came after the budget was spent.
        budget_s: for one claim as a whole.
    """

    def __init__(
        self,
        api: ApiClient,
        verify: DocumentVerifier,
        breaker: Breaker,
        on_late_answer: Callable[[ClaimRequest, ClaimReply], None] | None = None,
        budget_s: float = BUDGET_S,
    ) -> None:
        self._api = api
        self._verify = verify
        self._breaker = breaker
        self._on_late_answer = on_late_answer
        self._budget_s = budget_s

    def reachable(self) -> bool:
        """Whether asking is worth the wait (the breaker is not open)."""
        return not self._breaker.is_open

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Ask for a use, also while the breaker is open. Never raises for a network or a server."""
        path = f"/v1/claims/{request.claim_id}"
        asked = ApiRequest("PUT", path, body=encode(payloads.claim(request)))
        try:
            budget_s = patience_s or self._budget_s
            reply = self._api.ask(asked, budget_s, lambda late: self._arrived_late(request, late))
        except ServerUnreachable as error:
            self._breaker.silent()
            return ClaimUnanswered(str(error.facts.get("cause", error.reason)))
        self._breaker.answered()
        return self._read(request, reply)

    def release(self, claim_id: str, reason: str) -> bool:
        """Give an unused claim back; True where the server confirmed, or never knew it."""
        asked = ApiRequest("DELETE", f"/v1/claims/{claim_id}", body=encode({"reason": reason}))
        try:
            reply = self._api.ask(asked, RELEASE_BUDGET_S)
        except ServerUnreachable:
            self._breaker.silent()
            return False
        self._breaker.answered()
        return reply.problem is None or reply.problem.code == "claim-unknown"

    def _read(self, request: ClaimRequest, reply: Reply) -> ClaimReply:
        if reply.problem is not None:
            return _refusal(request, reply.problem)
        receipt = reply.document.get("receipt")
        if not isinstance(receipt, dict) or not self._is_receipt_of(request, receipt):
            return ClaimUnanswered("receipt-not-genuine")
        text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return ClaimGranted(Tier.CRM.value, request.use_no, text)

    def _is_receipt_of(self, request: ClaimRequest, receipt: JsonObject) -> bool:
        about = (receipt.get("claim_id"), receipt.get("coupon_id"), receipt.get("use_no"))
        wanted = (request.claim_id, request.coupon_id, request.use_no)
        return about == wanted and self._verify(DocumentPurpose.RECEIPT, receipt)

    def _arrived_late(self, request: ClaimRequest, reply: Reply) -> None:
        if self._on_late_answer is not None:
            self._on_late_answer(request, self._read(request, reply))


def _refusal(request: ClaimRequest, problem: Problem) -> ClaimReply:
    if problem.retry not in {"never", "reenrol"} or problem.status in _UNREAD or not problem.code:
        return ClaimUnanswered(problem.code or f"status-{problem.status}")
    next_use = problem.document.get("next_use_no")
    return ClaimRefused(
        Tier.CRM.value,
        problem.code,
        payloads.holder_use(problem.document, request.use_no),
        next_use if type(next_use) is int and next_use > 0 else None,
    )
