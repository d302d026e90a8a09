"""What counts as an answer of our server, and what never does."""

import gzip
import socket
import threading

import pytest

from pos_client.domain.errors import CursorExpired, DeviceForked, DeviceRevoked, ServerRefused, ServerUnreachable
from pos_client.sync.api_client import ApiRequest
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, LaneParts


@pytest.mark.parametrize(
    ("play", "cause"),
    [
        (s.html(200), "sign-in-page"),
        (s.html(302, Location="http://portal.example/"), "sign-in-page"),
        (s.html(404), "not-ours"),
        (s.html(400), "not-ours"),
        (s.html(500), "server-fault"),
        (s.html(502), "server-fault"),
        (s.raw(200, {"Content-Type": "application/json"}, b"{}"), "not-ours"),
        (s.raw(200, {"Content-Type": "application/json", "Server-Time": "now"}, b"{}"), "not-ours"),
        (s.raw(404, {"Content-Type": "application/json"}, b'{"detail":"Not Found"}'), "not-ours"),
        (s.raw(200, {"Content-Type": "application/json", "Content-Encoding": "br"}, b"x"), "not-ours"),
        (s.raw(200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, b"not gzip"), "not-ours"),
        (s.hang_up, "dropped"),
        (s.reset_after_headers, "dropped"),
        (s.endless, "not-ours"),
    ],
    ids=[
        "portal", "redirect", "404-html", "400-html", "500-html", "502-html", "no-server-time", "bad-server-time",
        "foreign-404-json", "brotli", "torn-gzip", "reset", "reset-after-headers", "ten-gigabytes",
    ],
)  # fmt: skip
def test_what_is_not_ours_is_nobody(server: s.ScriptedServer, lane: LaneParts, play: s.Play, cause: str) -> None:
    server.script = lambda _: play

    with pytest.raises(ServerUnreachable) as raised:
        lane.api.ask(ASK)

    assert raised.value.facts["cause"] == cause
    assert lane.token.token == "t-0"
    assert lane.time.last_contact is None


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"{", b"", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_object_is_nobody(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, body: bytes
) -> None:
    server.script = lambda request: s.raw(200, {"Content-Type": "application/json", **keys.time_headers(request)}, body)

    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK)


def test_half_an_answer_is_nobody(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.truncated(keys, request, {"results": [1, 2, 3]})

    with pytest.raises(ServerUnreachable) as raised:
        lane.api.ask(ASK)

    assert raised.value.facts["cause"] == "dropped"


def test_a_gzip_bomb_is_not_unpacked(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.gzip_bomb(keys, request, 9 * 1024 * 1024)

    with pytest.raises(ServerUnreachable) as raised:
        lane.api.ask(ASK)

    assert raised.value.facts["cause"] == "not-ours"


def test_gzip_that_ends_early_is_nobody(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    def script(request: s.Received) -> s.Play:
        fields = {"Content-Type": "application/json", "Content-Encoding": "gzip", **keys.time_headers(request)}
        return s.raw(200, fields, gzip.compress(b'{"a":"b"}')[:-9])

    server.script = script

    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK)


def test_a_server_without_a_certificate_is_not_spoken_to(lane: LaneParts) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1_000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        api = lane.client(f"https://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(ServerUnreachable) as raised:
            api.ask(ASK)
        thread.join(10)

    assert raised.value.facts["cause"] == "tls"
    api.close()


def test_a_file_is_not_asked_for_twice_when_the_answer_is_a_document(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.raw(204, keys.time_headers(request), b"")

    with pytest.raises(ServerUnreachable) as raised:
        lane.api.fetch(ApiRequest("GET", "/v1/snapshots/1/cache.db"))

    assert raised.value.facts["cause"] == "not-ours"


def test_gzip_of_ours_is_unpacked(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    def script(request: s.Received) -> s.Play:
        fields = {"Content-Type": "application/json", "Content-Encoding": "gzip", **keys.time_headers(request)}
        return s.raw(200, fields, gzip.compress(b'{"a":"b"}'))

    server.script = script

    assert lane.api.ask(ASK).document == {"a": "b"}


def test_nobody_listens(keys: s.CentreKeys, lane: LaneParts) -> None:
    with s.ScriptedServer(lambda _: s.html(500)) as gone:
        url = gone.url
    api = lane.client(url)

    with pytest.raises(ServerUnreachable) as raised:
        api.ask(ASK)

    assert raised.value.facts["cause"] == "refused"
    api.close()


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "device-revoked", DeviceRevoked),
        (409, "device-forked", DeviceForked),
        (409, "device-rolled-back", DeviceForked),
        (410, "cursor-expired", CursorExpired),
        (422, "batch-malformed", ServerRefused),
        (500, "server-error", ServerRefused),
    ],
)
def test_a_problem_of_ours_is_an_answer(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, status: int, code: str, kind: type[ServerRefused]
) -> None:
    server.script = lambda request: s.problem(keys, request, status, code)

    reply = lane.api.ask(ASK)

    with pytest.raises(kind) as raised:
        reply.expect()
    assert type(raised.value) is kind
    assert (raised.value.status, raised.value.problem) == (status, code)


def test_the_wait_that_a_server_asks_for_is_told(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.problem(keys, request, 503, "snapshot-building", "after", retry_after_s=7)
    with pytest.raises(ServerRefused) as refused:
        lane.api.ask(ASK).expect()

    server.script = lambda _: s.html(429, Retry_After="11")
    with pytest.raises(ServerUnreachable) as unreachable:
        lane.api.ask(ASK)

    assert refused.value.facts["retry_after_s"] == 7
    assert refused.value.retry == "after"
    assert unreachable.value.facts["retry_after_s"] == 11


def test_unchanged_and_empty_answers_have_no_document(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.raw(304, {**keys.time_headers(request), "ETag": '"3"'}, b"")
    unchanged = lane.api.get("/v1/policy", etag='"3"')

    assert (unchanged.status, dict(unchanged.document)) == (304, {})
    assert server.received[0].headers["if-none-match"] == '"3"'


def test_whether_our_server_is_there(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.document(keys, request, {"time": "x"})
    assert lane.api.is_there()

    server.script = lambda _: s.html(200)
    assert not lane.api.is_there()
    assert "signature" not in server.received[0].headers
