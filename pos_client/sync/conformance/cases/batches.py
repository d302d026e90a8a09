"""Deliveries: every well-signed row is stored once and for ever, whatever the centre thinks of it."""

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from pos_client.domain.journal_entry import encode_body
from pos_client.sync.conformance.bench import Bench, invented_coupon
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.lane_journal import Written
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import mapping, objects, ranges, required_text, text, whole


def expect_results(heard: Heard, *wanted: str) -> list[Mapping[str, Any]]:
    """The results of a delivery, which must be these, in order."""
    results = objects(document(heard), "results")
    found = tuple(text(result, "result") for result in results)
    if found != wanted:
        reasons = ", ".join(text(result, "reason") for result in results)
        raise Unmet(f"the rows became {', '.join(found)} ({reasons}), not {', '.join(wanted)}")
    return results


def _accepted(bench: Bench) -> str:
    lane = bench.lane
    rows = (lane.journal.write("login"), lane.journal.redeem(invented_coupon()), lane.journal.write("logout"))
    heard = lane.push(*rows)
    results = expect_results(heard, "accepted", "accepted", "accepted")
    for row, result in zip(rows, results, strict=True):
        equal("the number and hash", (row.seq, row.hash.hex()), (whole(result, "seq"), result.get("hash")))
        required_text(result, "server_ref")
    equal("ack_seq", lane.journal.head.seq, whole(document(heard), "ack_seq"))
    return f"{len(rows)} rows, ack_seq {lane.journal.head.seq}"


def _every_kind(bench: Bench) -> str:
    kinds = ("cache_swap", "time_jump", "enrol", "reject", "open_day", "close_day", "export", "resync_gap")
    rows = [bench.lane.journal.write(kind) for kind in kinds]
    expect_results(bench.lane.push(*rows), *("accepted" for _ in kinds))
    return f"{len(kinds)} kinds"


def _duplicate(bench: Bench) -> str:
    row = bench.lane.journal.write("login")
    expect_results(bench.lane.push(row), "accepted")
    (result,) = expect_results(bench.lane.push(row), "duplicate")
    equal("original", "accepted", result.get("original"))
    return "accepted, then duplicate"


def _duplicate_in_another_batch(bench: Bench) -> str:
    first, second = bench.lane.journal.write("login"), bench.lane.journal.write("logout")
    expect_results(bench.lane.push(first), "accepted")
    expect_results(bench.lane.push(first, second), "duplicate", "accepted")
    return "the row that was new is taken beside the one that was not"


