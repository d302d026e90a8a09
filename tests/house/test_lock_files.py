"""The lock files belong to pyproject.toml, and the check that says so can say no."""

import importlib.util
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

LOCKS = ("requirements.lock", "requirements-dev.lock")


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path


@pytest.fixture
def complaints(house: Tree) -> Callable[[Path], list[str]]:
    """Return the check of script/lock_files.py, which is a program and no package of ours."""
    spec = importlib.util.spec_from_file_location("lock_files", house.root / "script" / "lock_files.py")
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    check: Callable[[Path], list[str]] = program.complaints
    return check


@pytest.fixture
def copy(house: Tree, tmp_path: Path) -> Path:
    for name in (*LOCKS, "pyproject.toml"):
        shutil.copy(house.root / name, tmp_path)
    return tmp_path


def test_the_lock_files_are_current(house: Tree, complaints: Callable[[Path], list[str]]) -> None:
    assert complaints(house.root) == []


def test_a_dependency_without_a_pin_is_named(copy: Path, complaints: Callable[[Path], list[str]]) -> None:
    project = copy / "pyproject.toml"
    project.write_text(project.read_text().replace('"alembic>', '"a-new-thing>=1",\n    "alembic>'))

    said = complaints(copy)

    assert [line.partition(":")[0] for line in said] == list(LOCKS)
    assert all("a-new-thing>=1" in line for line in said)


def test_two_versions_of_one_package_are_named(copy: Path, complaints: Callable[[Path], list[str]]) -> None:
    lock = copy / "requirements-dev.lock"
    lock.write_text(re.sub(r"^rich==\S+", "rich==14.99.0", lock.read_text(), flags=re.MULTILINE))

    assert [line.partition(":")[0] for line in complaints(copy)] == ["rich"]


def test_an_index_is_named(copy: Path, complaints: Callable[[Path], list[str]]) -> None:
    lock = copy / "requirements.lock"
    lock.write_text("#index https://example.com/simple\n" + lock.read_text())

    assert complaints(copy) == ["requirements.lock: names a package index: #index https://example.com/simple"]
