"""What a request is signed over, as the verifying library reads it."""

import base64
import gzip
import hashlib
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms

from pos_client.sync.api_client import ApiClient, ApiRequest
from pos_client.sync.server_time import ServerTime
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import ASK, DEVICE, LaneParts


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
