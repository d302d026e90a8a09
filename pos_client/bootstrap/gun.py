"""The station's guns: the keyboard gun behind the window's port, its test, and the gun on a serial line."""

from collections.abc import Callable
from pathlib import Path

from pos_client.config import station_file
from pos_client.config.settings import SerialGunSettings, WedgeSettings
from pos_client.devices import gun_lesson
from pos_client.devices.gun_lesson import GunLesson
from pos_client.devices.line_text import LineHabits
from pos_client.devices.serial_gun import SerialGun, SerialGunListener
from pos_client.devices.wedge import Fate, KeyAnswer, KeyKind, WedgeClassifier, WedgeTiming
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


def _ruling(answer: KeyAnswer) -> Ruling:
    return Ruling(
        is_guns=answer.fate is Fate.SWALLOW,
        is_in_doubt=answer.fate is Fate.UNDETERMINED,
        begins=answer.begins,
        scanned=answer.burst.text if answer.burst else "",
    )
