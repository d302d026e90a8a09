"""The frame's lower edge: function keys as buttons for a finger. A key whose deed does not exist yet is not there."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace

_KEYS: Final = (
    ("F1", Workspace.HELP),
    ("F2", Workspace.CODE),
    ("F3", Workspace.AMOUNT),
    ("F6", Workspace.HISTORY),
)
# Screens of more than once a day; the others are reached through the page of all keys and the upper edge, where F7 is.
_NAMED: Final = frozenset({Workspace.BIND, Workspace.PRIZE, Workspace.OVERRIDE, Workspace.SHIFT})


_LAST: Final = (Workspace.AMOUNT, Workspace.HISTORY, Workspace.CODE, Workspace.BIND, Workspace.PRIZE)
UNDO: Final = "F8"


def key_number(key: str) -> int:
    """8 of ``F8``."""
    return int(key[1:])


class FunctionBar(QFrame):
    """56 pixels of keys.

    Args:
        more: keys of screens beside the scan loop.

    Signals:
        opened: a Workspace. undo_asked: F8. language_asked: Ctrl+L. text_stepped: +1 or -1.
    """

    opened = Signal(object)
    undo_asked = Signal()
    language_asked = Signal()
    text_stepped = Signal(int)

    def __init__(self, more: Mapping[Workspace, str] | None = None) -> None:
        super().__init__()
        self.setObjectName("function-bar")
        self.setProperty("kind", "bar")
        self.setFixedHeight(56)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self.keys: dict[Workspace, KeyButton] = {}
        self.undo = KeyButton("quiet", UNDO, cap_first=True)
        self.undo.clicked.connect(self.undo_asked)
        shown = [(key, workspace) for workspace, key in (more or {}).items() if workspace in _NAMED]
        every = sorted((*_KEYS, *shown), key=lambda pair: key_number(pair[0]))
        for key, workspace in every:
            button = KeyButton("quiet", key, cap_first=True)
            button.clicked.connect(lambda _=False, chosen=workspace: self.opened.emit(chosen))
            self.keys[workspace] = button
            row.addWidget(button)
        row.insertWidget(sum(key_number(key) < key_number(UNDO) for key, _ in every), self.undo)
        row.addStretch(1)
        self.smaller = KeyButton("quiet")
        self.larger = KeyButton("quiet")
        self.smaller.clicked.connect(lambda: self.text_stepped.emit(-1))
        self.larger.clicked.connect(lambda: self.text_stepped.emit(1))
        self.language = KeyButton("quiet", "", "language")
        self.language.clicked.connect(self.language_asked)
        for button in (self.smaller, self.larger, self.language):
            row.addWidget(button)
        # What gives way on a narrow window, first to last; each has its key, a tile or a chip besides.
        self._giving_way = [self.smaller, self.larger, *(self.keys[one] for one in _LAST if one in self.keys)]
        self._is_locked = False
        self.retranslate("zh")

    def event(self, event: QEvent) -> bool:
        """Leave out what there is no room for, whenever words or width change."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and not self._is_locked:
            self._leave_out()
        taken = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._level()
        return taken

    def _level(self) -> None:
        """One size for all words of the row: the largest that fits each of them."""
        shown = [one for one in self.findChildren(KeyButton) if not one.isHidden() and one.text()]
        most = min((one.fitting_px() for one in shown), default=0)
        for button in shown:
            button.set_most_px(most)

    def _leave_out(self) -> None:
        row = self._row
        buttons = [*self.keys.values(), self.undo, self.smaller, self.larger, self.language]
        room = self.width() - row.contentsMargins().left() - row.contentsMargins().right()
        wanted = sum(button.minimumSizeHint().width() + row.spacing() for button in buttons)
        for button in self._giving_way:
            is_too_much = wanted > room
            button.setVisible(not is_too_much)
            if is_too_much:
                wanted -= button.minimumSizeHint().width() + row.spacing()

    def set_locked(self, *, locked: bool) -> None:
        """While nobody is at the counter only language and size of the words can be changed."""
        self._is_locked = locked
        for button in (*self.keys.values(), self.undo):
            button.setVisible(not locked)

    def retranslate(self, language: str) -> None:
        """All words in a language, which the labels speak already."""
        words = {
            Workspace.HELP: self.tr("Help"),
            Workspace.CODE: self.tr("Phone"),
            Workspace.AMOUNT: self.tr("Amount"),
            Workspace.HISTORY: self.tr("History"),
            Workspace.BIND: self.tr("Join"),
            Workspace.PRIZE: self.tr("Gifts"),
            Workspace.OVERRIDE: self.tr("Allow"),
            Workspace.SHIFT: self.tr("Lock"),
        }
        for workspace, button in self.keys.items():
            button.set_words(words[workspace])
        self.undo.set_words(self.tr("Undo"))
        self.smaller.set_words("A−", self.tr("Smaller text"))
        self.larger.set_words("A+", self.tr("Larger text"))
        # The button names the other language in that language, for whoever cannot read this one.
        self.language.set_words("English" if language == "zh" else "中文", self.tr("Change the language"))
