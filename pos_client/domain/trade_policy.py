"""What the centre has settled about points, credit, holding and issuing: signed data, never constants of this program.

Apart from the limits because those bound a loss, and these say what the trade is. All figures have defaults, so that a
policy of an older centre is whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar

from . import paper_policy
from .codes.coupon_8110 import PaperPolicy


class OwnerRule(StrEnum):
    """To whom a member belongs who shows himself at somebody else's booth."""

    FIRST_TOUCH = "first_touch"
    LAST_TOUCH = "last_touch"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class PointsPolicy:
    """What points are worth, and how many of them a lane alone may take.

    Attributes:
        worth_points, worth_minor: so many points pay so much; the smallest amount that can be paid with points.
        offline_percent: of the balance that the data shows; shared among the store's lanes.
        offline_cap: points that a lane alone takes from one member at most, before it is shared.
    """

    worth_points: int = 100
    worth_minor: int = 100
    offline_percent: int = 50
    offline_cap: int = 2_000


@dataclass(frozen=True, slots=True)
class AttributionPolicy:
    """Who gets the credit.

    Attributes:
        rule: first touch: the owner stays; last touch: whoever acts becomes the owner; protected: the owner stays for
            ``protected_days`` after the binding, then whoever acts takes over.
        protected_days: of the window.
    """

    rule: OwnerRule = OwnerRule.PROTECTED
    protected_days: int = 30


@dataclass(frozen=True, slots=True)
class TradePolicy:
    """All of it.

    Attributes:
        paper: which coupons of makers the stores take as paper.
        hold_s: how long a coupon is held for a customer before the lane lets it go.
        receipt_days: how old a receipt may be that is handed in.
        confirm_days: after so many days without a return a promoter's credit is confirmed.
        unverified_uses: how many benefits a member may have whose phone number nobody has checked.
        tail_lookups: how often one person may look for members by four digits within an hour.
    """

    points: PointsPolicy = field(default_factory=PointsPolicy)
    attribution: AttributionPolicy = field(default_factory=AttributionPolicy)
    paper: PaperPolicy = field(default_factory=PaperPolicy)
    hold_s: int = 120
    receipt_days: int = 7
    confirm_days: int = 7
    unverified_uses: int = 2
    tail_lookups: int = 20


Part = TypeVar("Part")


def parse(document: Mapping[str, Any]) -> TradePolicy:
    """Read the policy's ``trade``; what is absent, or not what it must be, keeps its default."""
    attribution = _whole_numbers(AttributionPolicy, document.get("attribution"))
    rule = _mapping(document.get("attribution")).get("rule")
    known = OwnerRule(rule) if rule in set(OwnerRule) else AttributionPolicy().rule
    return TradePolicy(
        points=PointsPolicy(**_whole_numbers(PointsPolicy, document.get("points"))),
        attribution=AttributionPolicy(**attribution | {"rule": known}),
        paper=paper_policy.parse(document.get("paper")),
        **_whole_numbers(TradePolicy, document),
    )


def as_document(policy: TradePolicy) -> dict[str, Any]:
    """The JSON form of ``parse``."""
    names = ("hold_s", "receipt_days", "confirm_days", "unverified_uses", "tail_lookups")
    plain = {name: getattr(policy, name) for name in names}
    points = {item.name: getattr(policy.points, item.name) for item in fields(PointsPolicy)}
    credit = {"rule": policy.attribution.rule.value, "protected_days": policy.attribution.protected_days}
    return plain | {"points": points, "attribution": credit, "paper": paper_policy.as_document(policy.paper)}


def _whole_numbers(part: type[Any], document: object) -> dict[str, Any]:
    known = {item.name for item in fields(part)}
    return {
        name: value
        for name, value in _mapping(document).items()
        if name in known and isinstance(value, int) and not isinstance(value, bool) and value >= 0
    }


def _mapping(document: object) -> Mapping[str, Any]:
    return document if isinstance(document, Mapping) else {}
