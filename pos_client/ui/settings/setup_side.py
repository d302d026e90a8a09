"""Does what the set-up steps ask for: the desk proves people, and file and printer are used beside the till.

Apart from the steps because these know Qt's threads, and from the page because that one only looks.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from pos_client.domain.errors import PosError, UsageError
from pos_client.domain.verdict import Verdict
from pos_client.ui.screen import Surroundings
from pos_client.ui.settings.check_line import CheckLine
from pos_client.ui.settings.setup_panel import SetupPanel
from pos_client.ui.settings.setup_steps import SetupSteps
from pos_client.usecases.authorise import Signature
from pos_client.usecases.desk import Desk
from pos_client.usecases.printer_bench import PrinterBench
from pos_client.usecases.shift import ShiftFacts, look
from pos_client.usecases.station_choices import StationChoice, StationChoices, settings_refusal
from pos_client.usecases.till_session import TillSession


class SetupSide(QObject):
    """A ``SetupWork`` with its panel.

    Attributes:
        steps, panel: the rules, and what shows them.
    """

    def __init__(self, around: Surroundings, parent: QObject) -> None:
        super().__init__(parent)
        tools = around.line.tools
        self._around = around
        self._bench, self._choices = tools.bench, tools.choices
        self._line = CheckLine(None, self)
        self.steps = SetupSteps(self, self._bench.names() if self._bench else (), around.now)
        self.panel = SetupPanel(around.wording)
        self.panel.typed.connect(self._on_typed)
        self.panel.erased.connect(self._on_erased)
        self.panel.cleared.connect(self._on_cleared)
        self.panel.entered.connect(self.enter)
        self.panel.again_asked.connect(self.open_strip)

    @property
    def has_bench(self) -> bool:
        """Whether there is a printer."""
        return self._bench is not None

    @property
    def has_choices(self) -> bool:
        """Whether anything may be changed here."""
        return self._choices is not None

    def open_strip(self) -> None:
        """The printer's test."""
        self.steps.open_strip()
        self.show()

    def open_choices(self) -> None:
        """The settings."""
        if self._choices is not None:
            self.steps.open_choices()
            self.show()

    def enter(self) -> None:
        """The blue button."""
        self.steps.enter()
        self.show()

    def show(self) -> None:
        """All of it, as it is now."""
        self.panel.show_view(self.steps.view(self._bench.kept() if self._bench else ""))

    def print_strip(self) -> None:
        """On the strip's own thread: a printer that is off takes seconds to say so."""
        bench = self._of(self._bench)
        self._line.do(bench.print_strip, self._then_printed)

    def find_people(self) -> None:
        """Who may."""
        self._around.line.ask(people_asked, self._then_people)

    def prove(self, who: Signature) -> None:
        """On the till's thread, where wrong PINs are counted."""

        def settings_refusal_asked(desk: Desk, _session: TillSession) -> Verdict | None:
            return settings_refusal(desk, who)

        self._around.line.ask(settings_refusal_asked, self._then_proved)

    def keep(self, encoding: str) -> None:
        """In the station's file, and for the next receipt."""
        bench = self._of(self._bench)
        self._line.do(lambda: bench.keep(encoding), self._then_kept)

    def look(self) -> None:
        """What the file says."""
        choices: StationChoices | None = self._choices
        if choices is not None:
            self._line.do(choices.look, self._then_looked)

    def change(self, name: str, value: str) -> None:
        """In the station's file."""
        choices: StationChoices | None = self._choices
        if choices is not None:
            self._line.do(lambda: choices.change(name, value), self._then_changed)

    def _of(self, bench: PrinterBench | None) -> PrinterBench:
        if bench is None:
            raise UsageError("this station has no printer")
        return bench

    def _then_printed(self, found: PosError | None) -> None:
        self.steps.printed(found)
        self.show()

    def _then_people(self, found: ShiftFacts | PosError) -> None:
        self.steps.found_people(found)
        self.show()

    def _then_proved(self, found: Verdict | PosError | None) -> None:
        self.steps.proved(found)
        self.show()

    def _then_kept(self, found: PosError | None) -> None:
        self.steps.kept_encoding(found)
        self.show()

    def _then_looked(self, found: Sequence[StationChoice] | PosError) -> None:
        self.steps.looked(found)
        self.show()

    def _then_changed(self, found: PosError | None) -> None:
        self.steps.changed(found)
        self.show()

    def _on_typed(self, character: str) -> None:
        self.steps.type(character)
        self.show()

    def _on_erased(self) -> None:
        self.steps.erase()
        self.show()

    def _on_cleared(self) -> None:
        self.steps.erase(everything=True)
        self.show()


def people_asked(desk: Desk, session: TillSession) -> ShiftFacts:
    """Who works at this store."""
    return look(desk, session)
