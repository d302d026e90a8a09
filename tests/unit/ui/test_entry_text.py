"""What is typed by hand: digits group themselves, amounts stay amounts, slips are asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.ui.scan.entry_text import AmountText, CodeHint, CodeText, amount_text


def typed(text: str) -> CodeText:
    """Return the box after somebody typed a text."""
    box = CodeText()
    for character in text:
        box = box.typed(character)
    return box


def amount(text: str) -> AmountText:
    """Return the amount box after somebody typed a text."""
    box = AmountText()
    for character in text:
        box = box.typed(character)
    return box


@pytest.mark.parametrize(
    ("keys", "shown", "hint", "missing"),
    [
        ("", "", CodeHint.EMPTY, 11),
        ("1", "1", CodeHint.MORE_DIGITS, 10),
        ("1380", "138 0", CodeHint.TAIL, 7),
        ("1380013800", "138 0013 800", CodeHint.MORE_DIGITS, 1),
        ("13800138000", "138 0013 8000", CodeHint.COMPLETE, 0),
        ("12", "12", CodeHint.WRONG_PREFIX, 9),
        ("2026", "2026", CodeHint.TAIL, 7),
        ("c8f3k", "C8F3 K", CodeHint.CODE, 6),
        ("138001380001", "1380 0138 0001", CodeHint.CODE, -1),
    ],
)
def test_a_number_groups_itself(keys: str, shown: str, hint: CodeHint, missing: int) -> None:
    box = typed(keys)

    assert (box.shown, box.hint, box.missing) == (shown, hint, missing)


def test_signs_and_full_width_digits_are_left_out() -> None:
    assert typed("1 3-8！８").text == "138"


def test_a_long_code_shows_its_end() -> None:
    box = typed("7" * 200)

    assert len(box.text) == 200
    assert box.shown.startswith("…")
    assert len(box.shown.replace(" ", "")) == 29


@pytest.mark.parametrize(
    ("keys", "minor", "shown"),
    [
        ("", None, "¥ 0"),
        ("0", None, "¥ 0"),
        ("138", 13_800, "¥ 138"),
        ("138.5", 13_850, "¥ 138.5"),
        ("138.05", 13_805, "¥ 138.05"),
        ("138.056", 13_805, "¥ 138.05"),
        (".5", 50, "¥ 0.5"),
        ("1..5", 150, "¥ 1.5"),
        ("12345678", 123_456_700, "¥ 1,234,567"),
        ("007", 700, "¥ 7"),
        ("1a2", 1_200, "¥ 12"),
    ],
)
def test_an_amount_stays_an_amount(keys: str, minor: int | None, shown: str) -> None:
    box = amount(keys)

    assert (box.minor, box.shown) == (minor, shown)


def test_only_a_large_amount_is_unusual() -> None:
    assert [amount(keys).is_unusual for keys in ("5000", "5000.01")] == [False, True]


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_known_amount_is_shown_as_it_was(minor: int) -> None:
    assert amount_text(minor).minor == minor


@given(st.text(alphabet="0123456789.x", max_size=20))
def test_any_keys_leave_an_amount_that_shows_itself(keys: str) -> None:
    box = amount(keys)

    assert box.shown.startswith("¥ ")
    assert (box.minor or 0) >= 0
    assert amount(box.text) == box
