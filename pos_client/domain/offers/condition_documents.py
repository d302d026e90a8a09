"""Conditions as JSON, read strictly; what is not known is named and not skipped.

Apart from ``conditions``, which evaluates them, because this is about JSON.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from .conditions import Conditions, MemberNeed
from .document_fields import flag, items, section_fields, text, whole

_WEEKDAYS: Final = frozenset(range(1, 8))
_FIELDS: Final = frozenset(Conditions.__slots__)
# The library's readers take other forms too: weeks, seconds, and zones that no clock of a store can be compared with.
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPAN: Final = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


def parse_conditions(document: Mapping[str, Any]) -> tuple[Conditions, tuple[str, ...]]:
    """Read conditions.

    Returns:
        The conditions that are known, and the names of those that are not.

    Raises:
        KeyError, ValueError, TypeError: a field is wrong.
    """
    weekdays = frozenset(items(document, "weekdays", int))
    if not weekdays <= _WEEKDAYS:
        raise ValueError("weekdays are from 1 (Monday) to 7")
    member = text(document, "member", "none")
    known_member = member in set(MemberNeed)
    conditions = Conditions(
        min_spend_minor=whole(document, "min_spend_minor", 0),
        min_quantity=whole(document, "min_quantity", 0),
        categories=_texts(document, "categories"),
        brands=_texts(document, "brands"),
        gtins=_texts(document, "gtins"),
        except_categories=_texts(document, "except_categories"),
        except_gtins=_texts(document, "except_gtins"),
        channels=_texts(document, "channels"),
        stores=frozenset(items(document, "stores", int)),
        member=MemberNeed(member) if known_member else MemberNeed.BOUND,
        new_member=flag(document, "new_member"),
        levels=_texts(document, "levels"),
        starts=_day(document, "starts"),
        ends=_day(document, "ends"),
        weekdays=weekdays,
        hours=_hours(document),
        per_member_per_day=whole(document, "per_member_per_day", 0),
        per_member=whole(document, "per_member", 0),
        per_transaction=whole(document, "per_transaction", 0),
        total_uses=whole(document, "total_uses", 0),
    )
    unknown = section_fields(document, _FIELDS) + (() if known_member else (f"member {member}",))
    return conditions, tuple(f"conditions.{name}" for name in unknown)


def _texts(document: Mapping[str, Any], field: str) -> frozenset[str]:
    return frozenset(items(document, field, str))


def _day(document: Mapping[str, Any], field: str) -> date | None:
    if field not in document:
        return None
    written = text(document, field)
    if not _DAY.fullmatch(written):
        raise ValueError(f"{field} is written 2026-03-01")
    return date.fromisoformat(written)


def _hours(document: Mapping[str, Any]) -> tuple[tuple[time, time], ...]:
    """Spans written ``09:00-12:00``."""
    spans = []
    for written in items(document, "hours", str):
        found = _SPAN.fullmatch(written)
        if not found:
            raise ValueError("hours are written 09:00-12:00")
        hour, minute, last_hour, last_minute = map(int, found.groups())
        spans.append((time(hour, minute), time(last_hour, last_minute)))
    return tuple(spans)
