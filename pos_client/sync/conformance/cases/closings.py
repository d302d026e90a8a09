"""The day's end: a range is counted again, an agreement is signed and for ever, what is missing is named."""

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any, Final

from pos_client.domain.closings.close import Close, close_of, is_about, told
from pos_client.domain.closings.totals import Counting
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.conformance import expectations
from pos_client.sync.conformance.bench import Bench, invented_coupon
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal
from pos_client.sync.conformance.lane_journal import Written
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import mapping, objects, ranges, text, whole

from .batches import expect_results

_PATH: Final = "/v1/closings"
_PATIENCE_S: Final = 60.0
_NOTHING: Final = {
    "open_intents": 0, "undelivered": 0, "stuck": 0, "quarantined": 0, "conflicts": 0, "host": None, "counted": None,
    "differences_accepted": None,
}  # fmt: skip


def _closed(bench: Bench, *rows: Written) -> tuple[Written, dict[str, Any]]:
    """A close of these rows, which are the newest, and what the centre is asked about it."""
    lane, counting = bench.lane, Counting()
    for row in rows:
        counting.take(json.loads(row.body))
    body = json.loads(rows[-1].body)
    fields = {
        "of_epoch": rows[0].epoch,
        "first_seq": rows[0].seq,
        "last_seq": rows[-1].seq,
        "head_hash": rows[-1].hash.hex(),
        "signed_by": body["operator"],
        **counting.totals().as_document(),
        **_NOTHING,
    }
    entry = lane.journal.write("close_day", **fields)
    fields["business_date"] = json.loads(entry.body)["business_date"]
    return entry, told(lane.device, _close(entry, fields), fields)


def _close(entry: Written, fields: Mapping[str, Any]) -> Close:
    return close_of(entry.epoch, entry.seq, entry.hash.hex(), fields)


def _ask(bench: Bench, asked: Mapping[str, Any]) -> Heard:
    """The answer, once the server has counted."""
    ends = time.monotonic() + _PATIENCE_S
    while (heard := bench.lane.ask("POST", _PATH, asked)).status == 202:
        equal("state", "recomputing", text(document(heard, 202), "state"))
        if time.monotonic() > ends:
            raise Unmet("a small day is still being counted after a minute")
        time.sleep(min(2, max(0.1, whole(document(heard, 202), "retry_after_s"))))
    return heard


