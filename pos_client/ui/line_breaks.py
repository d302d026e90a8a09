"""Where a sentence is parted over lines: after its punctuation if it can be, with no character left alone at the end.

Apart from the labels because Qt fills one line after the other, and Chinese may be parted between any two characters
(UAX 14, class ID): what does not fit a line is then often one character and a full stop.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

_LEAST_LAST: Final = 1 / 3
# A character and a full stop.
_ALONE: Final = 2
_PHRASE: Final = re.compile(r".+?(?:[，。；：？！、]+[”’）」』》]*|[,;:.?!]+[”’)]* |$)", re.DOTALL)


def parted(text: str, font: QFont, width: int) -> str:
    """A text with a line feed at the end of each of its lines, no more of them than Qt would take.

    Args:
        text: the words; a line feed in them stays.
        font: with its size in pixels.
        width: of the place, pixels. Where a word is wider than it, the word is parted as Qt does.
    """
    return "\n".join(_parted(line, font.toString(), width) for line in text.split("\n"))


@lru_cache(maxsize=1024)
def _parted(text: str, font_key: str, width: int) -> str:
    font = QFont()
    font.fromString(font_key)
    filled = _lines(text, font, width)
    if len(filled) < 2:
        return text
    metrics = QFontMetrics(font)
    phrases = _by_phrase(text, metrics, width)
    if phrases and len(phrases) <= len(filled):
        return "\n".join(phrases)
    if len(filled[-1]) <= _ALONE or metrics.horizontalAdvance(filled[-1]) < width * _LEAST_LAST:
        return "\n".join(_even(text, font, width, len(filled)))
    return "\n".join(filled)


def _lines(text: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return [text[start:end].rstrip() for start, end in pairwise([*starts, len(text)])]


def _by_phrase(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Lines that end where a phrase does; none where a phrase is wider than the place."""
    lines = [""]
    for phrase in _PHRASE.findall(text):
        if metrics.horizontalAdvance(phrase.strip()) > width:
            return []
        if lines[-1] and metrics.horizontalAdvance((lines[-1] + phrase).strip()) > width:
            lines.append("")
        lines[-1] += phrase
    return [line.strip() for line in lines]


def _even(text: str, font: QFont, width: int, count: int) -> list[str]:
    """As many lines, in the narrowest place that takes no more."""
    low, high = max(1, width // count), width
    while low < high:
        middle = (low + high) // 2
        if _is_held(text, font, middle, count):
            high = middle
        else:
            low = middle + 1
    return _lines(text, font, high)


def _is_held(text: str, font: QFont, width: int, count: int) -> bool:
    lines = _lines(text, font, width)
    metrics = QFontMetrics(font)
    return len(lines) <= count and all(metrics.horizontalAdvance(line) <= width for line in lines)
