"""A limited campaign under any partition: whatever is lost, late or doubled, no more is given than there is.

Three stores, each with a server and two lanes that have parts of their own. Messages between centre and stores are
lost, kept and delivered later and again; shares are given and asked back meanwhile. The tables are the real ones; only
the network between them is a bag of messages.
"""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, insert
from sqlalchemy.pool import StaticPool

from crm_server import quota_shares, quotas, uses
from crm_server.entry_facts import EntryFacts
from crm_server.offer_rows import offer_of
from crm_server.problems import Problem
from crm_server.quota_shares import Told
from crm_server.schema import DEVICE, METADATA, OFFER, STORE_SERVER
from crm_server.store_role import held_shares
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.offers.offer import parse

CAMPAIGN, TOTAL, STORES, LANES, STEPS = 5_000, 60, (1, 2, 3), (1, 2), 400
OFFER_DOCUMENT = {"number": CAMPAIGN, "name": "o", "effects": [], "conditions": {"total_uses": TOTAL}}
OFFERED = parse(OFFER_DOCUMENT)


def tables() -> Engine:
    """Empty tables in memory."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    METADATA.create_all(engine)
    return engine


def facts(claim_id: str, store: int, tier: str) -> EntryFacts:
    """A redemption."""
    return EntryFacts(
        EntryKind.REDEEM, 0, store, 1, "E1", claim_id, use_no=1, claim_id=claim_id, campaign=CAMPAIGN, tier=tier
    )


@dataclass
class World:
    """Centre, stores' servers and lanes, and what is on its way between them.

    Attributes:
        standing: uses that were given to customers and not taken back, by whoever gave them.
        waiting: redemptions that the centre has not heard of.
        told: what stores' servers said and is still on its way.
        parts: what each lane may give alone, as far as it heard. alone: how many it gave. by_lane: which.
    """

    chance: random.Random
    centre: Engine = field(default_factory=tables)
    servers: dict[int, Engine] = field(default_factory=lambda: {store: tables() for store in STORES})
    standing: dict[str, tuple[int, str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    told: list[tuple[int, list[Told]]] = field(default_factory=list)
    parts: dict[tuple[int, int], int] = field(default_factory=dict)
    alone: dict[tuple[int, int], int] = field(default_factory=dict)
    by_lane: dict[str, tuple[int, int]] = field(default_factory=dict)
    count: int = 0

    def begin(self) -> None:
        """An offer, and lanes and servers that joined."""
        with self.centre.begin() as connection:
            connection.execute(insert(OFFER).values(number=CAMPAIGN, body=json.dumps(OFFER_DOCUMENT), next_serial=1))
            for store in STORES:
                rows = [device(store, lane) for lane in (0, *LANES)]
                connection.execute(insert(DEVICE), rows)
                said = {"device": rows[0]["id"], "store": store, "url": "", "pin": "", "public": "", "reason": ""}
                times = {"store_epoch": 1, "joined_ms": 0, "changed_ms": 0, "seen_ms": 0}
                connection.execute(insert(STORE_SERVER).values(**said, **times))

    def step(self) -> None:
        """Something happens somewhere."""
        store = self.chance.choice(STORES)
        deeds: list[tuple[Callable[[int], None], int]] = [
            (self.centre_gives, 6),
            (self.server_gives, 8),
            (self.lane_gives, 6),
            (self.take_back, 2),
            (self.upload, 6),
            (self.share, 2),
            (self.ask_back, 1),
            (self.roster_arrives, 3),
            (self.server_tells, 3),
            (self.telling_arrives, 4),
        ]
        names, weights = zip(*deeds, strict=True)
        self.chance.choices(names, weights)[0](store)

    def centre_gives(self, store: int) -> None:
        self._claim(self.centre, store, "A", "A")

    def server_gives(self, store: int) -> None:
        if self._claim(self.servers[store], store, "B", "B"):
            self.waiting.append(self._newest)

    def lane_gives(self, store: int) -> None:
        """As a lane counts its own part: by its journal."""
        lane = (store, self.chance.choice(LANES))
        if self.alone.get(lane, 0) < self.parts.get(lane, 0):
            self.alone[lane] = self.alone.get(lane, 0) + 1
            self.count += 1
            self.standing[self._newest] = (store, "C")
            self.by_lane[self._newest] = lane
            self.waiting.append(self._newest)

    def upload(self, _store: int) -> None:
        """The centre hears of a redemption, now and then twice."""
        if self.waiting:
            claim_id = self.waiting.pop(self.chance.randrange(len(self.waiting)))
            if claim_id in self.standing:
                self._redeem(self.centre, claim_id)

    def take_back(self, _store: int) -> None:
        """A void of what the centre has heard of; whoever counted it uncounts it."""
        known = sorted(set(self.standing) - set(self.waiting))
        if not known:
            return
        claim_id = self.chance.choice(known)
        store, tier = self.standing.pop(claim_id)
        if tier == "C":
            self.alone[self.by_lane[claim_id]] -= 1
        for engine in (self.centre, *([self.servers[store]] if tier == "B" else [])):
            with engine.begin() as connection:
                claim = uses.claim_by_id(connection, claim_id)
                if claim is not None:
                    uses.free(connection, claim, "void", 0)

    def share(self, store: int) -> None:
        with self.centre.connect() as connection:
            transaction = connection.begin()
            try:
                quota_shares.give(
                    connection, CAMPAIGN, store, self.chance.randint(1, 15), self.chance.choice((0, 0, 40))
                )
            except Problem:
                transaction.rollback()
            else:
                transaction.commit()

    def ask_back(self, store: int) -> None:
        with self.centre.connect() as connection:
            transaction = connection.begin()
            try:
                quota_shares.take_back(connection, CAMPAIGN, store, self.chance.choice((None, 1, 5)))
            except Problem:
                transaction.rollback()
            else:
                transaction.commit()

    def roster_arrives(self, store: int) -> None:
        """Rosters are fetched one after the other; lanes hear of their parts in another way, later or not at all."""
        with self.centre.begin() as connection:
            shares = quota_shares.of_store(connection, store)
            told = quota_shares.of_lanes(connection, store)
        with self.servers[store].begin() as connection:
            held_shares.adopt(connection, store, shares)
        for share in told:
            for lane, part in share["lanes"].items():
                if self.chance.random() < 0.5:
                    self.parts[store, int(lane)] = part

    def server_tells(self, store: int) -> None:
        with self.servers[store].begin() as connection:
            self.told.append((store, [Told(**one) for one in held_shares.held(connection, store)]))

    def telling_arrives(self, _store: int) -> None:
        """In any order, and now and then again."""
        if self.told:
            place = self.chance.randrange(len(self.told))
            store, told = self.told[place] if self.chance.random() < 0.3 else self.told.pop(place)
            with self.centre.begin() as connection:
                quota_shares.confirm(connection, store, told)

    @property
    def _newest(self) -> str:
        return f"{self.count:032d}"

    def _claim(self, engine: Engine, store: int, tier: str, by: str) -> bool:
        self.count += 1
        with engine.connect() as connection:
            transaction = connection.begin()
            try:
                assert uses.take(connection, uses.consumed_row(facts(self._newest, store, tier), "d", 1, self.count))
                quotas.take(connection, OFFERED, self._newest, store, by)
            except Problem:
                transaction.rollback()
                return False
            transaction.commit()
        self.standing[self._newest] = (store, tier)
        return True

    def _redeem(self, engine: Engine, claim_id: str) -> None:
        store, tier = self.standing[claim_id]
        said = facts(claim_id, store, tier)
        with engine.begin() as connection:
            if uses.take(connection, uses.consumed_row(said, "d", 1, self.count)):
                quotas.note(connection, said, offer_of(connection, said.campaign))

    def check(self) -> None:
        """Never more than there is; and what the centre counts is all that it has heard of."""
        assert len(self.standing) <= TOTAL
        with self.centre.begin() as connection:
            rows = quota_shares.shown(connection)
            assert sum(row["granted"] for row in rows) in {0, TOTAL}
            assert quotas.excess(connection, 0) == []
            assert quotas.used_in_all(connection, CAMPAIGN) == len(set(self.standing) - set(self.waiting))


def device(store: int, lane: int) -> Mapping[str, Any]:
    """A row of a device."""
    empty = dict.fromkeys(("pubkey", "hw_hash", "app_ver", "os", "token", "previous_token"), "")
    figures = {"epoch": 1, "enrolled_ms": 0, "seen_ms": 0}
    return {
        "id": f"s{store}l{lane}",
        "store": store,
        "lane": lane,
        "state": "active",
        "report": "{}",
        **empty,
        **figures,
    }


@pytest.mark.parametrize("seed", range(12))
def test_no_more_is_given_than_there_is(seed: int) -> None:
    world = World(random.Random(seed))
    world.begin()
    for _ in range(STEPS):
        world.step()
        world.check()
    for _ in range(len(world.waiting)):
        world.upload(0)
    world.check()

    assert len(world.standing) > TOTAL // 2
