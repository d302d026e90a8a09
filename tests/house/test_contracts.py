"""The import contracts hold, and each of them can fail.

A contract that cannot fail guards nothing: a typo in a module's name is enough. So each is breached once, on a copy of
the tree, and import-linter must name it as broken.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Protocol

import pytest

# contract id, module written into the copy, what it holds
BREACHES = [
    ("layers", "pos_client/ui/breach.py", "import pos_client.storage"),
    ("layers", "pos_client/storage/breach.py", "import pos_client.sync"),
    ("layers", "pos_client/domain/breach.py", "import pos_client.usecases"),
    ("layers", "pos_client/usecases/breach.py", "import pos_client.config"),
    ("layers", "pos_client/sync/breach.py", "import pos_client.bootstrap"),
    ("layers", "pos_client/bridge/breach.py", "import pos_client.storage"),
    ("layers", "pos_client/helpers/__init__.py", ""),
    ("framework-free", "pos_client/domain/breach.py", "import PySide6.QtCore"),
    ("framework-free", "pos_client/usecases/breach.py", "import sqlalchemy"),
    ("gs1-has-one-home", "pos_client/domain/codes/breach.py", "import biip"),
    ("workbooks-have-one-home", "crm_server/breach.py", "import xlsxwriter"),
    ("qt-stays-in-ui", "pos_client/scanner/breach.py", "import PySide6.QtCore"),
    ("plain-values", "pos_client/scanner/breach.py", "import pos_client.config"),
    ("plain-values", "pos_client/bridge/breach.py", "import pos_client.config"),
    ("one-home", "pos_client/ui/breach.py", "import cv2"),
    ("server-shares-domain-only", "crm_server/breach.py", "import pos_client.storage"),
    ("lane-knows-no-server", "pos_client/sync/breach.py", "import crm_server"),
]


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path


def contracts(root: Path) -> dict[str, str]:
    """Return the name of each contract in pyproject.toml by its id."""
    tool: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return {contract["id"]: contract["name"] for contract in tool["importlinter"]["contracts"]}


def lint(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter in a tree; its answer stands in returncode and stdout."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_every_contract_is_kept(house: Tree) -> None:
    answer = lint(house.root)

    assert answer.returncode == 0, answer.stdout


def test_every_contract_has_a_breach_here(house: Tree) -> None:
    assert set(contracts(house.root)) == {contract for contract, _, _ in BREACHES}


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_a_breach_is_reported(house: Tree, tmp_path: Path, contract: str, module: str, line: str) -> None:
    for package in ("pos_client", "crm_server"):
        shutil.copytree(house.root / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(house.root / "pyproject.toml", tmp_path)
    breach = tmp_path / module
    breach.parent.mkdir(exist_ok=True)
    breach.write_text(f"{line}\n", encoding="utf-8")

    answer = lint(tmp_path, "--contract", contract)

    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert f"{contracts(house.root)[contract]} BROKEN" in answer.stdout
