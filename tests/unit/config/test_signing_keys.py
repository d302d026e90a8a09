"""Whose signature counts, for what, and on which days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_client.config.signing_keys import DeviceKey, StoreHasher, TrustedKey, TrustKeys, parse_trust, parse_trusted_key
from pos_client.domain import keyed_hash
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.errors import SettingsInvalid
from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, signed_bytes, time_signed_bytes, to_base64

PRIVATE = {purpose: Ed25519PrivateKey.generate() for purpose in KeyPurpose}
IDS = dict(zip(KeyPurpose, (1, 2, 3, 4, 5, 1_001), strict=True))
KEYS = [
    TrustedKey(IDS[purpose], purpose, key.public_key().public_bytes_raw(), date(2026, 1, 1), date(2026, 12, 31))
    for purpose, key in PRIVATE.items()
]
IN_TIME = date(2026, 3, 10)
TRUST = TrustKeys(KEYS, lambda: IN_TIME)


def signed(purpose: DocumentPurpose, by: KeyPurpose, **content: Any) -> dict[str, Any]:
    document = {**content, "key_id": IDS[by]}
    return {**document, "sig": to_base64(PRIVATE[by].sign(signed_bytes(purpose, document)))}


def a_coupon() -> SignedCoupon:
    bare = SignedCoupon(1, 1001, 7, 2_000, 2_400, 0, 0, 1_000, 0)
    return replace(bare, signature=PRIVATE[KeyPurpose.COUPON].sign(bare.signed_bytes()))


def a_slot() -> MemberSlot:
    bare = MemberSlot(42, 1_770_000_000, 5, b"12345", 2)
    return replace(bare, signature=PRIVATE[KeyPurpose.SLOT].sign(bare.signed_bytes()))


@pytest.mark.parametrize(("day", "genuine"), [
    (date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 12, 31), True), (date(2027, 1, 1), False),
])  # fmt: skip
def test_a_key_counts_from_its_first_day_to_its_last(day: date, *, genuine: bool) -> None:
    assert TRUST.coupon_is_genuine(a_coupon(), day) is genuine
    assert TRUST.slot_is_genuine(a_slot(), day) is genuine


@pytest.mark.parametrize(
    "change",
    [
        {"value_minor": 9_000},
        {"serial": 8},
        {"key_id": 2},
        {"key_id": 99},
        {"signature": bytes(64)},
        {"signature": b""},
    ],
)
def test_an_altered_coupon_is_not_genuine(change: dict[str, Any]) -> None:
    assert not TRUST.coupon_is_genuine(replace(a_coupon(), **change), IN_TIME)


def test_a_slot_key_signs_no_coupon() -> None:
    bare = replace(a_coupon(), key_id=2, signature=b"")
    forged = replace(bare, signature=PRIVATE[KeyPurpose.SLOT].sign(bare.signed_bytes()))

    assert not TRUST.coupon_is_genuine(forged, IN_TIME)


@pytest.mark.parametrize("purpose", list(DocumentPurpose))
def test_each_document_has_one_kind_of_key(purpose: DocumentPurpose) -> None:
    by_server = {DocumentPurpose.RECEIPT, DocumentPurpose.CLOSING, DocumentPurpose.ANSWERS}
    right = KeyPurpose.SERVER if purpose in by_server else KeyPurpose.DATA

    accepted = {by for by in KeyPurpose if TRUST.verify_document(purpose, signed(purpose, by, a=1))}

    assert accepted == {right}


def test_a_signature_for_one_purpose_is_useless_for_another() -> None:
    manifest = signed(DocumentPurpose.MANIFEST, KeyPurpose.DATA, gen=1)

    assert not TRUST.verify_document(DocumentPurpose.PAGE, manifest)


@pytest.mark.parametrize(
    "change", [{"gen": 2}, {"more": 1}, {"sig": "!"}, {"sig": ""}, {"sig": 7}, {"key_id": "3"}, {"key_id": True}]
)
def test_an_altered_document_is_not_genuine(change: dict[str, Any]) -> None:
    manifest = signed(DocumentPurpose.MANIFEST, KeyPurpose.DATA, gen=1) | change

    assert not TRUST.verify_document(DocumentPurpose.MANIFEST, manifest)


def test_a_document_that_cannot_be_written_as_text_is_not_genuine() -> None:
    manifest = signed(DocumentPurpose.MANIFEST, KeyPurpose.DATA, gen=1) | {"x": "\ud800"}

    assert not TRUST.verify_document(DocumentPurpose.MANIFEST, manifest)


def test_a_key_that_has_run_out_signs_no_document() -> None:
    later = TrustKeys(KEYS, lambda: date(2027, 1, 1))

    assert not later.verify_document(DocumentPurpose.MANIFEST, signed(DocumentPurpose.MANIFEST, KeyPurpose.DATA, gen=1))


def test_a_time_counts_for_the_request_it_was_signed_for() -> None:
    text = "2026-03-10T04:00:00.000Z"
    signature = PRIVATE[KeyPurpose.SERVER].sign(time_signed_bytes(text, "r-1"))

    assert TRUST.verify_time(text, "r-1", "4", signature)
    assert not TRUST.verify_time(text, "r-2", "4", signature)
    assert not TRUST.verify_time("2026-03-11T04:00:00.000Z", "r-1", "4", signature)
    assert not TRUST.verify_time(text, "r-1", "3", signature)


@pytest.mark.parametrize("key_id", ["", "x", "4 ", "-4", "٤", "4" * 40])
def test_a_key_id_that_is_no_number_is_nobodys(key_id: str) -> None:
    assert not TRUST.verify_time("2026-03-10T04:00:00.000Z", "r-1", key_id, bytes(64))


def test_a_trusted_key_is_read_as_it_was_written() -> None:
    assert [parse_trusted_key(key.as_document()) for key in KEYS] == KEYS


@pytest.mark.parametrize(
    "change",
    [{"alg": "rsa"}, {"alg": None}, {"public": "AA"}, {"public": "!"}, {"public": 7}, {"key_id": "x"},
     {"purpose": "other"}, {"not_before": "soon"}, {"not_after": 5}],
)  # fmt: skip
def test_a_key_that_is_none_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SettingsInvalid):
        parse_trusted_key(KEYS[0].as_document() | change)


def test_keys_of_a_newer_program_are_passed_over() -> None:
    written = [key.as_document() for key in KEYS]
    newer = [written[0] | {"purpose": "witness"}, written[0] | {"alg": "ml-dsa-44"}, written[0] | {"purpose": []}]

    assert list(parse_trust([*newer, *written])) == KEYS
    with pytest.raises(SettingsInvalid):
        parse_trust([written[0] | {"public": "AA"}])


def test_a_lane_signs_and_keeps_its_key() -> None:
    key = DeviceKey.generate()
    same = DeviceKey(key.private_bytes())

    signature = key.sign(b"entry")

    assert same.public_bytes() == key.public_bytes()
    assert same.has_signed(b"entry", signature)
    assert not same.has_signed(b"other", signature)


def test_codes_are_hashed_with_the_stores_secret() -> None:
    first, second = StoreHasher(bytes(32)), StoreHasher(b"\x01" * 32)

    assert first.code_hash("71123") == keyed_hash.code_hash(bytes(32), "71123")
    assert first.code_hash("71123") != second.code_hash("71123")
