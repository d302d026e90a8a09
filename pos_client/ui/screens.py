"""The list of the screens beside the scan loop, and what leads to each."""

from collections.abc import Sequence
from typing import Final

from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.shift.override_page import OverridePage

KEYS: Final = {
    Workspace.BIND: "F4",
    Workspace.PRIZE: "F5",
    Workspace.OVERRIDE: "F10",
    Workspace.SHIFT: "F12",
    Workspace.TRAY: "Ctrl+T",
    Workspace.SETTINGS: "Ctrl+,",
    Workspace.CLOSE: "Ctrl+E",
    Workspace.DASHBOARD: "Ctrl+D",
}
"""Keys of the window; those of the scan loop itself stand in ``main_window``."""

PAGES: Final[Sequence[type[Page]]] = (OverridePage,)


def make_pages(around: Surroundings) -> tuple[Page, ...]:
    """All screens of a clerk's window."""
    return tuple(kind(around) for kind in PAGES)
