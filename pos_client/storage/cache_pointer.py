"""Which cache file is in use: a small file that names it, swapped by one rename.

Apart from reading and installing because both ask it. A numbered file and a pointer, not one name that is replaced: on
some systems a file that is open cannot be replaced, and the old data serves until the new data stands.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import StorageUnavailable

from .connections import sync_file, sync_folder

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

    def path_of(self, generation: int) -> Path:
        """Where a generation's file stands."""
        return self.folder / f"cache-{generation}.db"

    def swap(self, generation: int) -> None:
        """Use another generation from now on; its file stands already, synced to the disk.

        Raises:
            StorageUnavailable: the old one stays in use.
        """
        unfinished = self._path.with_suffix(".new")
        document = {"file": self.path_of(generation).name, "generation": generation}
        try:
            unfinished.write_text(json.dumps(document), encoding="utf-8")
            sync_file(unfinished)
            unfinished.replace(self._path)
            sync_folder(self.folder)
        except OSError as error:
            raise StorageUnavailable(str(error)) from error
        self.changed()

    def changed(self) -> None:
        """Have readers of this process look anew."""
        self.version += 1

    def remove_old(self) -> None:
        """Remove the files of other generations; called at a start, when nobody reads them."""
        current = self.current()
        if current is None:
            return
        for file in self.folder.glob("cache-*.db"):
            if file != current.path:
                for tail in _TAILS:
                    Path(f"{file}{tail}").unlink(missing_ok=True)
