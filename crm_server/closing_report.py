"""Where the days stand: for each lane and day agreed, disagreed, delivered, excused, absent; overdue after three days.

Apart from the closes because it also tells of what did not come: every enrolled lane is expected every day.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, select, true

from pos_client.domain.business_time import from_ms, local_date
from pos_client.domain.journal_entry import EntryKind, wire_time

from .devices import REVOKED
from .schema import CLOSING, CLOSING_EXCUSE, DEVICE, INBOX, STORE

DAYS_SHOWN: Final = 31
OVERDUE_AFTER: Final = timedelta(days=3)
SILENT_AFTER_MS: Final = 24 * 3_600_000
_SETTLED: Final = frozenset({"agreed", "excused"})
# The state of a day is that of its close that is furthest from an agreement.
_WORST_FIRST: Final = ("disagreed", "delivered", "agreed")
_EVERY: Final = true()

Lane = tuple[int, int]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """A day that a lane did not close."""

    store: int
    lane: int
    day: date


@dataclass(slots=True)
class _LaneSeen:
    """A lane as its devices make it: since when it is expected, and when it was last heard."""

    since: date
    today: date
    seen_ms: int = 0
    devices: list[str] = field(default_factory=list)


def closings(connection: Connection, now_ms: int) -> list[Row]:
    """A row for each lane and day, newest day first: the last ``DAYS_SHOWN`` days, and older ones without agreement."""
    rows = _rows(connection, now_ms)
    rows.sort(key=lambda row: (row["store"], row["lane"]))
    rows.sort(key=lambda row: str(row["business_date"]), reverse=True)
    return rows


def store_is_closed(connection: Connection, store: int, day: str, now_ms: int) -> bool:
    """Whether each lane of a store has an agreement or an excuse for a day."""
    rows = _rows(connection, now_ms, DEVICE.c.store == store)
    return next((bool(row["store_closed"]) for row in rows if row["business_date"] == day), False)


def _rows(connection: Connection, now_ms: int, only: Any = _EVERY) -> list[Row]:
    """In no order; ``only`` says of which devices."""
    lanes = _lanes(connection, now_ms, only)
    of_device = {device: lane for lane, seen in lanes.items() for device in seen.devices}
    closed = _closed(connection, of_device, only)
    excuses = {
        (row.store, row.lane, row.business_date): row.reason for row in connection.execute(select(CLOSING_EXCUSE))
    }
    rows = [
        _row(
            lane,
            day,
            closed.get((lane, day.isoformat()), []),
            seen,
            (excuses.get((*lane, day.isoformat()), ""), now_ms),
        )
        for lane, seen in lanes.items()
        for day in _days(seen)
    ]
    rows += _late(lanes, closed)
    _mark_stores(rows)
    return rows


def excuse(connection: Connection, missed: Missed, reason: str, now_ms: int) -> None:
    """A lane need not close a day; a second word on it replaces the first."""
    day = missed.day.isoformat()
    where = (CLOSING_EXCUSE.c.store == missed.store) & (CLOSING_EXCUSE.c.lane == missed.lane)
    connection.execute(CLOSING_EXCUSE.delete().where(where & (CLOSING_EXCUSE.c.business_date == day)))
    named = {"store": missed.store, "lane": missed.lane, "business_date": day}
    connection.execute(CLOSING_EXCUSE.insert().values(**named, reason=reason, at_ms=now_ms))


def _lanes(connection: Connection, now_ms: int, only: Any) -> dict[Lane, _LaneSeen]:
    """Lanes that are enrolled; one whose computer was replaced is still one lane."""
    known = select(DEVICE, STORE.c.zone).join(STORE, STORE.c.number == DEVICE.c.store).where(DEVICE.c.lane > 0, only)
    lanes: dict[Lane, _LaneSeen] = {}
    for row in connection.execute(known.order_by(DEVICE.c.store, DEVICE.c.lane, DEVICE.c.enrolled_ms)):
        if row.state == REVOKED:
            continue
        since = local_date(from_ms(row.enrolled_ms), row.zone)
        seen = lanes.setdefault((row.store, row.lane), _LaneSeen(since, local_date(from_ms(now_ms), row.zone)))
        seen.seen_ms = max(seen.seen_ms, row.seen_ms)
        seen.devices.append(row.id)
    return lanes


def _closed(connection: Connection, of_device: Mapping[str, Lane], only: Any) -> dict[tuple[Lane, str], list[Row]]:
    """Closes by lane and day; one that was made late stands for every day that it is about."""
    asked = {(row.device, row.epoch, row.seq): row for row in connection.execute(select(CLOSING))}
    found: defaultdict[tuple[Lane, str], list[Row]] = defaultdict(list)
    entries = select(INBOX).where(INBOX.c.kind == EntryKind.CLOSE_DAY.value).order_by(INBOX.c.id)
    for entry in connection.execute(entries.where(INBOX.c.device.in_(select(DEVICE.c.id).where(only)))):
        lane = of_device.get(entry.device)
        if lane is None:
            continue
        body = json.loads(entry.body)
        answered = asked.get((entry.device, entry.epoch, entry.seq))
        close = _close(entry, answered)
        for day in {str(body.get("business_date", "")), *_texts(body.get("days"))}:
            found[lane, day].append(close)
    return found


def _close(entry: Any, answered: Any) -> Row:
    answer = json.loads(answered.answer) if answered else {}
    return {
        "state": answered.state if answered else "delivered",
        "device": entry.device,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "received_at": wire_time(from_ms(entry.received_ms)),
        "agreed_at": answer.get("at") if answered and answered.state == "agreed" else None,
        "missing": answer.get("missing", []),
        "differences": [one["cause"] for one in answer.get("differences", [])],
        "conflicts": len(answer.get("conflicts", [])),
        "quarantined": len(answer.get("quarantined", [])),
        "beyond": answer.get("beyond", 0),
    }


def _texts(value: Any) -> Iterable[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _days(seen: _LaneSeen) -> list[date]:
    first = max(seen.since, seen.today - timedelta(days=DAYS_SHOWN - 1))
    return [seen.today - timedelta(days=ago) for ago in range((seen.today - first).days + 1)]


def _row(lane: Lane, day: date, closes: list[Row], seen: _LaneSeen, said: tuple[str, int]) -> Row:
    reason, now_ms = said
    worst = min(closes, key=lambda one: _WORST_FIRST.index(one["state"]), default=None)
    state = worst["state"] if worst else "excused" if reason else _unclosed(seen, day, now_ms)
    empty = dict.fromkeys(("device", "epoch", "seq", "received_at", "agreed_at"))
    about = worst or {**empty, "missing": [], "differences": [], "conflicts": 0, "quarantined": 0, "beyond": 0}
    return {
        "store": lane[0],
        "lane": lane[1],
        "business_date": day.isoformat(),
        **about,
        "state": state,
        "closes": len(closes),
        "overdue": state not in _SETTLED and seen.today - day > OVERDUE_AFTER,
        "excuse": reason,
    }


def _late(lanes: Mapping[Lane, _LaneSeen], closed: Mapping[tuple[Lane, str], list[Row]]) -> list[Row]:
    """Closes of days that are not shown any more, or that nobody expected, as long as they are not agreed on."""
    rows = []
    for (lane, text), closes in closed.items():
        day = _day(text)
        if day and day not in _days(lanes[lane]) and any(close["state"] != "agreed" for close in closes):
            rows.append(_row(lane, day, closes, lanes[lane], ("", 0)))
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unclosed(seen: _LaneSeen, day: date, now_ms: int) -> str:
    if now_ms - seen.seen_ms > SILENT_AFTER_MS:
        return "absent"
    return "open" if day >= seen.today else "not-closed"


def _mark_stores(rows: list[Row]) -> None:
    """A store's day is closed when each of its lanes has an agreement or an excuse."""
    open_days = {(row["store"], row["business_date"]) for row in rows if row["state"] not in _SETTLED}
    for row in rows:
        row["store_closed"] = (row["store"], row["business_date"]) not in open_days
