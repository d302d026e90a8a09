"""Nothing in the product names the machine or the package index that it happened to be made with."""

import re
from collections.abc import Iterator
from typing import Protocol

import pytest

# Written so that this file does not contain what it looks for.
FORBIDDEN = {
    "a package index": r"py[p]i\.org|pythonhoste[d]|pkg\.de[v]\b|artifactor[y]|deb\.debia[n]|npmj[s]",
    "a choice of index": r"--(?:extra-)?index-ur[l]|--find-link[s]",
    "one machine's path": r"(?<![\w.~-])/(?:wor[k]|roo[t]|home/[a-z])\b[/\w]*",
    "a folder beside the product": r"\.\./share[d]",
}
# The writer of the lock files tells its tool not to write an index down.
ALLOWED = {"script/lock_files.py": "--no-emit-index-url"}
# Photographs beside the project are looked for there, and skipped where they are absent.
MAY_LOOK_BESIDE = re.compile(r"tests/|benchmarks/")


class Tree(Protocol):
    """What these tests need of the house."""

    def texts(self) -> Iterator[tuple[str, str]]: ...


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(house: Tree, what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in house.texts()
        if not (what == "a folder beside the product" and MAY_LOOK_BESIDE.match(path))
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line) and ALLOWED.get(path, "\n") not in line
    ]

    assert found == []


def test_lock_files_name_no_address(house: Tree) -> None:
    locks = {path: text for path, text in house.texts() if path.endswith(".lock")}

    assert sorted(locks) == ["requirements-dev.lock", "requirements.lock"]
    assert [path for path, text in locks.items() if "://" in text] == []
