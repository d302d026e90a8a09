"""Reads the fields of an offer document strictly: a text where a list belongs would otherwise pass as its letters.

Apart from ``offer`` because these rules are about JSON, and not about offers.
"""

from collections.abc import Mapping
from typing import Any, Final

_LARGEST: Final = 1 << 53


def section(document: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """A nested object, empty where it is absent."""
    return as_object(document.get(field, {}), field)


def as_object(value: object, field: str) -> Mapping[str, Any]:
    """The value, which must be an object.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"{field} is an object")
    return value


def section_fields(document: Mapping[str, Any], known: frozenset[str]) -> tuple[str, ...]:
    """Names of the fields that nobody here knows: a newer centre may mean a limit by them."""
    return tuple(sorted(str(field) for field in document.keys() - known))


def whole(
    document: Mapping[str, Any], field: str, default: int | None = None, least: int = 0, most: int = _LARGEST
) -> int:
    """A whole number from ``least`` to ``most``; necessary where there is no default.

    Raises:
        KeyError, ValueError, TypeError: absent, out of range, no whole number.
    """
    value = document[field] if default is None else document.get(field, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{field} is a whole number")
    if not least <= value <= most:
        raise ValueError(f"{field} is from {least} to {most}")
    return value


def text(document: Mapping[str, Any], field: str, default: str | None = None) -> str:
    """A text; necessary where there is no default.

    Raises:
        KeyError, TypeError: absent, no text.
    """
    value = document[field] if default is None else document.get(field, default)
    if not isinstance(value, str):
        raise TypeError(f"{field} is a text")
    return value


def flag(document: Mapping[str, Any], field: str) -> bool:
    """True or false, false where it is absent.

    Raises:
        TypeError: neither.
    """
    value = document.get(field, False)
    if not isinstance(value, bool):
        raise TypeError(f"{field} is true or false")
    return value


def items(document: Mapping[str, Any], field: str, kind: type[str] | type[int]) -> list[Any]:
    """A list of texts or of whole numbers, empty where it is absent.

    Raises:
        TypeError: no list, or something else in it.
    """
    value = document.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, kind) and not isinstance(item, bool) for item in value):
        raise TypeError(f"{field} is a list of {kind.__name__}")
    return value
