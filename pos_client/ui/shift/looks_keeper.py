"""Keeps how whoever is here likes the window, and gives it back at his next log-in.

Apart from the page because it outlives it: language and size of the words are changed while people work.
"""

from PySide6.QtCore import QObject, Slot

from pos_client.domain.errors import PosError
from pos_client.ui.screen import Surroundings
from pos_client.usecases.clerk_looks import ClerkLooks, keep_looks


class LooksKeeper(QObject):
    """One window's, for one person after the other.

    Args:
        around: the window.
    """

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._who = ""
        self._is_dressing = False
        self._now = ClerkLooks(text_percent=around.theme.text_percent)
        around.theme.changed.connect(self._on_theme)

    def forget(self) -> None:
        """Nobody is here."""
        self._who = ""

    def wear(self, staff_id: str, looks: ClerkLooks | None) -> None:
        """Somebody has logged in; of whom nothing is known, the window stays as it is."""
        self._who = staff_id
        if looks is None:
            return
        self._is_dressing = True
        self._around.speak(looks.language)
        self._around.theme.set_text(looks.text_percent)
        if looks.volume is not None:
            self._around.set_volume(looks.volume)
        self._is_dressing, self._now = False, looks

    def heard(self, language: str | None = None, volume: float | None = None) -> None:
        """He has changed something."""
        now = self._now
        liked = ClerkLooks(
            language or now.language,
            self._around.theme.text_percent,
            now.volume if volume is None else volume,
        )
        if self._is_dressing or liked == now:
            return
        self._now, who = liked, self._who
        if who:
            self._around.line.ask(lambda desk, _session: keep_looks(desk, who, liked), _nothing)

    @Slot()
    def _on_theme(self) -> None:
        self.heard()


def _nothing(_found: PosError | None) -> None:
    """What could not be kept is no news at a counter; the window looks as it was asked to."""
