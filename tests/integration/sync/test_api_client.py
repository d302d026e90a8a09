"""What counts as an answer of our server, and what never does."""

import base64
import gzip
import hashlib
import socket
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

from pos_client.domain.errors import CursorExpired, DeviceForked, DeviceRevoked, ServerRefused, ServerUnreachable
from pos_client.sync import line
from pos_client.sync.answers import Reply
from pos_client.sync.api_client import ApiClient, ApiRequest
from pos_client.sync.server_time import ServerTime
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import DEVICE, LaneParts

ASK = ApiRequest("POST", "/v1/journal/batches", body=b'{"a":1}', headers={"Idempotency-Key": "k-1"}, rolls=True)


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, public: bytes) -> None:
        self.key = Ed25519PublicKey.from_public_bytes(public)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:
        assert key_id == DEVICE
        return self.key


class _AsReceived:
    """A received request, in the shape that the verifying library reads."""

    def __init__(self, url: str, received: s.Received) -> None:
        self.method = received.method
        self.headers = dict(received.headers)
        self.url = url + received.path + ("?" + received.query if received.query else "")


def verified(lane: LaneParts, url: str, received: s.Received) -> dict[str, str]:
    """What the signature of a request covers, once it is found to be good."""
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519, key_resolver=_OneKey(lane.key.public_bytes())
    )
    results = verifier.verify(_AsReceived(url, received), max_age=timedelta(days=9_999))
    return dict(results[0].covered_components)


