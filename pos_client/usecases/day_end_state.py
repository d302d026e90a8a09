"""How far a clerk has come with the end of a day: kept beside the journal at each step, so that a kill costs no step.

Apart from the deed because it is read before anything is counted. No PIN is ever in it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import Final

from .ports import Journal

KEY: Final = "day_end"
MOST: Final = 999_999


class Step(IntEnum):
    """The steps, in their order."""

    COUNT = 1
    UPLOAD = 2
    CONFLICTS = 3
    DIFFERENCES = 4
    SIGN = 5
    DONE = 6


class Decision(StrEnum):
    """What becomes of an entry that the centre takes otherwise; nobody but a person decides it."""

    LOSS = "loss"
    UNDO = "undo"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class DayEndState:
    """Everything that was typed and decided so far.

    Attributes:
        step: where the clerk is. reached: the furthest step so far.
        after: number (epoch, seq) of the last close before this one; (0, 0) for none.
        counted: number of each thing, as far as it was typed. is_counted: the count is done, and is not changed.
        decisions: by ``epoch/seq``. reason, note: why there are differences. supervisor: staff id.
        whole: how many waited when the upload began. began_ms: Unix milliseconds.
    """

    step: Step = Step.COUNT
    reached: Step = Step.COUNT
    after: tuple[int, int] = (0, 0)
    counted: Mapping[str, int] = field(default_factory=dict)
    is_counted: bool = False
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    reason: str = ""
    note: str = ""
    supervisor: str = ""
    whole: int = 0
    began_ms: int = 0

    def at(self, step: Step) -> "DayEndState":
        """The same at a step."""
        return replace(self, step=step, reached=max(step, self.reached))

    def with_count(self, item: str, number: int | None) -> "DayEndState":
        """A thing was counted, or its number was taken out again. Nothing changes once the count is done."""
        if self.is_counted:
            return self
        others = {name: count for name, count in self.counted.items() if name != item}
        return replace(self, counted=others if number is None else {**others, item: min(number, MOST)})

    def with_decision(self, key: str, decision: Decision) -> "DayEndState":
        """Somebody decided about an entry."""
        return replace(self, decisions={**self.decisions, key: decision})


def load(journal: Journal) -> DayEndState | None:
    """What was kept; None where nothing was begun, or where it cannot be read."""
    kept = journal.meta(KEY)
    if not kept:
        return None
    try:
        found = json.loads(kept)
        found |= {"step": Step(found["step"]), "reached": Step(found["reached"]), "after": tuple(found["after"])}
        found["decisions"] = {key: Decision(value) for key, value in found["decisions"].items()}
        return DayEndState(**found)
    except (KeyError, TypeError, ValueError):
        # Of another version: begun anew, since all but the count can be looked up.
        return None


def save(journal: Journal, state: DayEndState) -> None:
    """Keep it. Raises DiskFull, StorageUnavailable."""
    journal.remember(KEY, json.dumps(asdict(state), ensure_ascii=False, sort_keys=True))


def forget(journal: Journal) -> None:
    """The day is over, and everything was shown."""
    journal.remember(KEY, "")
