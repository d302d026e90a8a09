"""The list of the screens beside the scan loop, and what leads to each."""

from collections.abc import Sequence
from typing import Final

from pos_client.ui.basket.set_page import SetPage
from pos_client.ui.bind.bind_page import BindPage
from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.dashboard.dashboard_page import DashboardPage
from pos_client.ui.handover.prize_page import PrizePage
from pos_client.ui.history.history_page import HistoryPage
from pos_client.ui.member.change_page import ChangePage
from pos_client.ui.member.pick_page import PickPage
from pos_client.ui.network.network_page import NetworkPage
from pos_client.ui.receipts.receipt_page import ReceiptPage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page
from pos_client.ui.settings.settings_page import SettingsPage
from pos_client.ui.shift.override_page import OverridePage
from pos_client.ui.shift.shift_page import ShiftPage
from pos_client.ui.tray.tray_page import TrayPage

KEYS: Final = {
    Workspace.HISTORY: "F6",
    Workspace.BASKET: "Ctrl+B",
    Workspace.PICK: "Ctrl+K",
    Workspace.PHONE: "Ctrl+U",
    Workspace.BIND: "F4",
    Workspace.PRIZE: "F5",
    Workspace.RECEIPT: "F9",
    Workspace.OVERRIDE: "F10",
    Workspace.SHIFT: "F12",
    Workspace.TRAY: "Ctrl+T",
    Workspace.SETTINGS: "Ctrl+,",
    Workspace.CLOSE: "Ctrl+E",
    Workspace.DASHBOARD: "Ctrl+D",
    Workspace.NETWORK: "Ctrl+N",
}
"""Keys of the window; those of the scan loop itself stand in ``main_window``."""

INSIDE_KEYS: Final = ("F9", "Ctrl+E", "Alt+1", "Alt+2", "Alt+3", "Alt+4")
"""Keys that mean nothing while scanning, offered to the screen that is shown (``Page.take_key``)."""

PAGES: Final[Sequence[type[Page]]] = (
    BindPage,
    ChangePage,
    ClosePage,
    DashboardPage,
    HistoryPage,
    NetworkPage,
    OverridePage,
    PickPage,
    PrizePage,
    ReceiptPage,
    SetPage,
    SettingsPage,
    ShiftPage,
    TrayPage,
)