def _conflict(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    winner, loser = lane.journal.redeem(coupon), lane.journal.redeem(coupon)
    expect_results(lane.push(winner), "accepted")
    (result,) = expect_results(lane.push(loser), "conflict")
    holder = mapping(result, "holder")
    equal("the holder's device and entry", (lane.device, winner.seq), (holder.get("device"), whole(holder, "seq")))
    (again,) = expect_results(lane.push(loser), "duplicate")
    equal("original of the conflict's repeat", "conflict", again.get("original"))
    equal("the holder of the repeat", holder, mapping(again, "holder"))
    return f"held by entry {winner.seq}"


def _override(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    rows = (lane.journal.redeem(coupon, use_no=None), lane.journal.redeem(coupon, use_no=None))
    expect_results(lane.push(*rows), "accepted", "accepted")
    return "two overrides of one coupon"


def _void_first(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    redemption = lane.journal.redeem(coupon)
    void = lane.journal.void(redemption.seq, coupon, "")
    expect_results(lane.push(void), "accepted")
    expect_results(lane.push(redemption), "accepted")
    expect_results(lane.push(lane.journal.redeem(coupon)), "accepted")
    return "the use is free again"


def _bad_signature(bench: Bench) -> str:
    lane = bench.lane
    head = lane.journal.head
    good = lane.journal.write("login")
    forged = lane.journal.seal(good.seq, head.hash, good.body, bench.keys.generate())
    return _quarantined(bench, forged, "bad-signature")


def _unknown_kind(bench: Bench) -> str:
    return _quarantined(bench, bench.lane.journal.write("sing_a_song"), "unknown-kind")


def _unknown_version(bench: Bench) -> str:
    return _quarantined(bench, bench.lane.journal.write("login", v=99), "unknown-version")


def _bad_field(bench: Bench) -> str:
    return _quarantined(bench, bench.lane.journal.write("redeem", coupon_id=None), "")


def _quarantined(bench: Bench, row: Written, reason: str) -> str:
    (result,) = expect_results(bench.lane.push(row), "quarantined")
    if reason:
        equal("the reason", reason, result.get("reason"))
    required_text(result, "server_ref")
    (again,) = expect_results(bench.lane.push(row), "duplicate")
    equal("original of the repeat", "quarantined", again.get("original"))
    return f"quarantined: {text(result, 'reason')}"


def _no_hindrance(bench: Bench) -> str:
    journal = bench.lane.journal
    rows = (journal.write("login"), journal.write("sing_a_song"), journal.write("logout"))
    expect_results(bench.lane.push(*rows), "accepted", "quarantined", "accepted")
    return "the rows around it are taken"


def _never_lost(bench: Bench) -> str:
    """Bodies that are no entry at all, well signed: the row must not come back for ever."""
    lane = bench.lane
    for body in (b"", b"null", b"[1]", secrets.token_bytes(100), b"[" * 5_000):
        seq = lane.journal.head.seq + 1
        row = lane.journal.seal(seq, lane.journal.head.hash, body)
        expect_results(lane.push(row), "quarantined")
    expect_results(lane.push(lane.journal.write("login")), "accepted")
    return "five kinds of rubbish are kept, and the true entry is taken after them"


def _gap(bench: Bench) -> str:
    journal = bench.lane.journal
    first, second, third, fourth = (journal.write("login") for _ in range(4))
    answer = document(bench.lane.push(first, fourth))
    equal("missing", ((second.seq, third.seq),), ranges(answer, "missing"))
    equal("ack_seq before the gap", first.seq, whole(answer, "ack_seq"))
    answer = document(bench.lane.push(second, third))
    equal("missing, once it came", (), ranges(answer, "missing"))
    equal("ack_seq behind it", fourth.seq, whole(answer, "ack_seq"))
    return f"{second.seq} to {third.seq} were missed and taken"


def _status(bench: Bench) -> str:
    lane = bench.lane
    before = _counts(bench)
    expect_results(lane.push(lane.journal.write("login")), "accepted")
    after = _counts(bench)
    equal("the accepted rows", whole(before, "accepted") + 1, whole(after, "accepted"))
    holds("conflicts and quarantined rows are counted", whole(after, "conflict") > 0 < whole(after, "quarantined"))
    answer = document(lane.get(f"/v1/journal/{lane.device}/{lane.journal.epoch}/status"))
    equal("ack_seq", lane.journal.head.seq, whole(answer, "ack_seq"))
    equal("missing", (), ranges(answer, "missing"))
    return json.dumps(dict(after))[:100]


def _counts(bench: Bench) -> Mapping[str, Any]:
    lane = bench.lane
    return mapping(document(lane.get(f"/v1/journal/{lane.device}/{lane.journal.epoch}/status")), "counts")


def _status_unknown(bench: Bench) -> str:
    heard = bench.lane.get(f"/v1/journal/{bench.lane.device}/999/status")
    refusal(heard, 404, "journal-unknown", retry="never")
    return told(heard)


def _late_answer(bench: Bench) -> str:
    """The answer was lost: the same batch with the token of before is one machine, not two."""
    lane = bench.lane
    row, token = lane.journal.write("login"), lane.token
    expect_results(lane.push(row), "accepted")
    holds("each delivery brings the next session token", lane.token and lane.token != token)
    lane.token = token
    expect_results(lane.push(row), "duplicate")
    return "the token of before was taken once more"


def _exact_bytes(bench: Bench) -> str:
    """The hash covers the bytes as written; a server that writes the JSON anew would compute another."""
    lane = bench.lane
    head = lane.journal.head
    document_ = json.loads(lane.journal.forge(head.seq + 1, head.hash, "login").body)
    body = encode_body(document_).replace(b'{"app_ver"', b'{ "app_ver"', 1)
    row = lane.journal.adopt(lane.journal.seal(head.seq + 1, head.hash, body))
    (result,) = expect_results(lane.push(row), "accepted")
    equal("the hash", row.hash.hex(), result.get("hash"))
    return "a body with a blank in it keeps its hash"


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"batch.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("accepted", "Rows are accepted in order, each with its hash, and ack_seq follows.", _accepted),
    _case("kinds", "Kinds without an effect are stored all the same.", _every_kind),
    _case("duplicate", "A row that came before is a duplicate, with its first result.", _duplicate),
    _case("overlap", "A new row beside one that came before is taken.", _duplicate_in_another_batch),
    _case("exact-bytes", "The hash is of the body's exact bytes, not of the JSON in it.", _exact_bytes),
    _case("conflict", "A second redemption of a use is a conflict with its holder, now and when repeated.", _conflict),
    _case("override", "A supervisor's redemption without a use number takes no use.", _override),
    _case("void-first", "A void that comes before its target takes it back when it comes.", _void_first),
    _case("bad-signature", "A row that another key signed is quarantined, stored, and blocks nothing.", _bad_signature),
    _case("unknown-kind", "A kind of a newer program is quarantined and stored.", _unknown_kind),
    _case("unknown-version", "A version of a newer program is quarantined and stored.", _unknown_version),
    _case("bad-field", "A redemption without its coupon is quarantined and stored.", _bad_field),
    _case("no-hindrance", "A quarantined row does not hold up the rows of its batch.", _no_hindrance),
    _case("rubbish", "Rows that are no entries are kept aside and do not block their number.", _never_lost),
    _case("gap", "Numbers that did not come are reported as missing until they come.", _gap),
    _case("lost-answer", "A delivery whose answer was lost may come again with the token of before.", _late_answer),
    _case("status", "The journal's status counts rows by result.", _status),
    _case("status-unknown", "The status of an epoch that never was is 404 journal-unknown.", _status_unknown),
)
