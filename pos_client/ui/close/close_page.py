"""E1 to E5: the end of the day. Steps over the page or beside it, the slip at the far right where there is room.

Everything is kept at each step: Esc, a scan or a power cut costs nothing, and the same key leads back to the same step.
"""

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout

from pos_client.domain.errors import PosError
from pos_client.ui.close.close_papers import ClosePapers
from pos_client.ui.close.close_presenter import ClosePresenter
from pos_client.ui.close.close_view import DECISIONS, Typing
from pos_client.ui.close.conflict_step import ConflictStep
from pos_client.ui.close.count_step import CountStep
from pos_client.ui.close.difference_step import DifferenceStep
from pos_client.ui.close.done_step import DoneStep
from pos_client.ui.close.sign_step import SignStep
from pos_client.ui.close.slip_sheet import SlipPreview, slip_of
from pos_client.ui.close.step_page import StepPage
from pos_client.ui.close.stepper import Stepper
from pos_client.ui.close.turns import Work
from pos_client.ui.close.upload_step import UploadStep
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.places import WIDE_FROM
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.day_end import DayEnd
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_end_state import Step
from pos_client.usecases.day_office import CarriedFile
from pos_client.usecases.printing_port import PrinterReport

_TICKS: Final = 4
_NO_LIMIT: Final = 16_777_215
_SLIP_PX: Final = 300
_PAPER_PX: Final = 560


