"""The papers a newcomer meets lead somewhere: links and pictures exist, decisions are numbered, commands are there."""

import os
import re
from pathlib import Path
from typing import Protocol

import pytest

_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
_SECTIONS = ["Context", "Decision", "Consequences", "Alternatives considered"]


class Tree(Protocol):
    """What these tests need of the house."""

    root: Path

    def files(self, *folders: str) -> list[Path]: ...


def papers(house: Tree) -> list[Path]:
    """Return the documents written for people."""
    return [path for path in [*house.root.glob("*.md"), *house.files("docs")] if path.suffix == ".md"]


def test_every_link_leads_to_a_file(house: Tree) -> None:
    dead = [
        f"{paper.relative_to(house.root)}: {target}"
        for paper in papers(house)
        for _, target in _LINK.findall(paper.read_text(encoding="utf-8"))
        if not target.startswith(("https:", "http:", "#", "mailto:"))
        and not (paper.parent / target.partition("#")[0]).exists()
    ]

    assert dead == []


def test_every_picture_says_what_it_shows(house: Tree) -> None:
    texts = {paper: paper.read_text(encoding="utf-8") for paper in papers(house)}

    assert [str(paper) for paper, text in texts.items() if "![](" in text] == []


@pytest.mark.parametrize("language", ["README.md", "README.zh-CN.md"])
def test_the_readme_gives_the_two_commands_and_a_picture(house: Tree, language: str) -> None:
    text = (house.root / language).read_text(encoding="utf-8")

    assert "script/demo" in text
    assert "script/test" in text
    assert "](docs/screenshots/" in text


def test_the_commands_named_in_papers_exist(house: Tree) -> None:
    named = {
        name
        for paper in papers(house)
        for name in re.findall(r"\bscript/[a-z][\w-]*(?:\.py)?", paper.read_text(encoding="utf-8"))
    }

    assert sorted(name for name in named if not (house.root / name).is_file()) == []


def test_scripts_may_be_run_and_stop_at_the_first_fault(house: Tree) -> None:
    scripts = [path for path in house.files("script", ".ci") if path.suffix == ""]
    texts = {path.name: path.read_text(encoding="utf-8") for path in scripts}

    assert [path.name for path in scripts if not os.access(path, os.X_OK)] == []
    assert [name for name, text in texts.items() if "bash" in text[:40] and "set -euo pipefail" not in text] == []


def test_decisions_are_numbered_without_a_gap(house: Tree) -> None:
    names = sorted(path.name for path in (house.root / "docs" / "adr").glob("[0-9]*.md"))

    assert [name[:4] for name in names] == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_each_decision_has_its_four_sections(house: Tree) -> None:
    headings = {
        path.name: re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for path in (house.root / "docs" / "adr").glob("[0-9]*.md")
    }

    assert {name: found for name, found in headings.items() if found != _SECTIONS} == {}
