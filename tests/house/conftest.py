"""The product's own files, as the house tests read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {"__pycache__", "build", "dist", ".git", ".venv", ".demo", ".hypothesis"}


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in _NOT_OURS or entry.name.endswith(("_cache", ".egg-info")):
            continue
        if entry.is_dir():
            yield from _walk(entry)
        else:
            yield entry


@dataclass(frozen=True)
class House:
    """The checked-out tree.

    Args:
        root: the folder of pyproject.toml.
    """

    root: Path

    def files(self, *folders: str) -> list[Path]:
        """Return every file of the product below the folders, or of the whole tree."""
        starts = [self.root / folder for folder in folders] if folders else [self.root]
        return [path for start in starts for path in _walk(start)]

    def modules(self, *folders: str) -> list[Path]:
        """Return the Python modules below the folders."""
        return [path for path in self.files(*folders) if path.suffix == ".py"]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield path (relative) and content of every file that is text."""
        for path in self.files():
            content = path.read_bytes()
            if b"\0" not in content[:8000]:
                yield str(path.relative_to(self.root)), content.decode("utf-8", errors="replace")


@pytest.fixture(scope="session")
def house() -> House:
    """Return the tree that this test suite belongs to."""
    return House(ROOT)
