"""Deliveries that are no batch: refused as a whole, and nothing of them is stored."""

import gzip
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from pos_client.sync.api_client import TOKEN_HEADER, encode
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, refusal, told
from pos_client.sync.conformance.throwaway_lane import BATCHES
from pos_client.sync.payloads import objects, whole

from .batches import expect_results

_LIMIT: Final = 256 * 1024


def _refused(change: Callable[[dict[str, Any]], Mapping[str, Any]], status: int, *codes: str) -> Callable[[Bench], str]:
    """A check that a changed batch is refused, and that its rows are taken afterwards as new."""

    def check(bench: Bench) -> str:
        lane = bench.lane
        rows = [lane.journal.write("login"), lane.journal.write("logout")]
        heard = lane.deliver(change(lane.batch(*rows)))
        refusal(heard, status, *codes, retry="never")
        expect_results(lane.push(*rows), "accepted", "accepted")
        return told(heard)

    return check


def _doubled(batch: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**batch, "entries": [batch["entries"][0], batch["entries"][0]], "last_seq": batch["first_seq"]}


def _one_field_more(batch: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**batch, "entries": [{**entry, "note": "x"} for entry in batch["entries"]]}


def _mismatch(bench: Bench) -> str:
    lane, key = bench.lane, f"conformance-{secrets.token_hex(8)}"
    first, second = lane.journal.write("login"), lane.journal.write("logout")
    document(lane.deliver(lane.batch(first), key))
    heard = lane.deliver(lane.batch(second), key)
    refusal(heard, 422, "idempotency-mismatch", retry="never")
    expect_results(lane.push(second), "accepted")
    return told(heard)


def _same_key(bench: Bench) -> str:
    lane = bench.lane
    batch = lane.batch(lane.journal.write("login"))
    expect_results(lane.deliver(batch), "accepted")
    (result,) = expect_results(lane.deliver(batch), "duplicate")
    equal("original", "accepted", result.get("original"))
    return "the same key with the same body is answered again"


def _no_key(bench: Bench) -> str:
    lane = bench.lane
    row = lane.journal.write("login")
    heard = lane.rolling(BATCHES, encode(lane.batch(row)))
    refusal(heard, (400, 422), retry="never")
    expect_results(lane.push(row), "accepted")
    return told(heard)


def _no_token(bench: Bench) -> str:
    lane = bench.lane
    row = lane.journal.write("login")
    batch = lane.batch(row)
    content = encode(batch)
    heard = lane.ask("POST", BATCHES, content, headers={"Idempotency-Key": lane.idempotency_key(batch, content)})
    refusal(heard, (400, 401, 422))
    expect_results(lane.push(row), "accepted")
    return told(heard)


def _too_large(bench: Bench) -> str:
    lane = bench.lane
    heard = lane.ask("POST", BATCHES, b" " * (_LIMIT + 1), headers={"Idempotency-Key": "large"})
    refusal(heard, 413)
    return told(heard)


def _too_large_inflated(bench: Bench) -> str:
    content = gzip.compress(b" " * (_LIMIT + 1))
    heard = bench.lane.ask("POST", BATCHES, content, headers={"Idempotency-Key": "large", "Content-Encoding": "gzip"})
    refusal(heard, 413)
    return f"{len(content)} bytes: {told(heard)}"


def _gzip(bench: Bench) -> str:
    lane = bench.lane
    batch = lane.batch(*(lane.journal.write("login") for _ in range(20)))
    content = encode(batch)
    packed = gzip.compress(content)
    headers = {"Idempotency-Key": lane.idempotency_key(batch, content), "Content-Encoding": "gzip"}
    expect_results(lane.rolling(BATCHES, packed, headers), *("accepted" for _ in range(20)))
    return f"{len(content)} bytes in {len(packed)}"


def _full(bench: Bench) -> str:
    lane = bench.lane
    heard = lane.push(*(lane.journal.write("login") for _ in range(200)))
    answer = document(heard)
    equal("the number of results", 200, len(objects(answer, "results")))
    equal("ack_seq", lane.journal.head.seq, whole(answer, "ack_seq"))
    return f"200 rows, {len(json.dumps(dict(answer)))} bytes of results"


def _overfull(bench: Bench) -> str:
    lane = bench.lane
    rows = [lane.journal.write("login") for _ in range(201)]
    batch = lane.batch(*rows)
    small = [{**entry, "body": "e30", "sig": ""} for entry in batch["entries"]]
    heard = lane.deliver({**batch, "entries": small})
    refusal(heard, (413, 422))
    for part in (rows[:150], rows[150:]):
        expect_results(lane.push(*part), *("accepted" for _ in part))
    return told(heard)


def _case(name: str, checks: str, check: Callable[[Bench], str]) -> Case:
    return Case(f"batch.{name}", checks, check, Needs.LANE)


def _last(batch: Mapping[str, Any]) -> list[Any]:
    return list(reversed(batch["entries"]))


CASES: Final = (
    _case("empty", "A batch without entries is 422.", _refused(lambda batch: {**batch, "entries": []}, 422)),
    _case(
        "span",
        "first_seq and last_seq other than the entries' is 422 batch-malformed.",
        _refused(lambda batch: {**batch, "last_seq": batch["last_seq"] + 5}, 422, "batch-malformed"),
    ),
    _case(
        "order",
        "Numbers that do not rise are 422 batch-malformed.",
        _refused(lambda batch: {**batch, "entries": _last(batch)}, 422, "batch-malformed"),
    ),
    _case("twice", "One number twice in a batch is 422 batch-malformed.", _refused(_doubled, 422, "batch-malformed")),
    _case(
        "unknown-epoch",
        "An epoch that the device never had is 422 batch-malformed.",
        _refused(lambda batch: {**batch, "epoch": batch["epoch"] + 7}, 422, "batch-malformed"),
    ),
    _case(
        "other-device",
        "A batch in another device's name is 403 device-other.",
        _refused(lambda batch: {**batch, "device": "d-somebody-else"}, 403, "device-other"),
    ),
    _case("unknown-field", "A field that the contract does not name is 422.", _refused(_one_field_more, 422)),
    _case("idempotency-mismatch", "A key with another body is 422 idempotency-mismatch.", _mismatch),
    _case("idempotency-same", "A key with the same body gets the rows' results again.", _same_key),
    _case("no-key", "A batch without an Idempotency-Key is refused.", _no_key),
    _case("no-token", f"A batch without {TOKEN_HEADER} is refused.", _no_token),
    _case("large", "A body above 256 KiB is 413.", _too_large),
    _case("large-inflated", "A body that unpacks to more than 256 KiB is 413.", _too_large_inflated),
    _case("gzip", "A batch may be packed with gzip.", _gzip),
    _case("full", "200 rows in one batch are taken.", _full),
    _case("overfull", "201 rows in one batch are refused, and taken in two.", _overfull),
)
