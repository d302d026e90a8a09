"""Entries read with suspicion: whatever the bytes are, there is a row to keep and never an exception."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from crm_server.entry_facts import ReadRow, SentRow, read_rows
from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import EntryKind, encode_body
from pos_client.domain.signed_document import to_base64

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GOOD: dict[str, Any] = {
    "v": 1, "device": "d", "epoch": 1, "seq": 1, "prev": "0" * 64, "kind": "redeem",
    "at": "2026-03-10T04:00:00.000Z", "store": 1, "lane": 2, "operator": "E1", "coupon_id": "1-1", "use_no": 1,
    "claim_id": "", "tier": "C", "value_minor": 500, "discount_minor": 300,
}  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def read(body: bytes, seq: int = 1) -> ReadRow:
    """Read one row that the device signed as well as it could."""
    try:
        previous = bytes.fromhex(json.loads(body)["prev"])
    except (ValueError, KeyError, TypeError, RecursionError):
        previous = hash_chain.GENESIS
    signature = KEY.sign(hash_chain.signed_bytes(hash_chain.entry_hash(previous, body)))
    return read_rows([SentRow(seq, to_base64(body), to_base64(signature))], "d", 1, KEY.public_key())[0]


def test_a_good_redemption_is_read() -> None:
    row = read(encode_body(GOOD))

    assert (row.is_own, row.fault, row.kind) == (True, "", "redeem")
    assert row.facts is not None
    assert (row.facts.kind, row.facts.coupon_id, row.facts.use_no, row.facts.loss_minor, row.facts.at_ms) == (
        EntryKind.REDEEM, "1-1", 1, 300, 1_773_115_200_000,
    )  # fmt: skip
    assert row.facts.claim_id == hash_chain.claim_id(bytes.fromhex(row.hash))


def test_a_redemption_keeps_the_claim_of_its_intent() -> None:
    row = read(encode_body({**GOOD, "claim_id": "ab" * 16}))

    assert row.facts is not None
    assert row.facts.claim_id == "ab" * 16


@given(st.sampled_from(sorted(GOOD)), ANYTHING)
def test_any_field_may_be_anything(field: str, value: Any) -> None:
    row = read(encode_body({**GOOD, field: value}))

    assert row.fault in {"", "bad-field", "unknown-version", "unknown-kind", "bad-signature"}
    assert (row.facts is None) == bool(row.fault)


@given(st.sampled_from(sorted(GOOD)))
def test_any_field_may_be_missing(field: str) -> None:
    row = read(encode_body({name: value for name, value in GOOD.items() if name != field}))

    assert (row.facts is None) == bool(row.fault)


@given(st.binary(max_size=200))
def test_any_bytes_may_come(body: bytes) -> None:
    row = read(body)

    assert (row.body, row.is_own) == (body, False)


@given(st.text("ABCabc012-_", max_size=60), st.text("ABCabc012-_", max_size=100))
def test_any_base64_may_come(body: str, signature: str) -> None:
    rows = read_rows([SentRow(1, body, signature)], "d", 1, KEY.public_key())

    assert (len(rows), rows[0].is_own, len(rows[0].hash)) == (1, False, 64)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"v": 0}, "unknown-version"),
        ({"v": 2}, "unknown-version"),
        ({"v": True}, "unknown-version"),
        ({"kind": "dance"}, "unknown-kind"),
        ({"kind": None}, "unknown-kind"),
        ({"use_no": 0}, "bad-field"),
        ({"use_no": 10**20}, "bad-field"),
        ({"coupon_id": ""}, "bad-field"),
        ({"coupon_id": "a\u0000b"}, "bad-field"),
        ({"claim_id": "xyz"}, "bad-field"),
        ({"tier": "D"}, "bad-field"),
        ({"tier": ["A"]}, "bad-field"),
        ({"at": "yesterday"}, "bad-field"),
        ({"at": "9999-99-99"}, "bad-field"),
        ({"store": -1}, "bad-field"),
        ({"discount_minor": 1.5}, "bad-field"),
        ({"kind": "void"}, "bad-field"),
        ({"kind": "void", "target_seq": "1"}, "bad-field"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, Any], fault: str) -> None:
    row = read(encode_body({**GOOD, **changed}))

    assert (row.is_own, row.fault, row.facts) == (True, fault, None)


@pytest.mark.parametrize("changed", [{"device": "e"}, {"epoch": 2}, {"seq": 2}, {"prev": "0" * 63}, {"prev": 1}])
def test_an_entry_of_another_place_is_not_the_devices_own(changed: dict[str, Any]) -> None:
    assert read(encode_body({**GOOD, **changed})).is_own is False


def test_a_deep_document_is_no_stack_overflow() -> None:
    assert read(b"[" * 100_000).is_own is False
