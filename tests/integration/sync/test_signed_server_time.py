"""The server's word on the time is believed where it is signed, and for the request that it was signed for."""

import time
from datetime import UTC, datetime, timedelta

from pos_client.sync.server_time import ServerTime
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, LaneParts


def test_a_time_with_half_a_signature_is_not_believed(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    before = lane.time.now()
    server.script = lambda request: s.raw(
        200,
        {"Content-Type": "application/json", **keys.time_headers(request), "X-Time-Sig": "!"},
        b"{}",
    )

    lane.api.ask(ASK)

    assert lane.time.now() == before


def test_a_wrong_clock_is_put_right_by_the_signed_time(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    lane.clock.wall -= timedelta(days=3)

    def script(request: s.Received) -> s.Play:
        created = int(request.headers["signature-input"].partition("created=")[2].partition(";")[0])
        if abs(created - time.time()) > 300:
            return s.problem(keys, request, 401, "clock-skew", "resign")
        return s.document(keys, request, {"ok": True})

    server.script = script

    assert lane.api.ask(ASK).document == {"ok": True}
    assert len(server.received) == 2
    assert abs(lane.time.now() - datetime.now(UTC)) < timedelta(seconds=30)


def test_a_time_that_nobody_signed_is_not_believed(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    stranger = s.CentreKeys()
    before = lane.time.now()
    server.script = lambda request: s.raw(
        200,
        {
            "Content-Type": "application/json",
            **stranger.time_headers(request, datetime(2035, 1, 1, tzinfo=UTC)),
        },
        b"{}",
    )

    lane.api.ask(ASK)

    assert lane.time.now() == before


def test_a_signed_time_of_another_request_is_not_believed(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    first: list[dict[str, str]] = []

    def script(request: s.Received) -> s.Play:
        first.append(keys.time_headers(request, datetime(2030, 1, 1, tzinfo=UTC)))
        return s.raw(200, {"Content-Type": "application/json", **first[0]}, b"{}")

    server.script = script
    lane.api.ask(ASK)
    lane.clock.pass_by(timedelta(hours=5))
    lane.api.ask(ASK)

    assert lane.time.now() == datetime(2030, 1, 1, 5, tzinfo=UTC)


def test_a_new_time_is_reported_once_a_minute(keys: s.CentreKeys, server: s.ScriptedServer, lane: LaneParts) -> None:
    anchors: list[datetime] = []
    lane.time = ServerTime(lane.clock, lane.trust.verify_time, on_anchor=lambda one: anchors.append(one.server_time))
    api = lane.client(server.url)
    begin = datetime(2026, 3, 10, tzinfo=UTC)
    server.script = lambda request: s.raw(
        200,
        {
            "Content-Type": "application/json",
            **keys.time_headers(request, begin + timedelta(milliseconds=lane.clock.monotonic_ms)),
        },
        b"{}",
    )

    for _ in range(7):
        api.ask(ASK)
        lane.clock.pass_by(timedelta(seconds=20))

    assert len(anchors) == 3
    api.close()
