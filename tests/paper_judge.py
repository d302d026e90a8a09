"""One coupon as the papers say, on plain documents: written from docs/offers.md and docs/vectors/README.md alone.

It shares no code with the program, whose answers its own are compared with. Amounts are fen, days ``2026-03-18``.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Document = dict[str, Any]
Answer = dict[str, Any]

ITEM = {"item_off", "fixed_price"}
MONEY = ITEM | {"amount_off", "percent_off"}
FIELDS = {
    "amount_off": {"amount_minor"},
    "percent_off": {"percent_hundredths", "cap_minor"},
    "item_off": {"units", "percent_hundredths", "amount_minor"},
    "fixed_price": {"units", "price_minor"},
    "gift": {"item", "name", "quantity"},
    "sample": {"item", "name"},
    "points": {"points", "per_minor"},
    "stamps": {"card", "count", "needed", "reward"},
    "reward_coupon": {"campaign", "count"},
    "pass_code": {"campaign"},
    "reservation": {"item", "name", "price_minor", "deposit_minor"},
    "arrival": {"event", "name"},
    "stacking": {"group", "exclusive", "order", "not_with"},
    "offline": {"policy", "value_minor"},
    "conditions": {
        *("min_spend_minor", "min_quantity", "categories", "brands", "gtins", "except_categories", "except_gtins"),
        *("channels", "stores", "member", "new_member", "levels", "starts", "ends", "weekdays", "hours"),
        *("per_member_per_day", "per_member", "per_transaction", "total_uses"),
    },
}


def conditions_of(coupon: Document) -> Document:
    """The conditions of a coupon's offer."""
    return dict(coupon["offer"].get("conditions", {}))


def money_of(coupon: Document) -> Document | None:
    """The first effect that takes money off."""
    return next((each for each in coupon["offer"]["effects"] if each["kind"] in MONEY), None)


def is_scoped(coupon: Document) -> bool:
    """Whether the offer names or bars goods."""
    names = ("categories", "brands", "gtins", "except_categories", "except_gtins")
    return any(conditions_of(coupon).get(name) for name in names)


def goods(basket: Document) -> list[Document]:
    """The lines; a bare amount is one line of an unknown kind, which is whatever an offer is for."""
    return list(basket.get("lines") or [{"quantity": 1, "unit_minor": basket["total_minor"], "is_unknown": True}])


def scope(coupon: Document, lines: list[Document]) -> list[int]:
    """Places of the lines that the offer is for."""
    wanted = conditions_of(coupon)
    found = []
    for place, line in enumerate(lines):
        if line.get("is_unknown"):
            found.append(place)
            continue
        named = [("categories", "category"), ("brands", "brand"), ("gtins", "gtin")]
        is_named = all(not wanted.get(many) or line.get(one, "") in wanted[many] for many, one in named)
        is_barred = line.get("category", "") in wanted.get("except_categories", []) or line.get(
            "gtin", ""
        ) in wanted.get("except_gtins", [])
        if is_named and not is_barred:
            found.append(place)
    return found


def half_up(amount: int, hundredths: int) -> int:
    """A percentage in whole fen, rounded half up."""
    whole, rest = divmod(amount * hundredths, 10_000)
    return whole + (1 if rest * 2 >= 10_000 else 0)


def off_scope(coupon: Document, remains: int) -> int:
    """What a scope-wide effect takes off so much."""
    effect = money_of(coupon) or {"kind": "amount_off"}
    if effect["kind"] == "amount_off":
        return min(remains, int(coupon.get("value_minor", 0) or effect.get("amount_minor", 0)))
    off = half_up(remains, effect["percent_hundredths"])
    return min(off, int(effect["cap_minor"])) if effect.get("cap_minor") else off


def refusal(coupon: Document, case: Document) -> Answer | None:
    """Why the coupon cannot be used here and now by whoever stands here, whatever is bought; the first that holds."""
    rules = (_without_coupons, _used_up, _wrong_day, _wrong_hour, _wrong_place, _too_new, _wrong_member)
    return next((answer for rule in rules if (answer := rule(coupon, case))), None)


def without_basket(coupon: Document) -> Answer:
    """What a coupon gives by itself where nothing is known of the purchase: a discount, or the reason why not."""
    wanted, kinds = conditions_of(coupon), {each["kind"] for each in coupon["offer"]["effects"]}
    money, counted = money_of(coupon), wanted.get("min_spend_minor") or wanted.get("min_quantity")
    if counted or is_scoped(coupon) or kinds & (ITEM | {"percent_off"}):
        return {"reason": "basket-needed"}
    own = coupon.get("value_minor", 0) or (money.get("amount_minor", 0) if money else 0)
    return {"discount_minor": own if money else 0}


