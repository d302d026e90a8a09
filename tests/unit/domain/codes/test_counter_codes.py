"""Parametric codes, receipt codes and WeChat cards written and read again, and what does not fit into them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.codes import parametric_qr, receipt_code, wechat_card
from pos_client.domain.codes.bad_code import BadCode, CodeFault
from pos_client.domain.codes.parametric_qr import ParametricQr, Presenter
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.codes.router import Code, CodeKind, route

SECONDS, PLACE = st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1)
CODES = st.builds(
    ParametricQr,
    st.integers(0, 255),
    st.integers(0, 2**24 - 1),
    PLACE,
    PLACE,
    st.sampled_from(Presenter),
    st.text("abzAZ019-_.", max_size=8),
    SECONDS,
    SECONDS,
    SECONDS,
    st.binary(min_size=64, max_size=64),
)
RECEIPTS = st.builds(
    ReceiptCode,
    st.integers(0, 2**24 - 1),
    PLACE,
    st.integers(0, 2**40 - 1),
    PLACE,
    st.integers(0, 1439),
    st.integers(0, 2**36 - 1),
)
BOOTH = ParametricQr(0, 12, 3, 2, Presenter.PROMOTER, "p-017", 1001, 1_773_565_500, 1_776_157_500, bytes(64))


@given(CODES)
def test_parametric_codes(code: ParametricQr) -> None:
    text = code.text()

    assert len(text) == 229
    assert route(text) == Code(CodeKind.PARAMETRIC, text, code)
    assert code.signed_bytes() == b"rdm/parametric/1\0" + code.payload()


@given(CODES, st.sampled_from(["https://h.example/q", "http://h.example/", "HTTPS://H.EXAMPLE/a/b"]))
def test_a_link_is_the_same_code(code: ParametricQr, base: str) -> None:
    assert route(parametric_qr.link(base, code.text())) == route(code.text())


def test_it_ends_at_its_end() -> None:
    end = datetime.fromtimestamp(BOOTH.expires_at, UTC)

    assert BOOTH.is_current(end - timedelta(microseconds=1))
    assert not BOOTH.is_current(end)
    assert datetime.fromtimestamp(BOOTH.issued_at, UTC) + parametric_qr.LONGEST_TEMPORARY == end


@pytest.mark.parametrize("staff", ["nine-long", "李娜", "p 17", "a/b", "p\0"])
def test_a_staff_id_that_does_not_fit(staff: str) -> None:
    wrong = ParametricQr(0, 12, 3, 2, Presenter.CLERK, staff, 0, 0, 0)
    with pytest.raises(BadCode):
        wrong.payload()


@pytest.mark.parametrize(
    "text",
    [
        "https://h.example/" + BOOTH.text()[:-1],
        "https://h.example/" + BOOTH.text() + "/more",
        "https://h.example/?to=" + BOOTH.text(),
        "ftp://h.example/" + BOOTH.text(),
        "https://h.example/72" + BOOTH.text()[2:],
    ],
)
def test_other_links_stay_links(text: str) -> None:
    assert route(text) == Code(CodeKind.LINK, "")


@given(RECEIPTS)
def test_receipt_codes(receipt: ReceiptCode) -> None:
    text = receipt.text()

    assert len(text) == 32
    assert route(text) == Code(CodeKind.RECEIPT, text, receipt)
    assert route(text.lower()) == route(text)


@given(RECEIPTS, st.integers(2, 30), st.sampled_from("23456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_misread_receipt_is_damaged_or_another(receipt: ReceiptCode, place: int, wrong: str) -> None:
    text = receipt.text()
    code = route(text[:place] + wrong + text[place + 1 :])

    # As with opaque ids, a check of 0 may be typed O and a check of 1 I or L: one misreading in many is well-formed.
    assert code.kind is CodeKind.DAMAGED or code.text == text or code.text[-1] in "O0I1L"


@pytest.mark.parametrize(
    "receipt",
    [
        ReceiptCode(2**24, 0, 0, 0, 0, 0),
        ReceiptCode(0, 2**16, 0, 0, 0, 0),
        ReceiptCode(0, 0, -1, 0, 0, 0),
        ReceiptCode(0, 0, 0, 0, 0, 2**36),
    ],
)
def test_what_fits_no_receipt_code(receipt: ReceiptCode) -> None:
    with pytest.raises(BadCode):
        receipt.text()


def test_one_receipt_has_one_name() -> None:
    first, again = ReceiptCode(12, 7, 4711, 2265, 1025, 12_880), ReceiptCode(12, 7, 4711, 2265, 1026, 12_880)

    assert first.receipt_no == again.receipt_no == "7-2265-4711"


@given(st.integers(0, 10**11 - 1), st.sampled_from([12, 16]))
def test_wechat_cards(number: int, length: int) -> None:
    text = wechat_card.encode(number, length)

    assert len(text) == length + 2
    assert route(text) == Code(CodeKind.WECHAT_CARD, text)
    assert route(f"{text[:6].lower()}-{text[6:]}") == route(text)


@given(st.text(st.characters(), max_size=60))
def test_no_text_makes_them_raise_anything_but_a_bad_code(text: str) -> None:
    for parse in (parametric_qr.parse, receipt_code.parse, wechat_card.parse):
        for raw in (text, f"RC{text}", f"WK{text}", f"73{text}"):
            with pytest.raises(BadCode) as caught:
                parse(raw)
            assert caught.value.fault in CodeFault
