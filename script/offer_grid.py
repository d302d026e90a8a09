"""Cases of one coupon, written as grids: each effect over each scope and basket, each condition at both its sides.

Apart from ``offer_vectors.py``, which numbers the cases, finds what is expected and writes the file.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.paper_judge import scope as in_scope

Case = dict[str, Any]

SHAMPOO: Case = {"gtin": "06901234567892", "category": "hair", "brand": "Qing", "quantity": 1, "unit_minor": 5900}
CONDITIONER: Case = {"gtin": "06901234567908", "category": "hair", "brand": "Lan", "quantity": 1, "unit_minor": 3900}
TOOTHPASTE: Case = {"gtin": "06901234567915", "category": "oral", "brand": "Qing", "quantity": 2, "unit_minor": 1995}
CREAM: Case = {"gtin": "06901234567922", "category": "skin", "brand": "Lan", "quantity": 1, "unit_minor": 12_901}
FEN: Case = {"gtin": "06901234567939", "category": "hair", "quantity": 1, "unit_minor": 1}
FREE: Case = {"category": "hair", "brand": "Qing", "quantity": 2, "unit_minor": 0}
THIRDS: list[Case] = [SHAMPOO | {"unit_minor": 333, "brand": brand} for brand in ("Qing", "Lan", "Qing")]
LINES: list[list[Case]] = [
    [SHAMPOO],
    [SHAMPOO, CONDITIONER],
    [CONDITIONER, SHAMPOO, TOOTHPASTE],
    [SHAMPOO | {"quantity": 3}, TOOTHPASTE, CREAM],
    [SHAMPOO, SHAMPOO],
    THIRDS,
    [FEN],
    [FEN | {"quantity": 3}, TOOTHPASTE | {"unit_minor": 5}],
    [FEN | {"unit_minor": 10 + place} for place in range(7)],
    [FREE],
    [FREE, SHAMPOO],
    [CREAM | {"quantity": 99}, CONDITIONER | {"quantity": 7}],
    [{"quantity": 1, "unit_minor": 5200}],
    [SHAMPOO | {"unit_minor": 9_999_999_99}],
]
AMOUNTS = (0, 1, 49, 50, 9_999, 10_000, 123_456)
BASKETS: list[Case] = [
    *({"lines": lines} for lines in LINES),
    *({"total_minor": amount} for amount in AMOUNTS),
    {"lines": [], "total_minor": 0},
]
MIXED, LARGE = BASKETS[2], BASKETS[3]
SCOPES: list[Case] = [
    {},
    {"categories": ["hair"]},
    {"brands": ["Qing"]},
    {"gtins": ["06901234567892", "06901234567922"]},
    {"categories": ["hair", "oral"], "brands": ["Qing"]},
    {"except_categories": ["oral"]},
    {"except_gtins": ["06901234567892"]},
    {"categories": ["hair"], "except_gtins": ["06901234567908"]},
]
NAME = {"zh": "赠品", "en": "gift"}
EFFECTS: list[list[Case]] = [
    [{"kind": "amount_off", "amount_minor": 1000}],
    [{"kind": "amount_off", "amount_minor": 1}],
    [{"kind": "amount_off", "amount_minor": 20_000}],
    [{"kind": "amount_off"}],
    [{"kind": "percent_off", "percent_hundredths": 1500}],
    [{"kind": "percent_off", "percent_hundredths": 5000}],
    [{"kind": "percent_off", "percent_hundredths": 1}],
    [{"kind": "percent_off", "percent_hundredths": 10_000}],
    [{"kind": "percent_off", "percent_hundredths": 3333, "cap_minor": 1000}],
    [{"kind": "percent_off", "percent_hundredths": 0}],
    [{"kind": "item_off", "percent_hundredths": 5000}],
    [{"kind": "item_off", "percent_hundredths": 3333, "units": 2}],
    [{"kind": "item_off", "amount_minor": 300, "units": 3}],
    [{"kind": "item_off", "amount_minor": 6000}],
    [{"kind": "fixed_price", "price_minor": 990}],
    [{"kind": "fixed_price", "price_minor": 0, "units": 2}],
    [{"kind": "gift", "item": "g-1", "name": NAME}],
    [{"kind": "sample", "item": "s-1", "name": "试用装"}],
    [{"kind": "points", "points": 10, "per_minor": 100}],
    [{"kind": "stamps", "card": "tea", "needed": 10, "reward": 1006}],
    [{"kind": "reward_coupon", "campaign": 1006, "count": 2}],
    [{"kind": "pass_code", "campaign": 1005}],
    [{"kind": "reservation", "item": "r-1", "name": NAME, "price_minor": 9900, "deposit_minor": 1000}],
    [{"kind": "arrival", "event": "e-1", "name": NAME}],
    [{"kind": "gift", "item": "g-1", "name": NAME}, {"kind": "amount_off", "amount_minor": 700}],
    [{"kind": "percent_off", "percent_hundredths": 900}, {"kind": "amount_off", "amount_minor": 7000}],
]
TEN_OFF = EFFECTS[0]
MEMBERS: list[Case] = [
    {"ref": "m-1", "number": 880_001, "level": "gold", "points": 500},
    {"ref": "m-2", "number": 880_002, "level": "silver", "points": 499},
    {"ref": "m-3", "number": 880_003, "is_new": True},
]
MOMENTS = (
    *("2026-03-18T04:00:00.000Z", "2026-03-17T15:59:59.999Z", "2026-03-17T16:00:00.000Z", "2026-03-18T15:59:59.999Z"),
    *("2026-03-18T16:00:00.000Z", "2026-03-18T00:59:59.999Z", "2026-03-18T01:00:00.000Z", "2026-03-18T03:59:59.999Z"),
    *("2026-03-18T14:00:00.000Z", "2026-03-18T17:59:59.999Z", "2026-03-18T18:00:00.000Z", "2026-03-20T04:00:00.000Z"),
    *("2026-03-21T04:00:00.000Z", "2026-03-22T04:00:00.000Z", "2026-03-23T04:00:00.000Z", "2026-02-28T16:00:00.000Z"),
)
NOON: Case = {"at": MOMENTS[0], "zone": "Asia/Shanghai", "store": 12, "channel": "counter"}
PLACES: list[Case] = [
    *(NOON | {"at": moment} for moment in MOMENTS),
    NOON | {"zone": "America/New_York"},
    # The night in which New York's clocks go from 02:00 to 03:00.
    NOON | {"zone": "America/New_York", "at": "2026-03-08T06:59:59.999Z"},
    NOON | {"zone": "America/New_York", "at": "2026-03-08T07:00:00.000Z"},
    NOON | {"store": 13},
    NOON | {"channel": "kiosk"},
]
WHEN_AND_WHERE: list[Case] = [
    {"starts": "2026-03-18"},
    {"ends": "2026-03-18"},
    {"starts": "2026-03-01", "ends": "2026-03-17"},
    {"starts": "2026-03-19", "ends": "2026-03-31"},
    {"weekdays": [3]},
    {"weekdays": [6, 7]},
    {"hours": ["09:00-12:00"]},
    {"hours": ["22:00-02:00"]},
    {"hours": ["01:00-03:00", "09:00-09:00"]},
    {"hours": ["02:00-03:00", "12:00-12:01"]},
    {"stores": [12]},
    {"stores": [13, 14]},
    {"channels": ["counter"]},
    {"channels": ["kiosk"]},
    {"weekdays": [1, 2, 3, 4, 5], "hours": ["00:00-23:59"], "stores": [12], "starts": "2026-03-01"},
]
DAYS: list[Case] = [
    {"first_day": "2026-03-18"},
    {"last_day": "2026-03-18"},
    {"first_day": "2026-03-01", "last_day": "2026-03-17"},
    {"first_day": "2026-03-19", "last_day": "2026-03-31"},
    {"home_store": 12},
    {"home_store": 13},
]
NEWER: list[Case] = [
    {"effects": [{"kind": "free_lunch"}]},
    {"effects": [{"kind": "amount_off", "amount_minor": 1, "until": "noon"}]},
    {"conditions": {"moon": "full"}},
    {"conditions": {"member": "sometimes"}},
    {"stacking": {"layer": 2}},
    {"offline": {"policy": "maybe"}},
    {"offline": {"until": 3}},
    {"on": "full-moon"},
    {"slug": "what merely describes an offer may be new"},
]


def one(offer: Case, coupon: Case | None = None, **facts: Any) -> Case:
    """A case of one coupon; at noon in store 12 unless told."""
    return {"place": NOON, **facts, "coupons": [{"id": "a", "offer": offer, **(coupon or {})}]}


def effects_over_baskets() -> Iterator[Case]:
    """Each effect, each scope, each basket, and no basket at all; what the coupon carries, where it may."""
    for effects, scope in product(EFFECTS, SCOPES):
        offer = {"effects": effects, "conditions": scope, "offline": {"policy": "allow"}}
        carried = {"value_minor": 1234} if effects == [{"kind": "amount_off"}] else {}
        yield one(offer, carried)
        for basket in BASKETS:
            yield one(offer, carried, basket=basket)
    for effects in EFFECTS:
        yield one({"effects": effects, "conditions": {"categories": ["toys"]}}, basket=MIXED)
    for value in (0, 1, 5900, 5901):
        yield one({"effects": TEN_OFF}, {"value_minor": value}, basket=BASKETS[0])


def thresholds() -> Iterator[Case]:
    """Amount and pieces just enough, one below and one above."""
    for scope, lines in product(SCOPES, LINES):
        wanted = one({"conditions": scope})["coupons"][0]
        held = [lines[place] for place in in_scope(wanted, lines)]
        amount = sum(line["quantity"] * line["unit_minor"] for line in held)
        pieces = sum(line["quantity"] for line in held)
        limits = [{"min_spend_minor": max(0, amount + step)} for step in (-1, 0, 1)]
        limits += [{"min_quantity": pieces}, {"min_quantity": pieces + 1}]
        limits += [{"min_quantity": pieces + 1, "min_spend_minor": amount + 1}]
        for limit in limits:
            yield one({"effects": TEN_OFF, "conditions": scope | limit}, basket={"lines": lines})
    for amount, step in product(AMOUNTS[1:], (-1, 0, 1)):
        conditions = {"min_spend_minor": amount + step}
        yield one({"effects": TEN_OFF, "conditions": conditions}, basket={"total_minor": amount})
        yield one({"effects": EFFECTS[16], "conditions": conditions}, basket={"total_minor": amount})


def moments_and_places() -> Iterator[Case]:
    """Each condition of time and place, and the coupon's own days, at each moment and place."""
    for conditions, place in product(WHEN_AND_WHERE, PLACES):
        for effects in (TEN_OFF, EFFECTS[16]):
            yield one({"effects": effects, "conditions": conditions}, place=place, basket=MIXED)
    for coupon, place in product(DAYS, PLACES):
        yield one({"effects": TEN_OFF}, coupon, place=place)
        yield one({"effects": TEN_OFF, "conditions": {"ends": "2026-03-17", "stores": [13]}}, coupon, place=place)


