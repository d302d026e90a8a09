"""A sentence over several lines is parted after its punctuation, and its last character never stands alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from pos_client.ui.line_breaks import parted

_SENTENCES = st.lists(
    st.sampled_from(["会员", "券码", "手机号", "，", "。", "”", "；", ", ", " ", "¥20.00", "coupon", "a", "“"]),
    max_size=14,
).map("".join)


@pytest.fixture
def font(qapp: QApplication) -> QFont:
    """Return the font of the program, 20 pixels high."""
    font = QFont()
    font.setPixelSize(20)
    return font


@pytest.mark.parametrize(
    ("sentence", "widest", "lines"),
    [
        ("请扫券码，或从列表中选券。", "请扫券码，或从列表中选", ["请扫券码，", "或从列表中选券。"]),
        ("减 ¥12.00 的券，要不要看看？", "减 ¥12.00 的券，要不", ["减 ¥12.00 的券，", "要不要看看？"]),
        ("他说“好。”再来一张。", "他说“好。”再来一", ["他说“好。”", "再来一张。"]),
        ("记录暂时读不出来。", "记录暂时读不出", ["记录暂时读", "不出来。"]),
        ("记录暂时读不出来。", "记录暂时读不", ["记录暂时读不", "出来。"]),
        ("可扫下一张。", "可扫下一", ["可扫下", "一张。"]),
        (
            "To use: 3, ¥35.00 off; ¥103.00 to pay.",
            "To use: 3, ¥35.00 off; ¥103",
            ["To use: 3, ¥35.00 off;", "¥103.00 to pay."],
        ),
        ("near here near here", "near here near", ["near here", "near here"]),
        ("请扫券码，或选券。", "请扫券码，或选券。", ["请扫券码，或选券。"]),
        ("总部\n没有不同意见", "总部没有不同意见，", ["总部", "没有不同意见"]),
        ("", "会员", [""]),
    ],
)
def test_a_sentence_is_parted_where_a_reader_would(font: QFont, sentence: str, widest: str, lines: list[str]) -> None:
    room = QFontMetrics(font).horizontalAdvance(widest) + 1

    assert parted(sentence, font, room).split("\n") == lines


@given(sentence=_SENTENCES, room=st.integers(60, 400))
def test_no_word_is_lost_and_no_line_is_added(qapp: QApplication, sentence: str, room: int) -> None:
    font = QFont()
    font.setPixelSize(20)

    written = parted(sentence, font, room)

    assert written.replace("\n", "").replace(" ", "") == sentence.replace(" ", "")
    assert height(written, font, room) <= height(sentence, font, room)


def height(text: str, font: QFont, room: int) -> int:
    """How high a text stands in a place of a width, pixels, as Qt wraps it."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap.value, text).height()
