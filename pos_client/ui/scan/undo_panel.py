"""Why a redemption is taken back, and what exactly comes back; or why it cannot be.

Apart from the other questions because what comes back is asked of the desk while the question stands there already.
"""

from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.domain.override import SIGNED_UNDOS
from pos_client.domain.undo_note import names_somebody
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.choice_panels import ChoicePanel
from pos_client.ui.scan.fact_row import Place
from pos_client.ui.scan.undo_choice import UNDO_REASONS
from pos_client.ui.scan.verdict_words import Fact
from pos_client.usecases.desk import Attribution, Desk
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import RecentItem, UndoReason
from pos_client.usecases.undo_effects import CouponBack, UndoEffects, undo_effects

_MOST: Final = 4


class UndoPanel(ChoicePanel):
    """What, what comes back, and why.

    Signals:
        entered: the words beside another reason are whole.
    """

    entered = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__(columns=2)
        self._wording = wording
        self._item: RecentItem | None = None
        self._effects: UndoEffects | None = None
        self._language = "zh"
        self._note: str | None = None
        self.note, self.field = FittedLabel("title"), QFrame()
        self.field.setProperty("kind", "field")
        self.enter_button = KeyButton("primary", "Enter")
        self.enter_button.clicked.connect(self.entered)
        self._back = QWidget()
        rows = QVBoxLayout(self._back)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        self.effects = [Place() for _ in range(_MOST)]
        for place in self.effects:
            rows.addWidget(place)
        self.column.insertWidget(2, self._back)
        self._add_note()
        # Beside the fifth reason: what comes back needs the room of the foot.
        self.grid.addWidget(self.leave_button, 2, 1)
        self.retranslate()

    def show_item(self, item: RecentItem | None, language: str, note: str | None = None) -> None:
        """What would be taken back; what comes with it is told later. ``note``: the words so far, None for none."""
        self._note = note
        if item is None or self._item is None or item.seq != self._item.seq:
            self._effects = None
        self._item, self._language = item, language
        self.retranslate()

    def show_effects(self, item: RecentItem, effects: UndoEffects | None) -> None:
        """What exactly comes back, unless something else is asked about by now."""
        if self._item is not None and self._item.seq == item.seq:
            self._effects = effects
            self.retranslate()

    def ask(self, line: AsksDesk, item: RecentItem) -> None:
        """Ask the desk what would come back."""

        def undo_effects_asked(desk: Desk, session: TillSession) -> UndoEffects | None:
            by = Attribution(session.operator, session.promoter, "window")
            return undo_effects(desk, item.seq, by, session.ends)

        def told(found: UndoEffects | PosError | None) -> None:
            self.show_effects(item, None if isinstance(found, PosError) else found)

        line.ask(undo_effects_asked, told)

    def retranslate(self) -> None:
        """All words in the present language."""
        self.leave_button.set_words(self.tr("Back to scanning"))
        item, effects = self._item, self._effects
        self._show_facts(self._facts(effects) if item and effects else ())
        self._show_note()
        if item is None:
            self.title.setText(self.tr("Nothing to take back"))
            self.line.setText(self.tr("Only what this lane has redeemed and not taken back yet."))
            self.offer([])
            return
        what = item.headline.in_language(self._language)
        self.title.setText(self.tr("Take back: {what}").format(what=what))
        if effects is not None and len(effects.coupons) > 1:
            self.title.setText(self.tr("Take back the whole purchase: %n coupon(s)", "", len(effects.coupons)))
        refusal = effects.refusal if effects else None
        if refusal is not None and refusal.reason not in SIGNED_UNDOS:
            words = self._wording.of_verdict(refusal, self._language)
            self.line.setText(f"{words.line} {words.next_step}")
            self.offer([])
            return
        self.line.setText(self._question(item, effects))
        self.offer([] if self._note is not None else [self._reason(reason) for reason in UNDO_REASONS])

    def _show_note(self) -> None:
        """The words so far, and the button that ends them."""
        is_noting, note = self._item is not None and self._note is not None, self._note or ""
        for widget in (self.field, self.enter_button):
            widget.setVisible(is_noting)
        self.note.setText(note or "…")
        self.field.setAccessibleName(self.tr("Reason in your own words"))
        self.field.setAccessibleDescription(note)
        self.enter_button.set_words(self.tr("Take it back"))
        self.enter_button.setEnabled(not names_somebody(note))

    def _add_note(self) -> None:
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(12, 2, 12, 2)
        inside.addWidget(self.note)
        self.field.setMinimumHeight(48)
        self.column.insertWidget(3, self.field)
        self.column.insertWidget(4, self.enter_button)

    def _question(self, item: RecentItem, effects: UndoEffects | None) -> str:
        if self._note is not None and names_somebody(self._note):
            return self.tr("No phone number here, please. Take it out.")
        if self._note is not None:
            return self.tr("Type why in a few words, or leave it empty; then Enter.")
        if effects is not None and effects.refusal is not None:
            return self.tr("Choose why; then a supervisor signs here (F10).")
        if effects is not None:
            return self.tr("This comes back. Why is it taken back?")
        value = self._wording.money(item.value_minor)
        line = self.tr("The coupon can be used again; the customer's {money} off is gone. Why?").format(money=value)
        return line if item.value_minor else self.tr("The coupon can be used again. Why?")

    def _facts(self, effects: UndoEffects) -> tuple[Fact, ...]:
        """One line each: coupons, the money, points, what was given for it."""
        coupons = [Fact("coupon", self._coupon(coupon)) for coupon in effects.coupons]
        if len(coupons) > _MOST - 2:
            days = [coupon.last_day for coupon in effects.coupons if coupon.last_day]
            coupons = [Fact("coupon", self._many(len(effects.coupons), min(days) if days else None))]
        more: list[Fact] = []
        if effects.value_minor:
            money = self._wording.money(effects.value_minor)
            more.append(Fact("receipt", self.tr("The customer's {money} off is gone").format(money=money)))
        if effects.points:
            words = self.tr("%n point(s) taken back", "", -effects.points)
            given = self.tr("%n point(s) given back", "", effects.points)
            more.append(Fact("member", given if effects.points > 0 else words))
        if effects.issued:
            more.append(Fact("close", self.tr("%n new coupon(s) called back", "", effects.issued - effects.kept)))
        return (*coupons, *more)[:_MOST]

    def _coupon(self, coupon: CouponBack) -> str:
        name = coupon.name.in_language(self._language) if coupon.name else ""
        if coupon.last_day is None:
            return self.tr("{coupon} can be used again").format(coupon=name)
        day = self._wording.day(coupon.last_day, self._language)
        return self.tr("{coupon} can be used again, until {day}").format(coupon=name, day=day)

    def _many(self, count: int, first_day: date | None) -> str:
        if first_day is None:
            return self.tr("%n coupon(s) can be used again", "", count)
        day = self._wording.day(first_day, self._language)
        return self.tr("%n coupon(s) can be used again, the first until {day}", "", count).format(day=day)

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        self._back.setVisible(bool(facts))
        for place, shown in enumerate(self.effects):
            shown.setVisible(place < len(facts))
            if place < len(facts):
                shown.show_fact(facts[place])
        # Read out as one, before a reason is chosen.
        self._back.setAccessibleName("; ".join(fact.text for fact in facts))

    def _reason(self, reason: UndoReason) -> str:
        words = {
            UndoReason.WRONG_COUPON: self.tr("Wrong coupon scanned"),
            UndoReason.CUSTOMER_RETURN: self.tr("Customer returns the goods"),
            UndoReason.WRONG_AMOUNT: self.tr("Amount was wrong"),
            UndoReason.DUPLICATE: self.tr("Redeemed twice"),
            UndoReason.OTHER: self.tr("Another reason"),
        }
        return words[reason]
