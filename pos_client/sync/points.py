"""Holds of points at the centre: asked for before they are burnt, let go where nothing came of it.

Apart from the claims of uses because a hold has a number of points, and a short answer that says how many there are.
"""

from typing import Final

from pos_client.domain.errors import ServerUnreachable
from pos_client.usecases.claim_port import ClaimUnanswered, PointsHeld, PointsReply, PointsShort

from .answers import Reply
from .api_client import ApiClient, ApiRequest, encode
from .breaker import Breaker

BUDGET_S: Final = 0.8
RELEASE_BUDGET_S: Final = 2.0


class CrmPoints:
    """Fulfils ``claim_port.PointsDesk`` at the centre.

    Args:
        api: a client of the till's own thread.
        breaker: that of the claims, since both ask the same server.
        budget_s: for one hold as a whole.
    """

    def __init__(self, api: ApiClient, breaker: Breaker, budget_s: float = BUDGET_S) -> None:
        self._api = api
        self._breaker = breaker
        self._budget_s = budget_s

    def hold_points(self, hold_id: str, member_ref: str, points: int) -> PointsReply:
        """Ask for points under an id that never changes between retries. Never raises for a network or a server."""
        if self._breaker.is_open:
            return ClaimUnanswered("breaker open")
        body = encode({"member_ref": member_ref, "points": points})
        reply = self._ask(ApiRequest("PUT", f"/v1/points/{hold_id}", body=body), self._budget_s)
        if reply is None:
            return ClaimUnanswered("unreachable")
        if reply.problem is not None:
            balance = reply.problem.document.get("balance")
            if reply.problem.code == "points-short" and type(balance) is int:
                return PointsShort(balance)
            return ClaimUnanswered(reply.problem.code or "refused")
        left = reply.document.get("left")
        same = (reply.document.get("hold_id"), reply.document.get("points")) == (hold_id, points)
        return PointsHeld(hold_id, left) if same and type(left) is int else ClaimUnanswered("not an answer")

    def release_points(self, hold_id: str) -> bool:
        """Let points go that were not burnt; True where the server confirmed."""
        reply = self._ask(ApiRequest("DELETE", f"/v1/points/{hold_id}"), RELEASE_BUDGET_S)
        return reply is not None and reply.problem is None

    def _ask(self, asked: ApiRequest, budget_s: float) -> Reply | None:
        try:
            reply = self._api.ask(asked, budget_s)
        except ServerUnreachable:
            self._breaker.silent()
            return None
        self._breaker.answered()
        return reply