def members_and_limits() -> Iterator[Case]:
    """Who may use it, and how often."""
    needs: list[Case] = [
        {},
        {"member": "any"},
        {"member": "bound"},
        {"levels": ["gold"]},
        {"levels": ["gold", "silver"]},
    ]
    needs += [{"new_member": True}, {"per_member": 9}, {"new_member": True, "levels": ["gold"]}]
    needs += [{"per_member_per_day": 9}]
    coupons: list[Case] = [{}, {"bound_to": "m-1"}, {"bound_to": "m-3"}]
    baskets: list[Case] = [{}, {"basket": MIXED}, {"basket": {"total_minor": 5200}}]
    for need, coupon, member, basket in product(needs, coupons, [None, *MEMBERS], baskets):
        yield one({"effects": TEN_OFF, "conditions": need}, coupon, **({"member": member} if member else {}), **basket)
    offers: list[Case] = [
        *({"effects": TEN_OFF, "conditions": {"per_member": limit}} for limit in (1, 2, 3)),
        *({"effects": TEN_OFF, "conditions": {"per_member_per_day": limit}} for limit in (1, 2, 3)),
        {"effects": EFFECTS[17]},
        {"effects": EFFECTS[17], "conditions": {"per_member": 5}},
        *({"effects": TEN_OFF, "conditions": {"per_member": most, "per_member_per_day": 1}} for most in (1, 2, 3)),
    ]
    for offer, used, today in product(offers, range(4), range(4)):
        if today <= used:
            earlier = {"in_all": used, "today": today}
            yield one(offer, member=MEMBERS[0], basket=MIXED, earlier_here=earlier)


