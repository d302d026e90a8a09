"""The guns of a machine and a station, looked at without a window: for ``guns`` and ``doctor``. No Qt here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.config import settings, station_file
from pos_client.config.paths import Home, find_home
from pos_client.config.settings import SerialGunSettings, WedgeSettings
from pos_client.devices import serial_line
from pos_client.devices.serial_line import PortFound
from pos_client.domain.errors import GunBusy, GunUnavailable
from pos_client.storage.lock import WINDOW

from .lane import writer_of
from .wording_of import wording


@dataclass(frozen=True, slots=True)
class GunsFound:
    """Ports, settings, and how the serial gun is.

    Attributes:
        state: ``none``, ``ready``, ``in-window`` (our own window reads it), or the reason of the fault.
        fault: why its line cannot be opened.
    """

    ports: list[PortFound]
    wedge: WedgeSettings
    line: SerialGunSettings
    state: str
    fault: GunUnavailable | None = None

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        told: dict[str, Any] = {"sentence": None, "next_step": None}
        if self.fault is not None:
            line, step = wording().of_fault(self.fault)
            told = {"sentence": line.as_json(), "next_step": step.as_json()}
        return {
            "ports": [{"port": it.port, "usb": it.usb, "description": it.description} for it in self.ports],
            "wedge": self.wedge.model_dump(),
            "serial_gun": {**self.line.model_dump(), "state": self.state, **told},
        }


def guns(given: Path | None) -> GunsFound:
    """The guns as they are now.

    Raises:
        SettingsInvalid: ``station.toml`` is wrong.
    """
    home = find_home(given)
    station = settings.load(home.settings)
    fault = _fault(station.serial_gun)
    state = fault.reason if fault else "ready" if station.serial_gun.port else "none"
    if isinstance(fault, GunBusy) and _window_is_open(home):
        fault, state = None, "in-window"
    return GunsFound(serial_line.ports(), station.wedge, station.serial_gun, state, fault)


def use_port(given: Path | None, port: str) -> None:
    """Make a port the station's serial gun; empty for none.

    Raises:
        SettingsInvalid, StorageUnavailable, DiskFull: the old setting stays.
    """
    home = find_home(given)
    home.create()
    station_file.set_values(home.settings, "serial_gun", {"port": port})


def _fault(line: SerialGunSettings) -> GunUnavailable | None:
    """Why the line cannot be opened now; None where it can, or where there is none."""
    if not line.port:
        return None
    try:
        serial_line.open_line(line.port, line.baud).close()
    except GunUnavailable as fault:
        return fault
    return None


def _window_is_open(home: Home) -> bool:
    return home.lane_lock.exists() and writer_of(home) == WINDOW
