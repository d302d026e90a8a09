"""What the program is shipped with may be shipped: no dependency at run time binds it to the GPL or the AGPL.

The LGPL is allowed for libraries that stay replaceable files beside ours; each is named here, so that one more is a
decision and not an accident.
"""

import ast
import importlib.metadata
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

LGPL = {"pyside6-addons", "pyside6-essentials", "shiboken6"}
# Says nothing in its metadata; the licence file of its sources is the zlib licence.
SILENT = ["pysqlite3"]
# Modules of Qt that come under the GPL (or a bought licence) and not under the LGPL, though they lie in the same wheel.
GPL_OF_QT = {
    "QtCharts",
    "QtDataVisualization",
    "QtGraphs",
    "QtGraphsWidgets",
    "QtHttpServer",
    "QtNetworkAuth",
    "QtQuick3D",
    "QtQuickTimeline",
    "QtVirtualKeyboard",
}
_GPL = re.compile(r"(?<!L)A?GPL|(?<!Lesser )(?:Affero )?General Public License", re.IGNORECASE)
_LGPL = re.compile(r"LGPL|Lesser General Public License", re.IGNORECASE)


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def modules(self, *folders: str) -> list[Path]: ...


def names_in(lock: Path) -> list[str]:
    """Return the distributions that a lock file pins."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if line[:1].isalnum()]


def licence_of(distribution: str) -> str | None:
    """Return what an installed distribution says of its licence, None where this platform does not need it."""
    try:
        metadata = importlib.metadata.metadata(distribution).json
    except importlib.metadata.PackageNotFoundError:
        return None
    classifiers = [line for line in metadata.get("classifier", []) if line.startswith("License ::")]
    # The old free-text field may hold a whole licence: its first line is its name.
    free_text = str(metadata.get("license", "")).strip().splitlines()[:1]
    return str(metadata.get("license_expression", "")) or " AND ".join(classifiers or free_text)


def alternatives(licence: str) -> list[str]:
    """Return the licences between which a user may choose."""
    return re.split(r"\s+OR\s+", licence)


def test_alternatives_are_told_apart() -> None:
    assert [bool(_GPL.search(part)) for part in alternatives("LGPL-3.0-only OR GPL-2.0-only")] == [False, True]
    assert _GPL.search("AGPL-3.0-only")
    assert _GPL.search("License :: OSI Approved :: GNU General Public License v3 (GPLv3)")
    assert not _GPL.search("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)")


def test_no_dependency_at_run_time_is_gpl(house: Tree) -> None:
    licences = {name: licence_of(name) for name in names_in(house.root / "requirements.lock")}
    said = {name: licence for name, licence in licences.items() if licence is not None}

    bound = {name: licence for name, licence in said.items() if all(map(_GPL.search, alternatives(licence)))}
    silent = [name for name, licence in said.items() if not licence]

    assert bound == {}
    assert silent == SILENT
    assert len(said) > 40, "these tests must run where the lock file is installed"


def test_every_lgpl_dependency_is_named_here(house: Tree) -> None:
    licences = {name: licence_of(name) or "" for name in names_in(house.root / "requirements.lock")}

    assert {name for name, licence in licences.items() if _LGPL.search(licence)} == LGPL


def imported(source: str) -> Iterator[str]:
    """Yield the names of every module a source imports, and of what it takes from it, whole and in parts."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "").split(".")
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # A module that is loaded by its name.
            yield from node.value.split(".") if node.value.startswith("PySide6") else ()


def test_an_import_is_seen_in_each_of_its_forms() -> None:
    for source in (
        "import PySide6.QtCharts as c",
        "from PySide6 import QtCharts",
        "from PySide6.QtCharts import QChart",
        "load('PySide6.QtCharts')",
    ):
        assert GPL_OF_QT & set(imported(source)) == {"QtCharts"}


def test_no_module_of_qt_is_gpl(house: Tree) -> None:
    found = {
        str(path.relative_to(house.root)): sorted(names)
        for path in house.modules("pos_client", "crm_server", "script")
        if (names := GPL_OF_QT & set(imported(path.read_text(encoding="utf-8"))))
    }

    assert found == {}
