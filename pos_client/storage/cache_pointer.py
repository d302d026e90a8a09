"""Which cache file is in use: a small file that names it, swapped by one rename.

Apart from reading and installing because both ask it. A numbered file and a pointer, not one name that is replaced: on
some systems a file that is open cannot be replaced, and the old data serves until the new data stands.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .connections import sync_file, sync_folder
from .failures import disk_fault

POINTER: Final = "cache.json"
_TAILS: Final = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class CurrentCache:
    """The file in use and its generation."""

    path: Path
    generation: int


class CachePointer:
    """The pointer of a home folder, shared by the reader and the installer of one process.

    Attributes:
        version: rises whenever what is read should be opened anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        self._path = folder / POINTER

    def current(self) -> CurrentCache | None:
        """The file in use, None before the first data or where the pointer names nothing that is there."""
        try:
            document = json.loads(self._path.read_text(encoding="utf-8"))
            current = CurrentCache(self.folder / Path(document["file"]).name, int(document["generation"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return current if current.path.is_file() else None

    def free_path(self, generation: int) -> Path:
        """A name for a generation's file that no file has: one that is taken may be open, or have a log beside it."""
        path, copies = self.folder / f"cache-{generation}.db", 1
        while path.exists():
            copies += 1
            path = self.folder / f"cache-{generation}-{copies}.db"
        return path

    def part_path(self, generation: int) -> Path:
        """Where a generation is downloaded to; the same again after an interruption."""
        return self.folder / f"cache-{generation}.part"

    def swap(self, file: Path, generation: int) -> None:
        """Use another file from now on; it stands in the folder already, synced to the disk.

        Raises:
            StorageUnavailable: the old one stays in use.
        """
        unfinished = self._path.with_suffix(".new")
        document = {"file": file.name, "generation": generation}
        try:
            unfinished.write_text(json.dumps(document), encoding="utf-8")
            sync_file(unfinished)
            unfinished.replace(self._path)
            sync_folder(self.folder)
        except OSError as error:
            raise disk_fault(error) from error
        self.changed()

    def changed(self) -> None:
        """Have readers of this process look anew."""
        self.version += 1

    def forget(self) -> None:
        """Remove all data there is: first what names it, so that no reader finds half of it.

        Raises:
            StorageUnavailable: something is still there; once more removes the rest.
        """
        try:
            self._path.unlink(missing_ok=True)
            self.changed()
            for file in self.folder.glob("cache-*.db"):
                remove_database(file)
            for part in self.folder.glob("cache-*.part"):
                part.unlink(missing_ok=True)
            sync_folder(self.folder)
        except OSError as error:
            raise disk_fault(error) from error

    def remove_old(self) -> None:
        """Remove other generations' files and downloads that are too old; called at a start, when nobody reads them."""
        current = self.current()
        if current is None:
            return
        for file in self.folder.glob("cache-*.db"):
            if file != current.path:
                remove_database(file)
        for part in self.folder.glob("cache-*.part"):
            number = part.stem.removeprefix("cache-")
            if not number.isdecimal() or int(number) <= current.generation:
                part.unlink(missing_ok=True)


def remove_database(file: Path) -> None:
    """Remove a file of SQLite and what stands beside it."""
    for tail in _TAILS:
        Path(f"{file}{tail}").unlink(missing_ok=True)
