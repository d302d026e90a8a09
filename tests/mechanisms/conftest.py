"""One seeded shop with its three lanes for all mechanisms: real server, real homes, real commands.

One process runs them all, because a shop of its own for each would take longer than the tests.
"""

from collections.abc import Iterator

import pytest

from tests.mechanisms.counter_shop import CounterShop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CounterShop]:
    """An open shop, all of whose lanes are enrolled and online. No test leaves one unplugged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POS_CLIENT_KEYRING", "file")
        opened = CounterShop(tmp_path_factory.mktemp("shop"))
        opened.open()
        yield opened
        opened.close()
