"""A desk with a real journal and a real cache in the test's folder, and a centre and clock that the test sets."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pos_client.config.signing_keys import StoreHasher, TrustedKey, TrustKeys
from pos_client.domain.signed_document import KeyPurpose
from pos_client.storage.booth_reader import SqlBooth
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import open_cache
from pos_client.storage.journal import LaneKey, SqlJournal
from tests import builders as a
from tests.fakes.desk_fakes import CentreInMemory, SetClock
from tests.unit.usecases.counter import IDENTITY, SECRET, Counter, OpenCounter, Tables
from tests.unit.usecases.till import CONFIRM, THRESHOLD, Till, shop

KEYS = [
    TrustedKey(1, purpose, a.public_bytes(a.a_key(name)), date(2025, 1, 1), date(2027, 12, 31))
    for purpose, name in ((KeyPurpose.COUPON, "coupon"), (KeyPurpose.SLOT, "slot"))
]


@pytest.fixture
def open_counter(tmp_path: Path) -> Iterator[OpenCounter]:
    """Open a counter; the shop's rows may be changed, or left out with None as before the first data."""
    opened: list[SqlJournal] = []

    def open_it(change: Callable[[Tables], object] | None = None, *, with_data: bool = True) -> Counter:
        tables = a.a_shop(SECRET)
        if change:
            change(tables)
        if with_data:
            a.a_cache_in_use(tmp_path, tables)
        clock = SetClock(a.NOON)
        key = LaneKey(IDENTITY.device, IDENTITY.epoch, a.a_key("device").sign)
        journal = SqlJournal.open(tmp_path / "journal.db", key)
        opened.append(journal)
        return Counter(
            folder=tmp_path,
            journal=journal,
            cache=open_cache(tmp_path, SECRET),
            centre=CentreInMemory(IDENTITY, clock),
            clock=clock,
            verifier=TrustKeys(KEYS, lambda: a.TODAY),
            hasher=StoreHasher(SECRET),
            booth=SqlBooth(CachePointer(tmp_path), SECRET, IDENTITY.lane),
        )

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
