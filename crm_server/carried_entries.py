"""Stores entries that came in a file: through the same inbox as those of the network, so nothing counts twice.

Apart from the journal's door because a file has no caller: who wrote an entry is told by the entry's own signature, and
who brought it does not matter.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, bindparam, select, update

from pos_client.domain import bundle_format
from pos_client.domain.batch import MAX_ENTRIES
from pos_client.domain.bundle_format import BundleBroken

from . import bundles
from .bind_effects import with_members
from .centre import Centre
from .devices import Caller
from .effects import EFFECTS
from .entry_facts import SentRow, read_rows
from .inbox import Batch, BatchResult, store_batch
from .keys import public_key
from .problems import Problem
from .schema import DEVICE, STORE

LONGEST_LINE: Final = 1 << 20
_WHO: Final = (
    select(DEVICE, STORE.c.zone).join(STORE, STORE.c.number == DEVICE.c.store).where(DEVICE.c.id == bindparam("device"))
)
_HEARD: Final = update(DEVICE).where(DEVICE.c.id == bindparam("of_device"), DEVICE.c.seen_ms < bindparam("at"))


class FileRefused(ValueError):
    """Nothing of the file was stored; the text says why."""


@dataclass(slots=True)
class Stored:
    """What one file brought: entries by result, and from which devices and epochs.

    Attributes:
        ends: (device, epoch) to what is missing of it now.
    """

    file: str
    results: Counter[str] = field(default_factory=Counter)
    ends: dict[tuple[str, int], list[tuple[int, int]]] = field(default_factory=dict)
    stores: set[int] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """For the command."""
        epochs = [{"device": one, "epoch": epoch, "missing": gaps} for (one, epoch), gaps in sorted(self.ends.items())]
        return {"file": self.file, "entries": self.results.total(), "results": dict(self.results), "epochs": epochs}


def import_file(centre: Centre, path: Path) -> Stored:
    """Store all entries of a file; each batch is a transaction of its own, and may come any number of times.

    Raises:
        FileRefused: it is cut off, altered, or of a device that is not enrolled here; nothing of it was stored.
        OSError: it cannot be read.
    """
    stored = Stored(path.name)
    try:
        with path.open("rb") as file:
            # Read to its end first: nothing of a file that is refused is stored.
            _require(sum(1 for _ in _checked(centre, file)))
            for batch in _checked(centre, file):
                _store(centre, batch, stored)
    except (BundleBroken, Problem) as error:
        raise FileRefused(error.detail if isinstance(error, Problem) else str(error)) from error
    return stored


def _require(batches: int) -> None:
    if not batches:
        raise BundleBroken("it holds no entries")


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch as it was written, its writer, and the exact bytes."""

    caller: Caller
    pubkey: str
    document: Mapping[str, Any]
    body: bytes


def _checked(centre: Centre, file: BinaryIO) -> Iterator[_Sent]:
    """All batches, from the file's beginning."""
    known: dict[str, tuple[Caller, str]] = {}
    for line in _lines(centre, file):
        document = _document(line)
        device = str(document.get("device"))
        if device not in known:
            known[device] = centre.database.read(partial(_caller, device=device)).result()
        yield _Sent(*known[device], document, line)


def _lines(centre: Centre, file: BinaryIO) -> Iterator[bytes]:
    if not bundle_format.is_bundle(file):
        # A plain file: each entry carries its own signature, and nobody has vouched for the whole.
        yield from (line.rstrip(b"\n") for line in iter(lambda: file.readline(LONGEST_LINE), b"") if line.strip())
        return
    bundle = bundles.read_from_lane(file)
    _, pubkey = centre.database.read(lambda connection: _caller(connection, bundle.text("device"))).result()
    yield from bundles.lines_from_lane(centre.keys, bundle, public_key(pubkey))


def _document(line: bytes) -> Mapping[str, Any]:
    """A batch's document, of the shape that the journal's door asks for."""
    try:
        document = json.loads(line)
        rows = [(one["seq"], one["body"], one["sig"]) for one in document["entries"]]
        epoch = document["epoch"]
    except (ValueError, KeyError, TypeError) as error:
        raise BundleBroken("a line is no batch of entries") from error
    numbers = [row[0] for row in rows]
    texts = all(isinstance(text, str) for row in rows for text in row[1:])
    if not texts or not all(type(number) is int for number in (*numbers, epoch)) or not 0 < len(rows) <= MAX_ENTRIES:
        raise BundleBroken("a line is no batch of entries")
    if numbers[0] < 1 or not all(one < following for one, following in pairwise(numbers)):
        raise BundleBroken("the numbers of a batch do not rise")
    return dict(document)


def _caller(connection: Connection, device: str) -> tuple[Caller, str]:
    row = connection.execute(_WHO, {"device": device}).one_or_none()
    if row is None:
        raise Problem("device-unknown")
    return Caller(row.id, row.store, row.lane, row.zone, row.epoch, row.state), row.pubkey


def _store(centre: Centre, sent: _Sent, stored: Stored) -> None:
    caller, epoch = sent.caller, sent.document["epoch"]
    rows = [SentRow(one["seq"], one["body"], one["sig"]) for one in sent.document["entries"]]
    read = read_rows(rows, caller.device, epoch, public_key(sent.pubkey))
    digest = hashlib.sha256(sent.body).hexdigest()
    key = f"{caller.device}.{epoch}.{rows[0].seq}-{rows[-1].seq}.{digest[:32]}"
    batch, now_ms = Batch(epoch, read, key, digest), centre.now_ms()
    effects = with_members(EFFECTS, centre.keys.seal)

    def job(connection: Connection) -> BatchResult:
        done = store_batch(connection, caller, batch, effects, now_ms)
        connection.execute(_HEARD, {"of_device": caller.device, "at": now_ms, "seen_ms": now_ms})
        return done

    done = centre.database.write(job).result()
    stored.results.update(one.result for one in done.results)
    stored.ends[caller.device, epoch] = done.stored.missing
    stored.stores.add(caller.store)
