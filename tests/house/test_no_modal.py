"""Nothing on any screen stops the line: no dialog to be answered first, and no button that the gun's Enter presses."""

import ast
from pathlib import Path
from typing import Protocol

DIALOGS = {
    "QColorDialog",
    "QDialog",
    "QErrorMessage",
    "QEventLoop",
    "QFileDialog",
    "QFontDialog",
    "QInputDialog",
    "QMessageBox",
    "QPrintDialog",
    "QPrintPreviewDialog",
    "QProgressDialog",
    "QWizard",
}
LOOPS = {"exec", "exec_", "setModal", "setWindowModality", "processEvents"}
# The program's own loop, which is where everything runs and nothing waits.
# The clerk's window and the kiosk's.
ITS_OWN_LOOP = {"pos_client/ui/window_run.py": ["self._app.exec"]}


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def modules(self, *folders: str) -> list[Path]: ...


def stops(source: str) -> list[str]:
    """Return the names in a module by which it could stop the line, a loop with what it is called on."""
    tree = ast.parse(source)
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    found = [name for name in [*names, *(node.attr for node in attributes)] if name in DIALOGS]
    return sorted({*found, *(ast.unparse(node) for node in attributes if node.attr in LOOPS)})


def answers_enter(source: str) -> list[str]:
    """Return the calls in a module that let Enter press a button nobody has chosen."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    named = [node for node in calls if isinstance(node.func, ast.Attribute)]
    return [
        ast.unparse(node)
        for node in named
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"setDefault", "setAutoDefault"}
        and [ast.unparse(given) for given in node.args] != ["False"]
    ]


def test_a_stop_is_seen() -> None:
    source = "from PySide6.QtWidgets import QMessageBox\nQMessageBox.question(None, 'a', 'b')\nmenu.exec()\n"

    assert stops(source) == ["QMessageBox", "menu.exec"]


def test_a_button_that_answers_enter_is_seen() -> None:
    source = "a.setDefault(True)\nb.setAutoDefault(is_first)\nc.setAutoDefault(False)\n"

    assert answers_enter(source) == ["a.setDefault(True)", "b.setAutoDefault(is_first)"]


def test_no_screen_stops_the_line(house: Tree) -> None:
    found = {
        str(path.relative_to(house.root)): names
        for path in house.modules("pos_client/ui")
        if (names := stops(path.read_text(encoding="utf-8")))
    }

    assert found == ITS_OWN_LOOP


def test_no_button_answers_an_enter_that_was_not_meant_for_it(house: Tree) -> None:
    found = {
        str(path.relative_to(house.root)): calls
        for path in house.modules("pos_client/ui")
        if (calls := answers_enter(path.read_text(encoding="utf-8")))
    }

    assert found == {}
