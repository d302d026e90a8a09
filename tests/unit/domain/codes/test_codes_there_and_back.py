"""Each family written and read again, and every single misreading of those with a check character."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.codes import check_digits, decimal_token, gtin, member_card, opaque_id
from pos_client.domain.codes.bad_code import BadCode, CodeFault
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.router import Code, CodeKind, route
from pos_client.domain.codes.signed_coupon import NO_MEMBER, SignedCoupon, member_tag

BYTE, WORD = st.integers(0, 255), st.integers(0, 2**16 - 1)
LONG_WORD, QUAD = st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1)
SIGNATURES = st.binary(min_size=64, max_size=64)
COUPONS = st.builds(
    SignedCoupon, BYTE, LONG_WORD, QUAD, WORD, WORD, st.integers(0, 2**24 - 1), BYTE, LONG_WORD, WORD, SIGNATURES
)
SLOTS = st.builds(MemberSlot, QUAD, LONG_WORD, BYTE, st.binary(min_size=5, max_size=5), BYTE, SIGNATURES)
IDS = st.integers(0, 2**128 - 1)


@given(COUPONS)
def test_signed_coupons(coupon: SignedCoupon) -> None:
    text = coupon.text()

    assert len(text) == 224
    assert Code(CodeKind.SIGNED_COUPON, text, coupon) == route(text)
    assert coupon.signed_bytes() == b"rdm/coupon/1\0" + coupon.payload()


@given(SLOTS)
def test_member_slots(slot: MemberSlot) -> None:
    text = slot.text()

    assert len(text) == 205
    assert Code(CodeKind.MEMBER_SLOT, text, slot) == route(text)
    assert slot.signed_bytes() == b"rdm/slot/1\0" + slot.payload()


@given(SLOTS, st.integers(-(10**5), 10**5))
def test_a_slot_is_good_for_three_lengths(slot: MemberSlot, seconds: int) -> None:
    now = datetime.fromtimestamp(slot.starts_at, UTC) + timedelta(seconds=seconds)
    length = slot.length_min * 60

    assert slot.is_current(now) == (-length <= seconds < 2 * length)


@given(IDS, st.sampled_from([("C", CodeKind.OPAQUE_COUPON), ("E", CodeKind.ENROLMENT)]))
def test_opaque_ids(value: int, family: tuple[str, CodeKind]) -> None:
    prefix, kind = family
    text = opaque_id.encode(value, prefix)

    assert len(text) == 28
    assert Code(kind, text) == route(text)
    assert Code(kind, text) == route(text.lower())


@given(st.text(check_digits.ALPHANUMERIC, min_size=1, max_size=40), st.data())
def test_the_check_character_finds_every_single_wrong_character(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    others = check_digits.ALPHANUMERIC.replace(text[place], "")
    wrong = text[:place] + data.draw(st.sampled_from(others)) + text[place + 1 :]

    assert check_digits.iso7064_mod_37_36(text) != check_digits.iso7064_mod_37_36(wrong)


@given(st.text(check_digits.ALPHANUMERIC, min_size=2, max_size=40), st.data())
def test_the_check_character_finds_every_swap_of_neighbours(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 2))
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    same = check_digits.iso7064_mod_37_36(text) == check_digits.iso7064_mod_37_36(swapped)
    assert same == (text == swapped)


@given(IDS, st.integers(1, 26), st.sampled_from(opaque_id.CROCKFORD))
def test_a_misread_id_is_damaged_or_another_id(value: int, place: int, wrong: str) -> None:
    text = opaque_id.encode(value)
    code = route(text[:place] + wrong + text[place + 1 :])

    # The check may be typed 0 for O and 1 for I or L, so one misreading in 160 is a well-formed id; nobody holds it.
    assert code.fault is CodeFault.WRONG_CHECK or code.text[-1] in "O0I1L" or code.text == text


@given(st.text(check_digits.ALPHANUMERIC, max_size=40))
def test_iso_7064_by_its_definition(text: str) -> None:
    product = 36
    for character in text:
        product = ((product + check_digits.ALPHANUMERIC.index(character)) % 36 or 36) * 2 % 37
    check = check_digits.iso7064_mod_37_36(text)

    assert (product + check_digits.ALPHANUMERIC.index(check)) % 36 == 1


def test_iso_7064_known_answer() -> None:
    # The example of the Global Release Identifier's own standard.
    assert check_digits.iso7064_mod_37_36("A12425GABC1234002") == "M"


@pytest.mark.parametrize("number", ["6901234567892", "4006381333931", "73513537", "012345678905", "10012345678902"])
def test_gs1_known_answers(number: str) -> None:
    assert check_digits.gs1_is_valid(number)
    assert number[-1] == check_digits.gs1_check_digit(number[:-1])


@pytest.mark.parametrize("number", ["79927398713", "4111111111111111", "378282246310005"])
def test_luhn_known_answers(number: str) -> None:
    assert check_digits.luhn_is_valid(number)
    assert number[-1] == check_digits.luhn_check_digit(number[:-1])


@given(st.text("0123456789", min_size=1, max_size=30), st.data())
def test_single_wrong_digits_are_found(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    wrong = body[:place] + str((int(body[place]) + data.draw(st.integers(1, 9))) % 10) + body[place + 1 :]

    assert not check_digits.gs1_is_valid(wrong + check_digits.gs1_check_digit(body))
    assert not check_digits.luhn_is_valid(wrong + check_digits.luhn_check_digit(body))


@given(st.integers(0, 10**13 - 1))
def test_member_cards(number: int) -> None:
    text = member_card.card_number(number)

    assert Code(CodeKind.MEMBER_CARD, text, member_card.MemberCard(text)) == route(text)


@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_gtins(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    text = body + check_digits.gs1_check_digit(body)

    assert text.zfill(14) == gtin.normalise(text)
    assert Code(CodeKind.GTIN, text.zfill(14)) == route(text)


@given(st.binary(min_size=1, max_size=120))
def test_decimal_tokens(token: bytes) -> None:
    text = decimal_token.encode("71", token)

    assert 2 + decimal_token.digits_needed(len(token)) == len(text)
    assert token == decimal_token.decode(text, "71", len(token))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("72001", CodeFault.WRONG_CHARACTER, id="another prefix"),
        pytest.param("71 01", CodeFault.WRONG_CHARACTER, id="a space"),
        pytest.param("", CodeFault.WRONG_CHARACTER, id="nothing"),
        pytest.param("7101", CodeFault.TRUNCATED, id="too short"),
        pytest.param("710001", CodeFault.TOO_LONG, id="too long"),
        pytest.param("71256", CodeFault.WRONG_CHARACTER, id="a number that one byte has not"),
    ],
)
def test_what_is_no_decimal_token(text: str, fault: CodeFault) -> None:
    with pytest.raises(BadCode) as caught:
        decimal_token.decode(text, "71", 1)

    assert fault is caught.value.fault


@given(QUAD)
def test_a_members_tag_is_never_that_of_a_bearer(number: int) -> None:
    assert NO_MEMBER < member_tag(number) < 2**16


def test_a_members_tag_is_pinned() -> None:
    assert member_tag(880_001) == 5_543


@pytest.mark.parametrize("text", ["C" + "ı" * 27, "Ｃ" + "0" * 27, "C" + "0" * 26 + "²"])
def test_no_letter_of_another_alphabet_is_read_as_one_of_ours(text: str) -> None:
    with pytest.raises(BadCode) as caught:
        opaque_id.parse(text)

    assert caught.value.fault is CodeFault.WRONG_CHARACTER
    assert not opaque_id.looks_like(text)
    assert not member_card.looks_like(text)
