"""Journals on real files, closed when a test ends."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_client.storage.journal import LaneKey, SqlJournal
from tests import builders as a

OpenJournal = Callable[..., SqlJournal]


@pytest.fixture
def open_journal(tmp_path: Path) -> Iterator[OpenJournal]:
    """Open ``journal.db`` of the test's folder with a real key; ``epoch``, ``previous`` and ``open``'s options."""
    opened: list[SqlJournal] = []

    def open_it(epoch: int = 1, previous: bytes = bytes(32), **options: Any) -> SqlJournal:
        key = LaneKey("device-1", epoch, a.a_key("device").sign, previous)
        journal = SqlJournal.open(tmp_path / "journal.db", key, **options)
        opened.append(journal)
        return journal

    yield open_it
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journal: OpenJournal) -> SqlJournal:
    """An empty journal."""
    return open_journal()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where it stands."""
    return tmp_path / "journal.db"
