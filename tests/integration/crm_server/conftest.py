"""A served shop for these tests, once on each database; seeded once, copied for each test."""

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import URL

from tests.integration.crm_server.served_shop import Shop, seed_into, served
from tests.integration.crm_server.served_store import Store, join, served_store


@dataclass(frozen=True)
class PostgresqlServer:
    """The server of POS_TEST_POSTGRESQL."""

    conninfo: str

    def create(self, template: str = "template1") -> str:
        """Make a database; returns its name."""
        name = f"crm_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still in it."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The URL of a database."""
        known = {key: str(value) for key, value in conninfo_to_dict(self.conninfo).items()}
        query: dict[str, str] = {key: known[key] for key in ("host", "port") if key in known}
        url = URL.create("postgresql", known.get("user"), known.get("password"), database=name, query=query)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.conninfo, autocommit=True) as connection:
            connection.execute(statement.encode())


@dataclass(frozen=True)
class SeededShop:
    """A seeded shop that nobody serves: its folder, and its database where that is PostgreSQL."""

    folder: Path
    database: str = ""


@pytest.fixture(scope="session")
def postgresql() -> PostgresqlServer:
    """The server, or a skip where there is none."""
    server = os.environ.get("POS_TEST_POSTGRESQL", "")
    if not server:
        pytest.skip("no PostgreSQL server in POS_TEST_POSTGRESQL")
    return PostgresqlServer(make_conninfo(server.replace("postgresql+psycopg://", "postgresql://")))


@pytest.fixture(scope="session")
def seeded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> SeededShop:
    """A seeded shop on SQLite."""
    folder = tmp_path_factory.mktemp("seeded") / "crm"
    seed_into(folder)
    return SeededShop(folder)


@pytest.fixture(scope="session")
def seeded_postgresql(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeededShop]:
    """A seeded shop on PostgreSQL."""
    folder, database = tmp_path_factory.mktemp("seeded") / "crm", postgresql.create()
    seed_into(folder, postgresql.url(database))
    yield SeededShop(folder, database)
    postgresql.drop(database)


@pytest.fixture
def postgresql_database(postgresql: PostgresqlServer) -> Iterator[str]:
    """The URL of an empty database."""
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture
def postgresql_shop(postgresql: PostgresqlServer, seeded_postgresql: SeededShop, tmp_path: Path) -> Iterator[Shop]:
    """A served shop on PostgreSQL."""
    shutil.copytree(seeded_postgresql.folder, tmp_path / "crm")
    database = postgresql.create(seeded_postgresql.database)
    with served(tmp_path / "crm", postgresql.url(database)) as running:
        yield running
    postgresql.drop(database)


@pytest.fixture
def small_shop(seeded_sqlite: SeededShop, tmp_path: Path) -> Iterator[Shop]:
    """A served shop on SQLite, for what no database can change."""
    shutil.copytree(seeded_sqlite.folder, tmp_path / "crm")
    with served(tmp_path / "crm") as running:
        yield running


@pytest.fixture(params=["small_shop", pytest.param("postgresql_shop", marks=pytest.mark.postgresql)])
def shop(request: pytest.FixtureRequest) -> Shop:
    """A served shop, once on each database."""
    running: Shop = request.getfixturevalue(request.param)
    return running


@pytest.fixture
def small_store(small_shop: Shop, tmp_path: Path) -> Iterator[Store]:
    """A store's server on SQLite, joined to a centre."""
    join(small_shop, tmp_path / "store")
    with served_store(small_shop, tmp_path / "store") as running:
        yield running


@pytest.fixture
def postgresql_store(small_shop: Shop, postgresql_database: str, tmp_path: Path) -> Iterator[Store]:
    """A store's server on PostgreSQL, joined to a centre."""
    join(small_shop, tmp_path / "store")
    with served_store(small_shop, tmp_path / "store", postgresql_database) as running:
        yield running


@pytest.fixture(params=["small_store", pytest.param("postgresql_store", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest) -> Store:
    """A store's server, once on each database."""
    running: Store = request.getfixturevalue(request.param)
    return running
