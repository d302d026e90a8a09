"""What is shipped is whole: the wheel holds every module, every resource and every migration."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Protocol

import pytest


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def files(self, *folders: str) -> list[Path]: ...


@pytest.fixture(scope="module")
def shipped(house: Tree, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names in a wheel built as script/package builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-index", "--no-deps", "--no-build-isolation"]
    said = subprocess.run([*command, "--wheel-dir", folder, house.root], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


@pytest.mark.parametrize("program", ["pos_client", "crm_server"])
def test_the_wheel_holds_every_file_of(house: Tree, shipped: list[str], program: str) -> None:
    ours = [str(path.relative_to(house.root)) for path in house.files(program)]

    assert [name for name in ours if name not in shipped] == []


def test_the_wheel_holds_every_resource(house: Tree, shipped: list[str]) -> None:
    ours = [f"pos_client/_resources/{path.relative_to(house.root / 'resources')}" for path in house.files("resources")]

    assert ours != []
    assert [name for name in ours if name not in shipped] == []


def test_the_wheel_holds_nothing_else(shipped: list[str]) -> None:
    places = {name.partition("/")[0].partition("-")[0] for name in shipped}

    assert places == {"pos_client", "crm_server"}
