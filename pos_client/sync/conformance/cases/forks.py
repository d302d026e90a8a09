"""Two machines with one name: noticed by hash, by number and by token, and ended by a new epoch.

Last of all, since every case here spoils the device.
"""

from typing import Any, Final

from pos_client.domain.hash_chain import GENESIS
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import mapping, objects, required_text, whole

from .batches import expect_results


def _other_head(bench: Bench) -> str:
    heard = bench.lane.heartbeat(head_hash="1" * 64)
    refusal(heard, 409, "device-forked", retry="reenrol")
    return told(heard)


def _new_epoch(bench: Bench) -> str:
    return _begin_epoch(bench)


def _begin_epoch(bench: Bench) -> str:
    """Ask for the next epoch and go on in it."""
    lane, head = bench.lane, bench.lane.journal.head
    body = {"reason": "conformance", "last_epoch": head.epoch, "last_seq": head.seq, "last_hash": head.hash.hex()}
    heard = lane.ask("POST", f"/v1/devices/{lane.device}/epochs", body)
    answer = document(heard, 201)
    equal("the epoch", head.epoch + 1, whole(answer, "epoch"))
    stored = mapping(answer, "server_head")
    lane.adopt_token(required_text(answer, "session_token"))
    lane.journal.begin_epoch(whole(answer, "epoch"), _hash(required_text(stored, "hash")))
    newest = head.hash if head.seq else GENESIS
    equal("server_head", (head.seq, newest.hex()), (whole(stored, "seq"), stored.get("hash")))
    return f"epoch {lane.journal.epoch}, behind entry {head.seq}"


def _hash(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError as error:
        raise Unmet("server_head's hash is not hexadecimal") from error
    if len(digest) != len(GENESIS):
        raise Unmet("server_head's hash is not 32 bytes")
    return digest


def _works_again(bench: Bench) -> str:
    lane = bench.lane
    rows = (lane.journal.write("login"), lane.journal.write("logout"))
    expect_results(lane.push(*rows), "accepted", "accepted")
    answer = document(lane.heartbeat())
    equal("ack_seq", rows[-1].seq, whole(answer, "ack_seq"))
    return f"entries 1 to {rows[-1].seq} of epoch {lane.journal.epoch}"


def _old_epoch_delivers(bench: Bench) -> str:
    """What was written before the fork must still arrive: it is somebody's redemption."""
    lane, epoch = bench.lane, bench.lane.journal.epoch
    lane.journal.epoch = epoch - 1
    try:
        row = lane.journal.forge(9_000, bytes(32), "login")
    finally:
        lane.journal.epoch = epoch
    expect_results(lane.push(row), "accepted")
    return f"an entry of epoch {epoch - 1}"


def _other_entry(bench: Bench) -> str:
    lane = bench.lane
    before = lane.journal.head
    row = lane.journal.write("login")
    twin = lane.journal.forge(row.seq, before.hash, "logout")
    expect_results(lane.push(row), "accepted")
    (result,) = expect_results(lane.push(twin), "forked")
    required_text(result, "server_ref")
    (again,) = expect_results(lane.push(twin), "duplicate")
    equal("original of the repeat", "forked", again.get("original"))
    expect_results(lane.push(row), "duplicate")
    return f"both entries {row.seq} are stored"


def _is_flagged(bench: Bench) -> str:
    heard = bench.lane.heartbeat()
    refusal(heard, 409, "device-forked", retry="reenrol")
    return told(heard)


def _is_listed(bench: Bench) -> str:
    rows = objects(document(bench.lane.get("/v1/exceptions")), "forks")
    holds("the fork is listed", any(row.get("device") == bench.lane.device for row in rows))
    return f"{len(rows)} forks"


def _wrong_token(bench: Bench) -> str:
    lane = bench.lane
    _begin_epoch(bench)
    lane.token = "AAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - nobody's token
    heard = lane.heartbeat()
    refusal(heard, 409, "device-forked", retry="reenrol")
    return told(heard)


def _wrong_token_batch(bench: Bench) -> str:
    journal = bench.lane.journal
    heard = bench.lane.push(journal.forge(journal.head.seq + 1, journal.head.hash, "login"))
    refusal(heard, 409, "device-forked", retry="reenrol")
    return told(heard)


def _ends_well(bench: Bench) -> str:
    told_ = _begin_epoch(bench)
    _works_again(bench)
    return told_


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"fork.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("other-head", "A heartbeat with another hash for a stored number is 409 device-forked.", _other_head),
    _case("new-epoch", "A new epoch is 201 with the newest stored entry and a session token.", _new_epoch),
    _case("works-again", "The device works in its new epoch.", _works_again),
    _case("old-epoch", "Entries of an earlier epoch are still taken.", _old_epoch_delivers),
    _case("other-entry", "Another entry of a stored number is forked, and stored beside it.", _other_entry),
    _case("flagged", "After a fork the next heartbeat is 409 device-forked.", _is_flagged),
    _case("listed", "The fork is listed among the store's exceptions.", _is_listed),
    _case("wrong-token", "A session token that was never given is 409 device-forked.", _wrong_token),
    _case("wrong-token-batch", "A batch with such a token is 409 too.", _wrong_token_batch),
    _case("ends-well", "A new epoch ends a fork by token.", _ends_well),
)
