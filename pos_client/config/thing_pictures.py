"""Photographs of prizes and samples in the lane's home: one file a thing, put there by whoever knows them.

Apart from the paths because an item's name comes from the centre, and must name nothing outside of the folder.
"""

import re
from pathlib import Path
from typing import Final

_ITEM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".webp")


class PictureFolder:
    """Fulfils ``ThingPictures``.

    Args:
        folder: may be absent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, item: str) -> Path | None:
        """The file of a thing, None where there is none."""
        if not _ITEM.fullmatch(item):
            return None
        files = (self._folder / f"{item}{ending}" for ending in ENDINGS)
        return next((file for file in files if file.is_file()), None)
