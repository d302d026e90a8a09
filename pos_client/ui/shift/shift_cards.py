"""What stands beside the people: what to do, the chosen one's PIN, or the codes that waited; one at a time.

Apart from the page because each is a card with buttons of its own.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.pin_pad import PinPad
from pos_client.ui.shift.shift_steps import Note, ShiftView, Step


class SideCard(QFrame):
    """A title, a line, something in the middle, the blue button and the way back.

    Signals:
        entered: the blue button. left: one step back.
    """

    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.title = FittedLabel("title")
        self.line = FittedLabel("body", lines=2, wrap=True)
        self.enter_button = KeyButton("primary", "Enter")
        self.leave_button = KeyButton("", "Esc")
        self.enter_button.clicked.connect(self.entered)
        self.leave_button.clicked.connect(self.left)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 16, 20, 16)
        self.column.setSpacing(10)
        self.column.addWidget(self.title)
        self.column.addWidget(self.line)

    def close_with_buttons(self) -> None:
        """The two buttons stand last."""
        self.column.addWidget(self.enter_button)
        self.column.addWidget(self.leave_button)


class InviteCard(SideCard):
    """Nobody is chosen yet."""

    def __init__(self) -> None:
        super().__init__()
        self._asks_who = True
        self.column.addStretch(1)
        self.column.addWidget(IconLabel("badge", 120), 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.kept = FittedLabel("muted", lines=3, wrap=True)
        self.kept.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self.column.addWidget(self.kept)
        self.close_with_buttons()
        self.leave_button.hide()

    def show_view(self, view: ShiftView) -> None:
        """How to begin; where nobody is asked who he is, how to go on."""
        self.title.setText(self.tr("Tap your name"))
        if view.step is Step.SUPERVISOR:
            self.title.setText(self.tr("Tap the supervisor's name"))
        elif view.step is Step.PROMOTER:
            self.title.setText(self.tr("Tap who gets the credit"))
        self.line.setText(self.tr("Or scan the badge."))
        self.kept.setText(self.tr("%n code(s) wait until somebody has logged in", "", view.kept) if view.kept else "")
        self.enter_button.setVisible(not view.is_locked and view.step is Step.WHO)
        name = view.operator.name if view.operator else ""
        self.enter_button.set_words(self.tr("Go on as {name}").format(name=name) if name else self.tr("Go on"))
        self.leave_button.setVisible(view.step in {Step.SUPERVISOR, Step.PROMOTER})
        self.leave_button.set_words(self.tr("Back"))


class PinCard(SideCard):
    """Somebody's PIN."""

    def __init__(self) -> None:
        super().__init__()
        self.pad = PinPad()
        self.column.addWidget(self.pad, 1)
        self.close_with_buttons()

    def show_view(self, view: ShiftView, refusal: str) -> None:
        """Whose, how far, and what became of the last one."""
        self.title.setText(view.person.name if view.person else " ")
        self.pad.show_count(view.digits)
        self.pad.retranslate()
        self.line.setText(self._line(view, refusal))
        self.line.setAccessibleName(self.line.text())
        is_refused = view.note is Note.REFUSED or bool(view.wait_s)
        self.pad.set_tone("warn" if is_refused else "")
        can_try = not view.wait_s and view.note is not Note.CHECKING
        self.pad.keys.setEnabled(can_try)
        self.enter_button.setEnabled(can_try and view.digits > 0)
        is_beside = view.step is Step.SUPERVISOR
        self.enter_button.set_words(self.tr("Sign") if is_beside else self.tr("Log in"))
        self.leave_button.set_words(self.tr("Somebody else"))

    def _line(self, view: ShiftView, refusal: str) -> str:
        if view.wait_s:
            return self.tr("Too many wrong PINs. Wait %n second(s).", "", view.wait_s)
        if view.note is Note.CHECKING:
            return self.tr("Checking…")
        return refusal if view.note is Note.REFUSED else self.tr("Your PIN, then Enter.")


class OfferCard(SideCard):
    """What was shown before anybody was there."""

    def __init__(self) -> None:
        super().__init__()
        self.column.addStretch(1)
        self.column.addWidget(IconLabel("scan", 120), 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.close_with_buttons()

    def show_view(self, view: ShiftView) -> None:
        """How many, and how long they are still there."""
        self.title.setText(self.tr("%n code(s) were scanned before the log-in", "", view.kept))
        self.line.setText(self.tr("Kept for %n more second(s).", "", view.left_s))
        self.enter_button.set_words(self.tr("Use now"))
        self.leave_button.set_words(self.tr("Not now"))
