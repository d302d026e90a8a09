"""The router on arbitrary text: it never raises, keeps its promises, and its answers are stable."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_client.domain.codes import opaque_id, signed_coupon
from pos_client.domain.codes.router import IDENTIFYING, REDEEMABLE, Code, CodeKind, route

CANONICAL = IDENTIFYING | REDEEMABLE | {CodeKind.GTIN, CodeKind.ENROLMENT}
UNTOLD = {CodeKind.PAYMENT_CODE, CodeKind.LINK}
ANYTHING = st.text(st.characters())  # surrogates, controls and private use included
DIGITS = st.integers(0, 10**26).map(str) | st.integers(0, 10**230).map("0{}".format)
NEARLY_DIGITS = st.text("0123456789 +-()\u00a0\uff10\u0660²", max_size=60)
NEARLY_IDS = st.builds(
    lambda prefix, body: prefix + body,
    st.sampled_from(["C", "c", "E", "-C", "ſ", "CC"]),
    st.text(opaque_id.CROCKFORD + "oiluOILU-ıſß", min_size=18, max_size=40),
)
NEARLY_TOKENS = st.builds(
    lambda prefix, body, tail: prefix + body + tail,
    st.sampled_from(["71", "72", "73", "７１", "8018", "88"]),
    st.integers(10**11, 10**240).map(str) | st.integers(10**11, 10**40).map(str),
    st.text(st.characters(), max_size=2),
)
LONG = st.builds(lambda text, times: text * times, ANYTHING, st.integers(1, 600))


def examples(count: int) -> settings:
    """So many texts; long ones take their time to be drawn on a busy machine."""
    return settings(max_examples=count, suppress_health_check=[HealthCheck.too_slow])


def keeps_its_promises(code: Code, raw: str) -> None:
    """What holds for every answer, whatever the text was."""
    assert (code.fault is not None) == (code.kind is CodeKind.DAMAGED)
    assert (code.value is not None) <= (code.kind in IDENTIFYING | REDEEMABLE)
    assert len(code.text) <= 512
    if code.kind in UNTOLD:
        assert code.text == ""
    if code.kind in CANONICAL:
        assert code.text.isascii()
        assert code.text
        assert Code(code.kind, code.text, code.value) == route(code.text)
    assert code == route(f" \t{raw}\r\n") or len(raw) > 400


@examples(4_000)
@given(ANYTHING)
def test_any_text(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(3_000)
@given(DIGITS)
def test_any_digits(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(3_000)
@given(NEARLY_DIGITS)
def test_what_nearly_is_a_number(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(4_000)
@given(NEARLY_IDS)
def test_what_nearly_is_an_opaque_id(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(4_000)
@given(NEARLY_TOKENS)
def test_what_nearly_is_a_signed_code(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(2_000)
@given(LONG)
def test_any_long_text(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(1_000)
@given(st.binary(min_size=92, max_size=92))
def test_no_random_token_reads_as_another_than_it_is(token: bytes) -> None:
    text = f"71{int.from_bytes(token, 'big'):0222d}"
    code = route(text)

    if token[0] == signed_coupon.VERSION:
        assert isinstance(code.value, signed_coupon.SignedCoupon)
        assert token == code.value.payload() + code.value.signature
    else:
        assert code.kind is CodeKind.DAMAGED


@pytest.mark.parametrize("length", [511, 512, 513, 5_000, 100_000])
def test_length_is_looked_at_first(length: int) -> None:
    kind = CodeKind.UNKNOWN if length <= 512 else CodeKind.DAMAGED

    assert kind is route("x" * length).kind
