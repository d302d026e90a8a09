"""Everything of the clerk's window that is about calls from kiosks: the card, the bell, and that somebody listens.

Apart from the window because a store without kiosks has none of it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Slot

from pos_client.config.wording import Wording
from pos_client.ui.assistance.call_card import HEIGHT, CallCard
from pos_client.ui.scan.sound import Sound
from pos_client.ui.window import ClerkWindow
from pos_client.usecases.assistance import AssistanceCall, AssistanceCalls, CallBell

_LOOK_MS: Final = 500
_ATTEND_S: Final = 10
_EDGE: Final = 12


class AssistanceSide(QObject):
    """The clerk's ear for kiosks.

    Args:
        clerk: the window; the card lies over the upper edge of its workspace, and never over the verdict.
        calls: of this store. station: this lane. wording: says why.
        now: aware UTC wall clock.
    """

    def __init__(
        self, clerk: ClerkWindow, calls: AssistanceCalls, station: int, wording: Wording, now: Callable[[], datetime]
    ) -> None:
        over = clerk.window.body
        super().__init__(over)
        self._clerk, self._over, self._calls, self._station, self._now = clerk, over, calls, station, now
        self._bell = CallBell()
        self._attended_at: datetime | None = None
        self.card = CallCard(wording)
        self.card.setParent(over)
        self.card.hide()
        self.card.taken.connect(self._on_taken)
        self.card.finished.connect(self._on_finished)
        over.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Who calls now? Twice a second, so that a card is there within one."""
        now = self._now()
        if self._attended_at is None or (now - self._attended_at).total_seconds() >= _ATTEND_S:
            self._attended_at = now
            self._calls.attend(self._station, now)
        waiting = self._calls.open()
        if self._bell.rings(waiting, now):
            self._clerk.window.page.play(Sound.HELP)
        self._show(sorted(waiting, key=lambda call: bool(call.taken_by)), now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as what it lies over."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _show(self, waiting: list[AssistanceCall], now: datetime) -> None:
        if waiting:
            self.card.show_call(waiting[0], len(waiting) - 1, now, self._clerk.translations.language)
            self._place()
            self.card.raise_()
        self.card.setVisible(bool(waiting))

    def _place(self) -> None:
        right = self._clerk.window.page.verdict.mapTo(self._over, QPoint(0, 0)).x()
        self.card.setGeometry(_EDGE, _EDGE, (right or self._over.width()) - 2 * _EDGE, HEIGHT)

    @Slot(object)
    def _on_taken(self, call: AssistanceCall) -> None:
        self._calls.take(call, self._clerk.window.presenter.status.operator_name)
        self.look()

    @Slot(object)
    def _on_finished(self, call: AssistanceCall) -> None:
        self._calls.finish(call)
        self.look()
