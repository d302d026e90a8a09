"""The two windows that a lane may have: the clerk's, and the kiosk of a customer who is alone with it.

Apart from the threads around them because those are the same for both.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pos_client.config.wording import Wording
from pos_client.devices.call_folder import CallFolder
from pos_client.devices.call_watch import CallWatch
from pos_client.domain.errors import CacheMissing
from pos_client.ui.assets import resources_folder
from pos_client.ui.assistance.assistance_side import AssistanceSide
from pos_client.ui.desk_line import DeskLine
from pos_client.ui.till_port import Till
from pos_client.ui.window import ClerkWindow, Looks

from .gun import Bench, Gun
from .lane import LaneFiles

if TYPE_CHECKING:
    from pos_client.ui.kiosk.kiosk_window import KioskWindow
    from pos_client.usecases.spare_key import SpareKey


def clerk_window(files: LaneFiles, till: Till, line: DeskLine) -> ClerkWindow:
    """The counter's window, with an ear for kiosks where the store has a folder for their calls."""
    wording = lane_wording(files)
    gun = Gun(files.settings.wedge)
    window = ClerkWindow(
        till, wording, resources_folder(), _looks(files), _now, gun, Bench(files.home.settings, gun), line
    )
    calls = _calls(files)
    if calls is not None:
        AssistanceSide(window, calls, files.orders.enrolment.lane_no, wording, _now)
        window.more_workers["calls"] = calls
    return window


def kiosk_window(
    files: LaneFiles, till: Till, line: DeskLine, now_s: Callable[[], float] = time.monotonic
) -> "KioskWindow":
    """The customer's own window; ``now_s``: seconds of a clock that only runs forward."""
    from pos_client.ui.kiosk.kiosk_window import KioskStation, KioskWindow  # noqa: PLC0415 - no clerk waits for it
    from pos_client.ui.kiosk.mounting import Mounting, panel_px_per_mm  # noqa: PLC0415

    kiosk, screen = files.settings.kiosk, files.settings.screen
    calls = _calls(files)
    mounting = Mounting(kiosk.px_per_mm or panel_px_per_mm(), kiosk.bottom_mm, kiosk.reader, kiosk.elsewhere)
    station = KioskStation(
        files.orders.enrolment.lane_no,
        mounting,
        screen.language,
        files.settings.sound.volume,
        has_printer=bool(files.settings.printer.to),
        spare=_spare(line),
    )
    station = station if calls is None else station.with_calls(calls)
    window = KioskWindow(
        till, lane_wording(files), resources_folder(), station, _now, now_s, Gun(files.settings.wedge), line
    )
    if calls is not None:
        window.more_workers["calls"] = calls
    return window


def _spare(line: DeskLine) -> "SpareKey | None":
    from pos_client.usecases.spare_key import spare_key  # noqa: PLC0415 - no clerk waits for it

    try:
        return spare_key(line.desk)
    except CacheMissing:
        return None


def _calls(files: LaneFiles) -> CallWatch | None:
    folder = files.settings.kiosk.calls
    return CallWatch(CallFolder(Path(folder).expanduser())) if folder else None


def lane_wording(files: LaneFiles) -> Wording:
    """Words for people, in the zone of this lane's store."""
    return Wording.load(resources_folder(), files.orders.enrolment.store.zone)


def _looks(files: LaneFiles) -> Looks:
    screen = files.settings.screen
    return Looks(
        language=screen.language,
        dark=screen.theme == "dark",
        text_percent=round(screen.text_scale * 100),
        volume=files.settings.sound.volume,
    )


def _now() -> datetime:
    return datetime.now(UTC)
