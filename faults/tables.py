"""Reads tables of a SQLite file or of a PostgreSQL database with statements of the harness's own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from pysqlite3 import dbapi2

Fact = dict[str, Any]
Database = Path | str


def rows(database: Database, statement: str, values: Mapping[str, Any] | None = None) -> list[Fact]:
    """All rows of a query, each by its columns' names; ``database`` is a SQLite file or a ``postgresql…`` URL."""
    if isinstance(database, str):
        with psycopg.connect(database.replace("postgresql+psycopg://", "postgresql://"), row_factory=dict_row) as held:
            return held.execute(statement).fetchall()
    connection = dbapi2.connect(f"file:{database}?mode=ro", uri=True)
    try:
        cursor = connection.execute(statement, values or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    finally:
        connection.close()
