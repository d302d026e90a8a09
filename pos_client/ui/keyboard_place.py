"""Where the keyboard is when what had it goes away: at the window itself, until it comes back.

Qt hands it to the next widget in the chain of Tab. At a counter that is a button which nobody chose: it wears the ring
of focus, a reader speaks its name, and the space bar presses it.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_BACK = (QEvent.Type.Show, QEvent.Type.EnabledChange)


class KeyboardPlace(QObject):
    """Keeps the place of the keyboard in one window.

    Args:
        window: takes focus itself.
        app: tells of every change.
    """

    def __init__(self, window: QWidget, app: QApplication) -> None:
        super().__init__(window)
        self._window = window
        self._gone: QWidget | None = None
        app.focusChanged.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What went away is back: it has the keyboard again, where nobody else was given it meanwhile."""
        if watched is self._gone and event.type() in _BACK and self._gone.isVisible() and self._gone.isEnabled():
            place = self._forget()
            if place is not None and self._window.hasFocus():
                place.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    @Slot(QWidget, QWidget)
    def _on_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new is self._window or not self._window.isAncestorOf(new):
            return
        self._forget()
        if old is None or old is self._window or not isValid(old) or not self._window.isAncestorOf(old):
            return
        if not (old.isVisible() and old.isEnabled()):
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)
            self._gone = old
            old.installEventFilter(self)

    def _forget(self) -> QWidget | None:
        gone, self._gone = self._gone, None
        if gone is None or not isValid(gone):
            return None
        gone.removeEventFilter(self)
        return gone
