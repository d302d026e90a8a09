"""Nothing in the scan screen stops the line: no dialog that must be answered before the next code can be read."""

import ast
from pathlib import Path
from typing import Protocol

DIALOGS = {"QMessageBox", "QInputDialog", "QDialog", "QFileDialog", "QProgressDialog", "QErrorMessage"}
LOOPS = {"exec", "exec_", "setModal", "setWindowModality", "processEvents"}


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def modules(self, *folders: str) -> list[Path]: ...


def stops(source: str) -> list[str]:
    """Return the names in a module by which it could stop the line."""
    tree = ast.parse(source)
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    attributes = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    found = [name for name in names + attributes if name in DIALOGS]
    return sorted({*found, *(name for name in attributes if name in LOOPS)})


def test_a_stop_is_seen() -> None:
    source = "from PySide6.QtWidgets import QMessageBox\nQMessageBox.question(None, 'a', 'b')\nmenu.exec()\n"

    assert stops(source) == ["QMessageBox", "exec"]


def test_the_scan_screen_never_stops(house: Tree) -> None:
    found = {
        str(path.relative_to(house.root)): names
        for path in house.modules("pos_client/ui/scan")
        if (names := stops(path.read_text(encoding="utf-8")))
    }

    assert found == {}
