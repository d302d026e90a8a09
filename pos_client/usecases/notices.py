"""What stands beside a verdict: the clock, the age of the data, claims that were begun and not ended."""

from typing import Final

from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Notice

from .desk import Desk

CLOCK_SLACK_S: Final = 300


def notices(desk: Desk, time: TrustedTime) -> tuple[Notice, ...]:
    """The notices of this moment."""
    found: list[Notice] = []
    if abs(time.wall_offset_s) > CLOCK_SLACK_S:
        reason = "clock-ahead" if time.wall_offset_s > 0 else "clock-behind"
        found.append(Notice(reason, {"offset_s": abs(time.wall_offset_s)}))
    if time.leapt_from is not None:
        found.append(Notice("clock-leapt", {"since": time.leapt_from}))
    age = desk.data_age_s(time)
    if desk.limits().soft_age_s < age < 1 << 31:
        found.append(Notice("data-old", {"age_s": age}))
    return tuple(found)
