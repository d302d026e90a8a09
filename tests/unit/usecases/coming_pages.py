"""A page of the centre that comes to a counter's real cache file; apart from the counter because few tests need it."""

from typing import Any

from pos_client.storage.cache_installer import CacheInstaller, Memory
from pos_client.storage.cache_pointer import CachePointer
from tests import builders as a
from tests import page_builders as p
from tests.unit.usecases.counter import Counter


def take_in(counter: Counter, *rows: Any) -> None:
    """A page of the centre arrives."""
    installer = CacheInstaller(CachePointer(counter.folder), a.STORE, Memory(lambda: 1, lambda _: None, lambda _: None))
    start = installer.cursor()
    assert start is not None
    installer.apply_page(p.a_page(list(rows), start=start, to=f"instance.{int(start.split('.')[1]) + 1}"))
    installer.close()
    counter.cache.close()
