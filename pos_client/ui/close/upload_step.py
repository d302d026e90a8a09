"""E2: how the delivery goes, with a real number; it may be paused, and taken to head office as a file instead."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from pos_client.config.wording import Wording
from pos_client.ui.close.close_view import Typing
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.dashboard.tiles import Tiles, TileText
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.theme import Theme
from pos_client.usecases.day_end_facts import DayEndFacts, Upload
from pos_client.usecases.day_office import CarriedFile

_HASH_SHOWN: Final = 16
_SUMS: Final = 3


class UploadStep(StepPage):
    """Uploads.

    Signals:
        hold_asked: pause or go on. carry_asked: write a file.
    """

    hold_asked = Signal()
    carry_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__(theme, wording)
        self._since: tuple[datetime, int] | None = None
        self.number = FittedLabel("figure")
        self.left = FittedLabel("reason")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.hold_button = KeyButton("", "P", "pause")
        self.carry_button = KeyButton("", "U", "stick")
        self.now = FittedLabel("body")
        self.sums = Tiles(_SUMS, are_short=True)
        self.trouble = FittedLabel("body", lines=2, wrap=True)
        self.carried = FittedLabel("small", lines=2, wrap=True)
        self.hold_button.clicked.connect(self.hold_asked)
        self.carry_button.clicked.connect(self.carry_asked)
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addStretch(1)
        top.addWidget(self.left)
        top.addSpacing(8)
        top.addWidget(self.hold_button)
        self.column.addLayout(top)
        for widget in (self.bar, self.now, self.sums, self.trouble):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.carried, 1)
        foot.addWidget(self.carry_button)
        self.column.addLayout(foot)

    def show_facts(self, facts: DayEndFacts, typing: Typing) -> None:
        """How far it is."""
        del typing
        upload = facts.upload
        self.title.setText(self.tr("Upload to head office"))
        self.tell(self._line(upload))
        self.number.setText(self.tr("{done} / {whole}").format(done=upload.done, whole=upload.whole))
        self.left.setText(self._time_left(facts))
        self.bar.setMaximum(max(1, upload.whole))
        self.bar.setValue(upload.done if upload.whole else 1)
        self.bar.setAccessibleName(self.number.text())
        self.hold_button.set_icon("play" if upload.is_held else "pause")
        self.hold_button.set_words(self.tr("Continue") if upload.is_held else self.tr("Pause"))
        self.hold_button.setVisible(upload.pending > 0 and (upload.has_contact or upload.is_held))
        self.carry_button.set_words(self.tr("Write a file for head office"))
        self.now.setText(self._now(facts))
        self.sums.show_texts(
            (
                TileText(self.tr("Through"), f"{upload.done}"),
                TileText(self.tr("Head office disagrees"), f"{upload.disagreed}", tone=_tone(upload.disagreed)),
                TileText(self.tr("Keeps failing"), f"{upload.stuck}", tone=_tone(upload.stuck)),
            )
        )
        self.trouble.setText(self._trouble(upload))

    def show_carried(self, carried: CarriedFile) -> None:
        """Where the file is, and how it is recognised."""
        words = self.tr("Sealed file with {count} records: {file} · mark {mark}")
        short = carried.sha256[:_HASH_SHOWN]
        self.carried.setText(words.format(count=carried.entries, file=carried.path, mark=short))

    def _line(self, upload: Upload) -> str:
        if not upload.pending:
            return self.tr("Everything is at head office.")
        if upload.is_held:
            return self.tr("Paused. Nothing is lost; it goes on when you continue, or after the day is signed.")
        if not upload.has_contact:
            return self.tr("No network. You may sign all the same: the records are sealed and go by themselves later.")
        return self.tr("You may go on with the next step meanwhile.")

    def _now(self, facts: DayEndFacts) -> str:
        upload = facts.upload
        if upload.next_at is None:
            return ""
        what = upload.next_name.in_language(self.language) if upload.next_name else self._kind(upload)
        at = self.time(facts, upload.next_at)
        return self.tr("Next: {time}  {what}").format(time=at, what=what)

    def _kind(self, upload: Upload) -> str:
        names = {
            "redeem": self.tr("redemption"),
            "bind": self.tr("binding"),
            "hand_over": self.tr("handed over"),
            "void": self.tr("taken back"),
            "reject": self.tr("refusal"),
            "transaction": self.tr("purchase"),
        }
        return names.get(upload.next_kind.value if upload.next_kind else "", self.tr("record"))

    def _time_left(self, facts: DayEndFacts) -> str:
        """From how fast it went since it was first looked at; nothing is claimed before some went through."""
        upload = facts.upload
        if not upload.pending or upload.is_held or not upload.has_contact:
            self._since = None
            return self.tr("paused") if upload.is_held and upload.pending else ""
        if self._since is None or self._since[1] > upload.done:
            self._since = (facts.at, upload.done)
        began, done = self._since
        passed_s = (facts.at - began).total_seconds()
        if upload.done <= done or passed_s <= 0:
            return ""
        left_s = round(passed_s / (upload.done - done) * upload.pending)
        return self.tr("about {time}").format(time=self.wording.age(max(1, left_s), self.language))

    def _trouble(self, upload: Upload) -> str:
        if not upload.trouble or not upload.pending:
            return ""
        return self.tr("In the way: {code}. Sign, and tell the hotline this word.").format(code=upload.trouble)


def _tone(count: int) -> str:
    """Somebody should look at whatever is not none."""
    return "warn" if count else ""
