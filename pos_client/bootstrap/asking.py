"""How a lane asks for claims: in earnest when it redeems, by a look alone when it only checks."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.store_server import StoreServer
from pos_client.domain.verdict import Tier
from pos_client.sync.api_client import ApiClient
from pos_client.sync.breaker import Breaker
from pos_client.sync.claims import STORE_BUDGET_S, ServerClaims
from pos_client.sync.ladder import Ladder
from pos_client.sync.line import Door
from pos_client.sync.points import CrmPoints
from pos_client.sync.store_link import StoreLink
from pos_client.usecases.claim_port import ClaimReply, ClaimRequest, ClaimUnanswered
from pos_client.usecases.late_answers import Late
from pos_client.usecases.ports import JsonObject

from .standing import StandingOrders

LOG = logging.getLogger(__name__)
SIGHT_BUDGET_S: Final = 0.8
# Fewer than at the centre: on a LAN an answer takes milliseconds. One may still be a disk that was busy.
STORE_SILENCES: Final = 2
STORE_PROBE_S: Final = 2.0


class SightClaims:
    """Fulfils ``Claims`` for commands that write nothing: it sees whether a server is there, and never asks it.

    Args:
        api: the centre's. store: a way to the store's server, None where there is none.
    """

    def __init__(self, api: ApiClient, store: Callable[[], ApiClient | None] = lambda: None) -> None:
        self._api = api
        self._store = store
        self._seen: bool | None = None

    def reachable(self) -> bool:
        """One look, remembered for this command."""
        if self._seen is None:
            self._seen = self._api.is_there(SIGHT_BUDGET_S) or self._sees_store()
        return self._seen

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Never asked: a command that only reads grants nothing."""
        return ClaimUnanswered(f"use {request.use_no} was not asked for, with patience {patience_s}")

    def release(self, claim_id: str, reason: str) -> bool:
        """Never done."""
        LOG.debug("not released: %s (%s)", claim_id, reason)
        return False

    def release_soon(self, claim_id: str, reason: str) -> None:
        """Never done."""
        LOG.debug("not released: %s (%s)", claim_id, reason)

    def _sees_store(self) -> bool:
        store = self._store()
        return store is not None and store.is_there(STORE_BUDGET_S)


class LateShelf:
    """Answers that came too late, until the thread that decides has time for them.

    Attributes:
        on_news: called in whichever thread an answer came; the window queues a deed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: list[Late] = []
        self.on_news: Callable[[], object] = _nothing

    def put(self, request: ClaimRequest, reply: ClaimReply) -> None:
        """Keep one, from any thread."""
        LOG.info("late answer to claim %s: %s", request.claim_id, type(reply).__name__)
        if isinstance(reply, ClaimUnanswered):
            return
        with self._lock:
            self._answers.append(Late(request, reply))
        self.on_news()

    def take(self) -> list[Late]:
        """All of them, oldest first; they are gone from here."""
        with self._lock:
            taken, self._answers = self._answers, []
        return taken


def crm_desks(api: ApiClient, orders: StandingOrders, late: LateShelf | None = None) -> tuple[Ladder, CrmPoints]:
    """The ladder of claims, and holds of points at the centre, with a breaker a rung that heals in the background."""
    shelf = late or LateShelf()
    breaker = Breaker(api.apart().is_there)
    centre = ServerClaims(api, orders.verify_document, breaker, shelf.put)
    store = StoreLink(orders.store_server, lambda named: _store_claims(api, orders, named, shelf))
    return Ladder(centre, store, shelf.put), CrmPoints(api, breaker)


def store_client(api: ApiClient, orders: StandingOrders, named: StoreServer) -> ApiClient:
    """A client of the store's server with the lane's own key. It is believed what time it is for its own requests."""
    return api.towards(named.url, Door(named.pin), time=api.time.believing(orders.verify_store_time))


def _store_claims(api: ApiClient, orders: StandingOrders, named: StoreServer, shelf: LateShelf) -> ServerClaims:
    client = store_client(api, orders, named)
    breaker = Breaker(client.apart().is_there, STORE_SILENCES, STORE_PROBE_S)

    def verify(purpose: DocumentPurpose, receipt: JsonObject) -> bool:
        return purpose is DocumentPurpose.RECEIPT and orders.verify_store_receipt(receipt)

    return ServerClaims(client, verify, breaker, shelf.put, STORE_BUDGET_S, Tier.STORE)


def _nothing() -> None:
    """Nobody waits for news."""
