"""Whether the lane's clock jumped between two entries, and the entry ``time_jump`` that says so.

Apart from ``trusted_time``, which says what time to decide by: this says afterwards where the clock cannot have run on
by itself, so that the centre can put right what was written meanwhile. Every entry carries the machine's clocks, so the
newest entry is all that must be remembered; the entry ``time_jump`` carries them too, and thus no jump is told twice.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from .business_time import from_ms, to_ms
from .journal_entry import EntryDraft, EntryKind, wire_time
from .trusted_time import BACKWARD_SLACK, LEAP_FORWARD, LONGEST_RUN, TimeQuality

SOURCE: Final = "lane"
# Where and when it was seen: the same as in the entry that it stands before.
_SHARED: Final = (
    "at", "wall_ms", "mono_ms", "boot_id", "time_quality", "business_date", "store", "lane", "booth", "policy_ver",
    "cache_gen", "cache_age_s", "app_ver",
)  # fmt: skip
_LEAPT_FROM: Final = "leapt_from"


class SeenBy(StrEnum):
    """What the clock was held against."""

    MONOTONIC = "monotonic"
    SERVER = "server"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class ClockJump:
    """From where, aware UTC, to where the clock went."""

    since: datetime
    until: datetime
    seen_by: SeenBy


@dataclass(frozen=True, slots=True)
class EntryTime:
    """What one entry says about time.

    Attributes:
        at: the time that the lane went by. wall: what the wall clock said.
        is_leapt: the wall clock was far past everything proven, whether or not a supervisor then confirmed the date.
    """

    at: datetime
    wall: datetime
    monotonic: timedelta
    boot_id: str
    quality: str
    is_leapt: bool

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "EntryTime | None":
        """Of an entry's fields; None where they do not say it."""
        wall_ms, mono_ms, boot_id = fields.get("wall_ms"), fields.get("mono_ms"), fields.get("boot_id")
        if type(wall_ms) is not int or type(mono_ms) is not int or not isinstance(boot_id, str):
            return None
        try:
            at = datetime.fromisoformat(str(fields.get("at"))).astimezone(UTC)
            wall, monotonic = from_ms(wall_ms), timedelta(milliseconds=mono_ms)
        except (ValueError, OverflowError):
            return None
        quality = str(fields.get("time_quality"))
        is_leapt = bool(fields.get(_LEAPT_FROM)) or (quality == TimeQuality.SUSPECT and wall >= at)
        return cls(at, wall, monotonic, boot_id, quality, is_leapt)

    @property
    def is_behind(self) -> bool:
        """Whether the wall clock is known to be behind the time."""
        return self.at - self.wall > BACKWARD_SLACK


def jump_between(before: EntryTime, after: EntryTime) -> ClockJump | None:
    """The jump that lies between two entries of one lane, None where the clocks ran on by themselves."""
    passed = after.monotonic - before.monotonic
    if before.boot_id != after.boot_id or not -BACKWARD_SLACK <= passed <= LONGEST_RUN:
        return _over_a_restart(before, after)
    if passed < timedelta():
        # Drafted earlier, written later: it says nothing new.
        return None
    return _in_one_run(before, after, passed)


def jump_before(newest: bytes, draft: EntryDraft) -> EntryDraft | None:
    """The entry that is to stand before a draft, where the clock jumped since the entry with the body ``newest``."""
    before, after = EntryTime.of(_fields(newest)), EntryTime.of(draft.fields)
    jump = jump_between(before, after) if before and after else None
    if jump is None:
        return None
    fields = {name: draft.fields[name] for name in _SHARED if name in draft.fields}
    if draft.fields.get(_LEAPT_FROM):
        # What a supervisor confirms is proven by his own entry alone.
        fields["time_quality"] = TimeQuality.SUSPECT.value
    about = {
        "from": wire_time(jump.since),
        "to": wire_time(jump.until),
        "by_s": (to_ms(jump.until) - to_ms(jump.since)) // 1000,
        "seen_by": jump.seen_by.value,
    }
    nobody = {"operator": "", "promoter": "", "campaign": None, "source": SOURCE}
    return EntryDraft(EntryKind.TIME_JUMP, fields | nobody | about)


def _fields(body: bytes) -> dict[str, Any]:
    """A body, read; nothing where it is none: whoever damaged it, that is not the clock's to say."""
    try:
        document = json.loads(body)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _in_one_run(before: EntryTime, after: EntryTime, passed: timedelta) -> ClockJump | None:
    if _is_far(after.wall - before.wall - passed):
        return ClockJump(before.wall + passed, after.wall, SeenBy.MONOTONIC)
    if after.quality == TimeQuality.SYNCED and _is_far(after.at - before.at - passed):
        # The wall clock ran on, wrong as it was; it is the time to go by that the server put right.
        return ClockJump(before.at + passed, after.at, SeenBy.SERVER)
    return None


def _over_a_restart(before: EntryTime, after: EntryTime) -> ClockJump | None:
    """Nobody knows how long the machine was off, so only the server or what is written down can tell."""
    if after.quality == TimeQuality.SYNCED:
        more = (after.wall - after.at) - (before.wall - before.at)
        return ClockJump(after.wall - more, after.wall, SeenBy.SERVER) if _is_far(more) else None
    if before.wall - after.wall > BACKWARD_SLACK:
        return ClockJump(before.wall, after.wall, SeenBy.RECORDS)
    if after.is_behind and not before.is_behind:
        return ClockJump(after.at, after.wall, SeenBy.RECORDS)
    if after.is_leapt and after.wall - before.wall > LEAP_FORWARD:
        return ClockJump(before.at, after.wall, SeenBy.RECORDS)
    return None


def _is_far(span: timedelta) -> bool:
    return abs(span) > BACKWARD_SLACK
