"""The router on arbitrary text: it never raises, keeps its promises, and its answers are stable."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_client.domain.codes import opaque_id, signed_coupon
from pos_client.domain.codes.router import IDENTIFYING, REDEEMABLE, Code, CodeKind, route

VALUED = IDENTIFYING | REDEEMABLE | {CodeKind.RECEIPT, CodeKind.PARAMETRIC}
CANONICAL = VALUED | {CodeKind.GTIN, CodeKind.ENROLMENT}
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
    st.sampled_from(["71", "72", "73", "74", "７１", "8018", "88"]),
    st.integers(10**11, 10**240).map(str) | st.integers(10**11, 10**40).map(str),
    st.text(st.characters(), max_size=2),
)
NEARLY_GS1 = st.builds(
    lambda mark, parts, tail: mark + "".join(parts) + tail,
    st.sampled_from(["", "]C1", "]d2", "]Q3", "]e0", "\x1d", "(", "]C1\x1d", "https://id.gs1.org/"]),
    st.lists(
        st.sampled_from(
            ["01", "/01/", "8018", "255", "8110", "8112", "10", "21", "17", "(01)", ")", "(255)", "\x1d", "?17="]
        )
        | st.sampled_from(
            ["06901234567892", "690123450008800011", "4012345000016", "106141416543213150110120", "260131"]
        )
        | st.text("0123456789", max_size=20)
        | st.text(st.characters(), max_size=4),
        max_size=10,
    ),
    st.text(st.characters(), max_size=2),
)
NEARLY_LINKS = st.builds(
    lambda scheme, host, key, value, tail: f"{scheme}{host}/{key}/{value}{tail}",
    st.sampled_from(["https://", "HTTP://", "https:/", "wxp://"]),
    st.sampled_from(["id.gs1.org", "[::1", "a@b:99999", "例え.jp", "", "x" * 300]),
    st.sampled_from(["01", "255", "8018", "414", "01/1/01", "%30%31", "8110"]),
    st.sampled_from(["06901234567892", "4012345000016", "690123450008800011"]) | st.text(max_size=30),
    st.sampled_from(["", "/10", "/10/%00", "?17=&17=1", "?" + "&".join(["x=1"] * 40), "#", "?3103=x"])
    | st.text(max_size=9),
)
NEARLY_CARDS = st.builds(
    lambda prefix, body, tail: prefix + body + tail,
    st.sampled_from(["WK", "wk-", "RC", "rc", "ＷＫ", "R", "RCC"]),
    st.text("0123456789", min_size=8, max_size=22) | st.text(opaque_id.CROCKFORD + "oiluU-", min_size=20, max_size=44),
    st.text(st.characters(), max_size=1),
)
LONG = st.builds(lambda text, times: text * times, ANYTHING, st.integers(1, 600))


def examples(count: int) -> settings:
    """So many texts; long ones take their time to be drawn on a busy machine."""
    return settings(max_examples=count, suppress_health_check=[HealthCheck.too_slow])


def keeps_its_promises(code: Code, raw: str) -> None:
    """What holds for every answer, whatever the text was."""
    assert (code.fault is not None) == (code.kind is CodeKind.DAMAGED)
    assert (code.value is not None) <= (code.kind in VALUED)
    assert len(code.text) <= 512
    if code.kind in UNTOLD:
        assert code.text == ""
    if code.kind in CANONICAL:
        assert code.text.isascii()
        assert code.text
        # What a GS1 text says beside its key is told once, and not again by the canonical form.
        assert Code(code.kind, code.text, code.value) == replace(route(code.text), gs1=None)
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


@examples(6_000)
@given(NEARLY_GS1)
def test_what_nearly_is_gs1_data(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(3_000)
@given(NEARLY_LINKS)
def test_what_nearly_is_a_digital_link(raw: str) -> None:
    keeps_its_promises(route(raw), raw)


@examples(3_000)
@given(NEARLY_CARDS)
def test_what_nearly_is_a_receipt_or_a_card(raw: str) -> None:
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