def _answer(bench: Bench, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """A signed answer about this close."""
    answer = document(_ask(bench, asked))
    holds("a server key signed the answer", bench.trust.verify_document(DocumentPurpose.CLOSING, answer))
    close = close_of(asked["epoch"], asked["seq"], asked["hash"], asked)
    holds("the answer names this close and its range", is_about(answer, bench.lane.device, close))
    return answer


def _agreed(bench: Bench) -> str:
    lane = bench.lane
    rows = (lane.journal.redeem(invented_coupon()), lane.journal.write("logout"))
    entry, asked = _closed(bench, *rows)
    expect_results(lane.push(*rows, entry), "accepted", "accepted", "accepted")
    answer = _answer(bench, asked)
    equal("state", "agreed", text(answer, "state"))
    equal("entries", len(rows), whole(answer, "entries"))
    equal("the same close asked again", dict(answer), dict(_answer(bench, asked)))
    bench.fetched("an agreed close", lambda: asked)
    return f"{len(rows)} entries, agreed"


def _missing(bench: Bench) -> str:
    lane = bench.lane
    held_back, sent = lane.journal.redeem(invented_coupon()), lane.journal.write("logout")
    entry, asked = _closed(bench, held_back, sent)
    expect_results(lane.push(sent, entry), "accepted", "accepted")
    answer = _answer(bench, asked)
    equal("state", "disagreed", text(answer, "state"))
    equal("missing", ((held_back.seq, held_back.seq),), ranges(answer, "missing"))
    expect_results(lane.push(held_back), "accepted")
    equal("state once it was sent", "agreed", text(_answer(bench, asked), "state"))
    return f"{held_back.seq} was missed, then agreed"


def _entry_missing(bench: Bench) -> str:
    lane = bench.lane
    row = lane.journal.write("login")
    entry, asked = _closed(bench, row)
    expect_results(lane.push(row), "accepted")
    holds("the close's own entry is missed", _answer(bench, asked).get("entry_missing") is True)
    expect_results(lane.push(entry), "accepted")
    equal("state once it was sent", "agreed", text(_answer(bench, asked), "state"))
    return "the entry was missed, then agreed"


def _exceptions(bench: Bench) -> str:
    lane, coupon = bench.lane, invented_coupon()
    rows = (lane.journal.redeem(coupon), lane.journal.redeem(coupon), lane.journal.write("no-such-kind"))
    entry, asked = _closed(bench, *rows)
    expect_results(lane.push(*rows, entry), "accepted", "conflict", "quarantined", "accepted")
    answer = _answer(bench, asked)
    equal("state", "agreed", text(answer, "state"))
    (conflict,), (quarantined,) = objects(answer, "conflicts"), objects(answer, "quarantined")
    equal("the conflict", rows[1].seq, whole(conflict, "seq"))
    equal("its holder", rows[0].seq, whole(mapping(conflict, "holder"), "seq"))
    equal(
        "the quarantined row", (rows[2].seq, "unknown-kind"), (whole(quarantined, "seq"), text(quarantined, "reason"))
    )
    return "agreed, with a conflict and a quarantined row named"


def _differs(bench: Bench) -> str:
    lane = bench.lane
    row = lane.journal.redeem(invented_coupon())
    entry, asked = _closed(bench, row)
    expect_results(lane.push(row, entry), "accepted", "accepted")
    answer = _answer(bench, {**asked, "points": 7, "signed_by": "somebody"})
    equal("state", "disagreed", text(answer, "state"))
    causes = {text(one, "cause") for one in objects(answer, "differences")}
    holds(
        f"points-differ and close-altered are named; named are {sorted(causes)}",
        causes == {"points-differ", "close-altered"},
    )
    equal("state of the true one", "agreed", text(_answer(bench, asked), "state"))
    return ", ".join(sorted(causes))


def _exists(bench: Bench) -> str:
    lane = bench.lane
    known: Mapping[str, Any] = bench.fetched("an agreed close", lambda: None)
    entry = lane.journal.write("close_day")
    expect_results(lane.push(entry), "accepted")
    heard = _ask(bench, {**known, "seq": entry.seq, "hash": entry.hash.hex()})
    problem = refusal(heard, 409, "closing-exists", retry="never")
    other = mapping(problem.document, "other")
    equal("the other close", (known["seq"], known["hash"]), (whole(other, "seq"), text(other, "hash")))
    return expectations.told(heard)


def _malformed(bench: Bench) -> str:
    known: Mapping[str, Any] = bench.fetched("an agreed close", lambda: None)
    wrong: tuple[dict[str, Any], ...] = (
        {"mood": "fine"}, {"hash": "xyz"}, {"totals": "none"}, {"business_date": "today"}, {"first_seq": 0},
        {"last_seq": known["seq"]}, {"of_epoch": known["epoch"] + 1},
    )  # fmt: skip
    for fields in wrong:
        heard = bench.lane.ask("POST", _PATH, {**known, **fields})
        refusal(heard, (400, 422), retry="never")
    return expectations.told(heard)


def _other_device(bench: Bench) -> str:
    known: Mapping[str, Any] = bench.fetched("an agreed close", lambda: None)
    heard = bench.lane.ask("POST", _PATH, {**known, "device": f"d-{secrets.token_hex(8)}"})
    refusal(heard, 403, "device-other", retry="never")
    return expectations.told(heard)


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"closing.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case(
        "agreed", "A close of entries that are all there is agreed and signed, and the same again for ever.", _agreed
    ),
    _case("missing", "A close that lacks an entry names its number, and agrees once it came.", _missing),
    _case("entry-missing", "A close whose own entry is not there says so, and agrees once it came.", _entry_missing),
    _case("exceptions", "Conflicts and quarantined rows stop no agreement and are named in it.", _exceptions),
    _case("differs", "Figures that are not those of the entries are named with their cause.", _differs),
    _case("exists", "Another close of an agreed range is 409 closing-exists and names the first.", _exists),
    _case("malformed", "Fields that are wrong, unknown or no close's are refused.", _malformed),
    _case("other-device", "A close of another device is 403 device-other.", _other_device),
)
