"""What a supervisor may allow although the lane's rules say that a person must decide, and why he may.

Apart from the judge because the judge knows no persons. A hard refusal (used, expired, not genuine, the wrong store) is
not in here: nobody at a counter can make it right.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .limits import Limits
from .reasons import Reason

OVERRIDABLE: Final = frozenset(
    {
        Reason.OVER_FLOOR_VALUE,
        Reason.LANE_COUNT_LIMIT,
        Reason.LANE_VALUE_LIMIT,
        Reason.MEMBER_VELOCITY,
        Reason.DATA_STALE,
        Reason.UNVERIFIED_LIMIT,
    }
)

SIGNED_UNDOS: Final = frozenset({Reason.VOID_TOO_LATE, Reason.VOID_OTHER_OPERATOR})
"""Deeds that are taken back only with a supervisor's name on it; why is asked of whoever takes them back."""


class OverrideReason(StrEnum):
    """Why a supervisor allowed it; the list is closed, so that they can be counted."""

    NETWORK_DOWN = "network-down"
    KNOWN_CUSTOMER = "known-customer"
    IDENTITY_CHECKED = "identity-checked"
    STORE_PROMISED = "store-promised"
    MAKES_GOOD = "makes-good"
    HEAD_OFFICE_AGREED = "head-office-agreed"


@dataclass(frozen=True, slots=True)
class OverrideUsage:
    """What supervisors allowed at this lane on this business day; value in minor units."""

    count: int = 0
    value_minor: int = 0


def breach(value_minor: int, usage: OverrideUsage, limits: Limits) -> Reason | None:
    """Which of the overrides' own limits one more of ``value_minor`` would break."""
    if usage.count >= limits.override_count:
        return Reason.OVERRIDE_COUNT_LIMIT
    if usage.value_minor + value_minor > limits.override_value_minor:
        return Reason.OVERRIDE_VALUE_LIMIT
    return None
