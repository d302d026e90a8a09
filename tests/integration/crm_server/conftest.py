"""A served shop for these tests, once on each database."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import URL

from tests.integration.crm_server.served_shop import Shop, served


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """A fresh database on the server of POS_TEST_POSTGRESQL."""
    server = os.environ.get("POS_TEST_POSTGRESQL", "")
    if not server:
        pytest.skip("no PostgreSQL server in POS_TEST_POSTGRESQL")
    name = f"crm_{uuid.uuid4().hex[:12]}"
    plain = make_conninfo(server.replace("postgresql+psycopg://", "postgresql://"))
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    known = {key: str(value) for key, value in conninfo_to_dict(plain).items()}
    query: dict[str, str] = {key: known[key] for key in ("host", "port") if key in known}
    yield URL.create(
        "postgresql", known.get("user"), known.get("password"), database=name, query=query
    ).render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """A served shop, once on each database."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    with served(tmp_path / "crm", url) as running:
        yield running


@pytest.fixture
def small_shop(tmp_path: Path) -> Iterator[Shop]:
    """A served shop on SQLite, for what no database can change."""
    with served(tmp_path / "crm") as running:
        yield running
