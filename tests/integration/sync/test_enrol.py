"""Enrolment, epochs and heartbeats."""

from typing import Any

import pytest

from pos_client.domain.codes import opaque_id
from pos_client.domain.errors import ServerRefused, ServerUnreachable
from pos_client.domain.signed_document import to_base64
from pos_client.domain.verdict import EntryRef
from pos_client.sync.api_client import ApiClient
from pos_client.sync.enrol import Machine, enrol, new_epoch
from pos_client.sync.heartbeat import Heartbeat, HeartbeatAnswer
from pos_client.sync.server_time import ServerTime
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import DEVICE, LaneParts, MemoryOutbox, rows

CODE = opaque_id.encode(0x0123456789ABCDEF0123456789ABCDEF, "E")
MACHINE = Machine("ab" * 32, "0.1.0", "Linux 6")
SECRET = bytes(range(32))


def answer(keys: s.CentreKeys) -> dict[str, Any]:
    store = {"number": 101, "id": "S101", "name": "East", "zone": "Asia/Shanghai", "currency": "CNY", "booth": "B1"}
    return {
        "device_id": DEVICE,
        "epoch": 1,
        "store": store,
        "lane_no": 2,
        "booth": "B1",
        "trust": keys.trust(),
        "store_secret": to_base64(SECRET),
        "store_url": None,
        "store_pin": None,
        "policy": {"ver": 1},
        "sas": "123456",
        "session_token": "t-first",
        "something_new": True,
    }


def test_a_code_becomes_a_device(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.document(keys, request, answer(keys), 201)
    api = ApiClient(server.url, ServerTime(lane.clock), version="0.1.0")

    got = enrol(api, f" {CODE[:9].lower()}-{CODE[9:]} ", lane.key.public_bytes(), MACHINE)

    sent = server.received[0].json()
    assert sent == {
        "code": CODE,
        "pubkey": to_base64(lane.key.public_bytes()),
        "alg": "ed25519",
        "hw_hash": "ab" * 32,
        "app_ver": "0.1.0",
        "os": "Linux 6",
    }
    assert (got.device_id, got.epoch, got.lane_no, got.sas) == (DEVICE, 1, 2, "123456")
    assert (got.store_secret, got.session_token, len(got.trust)) == (SECRET, "t-first", 6)
    assert "t-first" not in repr(got)
    assert "signature" not in server.received[0].headers
    api.close()


@pytest.mark.parametrize("code", ["", "hello", CODE[:-2], CODE[:-1] + "23"[CODE[-1] == "2"]])
def test_a_text_that_is_no_code_is_refused_here(server: s.ScriptedServer, lane: LaneParts, code: str) -> None:
    with pytest.raises(ServerRefused) as raised:
        enrol(lane.api, code, lane.key.public_bytes(), MACHINE)

    assert raised.value.problem == "enrol-code-invalid"
    assert server.received == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device_id", ""),
        ("device_id", None),
        ("epoch", "1"),
        ("epoch", True),
        ("store", []),
        ("trust", {}),
        ("trust", ["x"]),
        ("store_secret", "!!"),
        ("store_secret", "AAAA"),
        ("policy", 7),
        ("session_token", ""),
    ],
)
def test_half_an_enrolment_is_none(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, field: str, value: object
) -> None:
    server.script = lambda request: s.document(keys, request, {**answer(keys), field: value}, 201)

    with pytest.raises(ServerUnreachable):
        enrol(lane.api, CODE, lane.key.public_bytes(), MACHINE)


def test_a_used_code_is_refused(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    server.script = lambda request: s.problem(keys, request, 410, "enrol-code-used")

    with pytest.raises(ServerRefused) as raised:
        enrol(lane.api, CODE, lane.key.public_bytes(), MACHINE)

    assert raised.value.problem == "enrol-code-used"


def test_a_new_epoch_follows_the_servers_last_entry(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts
) -> None:
    content = {"epoch": 2, "server_head": {"seq": 9, "hash": "ef" * 32}, "session_token": "t-9"}
    server.script = lambda request: s.document(keys, request, content, 201)

    got = new_epoch(lane.api, DEVICE, "restored", EntryRef(1, 7, "ab" * 32))

    assert server.received[0].json() == {
        "reason": "restored",
        "last_epoch": 1,
        "last_seq": 7,
        "last_hash": "ab" * 32,
    }
    assert (got.epoch, got.server_head, got.session_token) == (2, EntryRef(1, 9, "ef" * 32), "t-9")


@pytest.mark.parametrize("digest", ["xyz", "ab", ""])
def test_an_epoch_without_a_usable_head_is_none(
    server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts, digest: str
) -> None:
    content = {"epoch": 2, "server_head": {"seq": 9, "hash": digest}, "session_token": "t-9"}
    server.script = lambda request: s.document(keys, request, content, 201)

    with pytest.raises(ServerUnreachable):
        new_epoch(lane.api, DEVICE, "restored", EntryRef(1, 7, "ab" * 32))


def test_a_heartbeat_says_where_the_lane_stands(server: s.ScriptedServer, keys: s.CentreKeys, lane: LaneParts) -> None:
    content = {
        "ack_seq": 1,
        "missing": [[2, 2]],
        "resend": [],
        "policy_ver": 3,
        "snapshot_gen": 5,
        "commands": ["a", 7, "b"],
    }
    server.script = lambda request: s.document(keys, request, content, X_Session_Token="t-1")
    outbox = MemoryOutbox(rows(3))

    heard = Heartbeat(lane.api, outbox, DEVICE).beat(5, "synced")

    sent = server.received[0].json()
    assert (sent["epoch"], sent["head_seq"], sent["head_hash"]) == (1, 3, outbox.head().hash.hex())
    assert (sent["undelivered"], sent["cache_gen"], sent["time_quality"], sent["stuck"]) == (3, 5, "synced", [])
    assert heard == HeartbeatAnswer(1, ((2, 2),), (), 3, 5, ("a", "b"))
    assert outbox.resent == [(1, ((2, 2),))]
    assert (server.received[0].headers["x-session-token"], lane.token.token) == ("t-0", "t-1")
