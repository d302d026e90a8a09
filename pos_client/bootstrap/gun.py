"""The station's guns: the keyboard gun behind the window's port, its test, and the gun on a serial line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_client.config import settings, station_file
from pos_client.config.paths import find_home
from pos_client.config.settings import SerialGunSettings, WedgeSettings
from pos_client.devices import gun_lesson, serial_line
from pos_client.devices.gun_lesson import GunLesson
from pos_client.devices.line_text import LineHabits
from pos_client.devices.serial_gun import SerialGun, SerialGunListener
from pos_client.devices.wedge import Fate, KeyAnswer, KeyKind, WedgeClassifier, WedgeTiming
from pos_client.domain.errors import GunUnavailable
from pos_client.domain.scan import Scan
from pos_client.ui.gun_bridge import GunBridge
from pos_client.ui.scan.keyboard_wedge import Pressed, Ruling
from pos_client.usecases.gun_view import GunFindings


class Gun:
    """Fulfils the window's ``GunClassifier``."""

    def __init__(self, wedge: WedgeSettings) -> None:
        self.adopt(wedge)

    def adopt(self, wedge: WedgeSettings) -> None:
        """Recognise the gun by these settings from the next key on."""
        self.prefix = wedge.prefix
        self._timing = WedgeTiming(
            min_length=wedge.min_length,
            max_gap_ms=wedge.max_gap_ms,
            median_gap_ms=wedge.median_gap_ms,
            silence_ms=wedge.silence_ms,
        )
        self._classifier = WedgeClassifier(self._timing)

    @property
    def silence_ms(self) -> int:
        """Ends a scan that has no suffix."""
        return self._timing.silence_ms

    @property
    def patience_ms(self) -> int:
        """Ends a scan that began with a prefix."""
        return self._timing.patience_ms

    @property
    def is_prefixed(self) -> bool:
        """Whether every key now belongs to a scan that began with a prefix."""
        return self._classifier.is_prefixed

    def key(self, pressed: Pressed, character: str, at_ms: int) -> Ruling:
        """Rule on a key press."""
        return _ruling(self._classifier.key(KeyKind(pressed.value), character, at_ms))

    def silence(self, now_ms: int) -> Ruling:
        """Rule on a moment without a key."""
        return _ruling(self._classifier.silence(now_ms))


class Bench:
    """Fulfils the window's ``GunBench``: what it learns goes into the station's file and to the gun at once.

    Args:
        station: ``station.toml``; may be absent.
        gun: recognises by what was learned from then on.
    """

    wanted = gun_lesson.WANTED

    def __init__(self, station: Path, gun: Gun) -> None:
        self._station = station
        self._gun = gun
        self._test = GunLesson()

    def begin(self) -> None:
        """Forget what was seen."""
        self._test = GunLesson()

    def key(self, character: str, name: str, at_ms: int) -> bool:
        """A key during the test; True for the gun's."""
        return self._test.key(character, name, at_ms)

    def silence(self, now_ms: int) -> None:
        """No key for a while."""
        self._test.silence(now_ms)

    def findings(self) -> GunFindings:
        """What was seen."""
        return self._test.findings()

    def save(self) -> None:
        """Keep the proposal. Raises SettingsInvalid, StorageUnavailable, DiskFull."""
        values = self.findings().values
        if values:
            self._gun.adopt(station_file.set_values(self._station, "wedge", values).wedge)


def serial_gun(line: SerialGunSettings, on_scan: Callable[[Scan], None], bridge: GunBridge) -> SerialGun:
    """The worker of the gun on a serial line."""
    habits = LineHabits(line.suffix, line.prefix, line.encoding)
    listener = SerialGunListener(on_scan, bridge.on_state, lambda trouble: bridge.on_trouble(trouble.value))
    return SerialGun(line.port, line.baud, habits, listener)


@dataclass(frozen=True, slots=True)
class GunsFound:
    """What ``guns`` tells: ports, settings, and why the gun's own line cannot be opened (None where it can)."""

    ports: list[serial_line.PortFound]
    wedge: WedgeSettings
    line: SerialGunSettings
    fault: GunUnavailable | None

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "ports": [{"port": it.port, "usb": it.usb, "description": it.description} for it in self.ports],
            "wedge": self.wedge.model_dump(),
            "serial_gun": {**self.line.model_dump(), "state": _state(self.line, self.fault)},
        }


def guns(given: Path | None) -> GunsFound:
    """The guns of this machine and station, as they are now.

    Raises:
        SettingsInvalid: ``station.toml`` is wrong.
    """
    station = settings.load(find_home(given).settings)
    return GunsFound(serial_line.ports(), station.wedge, station.serial_gun, line_fault(station.serial_gun))


def line_fault(line: SerialGunSettings) -> GunUnavailable | None:
    """Why the station's serial gun cannot be opened now; None where it can, or where there is none."""
    if not line.port:
        return None
    try:
        serial_line.open_line(line.port, line.baud).close()
    except GunUnavailable as fault:
        return fault
    return None


def _state(line: SerialGunSettings, fault: GunUnavailable | None) -> str:
    if fault is not None:
        return fault.reason
    return "ready" if line.port else "none"


def _ruling(answer: KeyAnswer) -> Ruling:
    return Ruling(
        is_guns=answer.fate is Fate.SWALLOW,
        is_in_doubt=answer.fate is Fate.UNDETERMINED,
        begins=answer.begins,
        scanned=answer.burst.text if answer.burst else "",
    )
