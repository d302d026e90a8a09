"""Phone numbers as people type them, and what may be shown of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.codes.phone_number import mask, normalise


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("13812345678", "+8613812345678"),
        ("19912345678", "+8619912345678"),
        ("138 1234 5678", "+8613812345678"),
        ("138-1234-5678", "+8613812345678"),
        ("(138)\u00a01234 5678", "+8613812345678"),
        ("+86 13812345678", "+8613812345678"),
        ("0086 13812345678", "+8613812345678"),
        ("+852 9123 4567", "+85291234567"),
        ("00442079460958", "+442079460958"),
        ("+1 202 555 0123", "+12025550123"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_numbers(typed: str, e164: str) -> None:
    assert e164 == normalise(typed)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("12812345678", id="12 is no mobile network"),
        pytest.param("10012345678", id="10 neither"),
        pytest.param("1381234567", id="a digit short"),
        pytest.param("138123456789", id="a digit more"),
        pytest.param("+861381234567", id="short, with country code"),
        pytest.param("+8602112345678", id="a mainland landline"),
        pytest.param("+0123456789", id="no country begins with 0"),
        pytest.param("+123456", id="too short for any country"),
        pytest.param("+1234567890123456", id="more than E.164 has"),
        pytest.param("1１812345678", id="a fullwidth digit"),
        pytest.param("+1 202 555 O123", id="a letter"),
        pytest.param("++442079460958", id="two signs"),
        pytest.param("", id="nothing"),
        pytest.param("+", id="a sign"),
        pytest.param("00", id="a prefix"),
    ],
)
def test_what_is_no_phone_number(typed: str) -> None:
    assert normalise(typed) is None


def test_the_mask() -> None:
    assert mask("+8613812345678") == "138****5678"


@given(st.text("0123456789", min_size=9, max_size=9), st.sampled_from("3456789"))
def test_the_mask_keeps_the_middle_to_itself(rest: str, second: str) -> None:
    e164 = normalise(f"1{second}{rest}")

    assert e164 is not None
    assert f"1{second}{rest[0]}****{rest[5:]}" == mask(e164)
