"""Which cache file is in use: a small file that names it, swapped by one rename.

Apart from reading and installing because both ask it. A numbered file and a pointer, not one name that is replaced: on
some systems a file that is open cannot be replaced, and the old data serves until the new data stands. The old file
stays while the new one is on trial, and serves again where that cannot be read.
"""

import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import PosError

from .connections import open_reader, sync_file, sync_folder
from .failures import CACHE, disk_fault

POINTER: Final = "cache.json"
FAILED: Final = "cache-failed.txt"
TRIAL: Final = 100
"""Coupons that a new file is asked for before the old one goes (PROTOCOL 3.5)."""
_TAILS: Final = ("", "-wal", "-shm", "-journal")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CurrentCache:
    """The file in use and its generation; ``is_former`` where this one serves again, as the newer cannot be read."""

    path: Path
    generation: int
    is_former: bool = False


class CachePointer:
    """The pointer of a home folder, shared by the reader and the installer of one process.

    Attributes:
        version: rises whenever what is read should be opened anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        self._path = folder / POINTER
        self._failed = ""
        self._left = TRIAL

    def current(self) -> CurrentCache | None:
        """The file in use, None before the first data or where the pointer names nothing that is there."""
        newest, former = self._named()
        is_there = newest is not None and newest.path.is_file()
        if former and not (newest and is_there and newest.path.name != self._failed_name()):
            return former
        return newest if is_there else None

    def fell_back(self) -> bool:
        """Whether the former file serves, because the newest one cannot be read."""
        current = self.current()
        return current is not None and current.is_former

    def fall_back(self, failed: Path, why: str) -> bool:
        """Use the former file again, as the newest cannot be read; whether there was one to fall back to.

        What failed is named in a file of its own: a process that only reads may find it out, and none but the one that
        installs writes the pointer.
        """
        newest, former = self._named()
        if former is None or newest is None or newest.path != failed or self._failed_name() == failed.name:
            return False
        self._failed = failed.name
        with suppress(OSError):  # this process knows it anyhow
            (self.folder / FAILED).write_text(failed.name, encoding="utf-8")
        _log.warning("%s cannot be read (%s): %s serves again", failed.name, why, former.path.name)
        self.changed()
        return True

    def served(self, file: Path) -> None:
        """A file answered for a coupon; after enough of them the one before it is not needed any more."""
        if self._left <= 0:
            return
        self._left -= 1
        current = self.current() if self._left == 0 else None
        if current and current.path == file and not current.is_former:
            self._remove_all_but({current.path})

    def free_path(self, generation: int) -> Path:
        """A name for a generation's file that no file has: one that is taken may be open, or have a log beside it."""
        path, copies = self.folder / f"cache-{generation}.db", 1
        while path.exists() or path.name == self._failed_name():
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
        unfinished, before = self._path.with_suffix(".new"), self.current()
        document = {"file": file.name, "generation": generation}
        kept = {file}
        if before and before.path != file:
            document["before"] = {"file": before.path.name, "generation": before.generation}
            kept.add(before.path)
        try:
            unfinished.write_text(json.dumps(document), encoding="utf-8")
            sync_file(unfinished)
            unfinished.replace(self._path)
            sync_folder(self.folder)
        except OSError as error:
            raise disk_fault(error) from error
        self._left = TRIAL
        self._remove_all_but(kept)
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
            (self.folder / FAILED).unlink(missing_ok=True)
            self.changed()
            for file in self.folder.glob("cache-*.db"):
                remove_database(file)
            for part in self.folder.glob("cache-*.part"):
                part.unlink(missing_ok=True)
            sync_folder(self.folder)
        except OSError as error:
            raise disk_fault(error) from error

    def remove_old(self) -> None:
        """Remove other generations' files and downloads that are too old; called at a start, when nobody reads them.

        The file in use must be whole for that: where a power cut tore it, the one before it is all there is.
        """
        current = self.current()
        if current and not current.is_former and self._named()[1] and (why := damage_of(current.path)):
            self.fall_back(current.path, why)
            current = self.current()
        if current is None:
            return
        self._remove_all_but({current.path})
        for part in self.folder.glob("cache-*.part"):
            number = part.stem.removeprefix("cache-")
            if not number.isdecimal() or int(number) <= current.generation:
                part.unlink(missing_ok=True)

    def _named(self) -> tuple[CurrentCache | None, CurrentCache | None]:
        """The newest file that was installed, and the one before it while that is there."""
        try:
            document = json.loads(self._path.read_text(encoding="utf-8"))
            newest = CurrentCache(self.folder / Path(document["file"]).name, int(document["generation"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None, None
        try:
            before = document["before"]
            former = CurrentCache(self.folder / Path(before["file"]).name, int(before["generation"]), is_former=True)
        except (ValueError, KeyError, TypeError):
            return newest, None
        return newest, former if former.path.is_file() else None

    def _failed_name(self) -> str:
        """The newest file that could not be read, as this process or another found; empty for none."""
        with suppress(OSError, ValueError):
            self._failed = (self.folder / FAILED).read_text(encoding="utf-8")
        return self._failed

    def _remove_all_but(self, kept: set[Path]) -> None:
        """Let other files go; one that somebody has open, where such a file cannot be removed, goes another time."""
        for file in self.folder.glob("cache-*.db"):
            if file not in kept:
                with suppress(OSError):
                    remove_database(file)


def damage_of(file: Path) -> str:
    """Why a cache file cannot be read whole; empty for one that can. Reads all of it."""
    try:
        with CACHE:
            connection = open_reader(file)
            try:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                connection.close()
    except PosError as error:
        return error.detail
    return "" if found == ("ok",) else str(found and found[0])


def remove_database(file: Path) -> None:
    """Remove a file of SQLite and what stands beside it."""
    for tail in _TAILS:
        Path(f"{file}{tail}").unlink(missing_ok=True)
