"""A real server on loopback for these tests: uvicorn in a thread, SQLite or PostgreSQL below, a seeded shop inside."""

import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import uvicorn

from crm_server.api.application import create_app
from crm_server.centre import Centre, open_centre
from crm_server.minting import CodeKind, MintRequest, mint
from crm_server.seed.shop import SeedRequest, seed_shop
from tests.fakes.lane_client import LaneClient


class Shop:
    """A running centre and what a test asks of it."""

    def __init__(self, centre: Centre, url: str) -> None:
        self.centre = centre
        self.url = url
        self.lanes: list[LaneClient] = []

    def mint(self, kind: CodeKind, **wanted: object) -> list[dict[str, object]]:
        request = MintRequest(kind, **wanted)  # type: ignore[arg-type]
        return self.centre.database.write(
            lambda connection: mint(connection, self.centre.keys, request, self.centre.now())
        ).result()

    def coupon(self, **wanted: object) -> tuple[str, str]:
        """Id and code of a fresh coupon."""
        made = self.mint(CodeKind.COUPON, **wanted)[0]
        return str(made["coupon_id"]), str(made["code"])

    def lane(self, store: str = "1", lane: int = 1) -> LaneClient:
        """An enrolled lane."""
        client = LaneClient(self.url)
        self.lanes.append(client)
        response = client.enrol(str(self.mint(CodeKind.ENROL, store=store, lane=lane)[0]["code"]))
        assert response.status_code == 201
        return client

    def stranger(self) -> LaneClient:
        """A lane that is not enrolled."""
        self.lanes.append(LaneClient(self.url))
        return self.lanes[-1]


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A fresh database on the server of POS_TEST_POSTGRESQL."""
    server = os.environ.get("POS_TEST_POSTGRESQL", "")
    if not server:
        pytest.skip("no PostgreSQL server in POS_TEST_POSTGRESQL")
    name = f"crm_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    info = psycopg.conninfo.conninfo_to_dict(server)
    host, port = info.get("host", "localhost"), info.get("port", "5432")
    user = info.get("user", "postgres")
    yield f"postgresql://{user}@/{name}?host={host}&port={port}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A seeded shop, served; once on each database."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    yield from _serve(open_centre(tmp_path / "crm", url))


@pytest.fixture
def sqlite_shop(tmp_path: Path) -> Iterator[Shop]:
    """A seeded shop on SQLite, for what no database can change."""
    yield from _serve(open_centre(tmp_path / "crm"))


def _serve(centre: Centre) -> Iterator[Shop]:
    seed_shop(centre, SeedRequest(share=10))
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(centre), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    shop = Shop(centre, f"http://127.0.0.1:{listener.getsockname()[1]}")
    yield shop
    for lane in shop.lanes:
        lane.close()
    server.should_exit = True
    thread.join()
    listener.close()
    centre.close()


@pytest.fixture
def race() -> Callable[[list[Callable[[], object]]], list[object]]:
    """Run jobs at the same moment, each in a thread; returns their results in order."""

    def run(jobs: list[Callable[[], object]]) -> list[object]:
        results: list[object] = [None] * len(jobs)
        gate = threading.Barrier(len(jobs))

        def one(place: int) -> None:
            gate.wait()
            results[place] = jobs[place]()

        threads = [threading.Thread(target=one, args=(place,)) for place in range(len(jobs))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run
