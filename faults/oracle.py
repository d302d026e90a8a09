"""The judge of every row: lane files, server tables and the list of greens against each other.

It reads the files with SQL of its own and none of the program's readers, so that a fault of theirs cannot hide itself.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faults.tables import Database, Fact, rows
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


@dataclass(frozen=True)
class Allowed:
    """What may be lost where lanes could not reach each other: uses given twice, and money, in minor units."""

    uses: int = 0
    minor: int = 0


NOTHING_TWICE = Allowed()


@dataclass
class Findings:
    """Counts of what must be zero, and of what there was.

    Attributes:
        conflicts: uses that were lost to another holder, or entries that the server could not take; beyond what was
            allowed they are ``excess``.
        unpaired: conflicts that do not point to a holder.
        unexplained: claims that the centre granted to a lane whose journal has no entry of them.
        stranded: entries that the store's server holds and the centre does not, or that no lane wrote.
    """

    entries: int = 0
    redeemed: int = 0
    greens: int = 0
    lost: int = 0
    double: int = 0
    gaps: int = 0
    chain: int = 0
    undelivered: int = 0
    conflicts: int = 0
    unpaired: int = 0
    excess: int = 0
    excess_minor: int = 0
    unexplained: int = 0
    stranded: int = 0
    examples: list[str] = field(default_factory=list)

    def broken(self) -> tuple[str, ...]:
        """Each promise that did not hold."""
        promises = {
            "accepted redemptions lost": self.lost,
            "redemptions counted twice": self.double,
            "gaps in the numbers": self.gaps,
            "links of the chain broken": self.chain,
            "entries never delivered": self.undelivered,
            "uses given twice beyond the limits": self.excess,
            "minor units lost beyond the limits": self.excess_minor,
            "conflicts that name no holder": self.unpaired,
            "entries at the store's server only": self.stranded,
            "granted claims that no lane knows of": self.unexplained,
        }
        return tuple(f"{count} {what}" for what, count in promises.items() if count) + tuple(self.examples[:5])

    def figures(self) -> dict[str, int]:
        """The counts for a row's figures."""
        names = ("entries", "greens", "redeemed", "lost", "double", "gaps", "chain", "undelivered", "conflicts")
        return {name: getattr(self, name) for name in (*names, "unpaired", "excess", "unexplained")}


def check(
    lanes: Iterable[LaneFacts],
    centre: Database,
    store_server: Database | None = None,
    allowed: Allowed = NOTHING_TWICE,
) -> Findings:
    """Compare everything with everything; all lanes have synced before.

    Args:
        lanes: every lane that redeemed.
        centre: a SQLite file, or the URL of a PostgreSQL database.
        store_server: the same of the store's own server, where there is one.
        allowed: what the limits let go twice while parts could not reach each other.
    """
    found, lanes = Findings(), list(lanes)
    inbox = rows(
        centre, "SELECT id, device, epoch, seq, hash, kind, result, coupon_id, use_no, voided FROM inbox ORDER BY id"
    )
    claims = rows(centre, "SELECT coupon_id, use_no, claim_id, device, seq, state FROM claim")
    pairs = {
        row["inbox_id"]: row for row in rows(centre, "SELECT inbox_id, holder_claim_id, holder, about FROM conflict")
    }
    of_device = defaultdict(list)
    for row in inbox:
        of_device[row["device"]].append(row)
    for lane in lanes:
        entries = rows(lane.journal, "SELECT epoch, seq, hash, body, kind, coupon_id, waiting, claim_id FROM entry")
        _check_journal(found, entries)
        _check_claims(found, lane, entries, claims)
        _check_delivery(found, lane, entries, of_device[lane.device])
        _check_greens(found, lane, entries, _Centre(of_device[lane.device], claims, pairs))
    _check_uses(found, inbox)
    _check_conflicts(found, inbox, pairs, claims)
    _check_limits(found, centre, allowed)
    if store_server is not None:
        _check_store(found, rows(store_server, "SELECT device, epoch, seq, hash FROM inbox"), inbox)
    return found


def check_journal(lane: LaneFacts) -> Findings:
    """The same for a lane that is looked at alone: its numbers, its chain, and each green in its journal."""
    found = Findings(greens=len(lane.greens))
    entries = rows(lane.journal, "SELECT epoch, seq, hash, body, kind, coupon_id, waiting FROM entry")
    _check_journal(found, entries)
    journal = {(entry["epoch"], entry["seq"], entry["hash"].hex()): entry for entry in entries}
    for green in lane.greens:
        entry = journal.get((green.epoch, green.seq, green.hash))
        if entry is None or entry["coupon_id"] != green.coupon_id:
            found.lost += 1
            found.examples.append(f"{lane.device}: green {green} is not in the journal")
    return found


@dataclass(frozen=True)
class _Centre:
    """The centre's rows that concern one lane."""

    inbox: Sequence[Fact]
    claims: Sequence[Fact]
    pairs: dict[int, Fact]


def _check_journal(found: Findings, entries: Sequence[Fact]) -> None:
    """Numbers without a gap, and every hash made of the one before and the exact bytes."""
    found.entries += len(entries)
    for epoch in sorted({entry["epoch"] for entry in entries}):
        chain = sorted((entry for entry in entries if entry["epoch"] == epoch), key=lambda entry: entry["seq"])
        found.gaps += sum(entry["seq"] != place for place, entry in enumerate(chain, start=1))
        previous = hash_chain.GENESIS if epoch == 1 else _begins_after(chain[0])
        for entry in chain:
            found.chain += entry["hash"] != hash_chain.entry_hash(previous, entry["body"])
            previous = entry["hash"]


