"""GS1 data: the examples of the standard and of the library's own documentation, dates, bounds, and who may load it."""

import subprocess
import sys
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.codes import gs1, gs1_date
from pos_client.domain.codes.bad_code import BadCode, CodeFault
from pos_client.domain.codes.coupon_format import Coupon8110, parse_8110, parse_8112
from pos_client.domain.codes.gs1 import Gs1Elements

WHEN = date(2026, 11, 22)


def test_the_librarys_own_example() -> None:
    found = gs1.parse("010703206980498815210526100329")

    assert found.elements == (("01", "07032069804988"), ("15", "210526"), ("10", "0329"))
    assert (found.gtin, found.batch, found.serial, found.expiry) == ("07032069804988", "0329", "", "")


def test_brackets_say_the_same() -> None:
    assert gs1.parse("010703206980498815210526100329") == gs1.parse("(01)07032069804988(15)210526(10)0329")


def test_a_member_and_his_encounter() -> None:
    found = gs1.parse("]C18018690123450008800011" + "801912")

    assert (found.gsrn, found.relation) == ("690123450008800011", "12")


def test_an_identifier_may_be_repeated_with_the_same_value() -> None:
    assert Gs1Elements((("21", "A"), ("10", "B"))) == gs1.parse("]C121A\x1d10B\x1d21A")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("]C1" + "0" * 512, CodeFault.TOO_LONG, id="513 and more"),
        pytest.param("", CodeFault.TRUNCATED, id="nothing"),
        pytest.param("]C1\x1d\x1d", CodeFault.TRUNCATED, id="separators alone"),
        pytest.param("]C1 21A", CodeFault.WRONG_CHARACTER, id="a space"),
        pytest.param("]C1]C121A", CodeFault.WRONG_CHARACTER, id="two marks"),
        pytest.param("(21)A(B", CodeFault.WRONG_CHARACTER, id="half a bracket"),
        pytest.param("(1)A", CodeFault.WRONG_CHARACTER, id="no such identifier"),
        pytest.param("(01)06901234567892(21)", CodeFault.WRONG_CHARACTER, id="no value"),
        pytest.param("(010)6901234567892", CodeFault.WRONG_CHARACTER, id="brackets round a part of the value"),
        pytest.param("]C1255٤٠12345000016", CodeFault.WRONG_CHARACTER, id="digits of another script"),
    ],
)
def test_what_is_no_gs1_data(text: str, fault: CodeFault) -> None:
    with pytest.raises(BadCode) as caught:
        gs1.parse(text)

    assert fault is caught.value.fault


@given(st.text(st.characters(), max_size=600))
def test_no_text_makes_the_parsers_raise_anything_else(text: str) -> None:
    for parse in (gs1.parse, parse_8110, parse_8112, gs1.parse_link):
        with suppress(BadCode):
            parse(text)


@given(st.text("0123456789", max_size=80))
def test_digits_are_a_coupon_or_a_bad_code(digits: str) -> None:
    try:
        coupon = parse_8110(digits)
    except BadCode:
        return
    assert isinstance(coupon, Coupon8110)
    assert len(digits) <= 70


@pytest.mark.parametrize(
    ("six", "near", "day"),
    [
        ("261231", WHEN, date(2026, 12, 31)),
        ("260200", WHEN, date(2026, 2, 28)),
        ("280200", WHEN, date(2028, 2, 29)),
        ("761231", WHEN, date(2076, 12, 31)),
        ("770101", WHEN, date(1977, 1, 1)),
        ("991231", WHEN, date(1999, 12, 31)),
        ("010101", date(2099, 1, 1), date(2101, 1, 1)),
        ("490101", date(2099, 1, 1), date(2149, 1, 1)),
        ("500101", date(2099, 1, 1), date(2050, 1, 1)),
    ],
)
def test_two_digits_of_a_year_are_read_beside_a_day(six: str, near: date, day: date) -> None:
    assert day == gs1_date.date_of(six, near)


@pytest.mark.parametrize("six", ["260231", "261301", "260001", "2612", "26123a", "２６1231", ""])
def test_what_is_no_day(six: str) -> None:
    assert not gs1_date.is_date(six, whole_month=True)
    with pytest.raises(BadCode):
        gs1_date.date_of(six, WHEN)


def test_a_month_as_a_whole_is_no_day_of_a_coupon() -> None:
    assert not gs1_date.is_date("260200")
    assert gs1_date.is_date("260200", whole_month=True)


def test_the_tables_are_loaded_with_the_first_gs1_text_and_not_before() -> None:
    program = (
        "import sys; from pos_client.domain.codes import gs1, router; router.route('13812345678'); "
        "assert 'biip' not in sys.modules; gs1.load(); assert 'biip' in sys.modules"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