def alone(coupon: Document, case: Document, value_minor: int, floor_minor: int) -> Answer:
    """What a lane that reaches nobody says to a use that is worth so much."""
    offline = coupon["offer"].get("offline", {})
    policy, limit = offline.get("policy", "home_store"), offline.get("value_minor", 0)
    if (
        conditions_of(coupon).get("total_uses")
        or policy == "deny"
        or (policy == "home_store" and coupon.get("home_store", 0) != case["store"])
    ):
        return {"reason": "network-needed"}
    for most in [limit] * (policy == "up_to") + [floor_minor]:
        if value_minor > most:
            return {"reason": "over-floor-value", "limit_minor": most}
    return {"reason": "accepted-offline"}


def use_no(coupon: Document) -> int | None:
    """The first use that is free, None where all are gone."""
    for number in range(1, coupon["offer"].get("max_uses", 1) + 1):
        if number not in coupon.get("uses", []):
            return number
    return None


def _without_coupons(coupon: Document, case: Document) -> Answer | None:
    gives_by_itself = coupon["offer"].get("on", "coupon") in {"purchase", "bind"}
    return {"reason": "no-coupon-offer"} if gives_by_itself else None


def _used_up(coupon: Document, case: Document) -> Answer | None:
    return {"reason": "already-used"} if use_no(coupon) is None else None


def _local(case: Document) -> datetime:
    return datetime.fromisoformat(case["at"]).astimezone(ZoneInfo(case["zone"]))


def _wrong_day(coupon: Document, case: Document) -> Answer | None:
    wanted, now = conditions_of(coupon), _local(case)
    today = now.strftime("%Y-%m-%d")
    # Days that are written in this way sort as texts.
    for holder, last, first, over, early in (
        (coupon, "last_day", "first_day", "expired", "not-yet-valid"),
        (wanted, "ends", "starts", "campaign-ended", "campaign-not-begun"),
    ):
        if last in holder and holder[last] < today:
            return {"reason": over, "last_day": holder[last]}
        if first in holder and holder[first] > today:
            return {"reason": early, "first_day": holder[first]}
    days = wanted.get("weekdays")
    return {"reason": "wrong-day"} if days and int(now.strftime("%u")) not in days else None


def _wrong_hour(coupon: Document, case: Document) -> Answer | None:
    spans, now = conditions_of(coupon).get("hours", []), _local(case).strftime("%H:%M")
    for span in spans:
        begins, ends = span.split("-")
        runs_over_midnight = ends <= begins
        if (begins <= now or now < ends) if runs_over_midnight else (begins <= now < ends):
            return None
    return {"reason": "wrong-hour"} if spans else None


def _wrong_place(coupon: Document, case: Document) -> Answer | None:
    wanted, home = conditions_of(coupon), coupon.get("home_store", 0)
    if home and home != case["store"]:
        return {"reason": "wrong-store", "store_no": home}
    if wanted.get("stores") and case["store"] not in wanted["stores"]:
        return {"reason": "wrong-store"}
    if wanted.get("channels") and case["channel"] not in wanted["channels"]:
        return {"reason": "wrong-channel"}
    return None


def unknown_in(offer: Document) -> Iterator[str]:
    """What of a document limits the offer in a way that these papers do not know."""
    for effect in offer["effects"]:
        kind = effect["kind"]
        yield from [kind] if kind not in FIELDS else sorted(set(effect) - FIELDS[kind] - {"kind"})
    for name in ("conditions", "stacking", "offline"):
        yield from sorted(set(offer.get(name, {})) - FIELDS[name])
    if offer.get("conditions", {}).get("member", "none") not in {"none", "any", "bound"}:
        yield "member"
    if offer.get("offline", {}).get("policy", "deny") not in {"deny", "home_store", "up_to", "allow"}:
        yield "policy"
    if offer.get("on", "coupon") not in {"coupon", "purchase", "bind"}:
        yield "on"


def _too_new(coupon: Document, case: Document) -> Answer | None:
    return {"reason": "offer-too-new"} if any(True for _ in unknown_in(coupon["offer"])) else None


def _wrong_member(coupon: Document, case: Document) -> Answer | None:
    wanted, owner, member = conditions_of(coupon), coupon.get("bound_to"), case.get("member")
    limits = [wanted.get(name) for name in ("levels", "new_member", "per_member", "per_member_per_day")]
    price = coupon["offer"].get("points_price", 0)
    if member is None:
        is_needed = owner or wanted.get("member", "none") != "none" or any(limits) or price
        return {"reason": "member-needed"} if is_needed else None
    if owner and owner != member["ref"]:
        return {"reason": "other-member"}
    if wanted.get("levels") and member.get("level", "") not in wanted["levels"]:
        return {"reason": "level-too-low"}
    if wanted.get("new_member") and not member.get("is_new", False):
        return {"reason": "new-members-only"}
    missing = price - member.get("points", 0)
    return {"reason": "points-short", "missing": missing} if missing > 0 else None