class ClosePage(Page):
    """The end of a day; a ``CloseView``."""

    workspace: ClassVar[Workspace] = Workspace.CLOSE
    takes_whole = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.presenter = ClosePresenter(self, self._ask)
        self._ticks = 0
        self._places: tuple[bool, bool, bool] | None = None
        theme, wording = around.theme, around.wording
        self.title = FittedLabel("title")
        self.stepper = Stepper()
        self.count = CountStep(theme, wording)
        self.upload = UploadStep(theme, wording)
        self.conflicts = ConflictStep(theme, wording)
        self.differences = DifferenceStep(theme, wording)
        self.sign = SignStep(theme, wording)
        self.done = DoneStep(theme, wording)
        self.steps: tuple[StepPage, ...] = (
            self.count, self.upload, self.conflicts, self.differences, self.sign, self.done,
        )  # fmt: skip
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
        self.slip = SlipPreview()
        self.back_button = KeyButton("", "PgUp")
        self.leave_button = KeyButton("", "Esc")
        self.next_button = KeyButton("primary", "Enter")
        self.said = FittedLabel("body", lines=2, wrap=True)
        self.elapsed = FittedLabel("caption")
        self.papers = ClosePapers(around, self.done.say, self.done.say_print)
        self._build()
        self._connect()
        self.retranslate("zh")

    def retranslate(self, language: str) -> None:
        """All words in a language."""
        super().retranslate(language)
        self.papers.language = language
        for step in self.steps:
            step.language = language
        self.title.setText(self.tr("End of the day"))
        self.back_button.set_words(self.tr("Step before"))
        self.leave_button.set_words(self.tr("Leave; everything is kept"))
        self.next_button.set_words(self.tr("Next step"))
        self.papers.show_print()
        if self.presenter.facts:
            self.show_all(self.presenter.facts, self.presenter.typing)

    def on_opened(self) -> None:
        """Go on where somebody left off."""
        self.said.setText("")
        self.papers.forget()
        self.presenter.open()

    def on_left(self) -> None:
        """Everything but a PIN is kept."""
        self.presenter.leave()

    def on_printer(self, report: PrinterReport) -> None:
        """The slip may wait for it."""
        self.papers.on_printer(report)

    def on_tick(self) -> None:
        """Once a second the delivery is looked at again."""
        self._ticks += 1
        if self._ticks % _TICKS == 0:
            self.presenter.look_again()
        self._show_elapsed()

    def type_character(self, character: str) -> bool:
        """Digits and the letters of the buttons."""
        if self.presenter.step is Step.DONE:
            deeds = {"1": self._print, "2": self._save}
            deed = deeds.get(character)
            if deed:
                deed()
            return True
        return self.presenter.type_character(character)

    def backspace(self) -> bool:
        """One character less."""
        return self.presenter.backspace()

    def enter(self) -> bool:
        """The one blue button; on the last page it leads back to scanning."""
        if not self.presenter.enter():
            self.around.go_home()
        return True

    def show_all(self, facts: DayEndFacts, typing: Typing) -> None:
        """The whole of it."""
        self.said.setText("")
        step = self.steps[facts.state.step - 1]
        step.show_facts(facts, typing)
        if step is not self.stack.currentWidget():
            self.stack.setCurrentWidget(step)
        self.stepper.show_facts(facts)
        hint = self.tr("The slip is shown once the count is done.")
        self.slip.show_text(slip_of(facts, self.around.wording, self.language), hint)
        self._arrange()
        self.next_button.set_words(step.next_words(facts))
        self.back_button.setVisible(Step.COUNT < facts.state.step < Step.DONE)
        self.leave_button.setVisible(facts.closed is None)
        self._show_elapsed()

    def show_busy(self) -> None:
        """The till is at something; what was pressed waits for it."""
        self.said.setText(self.tr("One moment…"))

    def show_fault(self, fault: PosError) -> None:
        """The world said no; the same words as a command's."""
        line, step = self.around.wording.of_fault(fault)
        words = self.tr("{line} {next}")
        self.said.setText(words.format(line=line.in_language(self.language), next=step.in_language(self.language)))
        self.around.play(Sound.WARN)

    def show_carried(self, carried: CarriedFile) -> None:
        """A file for the centre was written."""
        self.upload.show_carried(carried)

    def play(self, sound: Sound) -> None:
        """Let it be heard."""
        self.around.play(sound)
        if sound is Sound.DONE and self.presenter.facts:
            # Files first: a printer without paper must not cost the day its sheet.
            self._save()
            self._print()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Steps beside the page and the slip at the right where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide, is_tall = self.width() >= WIDE_FROM, self.height() > self.width()
        self.stepper.stand(upright=is_wide)
        self.stepper.setMaximumWidth(280 if is_wide else _NO_LIMIT)
        is_below = is_tall and not is_wide
        # The last page has room for the slip in any window, a tall one below each step.
        has_slip = self.slip.has_text if is_below else is_wide or self.stack.currentWidget() is self.done
        if (is_wide, is_below, has_slip) == self._places:
            return
        self._places = is_wide, is_below, has_slip
        self.slip.setVisible(has_slip)
        self.slip.setMinimumWidth(_PAPER_PX if is_below else _SLIP_PX)
        if is_wide:
            self._grid.addWidget(self.stepper, 1, 0)
            self._grid.addWidget(self.stack, 1, 1)
        else:
            self._grid.addWidget(self.stepper, 0, 0, 1, 3)
            self._grid.addWidget(self.stack, 1, 0, 1, 2 if has_slip and not is_below else 3)
        if is_below:
            self._grid.addWidget(self.slip, 2, 0, 1, 3, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._grid.addWidget(self.slip, 1, 2)
        self._grid.setRowStretch(2, 1 if is_below and has_slip else 0)
        for column, stretch in enumerate((22, 60, 30) if is_wide else (1, 1, 1)):
            self._grid.setColumnStretch(column, stretch)

    def _ask(self, work: Work, then: Callable[[object], None]) -> None:
        self.around.line.ask(lambda desk, session: work(DayEnd(desk, session.operator)), then)

    def _print(self) -> None:
        if self.presenter.facts:
            self.papers.print_slip(self.presenter.facts)

    def _save(self) -> None:
        if self.presenter.facts:
            self.papers.save(self.presenter.facts)

    def _show_elapsed(self) -> None:
        facts = self.presenter.facts
        if facts is None or not facts.state.began_ms:
            return
        seconds = max(0, round(self.around.now().timestamp()) - facts.state.began_ms // 1000)
        words = self.tr("{minutes} min {seconds} s so far")
        is_short = seconds < 3_600 and facts.closed is None
        self.elapsed.setText(words.format(minutes=seconds // 60, seconds=seconds % 60) if is_short else "")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.elapsed)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setRowStretch(1, 1)
        # A widget that joins a window which is shown already would appear a turn later.
        self._arrange()
        foot = QFrame()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.leave_button)
        row.addWidget(self.back_button)
        row.addWidget(self.said, 1)
        row.addWidget(self.next_button)
        column.addLayout(head)
        column.addLayout(self._grid, 1)
        column.addWidget(foot)

    def _connect(self) -> None:
        presenter = self.presenter
        self.back_button.clicked.connect(presenter.go_back)
        self.leave_button.clicked.connect(self.around.go_home)
        self.next_button.clicked.connect(self.enter)
        self.count.row_chosen.connect(presenter.choose_row)
        self.count.cancel_asked.connect(presenter.cancel_begun)
        for keypad in (self.count.keypad, self.sign.keypad):
            keypad.pressed.connect(presenter.type_character)
            keypad.erased.connect(presenter.backspace)
            keypad.cleared.connect(presenter.clear)
        self.upload.hold_asked.connect(presenter.toggle_held)
        self.upload.carry_asked.connect(presenter.carry_out)
        self.conflicts.row_chosen.connect(presenter.choose_row)
        self.conflicts.decided.connect(lambda place: presenter.decide(DECISIONS[place]))
        self.differences.reason_chosen.connect(presenter.choose_reason)
        self.differences.note_asked.connect(presenter.begin_note)
        self.sign.supervisor_chosen.connect(presenter.choose_supervisor)
        self.done.print_asked.connect(self._print)
        self.done.save_asked.connect(self._save)
        self._bind(Qt.Key.Key_PageUp, presenter.go_back)
        self._bind(Qt.Key.Key_Up, lambda: presenter.move(-1))
        self._bind(Qt.Key.Key_Down, lambda: presenter.move(1))

    def _bind(self, key: Qt.Key, deed: Callable[[], None]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(deed)
