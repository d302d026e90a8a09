"""Finds the files that the program is shipped with: inside an installed wheel, or beside the package in a checkout.

The one place that knows where; it imports no Qt, so that a command without a display may ask too.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def resources_folder() -> Path:
    """The folder that holds ``i18n``, ``icons``, ``sounds`` and ``styles``."""
    packed = _PACKAGE / "_resources"
    return packed if packed.is_dir() else _PACKAGE.parent / "resources"
