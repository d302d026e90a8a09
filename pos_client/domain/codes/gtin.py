"""GTIN: a product's number as a till scans it (GS1 General Specifications, 8, 12, 13 or 14 digits)."""

from typing import Final

from .check_digits import gs1_is_valid
from .decimal_token import is_decimal

LENGTHS: Final = frozenset({8, 12, 13, 14})


def normalise(text: str) -> str | None:
    """The number as 14 digits, or None where it is no GTIN or its check digit is wrong."""
    if len(text) not in LENGTHS or not is_decimal(text) or not gs1_is_valid(text):
        return None
    return text.zfill(14)
