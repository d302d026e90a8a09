"""The ledger of losses: what was given away twice or beyond what was due, by whom, why, and what became of it.

Apart from the entries that met because it also holds what no pair stands for: a member's limit, points that were not
there. A loss is that of the entry that came second to the centre; no clock, no tier changes that (docs/conflicts.md).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from . import conflict_steps, points_excess
from .application import FORKED
from .conflict_steps import EXCESS, PAIR, POINTS, StepKind
from .loss_causes import OF_ABOUT, SENTENCES, Cause
from .loss_letters import letter
from .schema import CLAIM, CONFLICT, INBOX, MEMBER_EXCESS, STORE
from .uses import CONFLICT_OPEN, CONFLICT_VOIDED

OPEN: Final = CONFLICT_OPEN
REPAID: Final = "repaid"
_OURS: Final = (StepKind.SETTLED, StepKind.WRITTEN_OFF)
_ENTRY: Final = ("device", "epoch", "seq", "hash", "body", "voided", "result")
_HELD: Final = ("device", "store", "lane", "operator", "epoch", "seq", "tier")
_TEXTS: Final = ("operator", "promoter", "tier", "business_date", "currency", "member_ref")


@dataclass(frozen=True, slots=True)
class Ledger:
    """All losses of the centre, as documents, in the order in which they were found."""

    losses: Sequence[Mapping[str, Any]]

    def of(self, store: int | None = None, since_ms: int = 0) -> list[dict[str, Any]]:
        """Those of a store where named, found since a moment."""
        return [
            {name: value for name, value in one.items() if name != "at_ms"}
            for one in self.losses
            if store in {None, one["store"]} and one["at_ms"] >= since_ms
        ]


def ledger(connection: Connection) -> Ledger:
    """Read it."""
    stores = {row.number: row.name for row in connection.execute(select(STORE.c.number, STORE.c.name))}
    read = [*_pairs(connection), *_excesses(connection), *_points(connection)]
    histories = conflict_steps.histories(connection)
    whole = [_whole(one, stores, histories.get(one["id"], ())) for one in read]
    return Ledger(sorted(whole, key=lambda one: (one["at_ms"], one["id"][0], int(one["id"][1:]))))


def _whole(one: dict[str, Any], stores: Mapping[int, str], steps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    cause = Cause(one["cause"])
    named = {**one, "store_name": stores.get(one["store"], "")}
    ours = [step["step"] for step in steps if step["step"] in _OURS]
    return {
        **named,
        "loss_minor": one["value_minor"] if one["state"] == OPEN else 0,
        "why": SENTENCES[cause].as_json(),
        "worked": ours[-1] if ours else OPEN,
        "history": list(steps),
        "message": letter(cause, named),
        "found_at": wire_time(from_ms(one["at_ms"])),
    }


def _entry(row: Row[Any], prefix: str = "") -> dict[str, Any]:
    """What the losing entry says of itself."""
    body = json.loads(getattr(row, f"{prefix}body"))
    numbers = {name: int(body.get(name) or 0) for name in ("store", "lane", "campaign", "use_no")}
    texts = {name: str(body.get(name) or "") for name in _TEXTS}
    return (
        numbers
        | texts
        | {name: getattr(row, prefix + name) for name in ("device", "epoch", "seq", "hash")}
        | {"excess": 0}
    )


def _pairs(connection: Connection) -> list[dict[str, Any]]:
    query = (
        select(CONFLICT, *(INBOX.c[name].label(f"entry_{name}") for name in _ENTRY))
        .add_columns(*(CLAIM.c[name].label(f"held_{name}") for name in _HELD))
        .join(INBOX, INBOX.c.id == CONFLICT.c.inbox_id)
        .outerjoin(CLAIM, (CLAIM.c.coupon_id == CONFLICT.c.coupon_id) & (CLAIM.c.use_no == CONFLICT.c.use_no))
        .order_by(CONFLICT.c.id)
    )
    return [_pair(row) for row in connection.execute(query)]


def _pair(row: Row[Any]) -> dict[str, Any]:
    of_use = Cause.COPIED_LANE if row.entry_result == FORKED else Cause(row.cause or Cause.UNKNOWN)
    now = {name: getattr(row, f"held_{name}") for name in _HELD}
    return _entry(row, "entry_") | {
        "id": f"{PAIR}{row.id}",
        "about": row.about,
        "coupon_id": row.coupon_id,
        "use_no": row.use_no,
        "cause": OF_ABOUT.get(row.about, of_use).value,
        "state": row.state,
        "value_minor": row.loss_minor,
        "holder": json.loads(row.holder),
        "holder_now": now if row.held_device is not None else None,
        "at_ms": row.at_ms,
    }


def _excesses(connection: Connection) -> list[dict[str, Any]]:
    query = (
        select(MEMBER_EXCESS, INBOX.c.coupon_id, *(INBOX.c[name] for name in _ENTRY))
        .join(INBOX, INBOX.c.id == MEMBER_EXCESS.c.inbox_id)
        .order_by(MEMBER_EXCESS.c.id)
    )
    return [
        _entry(row)
        | {
            "id": f"{EXCESS}{row.id}",
            "about": "member",
            "coupon_id": row.coupon_id,
            "cause": Cause.MEMBER_LIMIT.value,
            "state": CONFLICT_VOIDED if row.voided else OPEN,
            "value_minor": row.loss_minor,
            "holder": None,
            "holder_now": None,
            "at_ms": row.at_ms,
        }
        for row in connection.execute(query)
    ]


def _points(connection: Connection) -> list[dict[str, Any]]:
    """Where points went below nothing; earned back since, nothing is lost any more."""
    found = []
    for row, _, excess, worth in points_excess.overdrawn(connection):
        state = REPAID if row.points_now >= 0 else OPEN
        about = {"id": f"{POINTS}{row.id}", "about": "points", "coupon_id": "", "cause": Cause.POINTS_EXCESS.value}
        held = {"holder": None, "holder_now": None, "excess": excess, "at_ms": row.received_ms}
        state = CONFLICT_VOIDED if row.voided else state
        found.append(_entry(row) | about | held | {"value_minor": worth, "state": state})
    return found
