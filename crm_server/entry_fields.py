"""Readers of single fields of an entry: each takes nothing on trust, and what is wrong has one name.

Apart from the kinds of entries because all of them share these.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from pos_client.domain.business_time import to_ms

LARGEST: Final = 2**53 - 1
HEX: Final = frozenset("0123456789abcdef")
_PLAIN: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.:-")


class BadField(ValueError):
    """An entry's field is missing or is not what it must be."""


def text(document: Mapping[str, Any], name: str, longest: int, *, needed: bool = True) -> str:
    """A printable text; absent or null is empty unless it is needed."""
    value = document.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or len(value) > longest or not value.isprintable() or (needed and not value):
        raise BadField("bad-field")
    return value


def plain(document: Mapping[str, Any], name: str, longest: int, *, needed: bool = True) -> str:
    """A name of letters, digits and ``_.:-``, as references and accounts are."""
    value = text(document, name, longest, needed=needed)
    if not _PLAIN.issuperset(value):
        raise BadField("bad-field")
    return value


def hexadecimal(document: Mapping[str, Any], name: str) -> str:
    """32 lower-case hexadecimal digits; absent or empty is empty."""
    value = text(document, name, 32, needed=False)
    if value and (len(value) != 32 or not HEX.issuperset(value)):
        raise BadField("bad-field")
    return value


def whole(document: Mapping[str, Any], name: str, absent: int | None = None) -> int:
    """A whole number from 0; absent or null is ``absent``."""
    value = document.get(name, absent)
    value = absent if value is None else value
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise BadField("bad-field")
    return value


def signed(document: Mapping[str, Any], name: str) -> int:
    """A whole number of either sign."""
    value = document.get(name)
    if type(value) is not int or not -LARGEST <= value <= LARGEST:
        raise BadField("bad-field")
    return value


def day(document: Mapping[str, Any], name: str) -> str:
    """A date, as it is written: ``YYYY-MM-DD``."""
    value = text(document, name, 10)
    try:
        is_same = date.fromisoformat(value).isoformat() == value
    except ValueError as error:
        raise BadField("bad-field") from error
    if not is_same:
        raise BadField("bad-field")
    return value


def moment(document: Mapping[str, Any], name: str) -> int:
    """A moment, as Unix milliseconds; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text(document, name, 40))
        return to_ms(found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise BadField("bad-field") from error
