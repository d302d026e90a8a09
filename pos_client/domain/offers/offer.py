"""One offer (campaign) as data, and its JSON form, the same on the lane, on the server and in published vectors.

What this program does not know in a document that limits the offer (a condition, an effect, a stacking or offline rule)
makes the offer one that cannot be judged here; what merely describes it may be new.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from pos_client.domain import local_text
from pos_client.domain.local_text import LocalText

from .condition_documents import parse_conditions
from .conditions import Conditions
from .document_fields import as_object, flag, items, section, section_fields, text, whole
from .effect_documents import parse_effects
from .effects import Effect, Sample

_STACKING_FIELDS: Final = frozenset({"group", "exclusive", "order", "not_with"})
_OFFLINE_FIELDS: Final = frozenset({"policy", "value_minor", "max_age_s"})


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


class Trigger(StrEnum):
    """What sets the offer off: a coupon that is shown, a purchase that is finished, or a member who is bound."""

    COUPON = "coupon"
    PURCHASE = "purchase"
    BIND = "bind"


@dataclass(frozen=True, slots=True)
class Stacking:
    """Which other coupons may be used in the same transaction.

    Attributes:
        group: at most one coupon of a group; empty belongs to none.
        exclusive: alone or not at all.
        order: smaller applies first.
        not_with: campaigns that it cannot be used together with, whichever of the two says so.
    """

    group: str = ""
    exclusive: bool = False
    order: int = 0
    not_with: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Offer:
    """One campaign's offer.

    Attributes:
        number: campaign number, as signed coupons carry it.
        name: what the clerk reads.
        conditions: what must hold.
        effects: what it gives; the first that applies to money decides the discount.
        offline: policy of a lane alone; ``offline_value_minor`` bounds ``UP_TO``. With data that is older than
            ``offline_max_age_s`` a lane alone asks a supervisor; 0 for no bound of its own.
        max_uses: how often one coupon may be used.
        on: what sets it off.
        partial: a red packet whose rest stays for another purchase.
        points_price: points that the member pays for it.
        restore_on_return: its coupon can be used again when all of the purchase comes back.
        unknown: what a newer centre says and this program does not know; such an offer cannot be judged here.
    """

    number: int
    name: LocalText
    conditions: Conditions
    effects: tuple[Effect, ...]
    stacking: Stacking = field(default_factory=Stacking)
    offline: OfflinePolicy = OfflinePolicy.HOME_STORE
    offline_value_minor: int = 0
    offline_max_age_s: int = 0
    redeem_on: RedeemOn = RedeemOn.SCAN
    max_uses: int = 1
    brand: str = ""
    on: Trigger = Trigger.COUPON
    partial: bool = False
    points_price: int = 0
    restore_on_return: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def member_limit(self) -> int:
        """How often one member may use the campaign, 0 for no limit; a sample is given once, whatever else is said."""
        has_sample = any(isinstance(effect, Sample) for effect in self.effects)
        return 1 if has_sample else self.conditions.per_member


def parse(document: Mapping[str, Any]) -> Offer:
    """Read an offer document.

    Raises:
        KeyError, ValueError, TypeError: a field is missing or wrong; the caller names the document.
    """
    document = as_object(document, "offer")
    offline, stacking = section(document, "offline"), section(document, "stacking")
    if not isinstance(document["effects"], list):
        raise TypeError("effects is a list")
    effects, unknown_effects = parse_effects(document["effects"])
    conditions, unknown_conditions = parse_conditions(section(document, "conditions"))
    policy, on = text(offline, "policy", "home_store"), text(document, "on", "coupon")
    unknown = (*unknown_effects, *unknown_conditions, *_unknown_rules(stacking, offline, on))
    return Offer(
        number=whole(document, "number"),
        name=local_text.parse(document["name"]),
        conditions=conditions,
        effects=effects,
        stacking=_stacking(stacking),
        offline=OfflinePolicy(policy) if policy in set(OfflinePolicy) else OfflinePolicy.DENY,
        offline_value_minor=whole(offline, "value_minor", 0),
        offline_max_age_s=whole(offline, "max_age_s", 0),
        redeem_on=RedeemOn(document.get("redeem_on", "scan")),
        max_uses=whole(document, "max_uses", 1, least=1),
        brand=text(document, "brand", ""),
        on=Trigger(on) if on in set(Trigger) else Trigger.COUPON,
        partial=flag(document, "partial"),
        points_price=whole(document, "points_price", 0),
        restore_on_return=flag(document, "restore_on_return"),
        unknown=unknown,
    )


def _unknown_rules(stacking: Mapping[str, Any], offline: Mapping[str, Any], on: str) -> tuple[str, ...]:
    policy = text(offline, "policy", "home_store")
    return (
        *(f"stacking.{name}" for name in section_fields(stacking, _STACKING_FIELDS)),
        *(f"offline.{name}" for name in section_fields(offline, _OFFLINE_FIELDS)),
        *(() if policy in set(OfflinePolicy) else (f"offline.policy {policy}",)),
        *(() if on in set(Trigger) else (f"on {on}",)),
    )


def _stacking(document: Mapping[str, Any]) -> Stacking:
    return Stacking(
        text(document, "group", ""),
        flag(document, "exclusive"),
        whole(document, "order", 0, least=-1000),
        frozenset(items(document, "not_with", int)),
    )
