"""F11: whether each verdict has the whole window for three seconds, for counters where it is read from afar.

Apart from the page because it is a wish of the person there and not a state of the purchase.
"""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from pos_client.ui.scan.places import Places

_SHOWN_MS: Final = 3_000


class WholeVerdict(QObject):
    """The wish, and the three seconds.

    Args:
        places: arranges the page. page: whose keyboard is put back where it was.

    Attributes:
        is_wished: whether it is switched on.
    """

    def __init__(self, places: Places, page: QWidget) -> None:
        super().__init__(page)
        self._places, self._page = places, page
        self._focus: QWidget | None = None
        self.is_wished = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.end)

    def toggle(self) -> None:
        """Switch it on, which is seen at once, or off."""
        self.is_wished = not self.is_wished
        if self.is_wished:
            self.begin()
        else:
            self.end()

    def begin(self) -> None:
        """There is a verdict."""
        if not self.is_wished:
            return
        if not self._timer.isActive():
            self._focus = self._page.focusWidget()
            self._places.set_whole(whole=True)
        self._timer.start()

    def end(self) -> None:
        """Three seconds are over, or somebody goes on."""
        if not self._places.is_whole:
            return
        self._timer.stop()
        self._places.set_whole(whole=False)
        if self._focus is not None:
            self._focus.setFocus()
        self._focus = None
