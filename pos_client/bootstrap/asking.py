"""How a lane asks for claims: in earnest when it redeems, by a look alone when it only checks."""

import logging

from pos_client.sync.api_client import ApiClient
from pos_client.sync.breaker import Breaker
from pos_client.sync.claims import CrmClaims
from pos_client.sync.points import CrmPoints
from pos_client.usecases.claim_port import ClaimReply, ClaimRequest, ClaimUnanswered

from .standing import StandingOrders

LOG = logging.getLogger(__name__)
SIGHT_BUDGET_S = 0.8


class SightClaims:
    """Fulfils ``Claims`` for commands that write nothing: it sees whether the server is there, and never asks it."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self._seen: bool | None = None

    def reachable(self) -> bool:
        """One look, remembered for this command."""
        if self._seen is None:
            self._seen = self._api.is_there(SIGHT_BUDGET_S)
        return self._seen

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Never asked: a command that only reads grants nothing."""
        return ClaimUnanswered(f"use {request.use_no} was not asked for, with patience {patience_s}")

    def release(self, claim_id: str, reason: str) -> bool:
        """Never done."""
        LOG.debug("not released: %s (%s)", claim_id, reason)
        return False


def crm_desks(api: ApiClient, orders: StandingOrders) -> tuple[CrmClaims, CrmPoints]:
    """Claims and holds of points at the centre, with one breaker that heals in the background."""
    breaker = Breaker(api.apart().is_there)
    return CrmClaims(api, orders.verify_document, breaker, _note_late_answer), CrmPoints(api, breaker)


def _note_late_answer(request: ClaimRequest, reply: ClaimReply) -> None:
    LOG.info("late answer to claim %s: %s", request.claim_id, type(reply).__name__)
