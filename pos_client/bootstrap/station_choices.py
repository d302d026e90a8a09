"""``StationChoices`` on ``station.toml``: a few settings that can be changed at the counter, each by a key.

Apart from the settings themselves because most of them are IT's, who has an editor.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pos_client.config import settings, station_file
from pos_client.domain.errors import UsageError
from pos_client.usecases.station_choices import StationChoice

_log = logging.getLogger(__name__)

_PRINTER: Final = "printer"
# Name: section, key, and each value as a screen names it with what the file holds.
_PLACES: Final[dict[str, tuple[str, str, dict[str, int | str | bool]]]] = {
    "paper": (_PRINTER, "paper_mm", {"80": 80, "58": 58}),
    "each": (_PRINTER, "each", {"off": False, "on": True}),
    "receipt-language": (_PRINTER, "language", {"window": "", "zh": "zh", "en": "en"}),
    "theme": ("screen", "theme", {"light": "light", "dark": "dark"}),
    "mirrored": ("camera", "mirrored", {"off": False, "on": True}),
}


class ChoicesFile:
    """Changes single values; everything else in the file stays as a person wrote it.

    Args:
        station: ``station.toml``; may be absent.
    """

    def __init__(self, station: Path) -> None:
        self._station = station

    def look(self) -> Sequence[StationChoice]:
        """As the file has them; nothing of a printer where there is none. Raises SettingsInvalid."""
        kept = settings.load(self._station)
        return [
            StationChoice(name, _named(getattr(getattr(kept, section), key), values), tuple(values))
            for name, (section, key, values) in _PLACES.items()
            if section != _PRINTER or kept.printer.to
        ]

    def change(self, name: str, value: str) -> None:
        """Write one. Raises SettingsInvalid, StorageUnavailable, DiskFull, UsageError."""
        if name not in _PLACES or value not in _PLACES[name][2]:
            raise UsageError(f"{name} cannot be {value}")
        section, key, values = _PLACES[name]
        station_file.set_values(self._station, section, {key: values[value]})
        _log.info("station.toml: %s.%s is %s from the next start on", section, key, value)


def _named(value: object, values: dict[str, int | str | bool]) -> str:
    return next((name for name, one in values.items() if one == value), "")
