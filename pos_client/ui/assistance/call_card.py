"""A card over the clerk's screen: which kiosk calls, why, what its customer sees (masked), and how long he has waited.

It lies over the upper edge of the workspace and never over the verdict; it takes no key and stops no scan.
"""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import mark
from pos_client.usecases.assistance import AssistanceCall

HEIGHT: Final = 84
_REASONS: Final = frozenset(reason.value for reason in Reason)


class CallCard(QFrame):
    """One call.

    Signals:
        taken, finished: an AssistanceCall.

    Args:
        wording: says why.
    """

    taken = Signal(object)
    finished = Signal(object)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._call: AssistanceCall | None = None
        self._language = "zh"
        self.setProperty("kind", "call")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.icon = IconLabel("speech", 36)
        self.title, self.line = FittedLabel("title"), FittedLabel("body")
        self.button = KeyButton("primary", "", "check")
        self.button.clicked.connect(self._on_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row.addWidget(self.icon)
        row.addLayout(words, 1)
        row.addWidget(self.button)

    def show_call(self, call: AssistanceCall, others: int, now: datetime, language: str) -> None:
        """Show a call, and how many wait beside it."""
        self._call, self._language = call, language
        is_late = call.is_late(now)
        mark(self, tone="no" if is_late else "")
        title = self.tr("Kiosk {number} calls").format(number=call.kiosk)
        if call.taken_by:
            title = self.tr("{name} goes to kiosk {number}").format(name=call.taken_by, number=call.kiosk)
        elif is_late:
            title = self.tr("Kiosk {number} has waited too long, go now").format(number=call.kiosk)
        self.title.setText(title)
        waited = self._wording.age(int(call.waited_s(now)), language)
        more = [self.tr("%n more call(s)", "", others)] if others else []
        parts = [self._place(call.place), self._reason(call), call.member, self.tr("waits {age}").format(age=waited)]
        self.line.setText(" · ".join(part for part in [*parts, *more] if part))
        self.button.set_words(self.tr("Helped") if call.taken_by else self.tr("I go"))
        self.setAccessibleName(f"{self.title.text()} {self.line.text()}")

    def _on_pressed(self) -> None:
        if self._call is not None:
            (self.finished if self._call.taken_by else self.taken).emit(self._call)

    def _reason(self, call: AssistanceCall) -> str:
        if call.reason not in _REASONS:
            return ""
        verdict = Verdict(VerdictKind.REFUSED, Reason(call.reason), discount_minor=call.amount_minor)
        words = self._wording.of_verdict(verdict, self._language)
        return f"{words.headline} {words.amount}".strip()

    def _place(self, place: str) -> str:
        return {
            "attract": self.tr("first screen"),
            "guide": self.tr("cannot scan"),
            "phone": self.tr("types the phone number"),
            "coupons": self.tr("chooses coupons"),
            "checking": self.tr("waits for the answer"),
            "result": self.tr("sees the result"),
            "out-of-order": self.tr("kiosk out of order"),
        }.get(place, self.tr("first screen"))