def _begins_after(first: Fact) -> bytes:
    """What a later epoch's first entry follows: it says so itself, and the centre gave it."""
    try:
        return bytes.fromhex(json.loads(first["body"])["prev"])
    except (ValueError, KeyError, TypeError):
        return hash_chain.GENESIS


def _check_delivery(found: Findings, lane: LaneFacts, entries: Sequence[Fact], own: Sequence[Fact]) -> None:
    """The server holds each entry of the journal once, and nothing else of this lane."""
    written = Counter((entry["epoch"], entry["seq"], entry["hash"].hex()) for entry in entries)
    held = Counter((row["epoch"], row["seq"], row["hash"]) for row in own)
    found.undelivered += len(written - held) + sum(entry["waiting"] != 0 for entry in entries)
    for key in held - written:
        found.double += 1
        found.examples.append(f"{lane.device}: the server holds {key[:2]} more often than the lane wrote it")
    found.conflicts += sum(row["result"] in {"conflict", "forked", "quarantined"} for row in own)


def _check_greens(found: Findings, lane: LaneFacts, entries: Sequence[Fact], centre: _Centre) -> None:
    """What was shown stands in the journal and at the server, and holds its use or is paired with who does."""
    found.greens += len(lane.greens)
    found.double += len(lane.greens) - len({green.coupon_id for green in lane.greens})
    journal = {(entry["epoch"], entry["seq"]): entry for entry in entries}
    server = {(row["epoch"], row["seq"], row["hash"]): row for row in centre.inbox}
    uses = {
        (claim["coupon_id"], claim["device"], claim["seq"]) for claim in centre.claims if claim["state"] == "consumed"
    }
    for green in lane.greens:
        entry = journal.get((green.epoch, green.seq))
        row = server.get((green.epoch, green.seq, green.hash))
        in_journal = entry is not None and entry["hash"].hex() == green.hash and entry["coupon_id"] == green.coupon_id
        at_server = row is not None and row["coupon_id"] == green.coupon_id and _counts(row, centre.pairs)
        holds_use = (green.coupon_id, lane.device, green.seq) in uses
        is_settled = row is not None and (row["result"] == "conflict" or row["voided"] != 0)
        if not (in_journal and at_server and (holds_use or is_settled)):
            found.lost += 1
            found.examples.append(f"{lane.device}: green {green} journal={in_journal} server={at_server}")


def _check_claims(found: Findings, lane: LaneFacts, entries: Sequence[Fact], claims: Sequence[Fact]) -> None:
    """A claim is asked for only when the lane has written down that it asks."""
    known = {entry["claim_id"] for entry in entries}
    for claim in claims:
        if claim["device"] == lane.device and claim["claim_id"] and claim["claim_id"] not in known:
            found.unexplained += 1
            found.examples.append(f"{lane.device}: claim {claim['claim_id']} of {claim['coupon_id']} has no entry")


def _counts(row: Fact, pairs: dict[int, Fact]) -> bool:
    """Whether the server took a green for what it is: a use, or a conflict that is on record."""
    return row["result"] == "accepted" or (row["result"] == "conflict" and row["id"] in pairs)


def _check_uses(found: Findings, inbox: Sequence[Fact]) -> None:
    """A use was counted once at the server, whatever was sent how often."""
    taken = [row for row in inbox if row["kind"] == "redeem" and row["result"] == "accepted" and not row["voided"]]
    found.redeemed += len(taken)
    uses = Counter((row["coupon_id"], row["use_no"]) for row in taken if row["use_no"] is not None)
    for use, count in uses.items():
        if count > 1:
            found.double += count - 1
            found.examples.append(f"use {use} was counted {count} times")


def _check_conflicts(found: Findings, inbox: Sequence[Fact], pairs: dict[int, Fact], claims: Sequence[Fact]) -> None:
    """Every use that was lost points to a claim that holds it."""
    holders = {claim["claim_id"]: (claim["coupon_id"], claim["use_no"]) for claim in claims if claim["claim_id"]}
    for row in inbox:
        if row["kind"] != "redeem" or row["result"] != "conflict":
            continue
        pair = pairs.get(row["id"])
        named = pair is not None and bool(pair["holder_claim_id"] or pair["holder"] not in {"", "{}", None})
        held = pair is not None and pair["holder_claim_id"]
        if not named or (held and held in holders and holders[held][0] != row["coupon_id"]):
            found.unpaired += 1
            found.examples.append(f"{row['device']}: conflict at {row['epoch']}/{row['seq']} names no holder")


def _check_limits(found: Findings, centre: Database, allowed: Allowed) -> None:
    """Conflicts stay within what was settled beforehand; without limits there are none."""
    lost = sum(int(row["loss_minor"] or 0) for row in rows(centre, "SELECT loss_minor FROM conflict"))
    found.excess = max(0, found.conflicts - allowed.uses)
    found.excess_minor = max(0, lost - allowed.minor) if allowed.minor else 0


def _check_store(found: Findings, store: Sequence[Fact], inbox: Sequence[Fact]) -> None:
    """The store's server holds nothing that the centre has not."""
    at_centre = {(row["device"], row["epoch"], row["seq"], row["hash"]) for row in inbox}
    missing = [row for row in store if (row["device"], row["epoch"], row["seq"], row["hash"]) not in at_centre]
    found.stranded += len(missing)
    found.examples += [f"only at the store's server: {row}" for row in missing[:2]]
