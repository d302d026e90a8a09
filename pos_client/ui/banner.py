"""The line under the upper edge: offline is a state, not an error, and its place is always reserved."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.theme import mark
from pos_client.usecases.till_view import LaneStatus, Network

HEIGHT: Final = 36
# What a finger needs; it reaches over the blank edge of the screen below.
REACH: Final = 48
TONE_OF: Final = {
    Network.ONLINE: "",
    Network.SLOW: "",
    Network.OFFLINE_FRESH: "offline",
    Network.OFFLINE_STALE: "offline",
    Network.OFFLINE_EXPIRED: "no",
    Network.OFFLINE_STORE: "info",
    Network.SYNCING: "info",
    Network.CONFLICT: "warn",
    Network.CLOCK: "warn",
    Network.DISK: "warn",
}
_ICON: Final = {"offline": "offline", "no": "warning", "info": "store", "warn": "warning", "": "online"}
_MARGIN: Final = 16
_GAP: Final = 10
_ICON_SIDE: Final = 20
_LINGERS: Final = timedelta(seconds=3)
_AWAY: Final = frozenset({Network.OFFLINE_FRESH, Network.OFFLINE_STALE, Network.OFFLINE_EXPIRED, Network.OFFLINE_STORE})
_PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})


class Banner(QWidget):
    """How old the data is, what still works, how many items wait, what to do.

    The whole of it is touched: with the blank edge of the screen below it, it is as high as a finger needs.

    Signals:
        asked: a person wants to know why, and what to do.
    """

    asked = Signal()

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.band = QFrame()
        self.band.setObjectName("banner")
        self.band.setFixedHeight(HEIGHT)
        self.setFixedHeight(REACH)
        self._wording, self._now = wording, now
        self._status, self._language = LaneStatus(), "zh"
        self._icon = IconLabel("offline", _ICON_SIDE)
        self.words = FittedLabel("body")
        self.advice = FittedLabel("small")
        self.more = FittedLabel("small")
        self.pill = QFrame()
        self.pill.setObjectName("more")
        inside = QHBoxLayout(self.pill)
        inside.setContentsMargins(10, 1, 10, 1)
        inside.addWidget(self.more)
        self._was_away, self._uploaded = False, 0
        self._uploaded_at: datetime | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, REACH - HEIGHT)
        column.addWidget(self.band)
        row = QHBoxLayout(self.band)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        row.setSpacing(_GAP)
        row.addWidget(self._icon)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.advice)
        row.addWidget(self.pill)

    def show_status(self, status: LaneStatus) -> None:
        """The network's state and what waits."""
        self._remember_upload(status)
        self._status = status
        self.retranslate(self._language)

    def retranslate(self, language: str) -> None:
        """All words in a language; ages count, so this is also the second's tick."""
        self._language = language
        network = self._status.network
        is_unfinished = not TONE_OF[network] and self._status.unfinished > 0
        is_done = not TONE_OF[network] and not is_unfinished and self._has_just_uploaded()
        tone = "warn" if is_unfinished else "info" if is_done else TONE_OF[network]
        mark(self.band, tone=tone)
        self._icon.setVisible(bool(tone))
        self._icon.set_icon("check" if is_done else "syncing" if network is Network.SYNCING else _ICON[tone])
        special = self._unfinished() if is_unfinished else self._done() if is_done else ""
        self.words.setText(special or (self._words(network) if tone else ""))
        advice = self.tr("Scan the coupon again to finish it.") if is_unfinished else self._advice(network)
        self.advice.setText(advice if tone else "")
        self._lead_on(tone, network, is_quiet=is_unfinished or is_done)
        self._make_room()
        self.setAccessibleName(self.words.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew what there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger or a mouse, anywhere on it."""
        if self.pill.isVisibleTo(self):
            self.asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the space bar, once Tab has led here."""
        if event.key() in _PRESSES and self.pill.isVisibleTo(self):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab has led here."""
        mark(self.band, state="here")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And on."""
        mark(self.band, state="")
        super().focusOutEvent(event)

    def _remember_upload(self, status: LaneStatus) -> None:
        """What was done offline has arrived: that is worth three seconds; a redemption now and then is not."""
        was, network = self._status.network, status.network
        if was is Network.SYNCING and network in {Network.ONLINE, Network.SLOW} and self._was_away:
            self._uploaded_at, self._was_away = self._now(), False
        elif network is Network.SYNCING:
            self._uploaded = status.progress[1] if status.progress else self._uploaded
        else:
            self._was_away = network in _AWAY

    def _has_just_uploaded(self) -> bool:
        return self._uploaded_at is not None and self._now() - self._uploaded_at < _LINGERS

    def _make_room(self) -> None:
        """The advice gives way where it does not fit: what the whole leads to says it too."""
        leads = not self.pill.isHidden()
        pill = self.pill.sizeHint().width() + _GAP if leads else 0
        room = self.width() - 2 * _MARGIN - _ICON_SIDE - 3 * _GAP - pill
        fits = self.words.sizeHint().width() + self.advice.sizeHint().width() <= room
        self.advice.setVisible(fits or not leads)

    def _done(self) -> str:
        return self.tr("%n uploaded", "", self._uploaded)

    def _lead_on(self, tone: str, network: Network, *, is_quiet: bool) -> None:
        leads = bool(tone) and not is_quiet
        self.pill.setVisible(leads)
        self.more.setText(self.tr("See them") if network is Network.CONFLICT else self.tr("Why? What to do?"))
        self.setAccessibleDescription(self.more.text() if leads else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def _words(self, network: Network) -> str:
        parts = [self._state(network), *self._store(network), *self._age(network), *self._waiting(network)]
        return " · ".join(part for part in parts if part)

    def _state(self, network: Network) -> str:
        status = self._status
        if network is Network.CONFLICT:
            return self.tr("%n redemption(s) in conflict", "", status.conflicts)
        if network is Network.SYNCING:
            done, whole = status.progress or (0, status.pending)
            return self.tr("Uploading {done}/{whole}").format(done=done, whole=whole)
        return {
            Network.OFFLINE_FRESH: self.tr("Offline, scanning goes on"),
            Network.OFFLINE_STALE: self.tr("Offline"),
            Network.OFFLINE_EXPIRED: self.tr("Offline for too long"),
            Network.OFFLINE_STORE: self.tr("Offline store: uploaded at the close of the day"),
            Network.CLOCK: self.tr("This machine's clock cannot be trusted"),
            Network.DISK: self.tr("The disk is nearly full"),
        }[network]

    def _unfinished(self) -> str:
        return self.tr("%n redemption(s) begun and not finished", "", self._status.unfinished)

    def _store(self, network: Network) -> list[str]:
        """Whether the store's own server is there, where the centre is not."""
        if network not in {Network.OFFLINE_FRESH, Network.OFFLINE_STALE} or self._status.store_server is None:
            return []
        there = self.tr("the store's server is there")
        return [there if self._status.store_server else self.tr("the store's server is away")]

    def _age(self, network: Network) -> list[str]:
        at = self._status.data_as_of
        if network not in {Network.OFFLINE_FRESH, Network.OFFLINE_STALE, Network.OFFLINE_EXPIRED} or at is None:
            return []
        age = self._wording.age(max(0, int((self._now() - at).total_seconds())), self._language)
        if network is Network.OFFLINE_FRESH:
            clock = at.astimezone(ZoneInfo(self._status.zone)).strftime("%H:%M")
            return [self.tr("data of {time} ({age} ago)").format(time=clock, age=age)]
        return [self.tr("data not renewed for {age}").format(age=age)]

    def _waiting(self, network: Network) -> list[str]:
        if network is Network.SYNCING or not self._status.pending:
            return []
        return [self.tr("%n waiting to upload", "", self._status.pending)]

    def _advice(self, network: Network) -> str:
        return {
            Network.OFFLINE_FRESH: self.tr("Everything uploads by itself when the network is back."),
            Network.OFFLINE_STALE: self.tr("High values need a supervisor. Check the network."),
            Network.OFFLINE_EXPIRED: self.tr("Only this store's own coupons. Check the network."),
            Network.OFFLINE_STORE: "",
            Network.SYNCING: self.tr("Scanning goes on."),
            Network.CONFLICT: self.tr("See the history (F6); both are kept."),
            Network.CLOCK: self.tr("Set the date and time, or connect to the network."),
            Network.DISK: self.tr("Free some space; nothing is lost."),
        }.get(network, "")
