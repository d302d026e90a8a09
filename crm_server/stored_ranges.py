"""Which numbers of a journal are stored and which are missing: gap detection that is always on (PROTOCOL 3.9)."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select, union, update

from .schema import DEVICE_EPOCH, INBOX, QUARANTINE

LONGEST_LIST: Final = 100

_EPOCH: Final = select(DEVICE_EPOCH.c.ack_seq, DEVICE_EPOCH.c.max_seq).where(
    DEVICE_EPOCH.c.device == bindparam("device"), DEVICE_EPOCH.c.epoch == bindparam("epoch")
)
_ABOVE: Final = union(
    *(
        select(table.c.seq).where(
            table.c.device == bindparam("device"), table.c.epoch == bindparam("epoch"), table.c.seq > bindparam("above")
        )
        for table in (INBOX, QUARANTINE)
    )
).order_by("seq")
_ADVANCE: Final = (
    update(DEVICE_EPOCH)
    .where(DEVICE_EPOCH.c.device == bindparam("of_device"), DEVICE_EPOCH.c.epoch == bindparam("of_epoch"))
    .values(ack_seq=bindparam("ack"), max_seq=bindparam("highest"))
)


@dataclass(frozen=True, slots=True)
class StoredRanges:
    """What is stored of one epoch.

    Attributes:
        ack_seq: nothing is missing up to here. max_seq: the highest number stored.
        missing: gaps between the two, both ends included; at most ``LONGEST_LIST`` of them.
    """

    ack_seq: int
    max_seq: int
    missing: list[tuple[int, int]]


def stored_ranges(connection: Connection, device: str, epoch: int) -> StoredRanges:
    """Read what is stored of an epoch; zeros for one that never was."""
    row = connection.execute(_EPOCH, {"device": device, "epoch": epoch}).one_or_none()
    if row is None:
        return StoredRanges(0, 0, [])
    if row.ack_seq == row.max_seq:
        return StoredRanges(row.ack_seq, row.max_seq, [])
    return _walk(connection, device, epoch, row.ack_seq)


def advance(connection: Connection, device: str, epoch: int) -> StoredRanges:
    """Bring the epoch's counters up to what is stored now."""
    row = connection.execute(_EPOCH, {"device": device, "epoch": epoch}).one()
    stored = _walk(connection, device, epoch, row.ack_seq)
    if (stored.ack_seq, stored.max_seq) != (row.ack_seq, row.max_seq):
        connection.execute(
            _ADVANCE,
            {"of_device": device, "of_epoch": epoch, "ack": stored.ack_seq, "highest": stored.max_seq},
        )
    return stored


def _walk(connection: Connection, device: str, epoch: int, ack_seq: int) -> StoredRanges:
    ack = highest = ack_seq
    missing: list[tuple[int, int]] = []
    numbers = connection.execute(_ABOVE, {"device": device, "epoch": epoch, "above": ack_seq}).scalars()
    for seq in numbers:
        if seq == ack + 1:
            ack = seq
        elif seq > highest + 1 and len(missing) < LONGEST_LIST:
            missing.append((highest + 1, seq - 1))
        highest = seq
    return StoredRanges(ack, highest, missing)
