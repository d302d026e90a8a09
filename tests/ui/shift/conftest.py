"""A counter whose people have PINs, and one where nobody has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.unit.usecases.counter import Counter, a_counter

from .booth import PINS, Booth, people


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Return a counter of a store with four people."""
    made = a_counter(tmp_path, people)
    yield made
    made.journal.close()


@pytest.fixture
def booth(qtbot: QtBot, counter: Counter) -> Iterator[Booth]:
    """Return a counter whose people have PINs: it opens locked."""
    made = Booth(qtbot, counter, PINS)
    made.settle()
    yield made
    made.close()


@pytest.fixture
def open_booth(booth: Booth) -> Booth:
    """Return the same, with its first clerk logged in."""
    booth.log_in()
    assert not booth.shift.is_locked
    return booth


@pytest.fixture
def booth_without_pins(qtbot: QtBot, counter: Counter) -> Iterator[Booth]:
    """Return a counter of a store in which nobody ever had a PIN."""
    made = Booth(qtbot, counter, {})
    made.settle()
    yield made
    made.close()
