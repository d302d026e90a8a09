"""C7: the right thing into the right hand, once. What is held for whoever stands here comes first, then what waits.

A coupon for a counted thing opens it by itself; the next scan sends it away and is judged, and what is held stays held
as long as the policy says.
"""

from datetime import timedelta
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from pos_client.domain.errors import PosError
from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.handover.handing_questions import HandingQuestions
from pos_client.ui.handover.handing_view import HandingMode, HandingPresenter
from pos_client.ui.handover.stock_panel import StockPanel
from pos_client.ui.handover.thing_card import ThingCard
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.places import WIDE_FROM
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.turning_row import Part, TurningRow
from pos_client.usecases.authorise import Signature
from pos_client.usecases.handing import HandingFacts, Waiting, give, give_instead, give_later, handing_facts
from pos_client.usecases.till_view import Customer, TillAnswer

_LOOK_EVERY_S = 5


class PrizePage(Page):
    """The screen of F5; a ``HandingWork``."""

    workspace = Workspace.PRIZE
    takes_whole = True
    # A kept thing opens it before anybody has pressed F5.
    is_early = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.presenter = HandingPresenter(self, around.now)
        self._is_open = self._awaits = False
        self._looked_at = around.now()
        self.title, self.age = FittedLabel("title"), FittedLabel("muted")
        self.things = RowList(around.theme)
        self.card = ThingCard(around.theme, around.wording, around.now)
        self.questions = HandingQuestions()
        self.empty = EmptyPanel("gift")
        self.stock = StockPanel(around.theme, around.wording)
        self.leave = KeyButton("", "Esc")
        self._build()
        self._connect()

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.show_now()

    def on_opened(self) -> None:
        """What waits now."""
        self._is_open = True
        self.presenter.begin()
        self._look()
        self.show_now()
        self.things.setFocus()

    def on_left(self) -> None:
        """Nothing of a PIN stays behind; what is held stays held."""
        self._is_open = False
        self.presenter.begin()

    def on_customer(self, customer: Customer) -> None:
        """A thing is kept for whoever stands here: the screen opens by itself."""
        begins = customer.awaits_hand_over and not self._awaits
        self._awaits = customer.awaits_hand_over
        if begins and not self._is_open:
            self.around.open(Workspace.PRIZE)
        elif self._is_open:
            self._look()

    def on_tick(self) -> None:
        """A hold runs; other lanes hand over too."""
        self.presenter.tick()
        if self.around.now() - self._looked_at > timedelta(seconds=_LOOK_EVERY_S):
            self._look()
        self.show_now()

    def type_character(self, character: str) -> bool:
        """A number of the list, or a digit of the PIN."""
        taken = self.presenter.type(character)
        self.show_now()
        return taken

    def backspace(self) -> bool:
        """One digit less."""
        self.presenter.erase()
        self.show_now()
        return True

    def enter(self) -> bool:
        """The customer has it."""
        self.presenter.enter()
        self.show_now()
        return True

    def escape(self) -> bool:
        """One question back."""
        went = self.presenter.back()
        self.show_now()
        return went

    def take_key(self, key: str) -> bool:
        """F7: another day. F9: something else instead."""
        if key not in {"F7", "F9"} or self.presenter.view.chosen is None:
            return False
        if key == "F7":
            self.presenter.later()
        else:
            self.presenter.ask_other()
        self.show_now()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The stock has a place of its own on a wide screen, and on a tall one."""
        super().resizeEvent(event)
        size = event.size()
        self.stock.setVisible(size.width() >= WIDE_FROM or size.height() > size.width())

    def give(self, thing: Waiting) -> None:
        """On the till's thread."""
        self.around.line.ask(lambda desk, session: give(desk, session, thing), self._on_answer)

    def give_instead(self, thing: Waiting, item: str, who: Signature) -> None:
        """On the till's thread."""
        self.around.line.ask(lambda desk, session: give_instead(desk, session, thing, item, who), self._on_answer)

    def give_later(self, thing: Waiting) -> None:
        """On the till's thread."""
        self.around.line.ask(lambda desk, session: give_later(desk, session, thing), self._on_answer)

    def show_now(self) -> None:
        """All of it."""
        view = self.presenter.view
        self.title.setText(self.tr("To hand over"))
        self.age.setText(self._age())
        self.leave.set_words(self.tr("Back to scanning"))
        self.things.setAccessibleName(self.title.text())
        self.things.show_rows([self._row(place, thing) for place, thing in enumerate(view.facts.waiting)])
        self.things.setCurrentRow(view.place)
        self.things.setVisible(bool(view.facts.waiting))
        self.empty.show_words(self.tr("Nothing waits to be handed over today."), self.tr("Scan a prize's code."))
        self.empty.setVisible(view.is_known)
        self.card.show_view(view, self._photo(), self.language)
        self.stock.show_facts(view.facts, self.language)
        self._show_question()

    def _show_question(self) -> None:
        view = self.presenter.view
        is_question = view.mode is not HandingMode.THING
        self._middle.setCurrentIndex((1 if is_question else 0) if view.chosen else 2)
        # One key, one button: while something is asked, Esc takes back the question.
        self.leave.setVisible(not (is_question and view.chosen) or view.mode is HandingMode.PIN)
        self.questions.show_view(view, self.language)

    def _row(self, place: int, thing: Waiting) -> Row:
        name = thing.name.in_language(self.language)
        now = self.tr("held now")
        when, around = thing.since, self.around
        note = now if when is None else around.wording.moment(when, self.language, around.now())
        left = "" if thing.left is None else self.tr("%n left", "", thing.left) if thing.left else self.tr("None left")
        tone = "on-warn-tint" if thing.is_out or thing.is_low else "brand-ink"
        icon = "warning" if thing.is_out else "coupon" if thing.is_sample else "gift"
        return Row(str(place), icon, f"{place + 1}  {name}", note, left, tone)

    def _age(self) -> str:
        as_of = self.presenter.view.facts.data_as_of
        if as_of is None:
            return " "
        seconds = max(0, int((self.around.now() - as_of).total_seconds()))
        return self.tr("Stock as of {age} ago").format(age=self.around.wording.age(seconds, self.language))

    def _photo(self) -> Path | None:
        pictures, thing = self.around.line.tools.pictures, self.presenter.view.chosen
        return pictures.of(thing.item) if pictures and thing else None

    def _look(self) -> None:
        self._looked_at = self.around.now()
        self.around.line.ask(handing_facts, self._on_facts)

    def _on_facts(self, found: HandingFacts | PosError) -> None:
        if not isinstance(found, PosError):
            self.presenter.known(found)
            self.show_now()

    def _on_answer(self, found: TillAnswer | PosError | None) -> None:
        self.presenter.done()
        if isinstance(found, TillAnswer):
            self.presenter.begin()
            self.around.go_home()
            self.around.answer(found)
        else:
            self.around.play(Sound.NO)
            self._look()

    def _connect(self) -> None:
        self.things.chosen.connect(lambda key: self._on_chosen(int(key)))
        self.things.currentRowChanged.connect(self._on_row)
        self.card.given.connect(self.enter)
        self.card.later.connect(lambda: self.take_key("F7"))
        self.card.other.connect(lambda: self.take_key("F9"))
        self.questions.chosen.connect(self._on_chosen)
        self.questions.left.connect(self._on_back)
        self.questions.typed.connect(self.type_character)
        self.questions.erased.connect(self.backspace)
        self.questions.cleared.connect(self._on_cleared)
        self.questions.entered.connect(self.enter)
        self.leave.clicked.connect(self._on_back)

    def _on_chosen(self, place: int) -> None:
        self.presenter.choose(place)
        self.show_now()

    def _on_row(self, place: int) -> None:
        if place >= 0 and self.presenter.view.mode is HandingMode.THING and place != self.presenter.view.place:
            self._on_chosen(place)

    def _on_cleared(self) -> None:
        self.presenter.clear()
        self.show_now()

    def _on_back(self) -> None:
        if not self.escape():
            self.around.go_home()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        middle = QFrame()
        middle.setProperty("kind", "card")
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(16, 14, 16, 14)
        self._middle = QStackedLayout()
        inside.addLayout(self._middle)
        for part in (self.card, self.questions, self._empty_box()):
            self._middle.addWidget(part)
        row = TurningRow((Part(self._list(), 4, 4), Part(middle, 8, 6), Part(self.stock, 4, 4)), 12)
        row.turned.connect(self.stock.set_beside)
        outer.addWidget(row)

    def _list(self) -> QWidget:
        frame = QFrame()
        frame.setProperty("kind", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.age)
        column.addWidget(self.things, 1)
        column.addStretch(0)
        column.addWidget(self.leave)
        return frame

    def _empty_box(self) -> QWidget:
        box = QWidget()
        QVBoxLayout(box).addWidget(self.empty)
        return box