def points_and_triggers() -> Iterator[Case]:
    """What a coupon costs in points, and offers that give by themselves."""
    for price, member, effects in product((0, 1, 499, 500, 501), [None, *MEMBERS], (TEN_OFF, EFFECTS[16])):
        yield one({"effects": effects, "points_price": price}, basket=MIXED, **({"member": member} if member else {}))
    for on, coupon, basket in product(("coupon", "purchase", "bind"), ({}, DAYS[2]), BASKETS[:3]):
        yield one({"effects": TEN_OFF, "on": on}, coupon, basket=basket)


def offline_and_uses() -> Iterator[Case]:
    """What a lane alone may do; several uses; whether a scan redeems; and what a newer centre says."""
    policies: list[Case] = [{}, {"policy": "deny"}, {"policy": "home_store"}, {"policy": "allow"}]
    policies += [{"policy": "up_to", "value_minor": limit} for limit in (0, 2000, 9000)]
    for policy, home, value in product(policies, (0, 12), (1, 1999, 2000, 2001, 5000, 5001, 9001)):
        offer = {"effects": EFFECTS[3], "offline": policy}
        yield one(offer, {"home_store": home, "value_minor": value})
        yield one(offer, {"home_store": home, "value_minor": value}, basket=LARGE)
    for most, uses in product((1, 2, 3), ([], [1], [2], [1, 2], [3, 1], [1, 2, 3])):
        if all(number <= most for number in uses):
            yield one({"effects": TEN_OFF, "max_uses": most}, {"uses": uses})
    for redeem_on, effects in product(("scan", "confirm"), EFFECTS):
        yield one({"effects": effects, "redeem_on": redeem_on, "partial": True}, basket=LARGE)
    for newer, effects in product(NEWER, (TEN_OFF, EFFECTS[16])):
        yield one({"effects": effects} | newer, basket=LARGE)
        yield one({"effects": effects} | newer, {"last_day": "2026-03-17"}, basket=LARGE)


def limited_in_all() -> Iterator[Case]:
    """Campaigns of so many uses in all stores together: the choice does not ask for it, a lane alone has none."""
    policies: list[Case] = [{}, {"policy": "allow"}, {"policy": "up_to", "value_minor": 2000}]
    for policy, home, total in product(policies, (0, 12), (0, 100, 500)):
        offer = {"effects": TEN_OFF, "offline": policy, "conditions": {"total_uses": total}}
        yield one(offer, {"home_store": home})
        yield one(offer, {"home_store": home}, basket=LARGE)
