"""One seeded shop with its three lanes for each module of mechanisms: real server, real homes, real commands."""

from collections.abc import Iterator

import pytest

from tests.mechanisms.counter_shop import CounterShop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterShop]:
    """An open shop, all of whose lanes are enrolled and online."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POS_CLIENT_KEYRING", "file")
        opened = CounterShop(tmp_path_factory.mktemp("shop"))
        opened.open()
        yield opened
        opened.close()
