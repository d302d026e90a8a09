"""One offer (campaign) as data, and its JSON form, the same on the lane, on the server and in published vectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pos_client.domain import local_text
from pos_client.domain.local_text import LocalText

from .conditions import Conditions, MemberNeed
from .effects import AmountOff, Effect, Gift, PercentOff


class OfflinePolicy(StrEnum):
    """What a lane that reaches nobody may do with the offer's coupons."""

    DENY = "deny"
    HOME_STORE = "home_store"
    UP_TO = "up_to"
    ALLOW = "allow"


class RedeemOn(StrEnum):
    """Whether a scan redeems by itself or waits for the clerk's Enter."""

    SCAN = "scan"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Stacking:
    """Which other coupons may be used in the same transaction.

    Attributes:
        group: at most one coupon of a group; empty belongs to none.
        exclusive: alone or not at all.
        order: smaller applies first.
    """

    group: str = ""
    exclusive: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One campaign's offer.

    Attributes:
        number: campaign number, as signed coupons carry it.
        name: what the clerk reads.
        conditions: what must hold.
        effects: what it gives; the first that applies to money decides the discount.
        offline: policy of a lane alone; ``offline_value_minor`` bounds ``UP_TO``.
        max_uses: how often one coupon may be used.
    """

    number: int
    name: LocalText
    conditions: Conditions
    effects: tuple[Effect, ...]
    stacking: Stacking = field(default_factory=Stacking)
    offline: OfflinePolicy = OfflinePolicy.HOME_STORE
    offline_value_minor: int = 0
    redeem_on: RedeemOn = RedeemOn.SCAN
    max_uses: int = 1
    brand: str = ""


def parse(document: Mapping[str, Any]) -> Offer:
    """Read an offer document.

    Raises:
        KeyError, ValueError, TypeError: a field is missing or wrong; the caller names the document.
    """
    offline = document.get("offline", {})
    stacking = document.get("stacking", {})
    return Offer(
        number=int(document["number"]),
        name=local_text.parse(document["name"]),
        conditions=_conditions(document.get("conditions", {})),
        effects=tuple(_effect(effect) for effect in document["effects"]),
        stacking=Stacking(
            str(stacking.get("group", "")),
            bool(stacking.get("exclusive", False)),
            int(stacking.get("order", 0)),
        ),
        offline=OfflinePolicy(offline.get("policy", "home_store")),
        offline_value_minor=int(offline.get("value_minor", 0)),
        redeem_on=RedeemOn(document.get("redeem_on", "scan")),
        max_uses=int(document.get("max_uses", 1)),
        brand=str(document.get("brand", "")),
    )


def _conditions(document: Mapping[str, Any]) -> Conditions:
    first, last = document.get("starts"), document.get("ends")
    return Conditions(
        min_spend_minor=int(document.get("min_spend_minor", 0)),
        categories=frozenset(document.get("categories", ())),
        brands=frozenset(document.get("brands", ())),
        gtins=frozenset(document.get("gtins", ())),
        stores=frozenset(int(store) for store in document.get("stores", ())),
        member=MemberNeed(document.get("member", "none")),
        levels=frozenset(document.get("levels", ())),
        starts=date.fromisoformat(first) if first else None,
        ends=date.fromisoformat(last) if last else None,
        weekdays=frozenset(int(day) for day in document.get("weekdays", ())),
        per_member_per_day=int(document.get("per_member_per_day", 0)),
    )


def _effect(document: Mapping[str, Any]) -> Effect:
    kind = document["kind"]
    if kind == "amount_off":
        return AmountOff(int(document.get("amount_minor", 0)))
    if kind == "percent_off":
        return PercentOff(int(document["percent_hundredths"]), int(document.get("cap_minor", 0)))
    if kind == "gift":
        return Gift(str(document["item"]), local_text.parse(document["name"]))
    raise ValueError(f"unknown effect {kind}")
