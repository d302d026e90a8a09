"""The middle of the scan screen: one panel at a time, and only that one says how much room it needs.

Apart because Qt asks room for the neediest of a stack's panels, also of one that nobody looks at.
"""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

from pos_client.ui.theme import Theme

# What a panel gets on a large screen before its words shrink, at normal text; the camera keeps the rest.
_ROOM_WIDE: Final = 400


class Middle(QStackedWidget):
    """Panels upon each other; the one on top counts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._wide = False
        self.currentChanged.connect(self.updateGeometry)

    def set_wide(self, *, wide: bool) -> None:
        """On a large screen large text takes room from the camera."""
        self._wide = wide
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """No more than it must have: its place has a share of the window."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the panel on top needs."""
        panel = self.currentWidget()
        if panel is None:
            return QSize()
        least = panel.minimumSizeHint()
        if not self._wide:
            return least
        most = round(_ROOM_WIDE * self._theme.text_percent / 100)
        return QSize(least.width(), max(least.height(), min(panel.sizeHint().height(), most)))
