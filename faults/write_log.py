"""Reads what ``wlog.so`` wrote down, and makes from it the disks that a power cut at some moment could have left.

What a file system promises, and no more: what was written to a file before its last fsync is there. Of later writes
each is there whole, or torn (some of its 512-byte sectors), or lost, whatever came after it. Names in a folder are as
they were at the folder's last fsync, and of the later changes the first few are there.
"""

import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
SURVIVES, TORN = 0.45, 0.25
_HEAD = struct.Struct("<BHHqI")


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened: its letter as in ``wlog.c``, where, and what."""

    type: str
    path: str
    second: str
    offset: int
    data: bytes


def records(log: Path) -> Iterator[Record]:
    """The whole log, in order."""
    content, at = log.read_bytes(), 0
    while at < len(content):
        kind, length, second, offset, size = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        first_end, second_end = at + length, at + length + second
        end = second_end + size
        path, other = content[at:first_end].decode(), content[first_end:second_end].decode()
        yield Record(chr(kind), path, other, offset, content[second_end:end])
        at = end


@dataclass(slots=True)
class _File:
    """What of one file is on the disk for certain, and what was written since."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list[Record] = field(default_factory=list)

    def sync(self) -> None:
        for record in self.pending:
            _apply(self.durable, record, record.data)
        self.pending.clear()

    def left(self, dice: random.Random) -> bytes:
        content = bytearray(self.durable)
        for record in self.pending:
            fate = dice.random()
            if fate < SURVIVES:
                _apply(content, record, record.data)
            elif fate < SURVIVES + TORN:
                _tear(content, record, dice)
        return bytes(content)


def _apply(content: bytearray, record: Record, data: bytes, at: int | None = None) -> None:
    start = record.offset if at is None else at
    if record.type == "T":
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
        return
    content.extend(bytes(max(0, start - len(content))))
    content[start : start + len(data)] = data


def _tear(content: bytearray, record: Record, dice: random.Random) -> None:
    """Some sectors of a write; what has none is there or not."""
    if record.type == "T":
        return
    for start in range(0, len(record.data), SECTOR):
        if dice.random() < 0.5:
            _apply(content, record, record.data[start : start + SECTOR], record.offset + start)


_Change = tuple[str, str, _File | None]


class Disk:
    """Follows a log record by record; at any moment it can say what a power cut would leave."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, _File] = {}
        # Names as they are for certain, each with its file; and per folder what was done to names since.
        self._names: dict[str, _File] = {}
        self._changes: list[_Change] = []

    def follow(self, record: Record) -> None:
        """The next thing that happened."""
        if record.type == "C":
            self._rename_to(record.path, _File())
        elif record.type in "WT" and record.path in self._files:
            self._files[record.path].pending.append(record)
        elif record.type == "S":
            self._sync(record.path)
        elif record.type == "R" and record.path in self._files:
            moved = self._files.pop(record.path)
            self._changes.append((_folder(record.path), record.path, None))
            self._rename_to(record.second, moved)
        elif record.type == "U" and record.path in self._files:
            del self._files[record.path]
            self._changes.append((_folder(record.path), record.path, None))

    def image(self, dice: random.Random) -> dict[str, bytes]:
        """What a power cut now leaves: the content of each file by its path below the root."""
        names = dict(self._names)
        kept = {folder: dice.randint(0, count) for folder, count in self._pending_by_folder().items()}
        for folder, path, file in self._changes:
            if kept[folder] > 0:
                kept[folder] -= 1
                _put(names, path, file)
        return {path: file.left(dice) for path, file in names.items()}

    def now(self) -> dict[str, bytes]:
        """Every file as a program sees it."""
        found = {}
        for path, file in self._files.items():
            content = bytearray(file.durable)
            for record in file.pending:
                _apply(content, record, record.data)
            found[path] = bytes(content)
        return found

    def _rename_to(self, path: str, file: _File) -> None:
        self._files[path] = file
        self._changes.append((_folder(path), path, file))

    def _sync(self, path: str) -> None:
        file = self._files.get(path)
        if file is not None:
            file.sync()
            # A new file that was synced is found again; a removal or a new name for it need the folder's sync.
            self._settle(lambda change: change[2] is file)
            return
        self._settle(lambda change: change[0] == path.rstrip("/"))

    def _settle(self, pick: Callable[[_Change], bool]) -> None:
        settled = {}
        for place, change in enumerate(self._changes):
            if pick(change):
                _put(self._names, change[1], change[2])
                settled[change[1]] = place
        # What was done to a name before it got there is over; what came after it is still open.
        self._changes = [one for place, one in enumerate(self._changes) if place > settled.get(one[1], -1)]

    def _pending_by_folder(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for folder, _, _ in self._changes:
            found[folder] = found.get(folder, 0) + 1
        return found


def _put(names: dict[str, _File], path: str, file: _File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
