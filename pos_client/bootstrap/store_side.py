"""The store's own server as a lane uses it beside claims: witness of entries, way to the centre, news for people."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from pos_client.domain.journal_entry import wire_time
from pos_client.domain.store_server import StoreServer
from pos_client.storage.journal import SqlJournal
from pos_client.storage.journal_reader import JournalReader
from pos_client.sync.api_client import ApiClient, SessionToken
from pos_client.sync.claims import STORE_BUDGET_S
from pos_client.sync.line import Door
from pos_client.sync.store_link import StoreLink
from pos_client.sync.two_ways import RELAY, TwoWays
from pos_client.sync.witness import HEAD_KEY, StoreContact, Witness
from pos_client.usecases.notices import STORE_CONTACT as CONTACT
from pos_client.usecases.ports import SyncNow

from .asking import store_client
from .lane import VERSION, LaneFiles

WAY: Final = "way"


@dataclass(frozen=True, slots=True)
class WakesAll:
    """Fulfils ``SyncNow`` for everybody who carries entries away."""

    carriers: tuple[SyncNow, ...]

    def wake(self) -> None:
        """An entry was written."""
        for carrier in self.carriers:
            carrier.wake()


def two_ways(files: LaneFiles, api: ApiClient, token: SessionToken, **options: Any) -> TwoWays:
    """A client of the centre that goes through the store's server where the centre cannot be reached directly.

    It has the clock of ``api`` and, on either way, the rolling session token; ``options`` go to the client.
    """

    def relay(named: StoreServer) -> ApiClient:
        return api.towards(named.url, Door(named.pin, RELAY), token=token)

    url = files.orders.enrolment.server_url
    link = StoreLink(files.orders.store_server, relay)
    given = {"version": VERSION, "signer": files.signer(), "token": token, **options}
    return TwoWays(url, api.time, relay=link, **given)


def witness_for(
    files: LaneFiles, journal: SqlJournal, api: ApiClient, tell: Callable[[StoreContact], None] = lambda _: None
) -> Witness:
    """Who brings this lane's entries to the store's server; what it sees there is remembered for ``status``."""
    last: list[StoreContact] = []

    def on_contact(contact: StoreContact) -> None:
        if [contact] != last:
            last[:] = [contact]
            journal.remember(CONTACT, json.dumps(_contact_document(contact)))
        tell(contact)

    where = files.orders.store_server
    link = StoreLink(where, partial(store_client, api, files.orders))
    return Witness(link, where, journal.outbox, journal, files.device, _now, on_contact)


def remember_way(journal: SqlJournal, way: str) -> None:
    """Keep for ``status`` how the centre was last reached."""
    if journal.meta(WAY) != way:
        journal.remember(WAY, way)


def store_server_document(files: LaneFiles, journal: JournalReader) -> dict[str, Any] | None:
    """The store's server for ``status``: where, whether it answers now, and what was last heard; None where none is."""
    named = files.orders.store_server()
    if named is None:
        return None
    contact, head = _kept(journal, CONTACT), _kept(journal, HEAD_KEY)
    own = journal.head()
    reached = bool(own) and (head.get("epoch"), head.get("seq")) == (own.epoch, own.seq) if own else True
    return {
        "url": named.url,
        "pin": named.pin,
        "usable": named.is_usable,
        "there": _is_there(files, journal, named),
        "heard_at": contact.get("heard_at"),
        "rebuilding": bool(contact.get("rebuilding")),
        "error": contact.get("error", ""),
        "store_epoch": named.store_epoch,
        "brought": {"epoch": head.get("epoch"), "seq": head.get("seq"), "all": reached} if head else None,
    }


def _is_there(files: LaneFiles, journal: JournalReader, named: StoreServer) -> bool:
    """One look, within the budget of a claim; a certificate that is not the pinned one counts as nobody."""
    if not named.is_usable:
        return False
    api = store_client(files.api(files.server_time(journal)), files.orders, named)
    try:
        return api.is_there(STORE_BUDGET_S * 3)
    finally:
        api.close()


def _kept(journal: JournalReader, key: str) -> dict[str, Any]:
    kept = journal.meta(key)
    found = json.loads(kept) if kept else {}
    return found if isinstance(found, dict) else {}


def _contact_document(contact: StoreContact) -> dict[str, Any]:
    return {
        "url": contact.url,
        "there": contact.is_there,
        "heard_at": wire_time(contact.heard_at) if contact.heard_at else None,
        "rebuilding": contact.rebuilding,
        "error": contact.error,
    }


def _now() -> datetime:
    return datetime.now(UTC)
