"""A desk with a real journal and a real cache in the test's folder, and a centre and clock that the test sets."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_client.storage.journal import SqlJournal
from tests.unit.usecases.counter import Counter, OpenCounter, Tables, a_counter
from tests.unit.usecases.till import CONFIRM, THRESHOLD, Till, shop


@pytest.fixture
def open_counter(tmp_path: Path) -> Iterator[OpenCounter]:
    """Open a counter; the shop's rows may be changed, or left out with None as before the first data."""
    opened: list[SqlJournal] = []

    def open_it(change: Callable[[Tables], object] | None = None, *, with_data: bool = True) -> Counter:
        counter = a_counter(tmp_path, change, with_data=with_data)
        opened.append(counter.journal)
        return counter

    yield open_it
    for journal in opened:
        journal.close()


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter of the plain shop, online."""
    return open_counter()


@pytest.fixture
def alone(counter: Counter) -> Counter:
    """A counter that reaches nobody."""
    counter.unplug()
    return counter


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    """The plain shop, whose coupons need nothing."""
    return Till(open_counter(shop()))


@pytest.fixture
def careful(open_counter: OpenCounter) -> Till:
    """A shop whose coupons wait for Enter."""
    return Till(open_counter(shop(**CONFIRM)))


@pytest.fixture
def spending(open_counter: OpenCounter) -> Till:
    """A shop whose coupons need an amount of 50.00."""
    return Till(open_counter(shop(**THRESHOLD)))
