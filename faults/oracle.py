"""The judge of every row: lane files, server database and the list of greens against each other.

It reads the files with SQL of its own and none of the program's readers, so that a fault of theirs cannot hide itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from pos_client.domain import hash_chain


@dataclass(frozen=True)
class Green:
    """One redemption that a clerk was shown as accepted."""

    coupon_id: str
    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True)
class LaneFacts:
    """One lane: its device, its journal file, and what was shown at it."""

    device: str
    journal: Path
    greens: Sequence[Green]


@dataclass
class Findings:
    """Counts of what must be zero, and of what there was."""

    entries: int = 0
    redeemed: int = 0
    greens: int = 0
    lost: int = 0
    double: int = 0
    gaps: int = 0
    chain: int = 0
    undelivered: int = 0
    conflicts: int = 0
    examples: list[str] = field(default_factory=list)

    def broken(self) -> tuple[str, ...]:
        """Each promise that did not hold."""
        promises = {
            "accepted redemptions lost": self.lost,
            "redemptions counted twice": self.double,
            "gaps in the numbers": self.gaps,
            "links of the chain broken": self.chain,
            "entries never delivered": self.undelivered,
            "uses lost to the lane's own shadow": self.conflicts,
        }
        return tuple(f"{count} {what}" for what, count in promises.items() if count) + tuple(self.examples[:5])


def check(lanes: Iterable[LaneFacts], server_database: Path) -> Findings:
    """Compare everything with everything; all lanes have synced before."""
    found = Findings()
    inbox = _rows(
        server_database, "SELECT device, epoch, seq, hash, kind, result, coupon_id, use_no, voided FROM inbox"
    )
    claims = _rows(server_database, "SELECT coupon_id, use_no, device, seq, state FROM claim")
    for lane in lanes:
        own = [row for row in inbox if row["device"] == lane.device]
        entries = _rows(lane.journal, "SELECT epoch, seq, hash, body, kind, coupon_id, waiting FROM entry")
        _check_journal(found, entries)
        _check_delivery(found, lane, entries, own)
        _check_greens(found, lane, entries, own, claims)
    _check_uses(found, inbox)
    return found


Fact = dict[str, Any]


def _rows(database: Path, statement: str) -> list[Fact]:
    connection = dbapi2.connect(f"file:{database}?mode=ro", uri=True)
    try:
        cursor = connection.execute(statement)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
    finally:
        connection.close()


def _check_journal(found: Findings, entries: Sequence[Fact]) -> None:
    """Numbers without a gap, and every hash made of the one before and the exact bytes."""
    found.entries += len(entries)
    for epoch in {entry["epoch"] for entry in entries}:
        chain = sorted((entry for entry in entries if entry["epoch"] == epoch), key=lambda entry: entry["seq"])
        found.gaps += sum(entry["seq"] != place for place, entry in enumerate(chain, start=1))
        previous = hash_chain.GENESIS
        for entry in chain:
            found.chain += entry["hash"] != hash_chain.entry_hash(previous, entry["body"])
            previous = entry["hash"]


def _check_delivery(found: Findings, lane: LaneFacts, entries: Sequence[Fact], own: Sequence[Fact]) -> None:
    """The server holds each entry of the journal once, and nothing else of this lane."""
    written = Counter((entry["epoch"], entry["seq"], entry["hash"].hex()) for entry in entries)
    held = Counter((row["epoch"], row["seq"], row["hash"]) for row in own)
    found.undelivered += len(written - held) + sum(entry["waiting"] != 0 for entry in entries)
    for key in held - written:
        found.double += 1
        found.examples.append(f"{lane.device}: the server holds {key[:2]} more often than the lane wrote it")
    found.conflicts += sum(row["result"] in {"conflict", "forked", "quarantined"} for row in own)


def _check_greens(
    found: Findings, lane: LaneFacts, entries: Sequence[Fact], own: Sequence[Fact], claims: Sequence[Fact]
) -> None:
    """What was shown stands in the journal and at the server, and holds its use."""
    found.greens += len(lane.greens)
    found.double += len(lane.greens) - len({green.coupon_id for green in lane.greens})
    journal = {(entry["epoch"], entry["seq"]): entry for entry in entries}
    server = {(row["epoch"], row["seq"], row["hash"]): row for row in own}
    uses = {(claim["coupon_id"], claim["device"], claim["seq"]) for claim in claims if claim["state"] == "consumed"}
    for green in lane.greens:
        entry = journal.get((green.epoch, green.seq))
        row = server.get((green.epoch, green.seq, green.hash))
        in_journal = entry is not None and entry["hash"].hex() == green.hash and entry["coupon_id"] == green.coupon_id
        at_server = row is not None and row["result"] == "accepted" and row["coupon_id"] == green.coupon_id
        if not (in_journal and at_server and (green.coupon_id, lane.device, green.seq) in uses):
            found.lost += 1
            found.examples.append(f"{lane.device}: green {green} journal={in_journal} server={at_server}")


def _check_uses(found: Findings, inbox: Sequence[Fact]) -> None:
    """A use was counted once at the server, whatever was sent how often."""
    taken = [row for row in inbox if row["kind"] == "redeem" and row["result"] == "accepted" and not row["voided"]]
    found.redeemed += len(taken)
    uses = Counter((row["coupon_id"], row["use_no"]) for row in taken)
    for use, count in uses.items():
        if count > 1:
            found.double += count - 1
            found.examples.append(f"use {use} was counted {count} times")
