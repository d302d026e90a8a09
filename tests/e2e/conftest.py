"""An open shop for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """An open shop."""
    shop = Shop(tmp_path)
    shop.open()
    yield shop
    shop.close()
