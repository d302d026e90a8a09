"""The judge of the fault matrix finds each kind of harm: a matrix whose judge sees nothing proves nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from faults.oracle import NOTHING_TWICE, Allowed, Findings, Green, LaneFacts, check
from pos_client.domain import hash_chain

Change = Callable[[Any, Any], None]


def bodies() -> list[tuple[bytes, bytes]]:
    """Three entries: hash and body."""
    previous, found = hash_chain.GENESIS, []
    for seq in range(1, 4):
        body = f'{{"seq":{seq}}}'.encode()
        previous = hash_chain.entry_hash(previous, body)
        found.append((previous, body))
    return found


def judged(tmp_path: Path, change: Change, allowed: Allowed = NOTHING_TWICE) -> Findings:
    """A lane that redeemed three coupons, delivered them, and suffered the change."""
    lane, server = dbapi2.connect(str(tmp_path / "journal.db")), dbapi2.connect(str(tmp_path / "crm.db"))
    lane.execute("CREATE TABLE entry (epoch, seq, hash, body, kind, coupon_id, waiting, claim_id)")
    server.execute("CREATE TABLE inbox (id, device, epoch, seq, hash, kind, result, coupon_id, use_no, voided)")
    server.execute("CREATE TABLE claim (coupon_id, use_no, claim_id, device, seq, state)")
    server.execute("CREATE TABLE conflict (inbox_id, holder_claim_id, holder, about, loss_minor)")
    greens = []
    for seq, (digest, body) in enumerate(bodies(), start=1):
        coupon = f"1000-{seq}"
        lane.execute(
            "INSERT INTO entry VALUES (1, ?, ?, ?, 'redeem', ?, 0, ?)", (seq, digest, body, coupon, f"c-{seq}")
        )
        row = (seq, seq, digest.hex(), coupon)
        server.execute("INSERT INTO inbox VALUES (?, 'd-1', 1, ?, ?, 'redeem', 'accepted', ?, 1, 0)", row)
        server.execute("INSERT INTO claim VALUES (?, 1, ?, 'd-1', ?, 'consumed')", (coupon, f"c-{seq}", seq))
        greens.append(Green(coupon, 1, seq, digest.hex()))
    change(lane, server)
    for one in (lane, server):
        one.commit()
        one.close()
    return check([LaneFacts("d-1", tmp_path / "journal.db", greens)], tmp_path / "crm.db", allowed=allowed)


def test_all_is_well(tmp_path: Path) -> None:
    found = judged(tmp_path, lambda _lane, _server: None)

    assert found.broken() == ()
    assert (found.entries, found.greens, found.redeemed) == (3, 3, 3)


HARMS: dict[str, tuple[str, Change]] = {
    "a green that the journal lost": ("lost", lambda lane, _: lane.execute("DELETE FROM entry WHERE seq = 3")),
    "a green that the journal rewrote": ("lost", lambda lane, _: lane.execute("UPDATE entry SET coupon_id = 'x'")),
    "a green that the server lacks": ("lost", lambda _, server: server.execute("DELETE FROM inbox WHERE seq = 2")),
    "a green that was refused": ("lost", lambda _, server: server.execute("UPDATE inbox SET result = 'conflict'")),
    "a green without its use": ("lost", lambda _, server: server.execute("UPDATE claim SET state = 'released'")),
    "a gap": ("gaps", lambda lane, _: lane.execute("DELETE FROM entry WHERE seq = 2")),
    "a changed entry": ("chain", lambda lane, _: lane.execute("UPDATE entry SET body = X'00' WHERE seq = 2")),
    "an entry never delivered": (
        "undelivered",
        lambda _, server: server.execute("DELETE FROM inbox WHERE seq = 2"),
    ),
    "an entry that waits": ("undelivered", lambda lane, _: lane.execute("UPDATE entry SET waiting = 1")),
    "a use counted twice": (
        "double",
        lambda _, server: server.execute(
            "INSERT INTO inbox SELECT 9, device, epoch, 9, 'ff', kind, result, coupon_id, use_no, 0 FROM inbox LIMIT 1"
        ),
    ),
    "an entry stored twice": ("double", lambda _, server: server.execute("INSERT INTO inbox SELECT * FROM inbox")),
    "a lane in conflict with itself": (
        "excess",
        lambda _, server: server.execute("UPDATE inbox SET result = 'conflict' WHERE seq = 1"),
    ),
    "a claim that no lane knows of": (
        "unexplained",
        lambda _, server: server.execute("INSERT INTO claim VALUES ('1000-9', 1, 'c-9', 'd-1', 9, 'granted')"),
    ),
    "a conflict without its holder": (
        "unpaired",
        lambda _, server: server.execute("UPDATE inbox SET result = 'conflict' WHERE seq = 1"),
    ),
}


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_is_seen(tmp_path: Path, harm: str) -> None:
    count, change = HARMS[harm]

    found = judged(tmp_path, change)

    assert getattr(found, count) > 0
    assert found.broken() != ()


def test_a_coupon_that_was_green_twice_is_seen(tmp_path: Path) -> None:
    found = judged(tmp_path, lambda _lane, _server: None)
    green = Green("1000-1", 1, 1, bodies()[0][0].hex())

    twice = check([LaneFacts("d-1", tmp_path / "journal.db", [green, green])], tmp_path / "crm.db")

    assert (found.double, twice.double) == (0, 1)


def in_conflict(_lane: Any, server: Any) -> None:
    """The second of two lanes that were cut off from each other: its use is another's, and the ledger says whose."""
    server.execute("UPDATE inbox SET result = 'conflict' WHERE seq = 1")
    server.execute("UPDATE claim SET device = 'd-2', seq = 7 WHERE seq = 1")
    server.execute("INSERT INTO conflict VALUES (1, 'c-1', '{}', 'use', 500)")


@pytest.mark.parametrize(
    ("allowed", "excess", "excess_minor"), [(Allowed(1, 500), 0, 0), (Allowed(1, 499), 0, 1), (NOTHING_TWICE, 1, 0)]
)
def test_a_paired_conflict_is_held_against_the_limits(
    tmp_path: Path, allowed: Allowed, excess: int, excess_minor: int
) -> None:
    found = judged(tmp_path, in_conflict, allowed)

    assert (found.lost, found.unpaired, found.conflicts) == (0, 0, 1)
    assert (found.excess, found.excess_minor) == (excess, excess_minor)
    assert bool(found.broken()) == bool(excess or excess_minor)


def test_what_only_the_store_server_holds_is_seen(tmp_path: Path) -> None:
    judged(tmp_path, lambda _lane, _server: None)
    store = dbapi2.connect(str(tmp_path / "store.db"))
    store.execute("CREATE TABLE inbox (device, epoch, seq, hash)")
    store.execute("INSERT INTO inbox VALUES ('d-1', 1, 1, ?), ('d-1', 1, 4, 'ff')", (bodies()[0][0].hex(),))
    store.commit()
    store.close()

    found = check([LaneFacts("d-1", tmp_path / "journal.db", [])], tmp_path / "crm.db", tmp_path / "store.db")

    assert found.stranded == 1
