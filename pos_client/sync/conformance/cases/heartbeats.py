"""Heartbeats: what the centre lacks is asked for, and each brings the next session token."""

import secrets
from typing import Any, Final

from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.payloads import ranges, required_text, texts, whole

from .batches import expect_results


def _answers(bench: Bench) -> str:
    answer = document(bench.lane.heartbeat())
    equal("ack_seq", bench.lane.journal.head.seq, whole(answer, "ack_seq"))
    equal("missing and resend", ((), ()), (ranges(answer, "missing"), ranges(answer, "resend")))
    whole(answer, "policy_ver")
    whole(answer, "snapshot_gen")
    texts(answer, "commands")
    return f"ack_seq {whole(answer, 'ack_seq')}"


def _rolls(bench: Bench) -> str:
    lane = bench.lane
    seen = [lane.token]
    for _ in range(3):
        document(lane.heartbeat())
        seen.append(lane.token)
    equal("the number of different tokens of four", 4, len(set(seen)))
    return "each answer brings another token"


def _lost_answer(bench: Bench) -> str:
    lane, token = bench.lane, bench.lane.token
    document(lane.heartbeat())
    lane.token = token
    document(lane.heartbeat())
    document(lane.heartbeat())
    return "the token of before was taken once more"


def _asks_for_gap(bench: Bench) -> str:
    lane = bench.lane
    first, second = lane.journal.write("login"), lane.journal.write("logout")
    expect_results(lane.push(second), "accepted")
    answer = document(lane.heartbeat())
    equal("missing", ((first.seq, first.seq),), ranges(answer, "missing"))
    expect_results(lane.push(first), "accepted")
    return f"{first.seq} was missed"


def _asks_again(bench: Bench) -> str:
    """A server restored from a backup lacks what the lane believes delivered; only the lane can tell."""
    lane = bench.lane
    row = lane.journal.write("login")
    answer = document(lane.heartbeat(undelivered=0))
    asked = ranges(answer, "resend") + ranges(answer, "missing")
    holds(f"entry {row.seq} is asked for again", any(first <= row.seq <= last for first, last in asked))
    expect_results(lane.push(row), "accepted")
    return f"entry {row.seq} was asked for"


def _waits(bench: Bench) -> str:
    lane = bench.lane
    row = lane.journal.write("login")
    answer = document(lane.heartbeat(undelivered=1, oldest_s=5, stuck=[row.seq]))
    equal("missing", (), ranges(answer, "missing"))
    expect_results(lane.push(row), "accepted")
    return "an entry that still waits is not missing"


def _no_token(bench: Bench) -> str:
    lane = bench.lane
    heard = lane.ask("POST", lane.heartbeat_path, lane.heartbeat_document())
    refusal(heard, (400, 401, 422))
    document(lane.heartbeat())
    return told(heard)


def _malformed(bench: Bench) -> str:
    for field, value in (("head_hash", "xyz"), ("head_seq", -1), ("stuck", "none"), ("mood", "fine")):
        heard = bench.lane.heartbeat(**{field: value})
        refusal(heard, (400, 422), retry="never")
    document(bench.lane.heartbeat())
    return told(heard)


def _other_device(bench: Bench) -> str:
    lane = bench.lane
    heard = lane.rolling(f"/v1/devices/d-{secrets.token_hex(8)}/heartbeat", lane.heartbeat_document())
    refusal(heard, 403, "device-other", retry="never")
    document(lane.heartbeat())
    return told(heard)


def _is_rolled_back(bench: Bench) -> str:
    lane = bench.lane
    head = lane.journal.head
    heard = lane.heartbeat(head_seq=head.seq - 1, head_hash="1" * 64)
    problem = refusal(heard, 409, "device-rolled-back", retry="reenrol")
    server_head = problem.document.get("server_head")
    known = server_head if isinstance(server_head, dict) else {}
    equal("server_head", (head.seq, head.hash.hex()), (whole(known, "seq"), required_text(known, "hash")))
    return told(heard)


def _case(name: str, checks: str, check: Any) -> Case:
    return Case(f"heartbeat.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("answers", "A heartbeat is answered with what is stored and what is new.", _answers),
    _case("rolls", "Each heartbeat brings another session token.", _rolls),
    _case("lost-answer", "The token of before is taken as long as the new one was never shown.", _lost_answer),
    _case("gap", "A number that did not come is reported as missing.", _asks_for_gap),
    _case("restored-server", "What the lane holds as delivered and the centre lacks is asked for again.", _asks_again),
    _case("waiting", "An entry that the lane says is waiting is not reported as missing.", _waits),
    _case("no-token", "A heartbeat without a session token is refused.", _no_token),
    _case("malformed", "Fields that are wrong or unknown are refused, and the channel goes on.", _malformed),
    _case("other-device", "A heartbeat in another device's name is 403 device-other.", _other_device),
)
ROLLED_BACK: Final = (
    _case("rolled-back", "A journal older than what is stored is 409 device-rolled-back.", _is_rolled_back),
)
