"""Whatever JSON comes back, reading it ends in a value or in a typed error, never in a bug."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.errors import ServerRefused, ServerUnreachable
from pos_client.sync import answers, payloads, problems
from pos_client.sync.line import RawAnswer
from tests.integration.sync.lane_parts import rows

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
)
ROWS = rows(3)
RESULT = st.fixed_dictionaries(
    {},
    optional={
        "seq": st.integers(0, 4) | JSON,
        "hash": st.sampled_from([row.hash.hex() for row in ROWS]) | JSON,
        "result": st.sampled_from(["accepted", "duplicate", "conflict", "quarantined", "forked", "deferred"]) | JSON,
        "original": st.sampled_from(["accepted", "conflict"]) | JSON,
        "reason": JSON,
        "holder": JSON,
        "server_ref": JSON,
    },
)


@given(document=st.dictionaries(st.sampled_from(["results", "x"]), st.lists(RESULT | JSON, max_size=5) | JSON))
def test_results_are_read_or_refused(document: dict[str, Any]) -> None:
    try:
        found = payloads.row_results(document, ROWS)
    except ServerUnreachable:
        return

    for one in found:
        assert one.hash == ROWS[one.seq - 1].hash
        assert one.result in payloads.STORED


@given(change=st.fixed_dictionaries({}, optional=dict.fromkeys(("result", "original", "reason", "holder"), JSON)))
def test_odd_fields_of_a_known_row_do_no_harm(change: dict[str, Any]) -> None:
    one = {"seq": 2, "hash": ROWS[1].hash.hex(), "result": "accepted"} | change

    found = payloads.row_results({"results": [one]}, ROWS)

    assert [result.seq for result in found] in ([], [2])


@given(value=JSON)
def test_ranges_are_pairs_of_numbers_or_left_out(value: Any) -> None:
    assert all(first <= last for first, last in payloads.ranges({"missing": value}, "missing"))


@given(holder=st.dictionaries(st.sampled_from(["device", "store", "lane", "seq", "at", "operator"]), JSON) | JSON)
def test_a_holder_is_read_as_far_as_it_goes(holder: Any) -> None:
    use = payloads.holder_use({"holder": holder}, 1)

    assert (use is None) == (not isinstance(holder, dict))


@given(document=st.dictionaries(st.sampled_from(["type", "retry", "retry_after_s", "detail"]), JSON), text=st.text())
def test_a_problem_is_always_an_error(document: dict[str, Any], text: str) -> None:
    error = problems.parse(500, document, text).as_error()

    assert isinstance(error, ServerRefused)
    assert error.retry in {"never", "same", "after", "resign", "reenrol"}


@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=40) | JSON.map(lambda one: json.dumps(one).encode()),
    media=st.sampled_from(["application/json", "application/problem+json", "text/html", "", "application/json; x=y"]),
    moment=st.sampled_from(["2026-03-10T04:00:00.000Z", "", "now", "2026-03-10T04:00:00"]),
)
def test_an_answer_is_ours_or_nobodys(status: int, body: bytes, media: str, moment: str) -> None:
    raw = RawAnswer(status, {"Content-Type": media, "Server-Time": moment}, body)
    try:
        reply = answers.judge(raw)
    except ServerUnreachable:
        return

    assert moment.endswith("Z")
    assert isinstance(reply.document, dict)
    assert (reply.problem is not None) == (media == "application/problem+json" and status not in {204, 304})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("7", 7), ("999999", 3_600), ("", 0), ("-5", 0), ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("٣", 0)],
)
def test_retry_after_is_seconds_or_nothing(text: str, seconds: int) -> None:
    assert problems.seconds(text) == seconds


@pytest.mark.parametrize("value", [True, "1", 1.0, None, 2**63, []])
def test_a_number_is_a_whole_number(value: Any) -> None:
    with pytest.raises(ServerUnreachable):
        payloads.whole({"n": value}, "n")


@pytest.mark.parametrize(
    ("status", "retry"), [(400, "never"), (404, "never"), (408, "same"), (429, "after"), (500, "same"), (503, "after")]
)
def test_a_problem_that_does_not_say_how_to_go_on(status: int, retry: str) -> None:
    assert problems.parse(status, {}).retry == retry