def test_a_request_is_signed_over_all_that_matters(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.document(keys, request, {"ok": True}, X_Session_Token="t-1")

    reply = lane.api.ask(ASK)

    received = server.received[0]
    covered = verified(lane, server.url, received)
    digest = base64.b64encode(hashlib.sha256(received.body).digest()).decode()
    assert reply.document == {"ok": True}
    assert [name.strip('"') for name in covered] == [
        "@method", "@path", "@query", "idempotency-key", "x-session-token", "content-digest", "@signature-params",
    ]  # fmt: skip
    assert received.headers["content-digest"] == f"sha-256=:{digest}:"
    assert received.headers["x-session-token"] == "t-0"
    assert received.headers["user-agent"] == "pos-client/0.1.0"
    assert lane.token.token == "t-1"


def test_a_query_is_signed_and_a_get_has_no_digest(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.document(keys, request, {}, ETag='"7"')

    reply = lane.api.get("/v1/changes", {"cursor": "abc.12", "limit": "1000"})

    covered = verified(lane, server.url, server.received[0])
    assert covered['"@query"'] == "?cursor=abc.12&limit=1000"
    assert "content-digest" not in server.received[0].headers
    assert "x-session-token" not in server.received[0].headers
    assert reply.etag == '"7"'


def test_over_a_network_long_bodies_go_packed_and_signed_as_sent(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.document(keys, request, {})
    api = lane.client(server.url, packs=True)

    api.ask(ApiRequest("POST", "/v1/journal/batches", body=b'{"a":"' + b"x" * 2_000 + b'"}'))
    api.ask(ASK)

    long, short = server.received
    digest = base64.b64encode(hashlib.sha256(long.body).digest()).decode()
    assert (long.headers["content-encoding"], "content-encoding" in short.headers) == ("gzip", False)
    assert gzip.decompress(long.body) == b'{"a":"' + b"x" * 2_000 + b'"}'
    assert verified(lane, server.url, long)['"content-digest"'] == f"sha-256=:{digest}:"
    api.close()


def test_each_request_has_its_own_nonce_and_id(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.document(keys, request, {})

    lane.api.ask(ASK)
    lane.api.ask(ASK)

    assert len({one.headers["signature-input"] for one in server.received}) == 2
    assert len({one.headers["x-request-id"] for one in server.received}) == 2


@pytest.mark.parametrize(
    ("play", "cause"),
    [
        (s.html(200), "sign-in-page"),
        (s.html(302, Location="http://portal.example/"), "sign-in-page"),
        (s.html(404), "not-ours"),
        (s.html(400), "not-ours"),
        (s.html(500), "not-ours"),
        (s.html(502), "not-ours"),
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


def test_a_server_that_takes_too_long_over_one_byte_timed_out(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "READ_TIMEOUT_S", 0.1)
    server.script = lambda _: s.silent_until(released, s.hang_up)
    with pytest.raises(ServerUnreachable) as before_headers:
        lane.api.ask(ASK)
    server.script = lambda _: s.stops_in_the_body(released)
    with pytest.raises(ServerUnreachable) as in_the_body:
        lane.api.ask(ASK)

    assert (before_headers.value.facts["cause"], in_the_body.value.facts["cause"]) == ("timeout", "timeout")
    assert len(server.received) == 2


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


def test_a_late_page_of_somebody_else_is_told_to_nobody(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    late: list[Reply] = []
    sent = threading.Event()

    def then(connection: socket.socket) -> None:
        s.html(200)(connection)
        connection.shutdown(socket.SHUT_RDWR)
        sent.set()

    server.script = lambda _: s.silent_until(released, then)
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, 0.2, late.append)
    errands = [thread for thread in threading.enumerate() if thread.name == "errand"]
    released.set()
    sent.wait(10)
    for thread in errands:
        thread.join(10)

    assert late == []


def test_a_file_is_not_asked_for_twice_when_the_answer_is_a_document(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.raw(204, keys.time_headers(request), b"")

    with pytest.raises(ServerUnreachable) as raised:
        lane.api.fetch(ApiRequest("GET", "/v1/snapshots/1/cache.db"))

    assert raised.value.facts["cause"] == "not-ours"


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


def test_gzip_of_ours_is_unpacked(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    def script(request: s.Received) -> s.Play:
        fields = {"Content-Type": "application/json", "Content-Encoding": "gzip", **keys.time_headers(request)}
        return s.raw(200, fields, gzip.compress(b'{"a":"b"}'))

    server.script = script

    assert lane.api.ask(ASK).document == {"a": "b"}


def test_one_byte_now_and_again_ends_with_the_budget(
    server: s.ScriptedServer, lane: LaneParts, released: threading.Event
) -> None:
    server.script = lambda _: s.slow_loris(released)

    began = time.monotonic()
    with pytest.raises(ServerUnreachable) as raised:
        lane.api.ask(ASK, budget_s=0.3)

    assert raised.value.facts["cause"] == "timeout"
    assert time.monotonic() - began < 5


def test_the_connection_of_an_abandoned_call_is_cut(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    cut = threading.Event()

    def watch(connection: socket.socket) -> None:
        if connection.recv(1) == b"":
            cut.set()

    server.script = lambda _: watch
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, budget_s=0.2)

    assert cut.wait(5)
    server.script = lambda request: s.document(keys, request, {"again": 1})
    assert lane.api.ask(ASK).document == {"again": 1}


def test_a_call_ends_soon_after_stop(server: s.ScriptedServer, lane: LaneParts, released: threading.Event) -> None:
    stop = threading.Event()
    lane.api.stopping = stop.is_set

    def silence(request: s.Received) -> s.Play:
        stop.set()
        return s.silent_until(released, s.hang_up)

    server.script = silence
    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, budget_s=60)

    assert stop.is_set()


def test_a_late_answer_still_reaches_who_wants_it(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, released: threading.Event
) -> None:
    late: list[dict[str, object]] = []
    arrived = threading.Event()

    def keep(reply: Reply) -> None:
        late.append(dict(reply.document))
        arrived.set()

    server.script = lambda request: s.silent_until(released, s.document(keys, request, {"late": True}))

    with pytest.raises(ServerUnreachable):
        lane.api.ask(ASK, 0.2, keep)
    released.set()

    assert arrived.wait(5)
    assert late == [{"late": True}]


def test_an_idle_connection_that_was_closed_is_opened_again(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    plays = iter([s.hang_up])
    server.script = lambda request: next(plays, s.document(keys, request, {"second": True}))

    assert lane.api.ask(ASK).document == {"second": True}
    assert len({one.headers["signature-input"] for one in server.received}) == 2


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


def test_a_request_that_was_doubled_on_the_way_is_signed_anew(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    refusals = iter(["nonce-replayed"])

    def script(request: s.Received) -> s.Play:
        code = next(refusals, "")
        return s.problem(keys, request, 401, code, "resign") if code else s.document(keys, request, {"ok": True})

    server.script = script

    assert lane.api.ask(ASK).document == {"ok": True}
    assert len({one.headers["signature-input"] for one in server.received}) == 2


def test_a_signature_that_is_never_good_is_asked_for_once_more_only(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.problem(keys, request, 401, "signature-invalid", "resign")

    reply = lane.api.ask(ASK)

    assert reply.status == 401
    assert len(server.received) == 2


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


def test_a_client_for_another_thread_signs_and_rolls_no_token(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    server.script = lambda request: s.document(keys, request, {}, X_Session_Token="t-9")
    apart = lane.api.apart()

    apart.ask(ASK)

    assert verified(lane, server.url, server.received[0])['"@path"'] == "/v1/journal/batches"
    assert "x-session-token" not in server.received[0].headers
    assert lane.token.token == "t-0"
    apart.close()


def test_before_enrolment_nothing_is_signed(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.document(keys, request, {})
    api = ApiClient(server.url, ServerTime(lane.clock))

    api.ask(ASK)

    assert "signature" not in server.received[0].headers
    api.close()
