"""A shop whose days are closed, made anew for each case from one seeded folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.closing.closing_shop import ClosingShop
from tests.integration.crm_server.served_shop import seed_into, served


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("closing") / "crm"
    seed_into(folder)
    return folder


@pytest.fixture
def shop(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClosingShop]:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    shutil.copytree(seeded, tmp_path / "crm")
    with served(tmp_path / "crm") as running:
        yield ClosingShop(running, tmp_path)
