"""The scanner test: how this station's gun types, what is wrong with it, and limits that fit it; in place, no dialog.

Codes that are scanned here are shown and not redeemed.
"""

from typing import Final

import segno
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.local_text import LocalText
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.gun_words import GunWords
from pos_client.ui.theme import mark
from pos_client.usecases.gun_view import TEST_TEXT, Advice, GunFindings, GunReport

_ROWS: Final = 6
_LONGEST_SHOWN: Final = 40
# Of the smallest size: what to do next gives way to nothing.
_TWO_LINES: Final = 44


class TestCode(QWidget):
    """The code to scan: every sign that our codes are made of; black on white in any theme."""

    __test__ = False  # for whoever collects tests by name

    def __init__(self) -> None:
        super().__init__()
        self._modules = [bytes(row) for row in segno.make(TEST_TEXT, error="m", micro=False).matrix_iter(border=4)]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Four pixels a module: a gun reads it from a hand's breadth."""
        side = 4 * len(self._modules)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in whole pixels."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        size = min(self.width(), self.height()) // len(self._modules)
        for row, modules in enumerate(self._modules):
            for column, module in enumerate(modules):
                if module:
                    painter.fillRect(QRectF(column * size, row * size, size, size), Qt.GlobalColor.black)


class GunPanel(QFrame):
    """What the test has seen, what it proposes, and how the serial line is.

    Signals:
        save_asked: keep the proposal. again_asked: forget and begin anew. left: back to scanning.
    """

    save_asked = Signal()
    again_asked = Signal()
    left = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._words = GunWords(wording)
        self._language = "zh"
        self._wanted = 5
        self._findings = GunFindings()
        self._report = GunReport()
        self._serial_text = ""
        self._fault: tuple[LocalText, LocalText] | None = None
        self._is_saved = False
        self.title = FittedLabel("title")
        self.line = FittedLabel("muted", wrap=True, grows=True)
        self.code = TestCode()
        # The text may be long and has one line to itself; the others share the height of the code beside them.
        self.names = [FittedLabel("muted", wrap=row > 0, grows=row > 0) for row in range(_ROWS)]
        self.values = [FittedLabel("body", wrap=row > 0) for row in range(_ROWS)]
        self.advice = FittedLabel("body", lines=3, wrap=True)
        self.advice.setMinimumHeight(_TWO_LINES)
        self.save_button = KeyButton("primary", "Enter")
        self.again_button = KeyButton("")
        self.leave_button = KeyButton("", "Esc")
        self._build()
        self.save_button.clicked.connect(self.save_asked)
        self.again_button.clicked.connect(self.again_asked)
        self.leave_button.clicked.connect(self.left)
        self.retranslate()

    def begin(self, wanted: int) -> None:
        """A new test of so many scans."""
        self._wanted, self._findings, self._serial_text = wanted, GunFindings(), ""
        self._fault, self._is_saved = None, False
        self.retranslate()

    def show_findings(self, findings: GunFindings) -> None:
        """What was seen so far."""
        if findings != self._findings:
            self._findings, self._fault, self._is_saved = findings, None, False
            self.retranslate()

    def show_report(self, report: GunReport) -> None:
        """How the serial line is."""
        self._report = report
        self.retranslate()

    def show_serial_text(self, text: str) -> None:
        """The serial gun has read something: nothing is to be learned of it but that it works."""
        self._serial_text = text
        self.retranslate()

    def show_saved(self) -> None:
        """The proposal is in use."""
        self._fault, self._is_saved = None, True
        self.retranslate()

    def show_fault(self, line: LocalText, step: LocalText) -> None:
        """It could not be written."""
        self._fault, self._is_saved = (line, step), False
        self.retranslate()

    def press_save(self) -> None:
        """Enter."""
        if self.save_button.isEnabled():
            self.save_asked.emit()

    def speak(self, language: str) -> None:
        """The language of sentences that are not labels."""
        self._language = language
        self.retranslate()

    def retranslate(self) -> None:
        """All words in the present language."""
        found, words = self._findings, self._words
        self.title.setText(self.tr("Scanner test"))
        told = self.tr("Scan this code {count} times with the gun. Nothing is redeemed here.")
        self.line.setText(told.format(count=self._wanted))
        self.code.setAccessibleName(self.tr("Test code"))
        rows = words.rows(found, self._wanted, self._report)
        for name, value, (title, text) in zip(self.names, self.values, rows, strict=True):
            name.setText(title)
            value.setText(text)
            value.setAccessibleName(f"{title}: {text}")
        self._show_advice()
        self.save_button.set_words(self.tr("Save"))
        self.save_button.setEnabled(bool(found.values) and not self._is_saved)
        self.again_button.set_words(self.tr("Begin again"))
        self.leave_button.set_words(self.tr("Back to scanning"))

    def _show_advice(self) -> None:
        text, is_odd = self._words.advice(self._findings, self._wanted, self._report, self._language)
        if self._fault is not None:
            text, is_odd = " ".join(part.in_language(self._language) for part in self._fault), True
        elif self._is_saved:
            text, is_odd = self.tr("Saved. This station recognises the gun by it from now on."), False
        elif self._serial_text and self._findings.advice is Advice.MORE:
            shown = self._serial_text[:_LONGEST_SHOWN]
            text, is_odd = self._words.serial_advice(shown, is_test=self._serial_text == TEST_TEXT)
        self.advice.setText(text)
        self.advice.setAccessibleName(text)
        mark(self._hint, tone="warn" if is_odd else "")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.line)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        middle.addWidget(self._facts(), 1)
        column.addLayout(middle)
        column.addLayout(_in_a_row((self.names[0], 0), (self.values[0], 1), gap=12))
        self._hint = QFrame()
        self._hint.setProperty("kind", "hint")
        beside = QHBoxLayout(self._hint)
        beside.setContentsMargins(10, 6, 10, 6)
        beside.addWidget(self.advice)
        column.addWidget(self._hint, 1)
        column.addLayout(_in_a_row((self.save_button, 4), (self.again_button, 4), (self.leave_button, 5), gap=8))

    def _facts(self) -> QWidget:
        """All facts but the text."""
        facts = QWidget()
        facts.setFixedHeight(self.code.sizeHint().height())
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        for row, (name, value) in enumerate(zip(self.names[1:], self.values[1:], strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
        return facts


def _in_a_row(*parts: tuple[QWidget, int], gap: int) -> QHBoxLayout:
    """Widgets side by side, each with its share of the width."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget, share in parts:
        row.addWidget(widget, share)
    return row
