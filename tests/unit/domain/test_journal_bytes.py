"""The exact bytes of entries, their chain and their claim ids: known answers that may never change."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.hash_chain import GENESIS, claim_id, entry_hash, signed_bytes
from pos_client.domain.journal_entry import DeliveryState, Entry, EntryKind, encode_body, wire_time

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcd_", max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_a_body_is_compact_json_with_sorted_keys_in_utf_8() -> None:
    body = encode_body({"seq": 1, "kind": "redeem", "name": "满100减20", "claim": None, "n": [1, {"b": 2, "a": True}]})

    assert body == '{"claim":null,"kind":"redeem","n":[1,{"a":true,"b":2}],"name":"满100减20","seq":1}'.encode()


@given(st.dictionaries(st.text("abcdefgh_", min_size=1), JSON))
def test_a_body_says_what_was_put_in(fields: dict[str, object]) -> None:
    body = encode_body(fields)

    assert fields == json.loads(body)
    assert body == encode_body(dict(reversed(fields.items())))


@given(st.text(st.characters(), max_size=40))
def test_no_text_keeps_an_entry_from_being_written(text: str) -> None:
    assert len(json.loads(encode_body({"operator": text}))["operator"]) == len(text)


def test_the_chain() -> None:
    first = entry_hash(GENESIS, b"{}")
    second = entry_hash(first, b"{}")

    assert first == hashlib.sha256(b"rdm/entry/1\0" + bytes(32) + b"{}").digest()
    assert first.hex() == "93c90bd92dc09eb23d9fde88ef12cf5938f84eeaddc177195d94d8c1bccd5511"
    assert first != second


def test_what_the_lane_signs_is_no_other_signature() -> None:
    assert signed_bytes(b"\x01" * 32) == b"rdm/entry-sig/1\0" + b"\x01" * 32


def test_a_claim_is_its_intents() -> None:
    assert claim_id(GENESIS) == hashlib.sha256(b"rdm/claim/1\0" + bytes(32)).hexdigest()[:32]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 3, 18, 4, 0, tzinfo=UTC), "2026-03-18T04:00:00.000Z"),
        (datetime(2026, 3, 18, 4, 0, 0, 999_999, tzinfo=UTC), "2026-03-18T04:00:00.999Z"),
        (datetime(2026, 3, 18, 12, 0, tzinfo=timezone(timedelta(hours=8))), "2026-03-18T04:00:00.000Z"),
    ],
)
def test_times_on_the_wire(moment: datetime, text: str) -> None:
    assert text == wire_time(moment)
    assert timedelta() <= moment - datetime.fromisoformat(text) < timedelta(milliseconds=1)


def test_an_entry_reads_its_own_bytes() -> None:
    body = encode_body({"kind": "redeem", "seq": 7})
    entry = Entry(1, 7, entry_hash(GENESIS, body), body, bytes(64), EntryKind.REDEEM)

    assert entry.fields() == {"kind": "redeem", "seq": 7}
    assert entry.state is DeliveryState.NEW


def test_delivery_only_rises() -> None:
    assert sorted(DeliveryState) == list(DeliveryState)
