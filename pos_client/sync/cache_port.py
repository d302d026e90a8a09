"""What fetching asks of the cache: where it stands, and to take a snapshot or a page in.

Apart from ``pull`` because ``storage`` fulfils it. This port cannot reach the journal's entries.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol


class PageOutcome(Protocol):
    """What became of a page. A shape and not a class, so that ``storage`` keeps its own value."""

    @property
    def applied(self) -> int:
        """Rows applied."""

    @property
    def quarantined(self) -> int:
        """Rows set aside because they are not what the format says."""

    @property
    def drifted(self) -> tuple[str, ...]:
        """Tables that are not what the centre thinks they are; the cursor is gone until a snapshot is there."""


class CacheStore(Protocol):
    """The replaceable copy of the centre's data, as fetching writes it."""

    def cursor(self) -> str | None:
        """Where the next page begins; None before the first snapshot."""

    def generation(self) -> int:
        """The installed generation; 0 before the first snapshot."""

    def highest_generation(self) -> int:
        """The highest generation that was ever installed here; an older one is never taken (roll-back)."""

    def set_aside(self) -> int:
        """How many rows of the centre could not be read, and count as unknown."""

    def data_as_of(self) -> datetime | None:
        """The centre's time of the newest data here."""

    def part_file(self, generation: int, name: str) -> Path:
        """Where a download is put until it is whole; the same path again after an interruption."""

    def install_snapshot(self, part: Path, manifest: Mapping[str, Any]) -> None:
        """Check the file against the manifest (size, SHA-256, shape, rows) and swap it in atomically.

        The manifest's signature was checked before. ``part`` is gone afterwards, whatever happened.

        Raises:
            SnapshotInvalid: the old data stays in use.
        """

    def apply_page(self, page: Mapping[str, Any], *, overlaps: bool = False) -> PageOutcome:
        """Apply a page of changes and move the cursor in one transaction; the same page again changes nothing.

        The page's signature was checked before. With ``overlaps`` it may begin before the cursor, and is newer.

        Raises:
            SnapshotInvalid: too much of it is malformed; the old data stays in use.
        """
