"""How a clerk likes the window: language, text size and volume, kept beside the journal's entries.

Apart from logging in because a preference is no fact of the trade: it is never sent anywhere.
"""

import json
from dataclasses import asdict, dataclass
from typing import Final

from .desk import Desk

_KEPT: Final = "clerk_looks/"


@dataclass(frozen=True, slots=True)
class ClerkLooks:
    """What one person likes.

    Attributes:
        language: ``zh`` or ``en``.
        text_percent: size of the words; 100 is normal.
        volume: 0 to 1; None where he never set one.
    """

    language: str = "zh"
    text_percent: int = 100
    volume: float | None = None


def looks_of(desk: Desk, staff_id: str) -> ClerkLooks | None:
    """What a person likes; None where nothing is known of him, or what was kept is not understood."""
    try:
        kept = json.loads(desk.journal.meta(_KEPT + staff_id) or "null")
        return ClerkLooks(str(kept["language"]), int(kept["text_percent"]), kept["volume"]) if kept else None
    except (KeyError, TypeError, ValueError):
        return None


def keep_looks(desk: Desk, staff_id: str, looks: ClerkLooks) -> None:
    """Remember it for the next time.

    Raises:
        DiskFull, StorageUnavailable: what was known before stands.
    """
    if looks != looks_of(desk, staff_id):
        desk.journal.remember(_KEPT + staff_id, json.dumps(asdict(looks)))
