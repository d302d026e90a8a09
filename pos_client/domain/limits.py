"""Limits of a lane alone (tier C): what bounds, in advance, the loss of a day without a network.

The names follow EMV's terminal risk management. The figures are data that the centre signs, never constants.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from .reasons import Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """Signed limits; money in minor units.

    Attributes:
        floor_value_minor: per use.
        lane_count_soft, lane_count_hard: redemptions between two contacts with the server.
        lane_value_hard_minor: per business day.
        member_velocity: redemptions of one member per day.
        soft_age_s: older data halves the limits. hard_age_s: older data needs a supervisor.
        void_free_s: how long an operator may take back his own redemption.
        random_online: how many of a hundred redemptions of a lane alone ask the centre once more, with patience: so a
            network that is back is found, and nobody can count on not being asked.
        lane_percent: how many of a hundred uses in a store's share of a limited campaign are set aside for its lanes
            when they are alone; read when the share is given.
        override_count, override_value_minor: what supervisors may allow beyond these limits, a lane and business day.
    """

    floor_value_minor: int = 5_000
    lane_count_soft: int = 100
    lane_count_hard: int = 200
    lane_value_hard_minor: int = 200_000
    member_velocity: int = 3
    soft_age_s: int = 86_400
    hard_age_s: int = 604_800
    void_free_s: int = 900
    random_online: int = 5
    lane_percent: int = 0
    override_count: int = 10
    override_value_minor: int = 50_000

    def halved(self) -> "Limits":
        """The limits of a lane whose data is past its soft age."""
        return replace(
            self,
            floor_value_minor=self.floor_value_minor // 2,
            lane_count_soft=self.lane_count_soft // 2,
            lane_count_hard=self.lane_count_hard // 2,
            lane_value_hard_minor=self.lane_value_hard_minor // 2,
        )


@dataclass(frozen=True, slots=True)
class LimitUsage:
    """What this lane has already done alone.

    Attributes:
        count_since_contact: tier-C redemptions since the server was last heard.
        value_today_minor: their value on this business day.
        member_today: redemptions of this member on this business day.
    """

    count_since_contact: int = 0
    value_today_minor: int = 0
    member_today: int = 0


@dataclass(frozen=True, slots=True)
class LimitBreach:
    """Which limit stands in the way, and its figure."""

    reason: Reason
    limit: int


def parse(document: Mapping[str, Any]) -> Limits:
    """Read signed limits; a field that is absent keeps its default."""
    known = {field.name for field in fields(Limits)}
    return Limits(**{name: int(value) for name, value in document.items() if name in known})


def first_breach(value_minor: int, usage: LimitUsage, limits: Limits) -> LimitBreach | None:
    """The limit that one more redemption of ``value_minor`` would break, or None."""
    if value_minor > limits.floor_value_minor:
        return LimitBreach(Reason.OVER_FLOOR_VALUE, limits.floor_value_minor)
    if usage.count_since_contact >= limits.lane_count_hard:
        return LimitBreach(Reason.LANE_COUNT_LIMIT, limits.lane_count_hard)
    if usage.value_today_minor + value_minor > limits.lane_value_hard_minor:
        return LimitBreach(Reason.LANE_VALUE_LIMIT, limits.lane_value_hard_minor)
    if usage.member_today >= limits.member_velocity:
        return LimitBreach(Reason.MEMBER_VELOCITY, limits.member_velocity)
    return None
