"""Codes as pictures: QR symbols (ISO/IEC 18004, level M) that any of our scanners reads.

Apart from minting because only commands write pictures.
"""

from pathlib import Path
from typing import Final

import segno

QUIET_ZONE: Final = 4
MODULE_PIXELS: Final = 8


def write_picture(code: str, path: Path) -> None:
    """Write a code as a PNG; digits become a numeric symbol by themselves."""
    symbol = segno.make_qr(code, error="m", boost_error=False)
    symbol.save(str(path), kind="png", scale=MODULE_PIXELS, border=QUIET_ZONE)
