"""An open shop for each test: seeded once, copied for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.shop import Shop, seed_template


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded shop that nobody serves."""
    return seed_template(tmp_path_factory.mktemp("seeded"))


@pytest.fixture
def shop(tmp_path: Path, seeded: Path) -> Iterator[Shop]:
    """An open shop."""
    shop = Shop(tmp_path, seeded)
    shop.open()
    yield shop
    shop.close()
