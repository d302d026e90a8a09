"""The line under the upper edge: offline is a state, not an error, and its 32 pixels are always reserved."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos_client.config.wording import Wording
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.icons import IconLabel
from pos_client.ui.theme import mark
from pos_client.usecases.till_view import LaneStatus, Network

HEIGHT: Final = 32
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


class Banner(QFrame):
    """How old the data is, what still works, how many items wait, what to do."""

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setFixedHeight(HEIGHT)
        self._wording = wording
        self._now = now
        self._status = LaneStatus()
        self._language = "zh"
        self._icon = IconLabel("offline", 20)
        self.words = FittedLabel("body")
        self.advice = FittedLabel("small")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(self.advice)

    def show_status(self, status: LaneStatus) -> None:
        """The network's state and what waits."""
        self._status = status
        self.retranslate(self._language)

    def retranslate(self, language: str) -> None:
        """All words in a language; ages count, so this is also the second's tick."""
        self._language = language
        network = self._status.network
        is_unfinished = not TONE_OF[network] and self._status.unfinished > 0
        tone = "warn" if is_unfinished else TONE_OF[network]
        mark(self, tone=tone)
        self._icon.setVisible(bool(tone))
        self._icon.set_icon("syncing" if network is Network.SYNCING else _ICON[tone])
        self.words.setText(self._unfinished() if is_unfinished else self._words(network) if tone else "")
        advice = self.tr("Scan the coupon again to finish it.") if is_unfinished else self._advice(network)
        self.advice.setText(advice if tone else "")
        self.setAccessibleName(self.words.text())

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
