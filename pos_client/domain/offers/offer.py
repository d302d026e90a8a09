"""One offer (campaign) as data, and its JSON form, the same on the lane, on the server and in published vectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pos_client.domain import local_text
from pos_client.domain.local_text import LocalText

from .conditions import Conditions, MemberNeed
from .document_fields import as_object, flag, items, section, whole
from .effects import WHOLE_PRICE, AmountOff, Effect, Gift, PercentOff

_WEEKDAYS: Final = frozenset(range(1, 8))


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
    document = as_object(document, "offer")
    offline, stacking = section(document, "offline"), section(document, "stacking")
    effects = document["effects"]
    if not isinstance(effects, list):
        raise TypeError("effects is a list")
    return Offer(
        number=whole(document, "number"),
        name=local_text.parse(document["name"]),
        conditions=_conditions(section(document, "conditions")),
        effects=tuple(_effect(as_object(effect, "effect")) for effect in effects),
        stacking=Stacking(
            str(stacking.get("group", "")),
            flag(stacking, "exclusive"),
            whole(stacking, "order", 0, least=-1000),
        ),
        offline=OfflinePolicy(offline.get("policy", "home_store")),
        offline_value_minor=whole(offline, "value_minor", 0),
        redeem_on=RedeemOn(document.get("redeem_on", "scan")),
        max_uses=whole(document, "max_uses", 1, least=1),
        brand=str(document.get("brand", "")),
    )


def _conditions(document: Mapping[str, Any]) -> Conditions:
    first, last = document.get("starts"), document.get("ends")
    weekdays = frozenset(items(document, "weekdays", int))
    if not weekdays <= _WEEKDAYS:
        raise ValueError("weekdays are from 1 (Monday) to 7")
    return Conditions(
        min_spend_minor=whole(document, "min_spend_minor", 0),
        categories=frozenset(items(document, "categories", str)),
        brands=frozenset(items(document, "brands", str)),
        gtins=frozenset(items(document, "gtins", str)),
        stores=frozenset(items(document, "stores", int)),
        member=MemberNeed(document.get("member", "none")),
        levels=frozenset(items(document, "levels", str)),
        starts=date.fromisoformat(first) if first else None,
        ends=date.fromisoformat(last) if last else None,
        weekdays=weekdays,
        per_member_per_day=whole(document, "per_member_per_day", 0),
    )


def _effect(document: Mapping[str, Any]) -> Effect:
    kind = document["kind"]
    if kind == "amount_off":
        return AmountOff(whole(document, "amount_minor", 0))
    if kind == "percent_off":
        return PercentOff(whole(document, "percent_hundredths", most=WHOLE_PRICE), whole(document, "cap_minor", 0))
    if kind == "gift":
        return Gift(str(document["item"]), local_text.parse(document["name"]))
    raise ValueError(f"unknown effect {kind}")
