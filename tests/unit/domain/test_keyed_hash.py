"""Keyed hashes: known answers, since a changed key would make every cache and journal unreadable."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.keyed_hash import KeyKind, code_hash, column_context, column_key, lookup_key

SECRET = bytes(range(32))


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        (KeyKind.COUPON_CODE, "C014D2PF2DBSQQZXQ5TK1V58CGGY", 7_449_890_346_562_408_700),
        (KeyKind.COUPON_ID, "1001-70001", -5_477_510_945_144_733_406),
        (KeyKind.MEMBER_NUMBER, "880001", 3_560_593_417_659_757_705),
        (KeyKind.MEMBER_CARD, "8800000008800012", -5_525_121_311_960_956_583),
        (KeyKind.PHONE, "+8613812345678", 2_937_555_438_937_563_441),
    ],
)
def test_known_keys(kind: KeyKind, text: str, key: int) -> None:
    assert key == lookup_key(SECRET, kind, text)


def test_equal_texts_of_two_kinds_have_unrelated_keys() -> None:
    keys = {lookup_key(SECRET, kind, "13812345678") for kind in KeyKind}

    assert len(keys) == len(KeyKind)


def test_another_stores_secret_gives_other_keys() -> None:
    assert lookup_key(SECRET, KeyKind.PHONE, "+861") != lookup_key(bytes(32), KeyKind.PHONE, "+861")


@given(st.text(st.characters(), max_size=60), st.sampled_from(KeyKind))
def test_a_key_is_a_rowid_and_never_none(text: str, kind: KeyKind) -> None:
    key = lookup_key(SECRET, kind, text)

    assert -(2**63) <= key < 2**63
    assert key != 0


def test_the_code_hash_is_hmac_sha_256() -> None:
    expected = hmac.new(SECRET, b"rdm/code/1\0" + "满".encode(), hashlib.sha256).hexdigest()

    assert expected == code_hash(SECRET, "满")


@given(st.text(st.characters(), max_size=60))
def test_every_scanned_text_has_a_code_hash(text: str) -> None:
    assert len(code_hash(SECRET, text)) == 64


def test_the_columns_key_is_its_own() -> None:
    assert column_key(SECRET) == hashlib.blake2b(key=SECRET, digest_size=32, person=b"rdm-column").digest()
    assert column_key(SECRET) != column_key(bytes(32))


def test_a_value_cannot_be_moved_to_another_row() -> None:
    assert column_context("member", -7) == b"rdm/member/-7"
