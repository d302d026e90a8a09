"""Brings what a serial gun's thread says onto the main thread, as queued signals; apart from the camera's bridge."""

from PySide6.QtCore import QObject, Signal

from pos_client.usecases.gun_view import GunReport


class GunBridge(QObject):
    """Where a serial gun says how its line is; its scans go to the ``ScannerBridge``, like all scans.

    Signals:
        changed: a GunReport. troubled: why something that it sent is no text, a key of ``[detail.scan-unreadable]``.
    """

    changed = Signal(object)
    troubled = Signal(str)

    def on_state(self, report: GunReport) -> None:
        """The line came, went or is being opened; from any thread."""
        self.changed.emit(report)

    def on_trouble(self, why: str) -> None:
        """Something came that is no text; from any thread."""
        self.troubled.emit(why)
