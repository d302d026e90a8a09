"""What a ``bind`` entry says (docs/deeds.md), read with the same suspicion as every other.

Apart from the other kinds because its fields are its own, and some of them are sealed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

_LONGEST_REF: Final = 40
_LONGEST_STAFF: Final = 20
_LONGEST_SEAL: Final = 512
_LARGEST_NUMBER: Final = 10**13
ACTIONS: Final = frozenset({"new", "owner", "change_phone", "verify"})


class BadBinding(ValueError):
    """A field is missing or is not what it must be."""


@dataclass(frozen=True, slots=True)
class BindFacts:
    """The fields that the centre acts on; a seal is empty where there is none."""

    action: str
    member_ref: str
    member_number: int
    promoter: str
    day: date
    proof: str
    phone_sealed: str
    name_sealed: str


def read(body: bytes) -> BindFacts:
    """Read an entry's body.

    Raises:
        BadBinding: it is no binding that can be acted on.
    """
    document: Mapping[str, Any] = json.loads(body)
    action, number = document.get("action"), document.get("member_number")
    if action not in ACTIONS or type(number) is not int or not 0 < number < _LARGEST_NUMBER:
        raise BadBinding("bad-field")
    return BindFacts(
        action=str(action),
        member_ref=_text(document, "member_ref", _LONGEST_REF, needed=True),
        member_number=number,
        promoter=_text(document, "promoter", _LONGEST_STAFF),
        day=_day(document),
        proof=_text(document, "proof", _LONGEST_STAFF),
        phone_sealed=_text(document, "phone_sealed", _LONGEST_SEAL),
        name_sealed=_text(document, "name_sealed", _LONGEST_SEAL),
    )


def _text(document: Mapping[str, Any], name: str, longest: int, *, needed: bool = False) -> str:
    value = document.get(name)
    value = "" if value is None else value
    if not isinstance(value, str) or len(value) > longest or not value.isprintable() or (needed and not value):
        raise BadBinding("bad-field")
    return value


def _day(document: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(document, "business_date", 10, needed=True))
    except ValueError as error:
        raise BadBinding("bad-field") from error
