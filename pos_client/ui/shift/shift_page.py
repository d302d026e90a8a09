"""C10: who is at the counter. It hides everything else until somebody says so, with a name, a badge and a PIN.

A store in which nobody ever had a PIN is not held up: there it only hides, and any code or Enter leads on.
"""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.domain.errors import PosError
from pos_client.domain.practice_pins import CLERK_PIN, SUPERVISOR_PIN
from pos_client.domain.scan import Scan
from pos_client.domain.verdict import Verdict
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.shift.looks_keeper import LooksKeeper
from pos_client.ui.shift.people_grid import PeopleGrid
from pos_client.ui.shift.shift_cards import InviteCard, OfferCard, PinCard
from pos_client.ui.shift.shift_steps import Note, ShiftSteps, ShiftView, Step
from pos_client.ui.theme import mark
from pos_client.ui.turning_row import Part, TurningRow
from pos_client.usecases.clerk_looks import ClerkLooks, looks_of
from pos_client.usecases.desk import Desk
from pos_client.usecases.shift import Person, ShiftFacts, TakeOver, look, take_over
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import LaneStatus

_SIDE: Final = 400


class ShiftPage(Page):
    """The log-in; a ``ShiftWork``."""

    workspace = Workspace.SHIFT
    takes_whole = True
    is_early = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.steps = ShiftSteps(self, around.now)
        self.looks = LooksKeeper(around)
        self._is_open = False
        self._is_anybody_here = around.line.tools.attended
        self._data: object = None
        self._fault: PosError | None = None
        self.title = FittedLabel("title")
        self.message = FittedLabel("body", lines=2, wrap=True)
        self.people = PeopleGrid()
        self.promoter = KeyButton("chip", "P", "promoter")
        self.nobody = KeyButton("", "", "close")
        self.invite, self.pin, self.offer = InviteCard(), PinCard(), OfferCard()
        self._build()
        self._connect()
        around.line.ask(look, self._on_facts)

    def retranslate(self, language: str) -> None:
        """Every word in a language; whoever is here likes it from now on."""
        super().retranslate(language)
        self.looks.heard(language=language)
        self._show()

    def on_opened(self) -> None:
        """Nobody is here any more; what was half typed elsewhere stays there."""
        self._is_open, self._is_anybody_here = True, False
        self.looks.forget()
        self.steps.open(self.steps.facts)
        self._show()
        self.people.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.around.line.ask(look, self._on_facts)

    def on_left(self) -> None:
        """Somebody is here, or nobody had to be."""
        self._is_open, self.is_locked = False, False
        self._is_anybody_here = True

    def on_status(self, status: LaneStatus) -> None:
        """New data may bring people, and PINs."""
        if status.data_as_of != self._data:
            self._data = status.data_as_of
            self.around.line.ask(look, self._on_facts)

    def on_volume(self, volume: float) -> None:
        """Whoever is here likes it so loud."""
        self.looks.heard(volume=volume)

    def on_tick(self) -> None:
        """Waits and offers count down."""
        self.steps.tick()
        self._show()

    def take_scan(self, scan: Scan) -> bool:
        """A badge chooses; anything else waits while nobody is here."""
        taken = self.steps.took(scan)
        if taken and self.steps.view().note in {Note.SCAN_KEPT, Note.BADGE_UNKNOWN}:
            self.around.play(Sound.WARN)
        self._show()
        return taken

    def type_character(self, character: str) -> bool:
        """A digit of the PIN, or a tile's number."""
        if character in {"p", "P"}:
            self.steps.ask_promoter()
        else:
            self.steps.type(character)
        self._show()
        return True

    def backspace(self) -> bool:
        """One digit less."""
        self.steps.erase()
        self._show()
        return True

    def enter(self) -> bool:
        """The tile to which the arrows have led, else the blue button."""
        is_choosing = self.side.currentWidget() is self.invite
        if not (is_choosing and self.people.press_current()):
            self.steps.enter()
        self._show()
        return True

    def escape(self) -> bool:
        """One step back; a locked window stays locked."""
        went = self.steps.back()
        self._show()
        return went

    def take_over(self, wish: TakeOver) -> None:
        """Log in, on the till's thread."""

        def work(desk: Desk, session: TillSession) -> tuple[Verdict, ClerkLooks | None]:
            return take_over(desk, session, wish), looks_of(desk, wish.who.staff_id)

        self._fault = None
        self.around.line.ask(work, lambda found: self._on_answer(wish, found))

    def leave(self, scans: tuple[Scan, ...]) -> None:
        """Back to scanning; what waited is judged in its turn."""
        self.is_locked = False
        self.around.go_home()
        for scan in scans:
            self.around.submit(scan)

    def _on_facts(self, found: ShiftFacts | PosError) -> None:
        if isinstance(found, PosError):
            return
        self.steps.look(found)
        if found.asks_who and not self._is_open and not self._is_anybody_here:
            self.around.open(Workspace.SHIFT)
        self._show()

    def _on_answer(self, wish: TakeOver, found: tuple[Verdict, ClerkLooks | None] | PosError) -> None:
        if isinstance(found, PosError):
            self._fault = found
            self.steps.failed()
            self.around.play(Sound.NO)
        else:
            verdict, looks = found
            if self.steps.answered(verdict):
                self.looks.wear(wish.who.staff_id, looks)
                self.around.play(Sound.OK)
            else:
                self.around.play(Sound.NO)
        self._show()

    def _show(self) -> None:
        view = self.steps.view()
        self.is_locked = self._is_open and view.is_locked
        if not self._is_open:
            return
        self.title.setText(self._title(view))
        message, is_odd = self._message(view)
        self.message.setText(message)
        self.message.setAccessibleName(message)
        mark(self._hint, tone="warn" if is_odd else "")
        # Without a ground of its own the line begins where the title does.
        self._beside.setContentsMargins(12 if is_odd else 0, 8, 12, 8)
        self.people.show_people(view.people, view.person)
        self.people.setEnabled(view.step is not Step.OFFER)
        name = view.promoter.name if view.promoter else ""
        self.promoter.set_words(self.tr("Credit: {name}").format(name=name) if name else self.tr("Credit: nobody"))
        self.promoter.setVisible(view.step in {Step.WHO, Step.PIN})
        self.nobody.set_words(self.tr("No promoter"))
        self.nobody.setVisible(view.step is Step.PROMOTER)
        self._show_side(view)

    def _show_side(self, view: ShiftView) -> None:
        card: QWidget = self.invite
        if view.step is Step.OFFER:
            card = self.offer
            self.offer.show_view(view)
        elif view.person is not None and view.step is not Step.PROMOTER:
            card = self.pin
            line = self.around.wording.of_verdict(view.refusal, self.language).line if view.refusal else ""
            self.pin.show_view(view, line)
        else:
            self.invite.show_view(view)
        self.side.setCurrentWidget(card)

    def _title(self, view: ShiftView) -> str:
        return {
            Step.PROMOTER: self.tr("Who gets the credit?"),
            Step.SUPERVISOR: self.tr("A supervisor signs as well"),
            Step.OFFER: self.tr("Welcome"),
        }.get(view.step, self.tr("Who is at the counter?"))

    def _message(self, view: ShiftView) -> tuple[str, bool]:
        """What is said above the people, and whether it needs attention."""
        if self._fault is not None:
            return self.around.wording.of_fault(self._fault)[0].in_language(self.language), True
        if view.note is Note.REFUSED and view.refusal and self.side.currentWidget() is not self.pin:
            return self.around.wording.of_verdict(view.refusal, self.language).line, True
        said = {
            Note.SCAN_KEPT: self.tr("Please log in first. The code is kept."),
            Note.BADGE_UNKNOWN: self.tr("This badge is not known in this store."),
            Note.CLOCK: self.tr("The clock of this machine is wrong."),
            Note.STALE: self.tr("The data of this lane is more than a week old."),
        }.get(view.note)
        if said:
            return said, True
        return self._calm_line(view), False

    def _calm_line(self, view: ShiftView) -> str:
        if view.step is Step.OFFER:
            return self.tr("The next scan is taken as ever.")
        if view.step is Step.PROMOTER:
            return self.tr("What is redeemed from now on counts for this person.")
        if self.around.line.tools.training:
            said = self.tr("Practice: the PIN of clerks and promoters is {clerk}, of supervisors {supervisor}.")
            return said.format(clerk=CLERK_PIN, supervisor=SUPERVISOR_PIN)
        return self.tr("Nothing is redeemed before somebody has logged in.") if view.is_locked else " "

    def _build(self) -> None:
        who = QWidget()
        column = QVBoxLayout(who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.title)
        self._hint = QFrame()
        self._hint.setProperty("kind", "hint")
        self._beside = QHBoxLayout(self._hint)
        self._beside.addWidget(self.message)
        column.addWidget(self._hint)
        column.addWidget(self.people, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.promoter)
        foot.addWidget(self.nobody)
        foot.addStretch(1)
        column.addLayout(foot)
        self.side = QStackedWidget()
        for card in (self.invite, self.pin, self.offer):
            self.side.addWidget(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addWidget(TurningRow((Part(who, 1, 1), Part(self.side, 0, 1, _SIDE)), 16))

    def _connect(self) -> None:
        self.people.chosen.connect(self._on_chosen)
        self.promoter.clicked.connect(lambda: self.type_character("p"))
        self.nobody.clicked.connect(self._on_nobody)
        for card in (self.invite, self.pin, self.offer):
            card.entered.connect(self._on_entered)
            card.left.connect(self._on_back)
        self.pin.pad.typed.connect(self.type_character)
        self.pin.pad.erased.connect(self.backspace)
        self.pin.pad.cleared.connect(self._on_cleared)

    @Slot(object)
    def _on_chosen(self, person: Person) -> None:
        self.steps.choose(person)
        self._show()

    @Slot()
    def _on_nobody(self) -> None:
        self.steps.credit_nobody()
        self._show()

    @Slot()
    def _on_cleared(self) -> None:
        self.steps.clear()
        self._show()

    @Slot()
    def _on_entered(self) -> None:
        self.steps.enter()
        self._show()

    @Slot()
    def _on_back(self) -> None:
        if not self.escape():
            self.around.go_home()
