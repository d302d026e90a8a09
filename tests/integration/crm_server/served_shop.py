"""A seeded shop behind a real server on loopback: uvicorn in a thread, SQLite or PostgreSQL below."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from crm_server import change_log
from crm_server.api.application import create_app
from crm_server.centre import Centre, open_centre
from crm_server.issuing import coupon_text
from crm_server.minting import CodeKind, MintRequest, mint
from crm_server.reports import ReportName, report
from crm_server.schema import COUPON, OFFER
from crm_server.seed.shop import SeedRequest, seed_shop
from pos_client.domain.batch import SignedEntry
from pos_client.domain.hash_chain import claim_id
from tests.fakes.lane_client import LaneClient
from tests.fakes.served_app import address_of, loopback_listener, served_app

Result = TypeVar("Result")


@dataclass
class ShiftedClock:
    """The machine's time plus what a test adds; the lanes' clocks move with it."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


@dataclass
class Shop:
    """A running centre and what a test asks of it."""

    centre: Centre
    url: str
    clock: ShiftedClock
    lanes: list[LaneClient] = field(default_factory=list)

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """Do something in the centre's own database."""
        return self.centre.database.write(job).result()

    def mint(self, kind: CodeKind, **wanted: Any) -> list[dict[str, Any]]:
        """Codes as the command makes them."""
        request = MintRequest(kind, **wanted)
        return self.write(lambda connection: mint(connection, self.centre.keys, request, self.centre.now()))

    def coupon(self, **wanted: Any) -> tuple[str, str]:
        """Id and code of a fresh coupon."""
        made = self.mint(CodeKind.COUPON, **wanted)[0]
        return made["coupon_id"], made["code"]

    def code_of(self, coupon_id: str) -> str:
        """The code of an issued coupon."""
        query = select(COUPON).where(COUPON.c.coupon_id == coupon_id)
        return self.write(
            lambda connection: coupon_text(self.centre.keys, dict(connection.execute(query).mappings().one()))
        )

    def lane(self, store: str = "1", lane: int = 1) -> LaneClient:
        """An enrolled lane."""
        client = self.stranger()
        response = client.enrol(self.mint(CodeKind.ENROL, store=store, lane=lane)[0]["code"])
        assert response.status_code == 201, response.text
        return client

    def stranger(self) -> LaneClient:
        """A lane that is not enrolled."""
        client = LaneClient(base_url=self.url, clock=self.clock)
        self.lanes.append(client)
        return client

    def add_offer(self, **document: Any) -> int:
        """A campaign of the test's own; returns its number."""
        number = document.setdefault("number", 5_000)
        offer = {"name": "offer", "effects": [{"kind": "amount_off", "amount_minor": 100}], **document}
        row = {"number": number, "body": json.dumps(offer), "next_serial": 1}
        self.write(lambda connection: connection.execute(insert(OFFER).values(row)).rowcount)
        return int(number)

    def publish_offer(self, number: int) -> None:
        """Let the next page carry a campaign."""
        self.write(lambda connection: change_log.append(connection, [("offer", (number,))]))

    def change_offer(self, **document: Any) -> None:
        """Another document for a campaign that is there."""
        offer = {"name": "offer", "effects": [{"kind": "amount_off", "amount_minor": 100}], **document}
        body = json.dumps(offer)
        changed = update(OFFER).where(OFFER.c.number == document["number"]).values(body=body)
        self.write(lambda connection: connection.execute(changed).rowcount)


def seed_into(folder: Path, database_url: str | None = None) -> None:
    """Make a small shop, to be copied for each test."""
    centre = open_centre(folder, database_url)
    seed_shop(centre, SeedRequest(share=10))
    centre.close()


@contextmanager
def served(folder: Path, database_url: str | None = None) -> Iterator[Shop]:
    """The shop of a folder, served until the block ends."""
    clock = ShiftedClock()
    centre = open_centre(folder, database_url, clock)
    listener = loopback_listener()
    shop = Shop(centre, address_of(listener), clock)
    with closing(centre), served_app(create_app(centre), listener):
        try:
            yield shop
        finally:
            for lane in shop.lanes:
                lane.close()


def claim_of(intent: SignedEntry) -> str:
    """The id of an intent's claim."""
    return claim_id(intent.hash)


def at_once(jobs: Sequence[Callable[[], Result]]) -> list[Result]:
    """Run jobs at the same moment, each in a thread; their results in order."""
    gate = threading.Barrier(len(jobs))
    results: dict[int, Result] = {}

    def one(place: int) -> None:
        gate.wait()
        results[place] = jobs[place]()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[place] for place in range(len(jobs))]


def problem(response: Any) -> tuple[int, str]:
    """Status and code of a refusal, which is always problem+json."""
    assert response.headers["Content-Type"] == "application/problem+json", response.text
    document = response.json()
    assert document["status"] == response.status_code
    return response.status_code, document["type"].removeprefix("urn:rdm:")


def results(response: Any) -> list[str]:
    """What became of each entry, in order."""
    assert response.status_code == 200, response.text
    return [row["result"] for row in response.json()["results"]]


def reported(shop: Shop, name: ReportName) -> list[dict[str, Any]]:
    """A report as the command prints it."""
    return shop.centre.database.read(lambda connection: report(connection, name, shop.centre.now_ms())).result()
