"""What became of each loss, step by step; appended, never changed.

Apart from working them off because entries of lanes write steps here too: a void takes a side back, and the use goes to
whoever was second.
"""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from .schema import CONFLICT, CONFLICT_STEP, MEMBER_EXCESS


class StepKind(StrEnum):
    """The steps: the first two happen by themselves, the others are somebody's."""

    PROMOTED = "promoted"
    VOIDED = "voided"
    SETTLED = "settled"
    WRITTEN_OFF = "written-off"


PAIR, EXCESS, POINTS = "C", "M", "P"
_PAIR_OF_ENTRY: Final = select(CONFLICT.c.id).where(CONFLICT.c.inbox_id == bindparam("of_id"))
_EXCESS_OF_ENTRY: Final = select(MEMBER_EXCESS.c.id).where(MEMBER_EXCESS.c.inbox_id == bindparam("of_id"))


def append(connection: Connection, case_id: str, step: StepKind, at_ms: int, **said: Any) -> None:
    """Add a step; ``said`` are ``owner``, ``reason`` and ``loss_minor`` where somebody took it."""
    row = {"case_id": case_id, "step": step.value, "at_ms": at_ms, "owner": "", "reason": "", "loss_minor": 0}
    connection.execute(insert(CONFLICT_STEP), row | said)


def note_promoted(connection: Connection, conflict_id: int, now_ms: int) -> None:
    """The holder was taken back: the second has the use, and nothing is lost."""
    append(connection, f"{PAIR}{conflict_id}", StepKind.PROMOTED, now_ms)


def note_voided(connection: Connection, inbox_id: int, now_ms: int) -> None:
    """The losing side was taken back: nothing is lost."""
    for letter, query in ((PAIR, _PAIR_OF_ENTRY), (EXCESS, _EXCESS_OF_ENTRY)):
        number = connection.execute(query, {"of_id": inbox_id}).scalar()
        if number is not None:
            append(connection, f"{letter}{number}", StepKind.VOIDED, now_ms)


def histories(connection: Connection) -> dict[str, Sequence[dict[str, Any]]]:
    """All steps by case, oldest first."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(select(CONFLICT_STEP).order_by(CONFLICT_STEP.c.id)).mappings():
        step = {name: row[name] for name in ("step", "owner", "reason", "loss_minor")}
        found[row["case_id"]].append({**step, "at": wire_time(from_ms(row["at_ms"]))})
    return dict(found)
