"""One number, one form, whatever the decoder's habit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.symbology import LIVE, RETAIL, Symbology, canonical, expand_upce


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04965802", "0049000006582"),
        ("05096893", "0050968000093"),
        ("04124498", "0041244000098"),
        ("01264904", "0012000006494"),
        ("01234531", "0012300000451"),
        ("01234541", "0012340000051"),
    ],
)
def test_upce_is_expanded_by_its_last_digit(short: str, long: str) -> None:
    assert expand_upce(short) == long


@pytest.mark.parametrize(
    ("text", "kind", "canonical_text", "canonical_kind"),
    [
        ("456314319671", Symbology.UPCA, "456314319671", Symbology.UPCA),
        ("0456314319671", Symbology.UPCA, "456314319671", Symbology.UPCA),
        ("0456314319671", Symbology.EAN13, "456314319671", Symbology.UPCA),
        ("4006381333931", Symbology.EAN13, "4006381333931", Symbology.EAN13),
        ("04965802", Symbology.UPCE, "049000006582", Symbology.UPCE),
        ("0049000006582", Symbology.UPCE, "049000006582", Symbology.UPCE),
        ("04965802", Symbology.EAN8, "04965802", Symbology.EAN8),
        ("\x1d0104006381333931\x1d10AB", Symbology.CODE128, "0104006381333931\x1d10AB", Symbology.CODE128),
        ("7101", Symbology.QR_CODE, "7101", Symbology.QR_CODE),
    ],
)
def test_one_form(text: str, kind: Symbology, canonical_text: str, canonical_kind: Symbology) -> None:
    assert canonical(text, kind) == (canonical_text, canonical_kind)


@given(st.text(max_size=40), st.sampled_from(Symbology))
def test_the_canonical_form_of_the_canonical_form_is_itself(text: str, kind: Symbology) -> None:
    if not text.startswith("\x1d"):
        assert canonical(*canonical(text, kind)) == canonical(text, kind)


def test_the_counter_s_camera_looks_for_no_frail_kind() -> None:
    assert {Symbology.MICRO_QR_CODE, Symbology.RMQR_CODE, Symbology.ITF} & LIVE == set()
    assert LIVE < RETAIL
