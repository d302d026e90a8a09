"""``host-drop``: a folder into which the host's system puts receipt files; ours are looked at every second.

A file that is still being written is left until its size and time have stood still. What was read moves to ``done``,
what cannot be read to ``bad`` with a ``.why`` beside it; both only after everything in it is on disk.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pos_client.domain.errors import HostDataInvalid, StorageUnavailable

from .book_port import HostBook
from .file_mapping import FileMapping, read_mapping
from .receipt_files import read_file

LOG: Final = logging.getLogger(__name__)
MAPPING: Final = "mapping.json"
KINDS: Final = (".csv", ".json")
POLL_S: Final = 1.0
SETTLED_S: Final = 2.0
OWNER_ONLY: Final = 0o700


@dataclass(frozen=True, slots=True)
class Dropped:
    """What became of one file: how many receipts it held and how many were new, or why it is bad."""

    name: str
    receipts: int = 0
    new: int = 0
    why: HostDataInvalid | None = None


class DropFolder:
    """Fulfils ``run(stop)``; one at a time works on a folder.

    Args:
        folder: made if it is missing. book: where receipts are kept. zone: the store's time zone.
        now: aware UTC. told: the sentence of a fault, in both languages, for the ``.why`` file.
        settled_s: for how long a file must have stood still.
    """

    def __init__(
        self,
        folder: Path,
        book: HostBook,
        zone: str,
        now: Callable[[], datetime],
        told: Callable[[HostDataInvalid], str],
        settled_s: float = SETTLED_S,
    ) -> None:
        self._folder, self._book, self._zone, self._now, self._told = folder, book, zone, now, told
        self._settled_s = settled_s
        self._seen: Mapping[str, tuple[int, int, float]] = {}

    def run(self, stop: threading.Event) -> None:
        """Look every second until told to stop; what the disk refuses is tried again."""
        while not stop.is_set():
            try:
                for dropped in self.poll():
                    LOG.info(
                        "host file: %d receipts, %d new, bad: %s", dropped.receipts, dropped.new, bool(dropped.why)
                    )
            except StorageUnavailable as error:
                LOG.warning("the host's files wait: %s", error.detail)
            stop.wait(POLL_S)

    def poll(self) -> list[Dropped]:
        """Take every file that is whole; what became of each, by name.

        Raises:
            StorageUnavailable: the folder or the book cannot be written; no file is lost.
        """
        try:
            for name in ("", "done", "bad"):
                (self._folder / name).mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
            ready = list(self._whole_files())
            return self._taken(ready) if ready else []
        except OSError as error:
            raise StorageUnavailable(f"{error.filename}: {error.strerror}") from error

    def _whole_files(self) -> Iterator[Path]:
        """Files that have not changed for a while. A name with another ending, or a point before it, is not ready."""
        seen: dict[str, tuple[int, int, float]] = {}
        ready = []
        for path in sorted(self._folder.iterdir()):
            if path.name.startswith(".") or path.name == MAPPING or path.suffix.lower() not in KINDS:
                continue
            state = path.lstat()
            size, changed, since = self._seen.get(path.name, (-1, -1, 0.0))
            is_same = (size, changed) == (state.st_size, state.st_mtime_ns)
            seen[path.name] = (state.st_size, state.st_mtime_ns, since if is_same else time.monotonic())
            if is_same and time.monotonic() - since >= self._settled_s:
                ready.append(path)
        self._seen = seen
        yield from ready

    def _taken(self, ready: Sequence[Path]) -> list[Dropped]:
        """With a wrong mapping every file would be bad: they wait until it is put right, which is asked for once."""
        why = self._folder / f"{MAPPING}.why"
        try:
            mapping = read_mapping(self._folder / MAPPING)
        except HostDataInvalid as wrong:
            words = self._told(wrong)
            if why.exists() and why.read_text("utf-8", "replace") == words:
                return []
            why.write_text(words, "utf-8")
            return [Dropped(MAPPING, why=wrong)]
        why.unlink(missing_ok=True)
        return [self._take(path, mapping) for path in ready]

    def _take(self, path: Path, mapping: FileMapping) -> Dropped:
        try:
            receipts = read_file(path, mapping, self._zone)
        except HostDataInvalid as bad:
            moved = _moved(path, self._folder / "bad")
            moved.with_name(moved.name + ".why").write_text(self._told(bad), "utf-8")
            return Dropped(path.name, why=bad)
        new = self._book.take(receipts, "file", self._now())
        _moved(path, self._folder / "done")
        return Dropped(path.name, len(receipts), new)


def _moved(path: Path, folder: Path) -> Path:
    """Move a file; one of the same name that lies there already is not replaced."""
    place = folder / path.name
    number = 1
    while place.exists() or place.is_symlink():
        number += 1
        place = folder / f"{path.stem}-{number}{path.suffix}"
    return path.rename(place)
