"""What is pressed on a panel with keys, the same for each of them, so that a page hears them all alike."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame


class KeyPanel(QFrame):
    """A frame with keys.

    Signals:
        typed: a character, or the number of a choice. erased, cleared: one, all. entered: the blue button.
        left: back.
    """

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()
    left = Signal()
