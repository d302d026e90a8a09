"""What somebody who may can change at one station without an editor, and who may.

Apart from the parts' tests, which change nothing and are anybody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_client.domain.verdict import Verdict

from .authorise import Signature, supervisor_refusal
from .desk import Desk


@dataclass(frozen=True, slots=True)
class StationChoice:
    """One setting.

    Attributes:
        name, value: stable, for example ``paper`` and ``58``. values: all that it may be, in the order of a key press.
    """

    name: str
    value: str
    values: tuple[str, ...]

    @property
    def following(self) -> str:
        """What the next key press makes of it."""
        place = self.values.index(self.value) if self.value in self.values else -1
        return self.values[(place + 1) % len(self.values)]


class StationChoices(Protocol):
    """The settings that a screen may change; each takes effect when the window is opened again."""

    def look(self) -> Sequence[StationChoice]:
        """As they are kept now. Raises SettingsInvalid."""

    def change(self, name: str, value: str) -> None:
        """Keep another value.

        Raises:
            SettingsInvalid, StorageUnavailable, DiskFull: it stays as it was.
        """


def settings_refusal(desk: Desk, who: Signature) -> Verdict | None:
    """Why this person may not change this station, or None where he may and has proved that it is he.

    Raises:
        DiskFull, StorageUnavailable: a try could not be counted, so nobody was believed.
        CacheMissing: nobody here is known to be a supervisor.
    """
    return supervisor_refusal(desk, who)
