"""Cases that are drawn: one coupon with everything that an offer may say, and several coupons over one basket.

Apart from ``offer_grid.py`` because nobody would write these. The same seed draws the same case on every machine.
"""

import random
from collections.abc import Iterator
from typing import Any

from offer_grid import DAYS, EFFECTS, MEMBERS, NAME, NOON, PLACES, WHEN_AND_WHERE

Case = dict[str, Any]

CATEGORIES = ("hair", "skin", "oral", "baby")
BRANDS = ("amber", "birch", "cedar")
LAST_DAYS = (None, "2026-03-21", "2026-03-21", "2026-03-28", "2026-04-17")
# How a world is priced: shop prices make ties, single fen make remainders.
PRICES = {
    "shop": (990, 1290, 1990, 2990, 2990, 3990, 5990, 9900),
    "fen": tuple(range(1, 16)),
    "any": tuple(range(201, 20_000, 173)),
}


def single(seed: int) -> Case:
    """One coupon with any conditions over any basket, often with more than one fault."""
    chance = random.Random(f"single {seed}")
    basket = _basket(chance, chance.choice(sorted(PRICES)), chance.randint(1, 6))
    conditions = _scope(chance, basket["lines"])
    amount = sum(line["quantity"] * line["unit_minor"] for line in basket["lines"])
    if chance.random() < 0.3:
        conditions["min_spend_minor"] = max(0, amount // chance.choice((1, 1, 2, 3)) + chance.randint(-1, 1))
    if chance.random() < 0.2:
        conditions["min_quantity"] = chance.randint(1, 6)
    conditions |= chance.choice(WHEN_AND_WHERE) if chance.random() < 0.25 else {}
    conditions |= {"levels": ["gold"]} if chance.random() < 0.1 else {}
    conditions |= {"new_member": True} if chance.random() < 0.05 else {}
    effect = _money(chance, amount) if chance.random() < 0.8 else chance.choice(EFFECTS)[0]
    offer: Case = {"effects": [effect], "conditions": conditions}
    coupon: Case = {"id": "a", "offer": offer}
    coupon |= chance.choice(DAYS) if chance.random() < 0.2 else {}
    coupon |= {"bound_to": chance.choice(MEMBERS)["ref"]} if chance.random() < 0.15 else {}
    coupon |= {"value_minor": chance.randint(1, 2000)} if chance.random() < 0.1 else {}
    offer |= {"redeem_on": "confirm"} if chance.random() < 0.1 else {}
    offer |= {"offline": {"policy": chance.choice(("deny", "home_store", "up_to", "allow"))}}
    offer["offline"] |= {"value_minor": chance.randint(0, 6000)}
    place = chance.choice(PLACES) if chance.random() < 0.3 else NOON
    case: Case = {"place": place, "coupons": [coupon]}
    case |= {"member": chance.choice(MEMBERS)} if chance.random() < 0.6 else {}
    return case | _goods(chance, basket, amount)


def _goods(chance: random.Random, basket: Case, amount: int) -> Case:
    kind = chance.choice(("lines", "lines", "lines", "amount", "nothing"))
    if kind == "lines":
        return {"basket": basket}
    return {"basket": {"total_minor": amount}} if kind == "amount" else {}


def choices(seed: int, subsets: int) -> Iterator[Case]:
    """Cases of several coupons over one basket: all that were drawn, then some of them, in any order."""
    chance = random.Random(f"choice {seed}")
    mix = chance.choice(sorted(PRICES))
    basket = _basket(chance, mix, chance.randint(1, 4), most_pieces=2)
    amount = sum(line["quantity"] * line["unit_minor"] for line in basket["lines"])
    offers = [_offer(chance, basket["lines"], amount) for _ in range(chance.randint(2, 5))]
    coupons = [_coupon(chance, name, offers[place % len(offers)]) for place, name in enumerate("abcde")]
    coupons = coupons[: chance.randint(2, 5)]
    _name_rivals(chance, offers)
    if chance.random() < 0.05:
        coupons.append(dict(coupons[0]))
    case = {"place": NOON, "basket": basket} | ({"member": chance.choice(MEMBERS)} if chance.random() < 0.5 else {})
    case |= {"earlier_here": {"in_all": 1, "today": chance.randint(0, 1)}} if chance.random() < 0.3 else {}
    yield case | {"coupons": coupons}
    for _ in range(subsets):
        some = chance.sample(coupons, chance.randint(2, len(coupons)))
        yield case | {"coupons": some}


def choices_of_amount(seed: int) -> Iterator[Case]:
    """Cases of several coupons over a basket of which only the amount is known, with both limits of a member."""
    chance = random.Random(f"choice of amount {seed}")
    drawn = _basket(chance, chance.choice(sorted(PRICES)), chance.randint(1, 4))["lines"]
    amount = sum(line["quantity"] * line["unit_minor"] for line in drawn)
    offers = [_offer(chance, drawn, amount) for _ in range(chance.randint(2, 5))]
    _name_rivals(chance, offers)
    if chance.random() < 0.3:
        offers[0]["conditions"] |= {"per_member": chance.choice((1, 2)), "per_member_per_day": 1}
    coupons = [_coupon(chance, name, offers[place % len(offers)]) for place, name in enumerate("abcde")]
    case = {"place": NOON, "basket": {"total_minor": amount}, "member": chance.choice(MEMBERS)}
    case |= {"earlier_here": {"in_all": 1, "today": chance.randint(0, 1)}} if chance.random() < 0.3 else {}
    for count in (2, 3, 5):
        yield case | {"coupons": chance.sample(coupons, count)}


def _basket(chance: random.Random, mix: str, lines: int, most_pieces: int = 4) -> Case:
    return {
        "lines": [
            {
                "gtin": f"69{chance.randint(1, 6):011d}",
                "category": chance.choice(CATEGORIES),
                "brand": chance.choice(BRANDS),
                "quantity": chance.choice((1, 1, 1, chance.randint(1, most_pieces))),
                "unit_minor": chance.choice(PRICES[mix]),
            }
            for _ in range(lines)
        ]
    }


def _scope(chance: random.Random, lines: list[Case]) -> Case:
    kind = chance.choice(("all", "all", "category", "brand", "categories", "gtins", "all but", "not those"))
    named = {
        "category": {"categories": [chance.choice(lines)["category"]]},
        "categories": {"categories": sorted(chance.sample(CATEGORIES, 2))},
        "brand": {"brands": [chance.choice(BRANDS)]},
        "gtins": {"gtins": sorted({chance.choice(lines)["gtin"] for _ in range(2)})},
        "all but": {"except_categories": [chance.choice(CATEGORIES)]},
        "not those": {"except_gtins": [chance.choice(lines)["gtin"]]},
    }
    return dict(named.get(kind, {}))


def _money(chance: random.Random, amount: int) -> Case:
    kind = chance.choice(
        ("amount_off", "amount_off", "percent_off", "percent_off", "item_off", "item_off", "fixed_price")
    )
    units: Case = {"units": 2} if chance.random() < 0.3 else {}
    if kind == "amount_off":
        return {
            "kind": kind,
            "amount_minor": chance.choice((500, 1000, 1000, amount // 3 + 1, chance.randint(1, amount))),
        }
    if kind == "fixed_price":
        return {"kind": kind, "price_minor": chance.choice((0, 1, 990, 2990)), **units}
    percent = chance.choice((1, 500, 1000, 1500, 2000, 3333, 5000, 9999, chance.randint(1, 10_000)))
    if kind == "percent_off":
        cap = {"cap_minor": amount // 10 + 1} if chance.random() < 0.25 else {}
        return {"kind": kind, "percent_hundredths": percent, **cap}
    if chance.random() < 0.5:
        return {"kind": kind, "percent_hundredths": percent, **units}
    return {"kind": kind, "amount_minor": chance.choice((1, 300, 1000)), **units}


def _offer(chance: random.Random, lines: list[Case], amount: int) -> Case:
    conditions = _scope(chance, lines)
    conditions |= {"min_spend_minor": amount // chance.choice((2, 3, 4))} if chance.random() < 0.15 else {}
    conditions |= {"min_quantity": 2} if chance.random() < 0.1 else {}
    conditions |= {"per_transaction": chance.choice((1, 2))} if chance.random() < 0.25 else {}
    # One of the two, since a lane that knows both figures says the first that leaves nothing.
    conditions |= {chance.choice(("per_member", "per_member_per_day")): 2} if chance.random() < 0.15 else {}
    stacking: Case = {}
    stacking |= {"group": chance.choice(("cash", "hair"))} if chance.random() < 0.35 else {}
    stacking |= {"exclusive": True} if chance.random() < 0.08 else {}
    stacking |= {"order": chance.choice((-1, 1, 2))} if chance.random() < 0.5 else {}
    effect = _money(chance, amount)
    if chance.random() < 0.12:
        effect = {"kind": chance.choice(("gift", "sample")), "item": "g-1", "name": NAME}
    return {"effects": [effect], "conditions": conditions, "stacking": stacking}


def _coupon(chance: random.Random, name: str, offer: Case) -> Case:
    day = chance.choice(LAST_DAYS)
    coupon: Case = {"id": name, "offer": offer} | ({"last_day": day} if day else {})
    return coupon | ({"value_minor": chance.choice((500, 800))} if chance.random() < 0.1 else {})


def _name_rivals(chance: random.Random, offers: list[Case]) -> None:
    """Some offers name another, or themselves, as what they do not go with."""
    for offer in offers:
        if chance.random() < 0.12:
            offer["rivals"] = [chance.choice(offers)]
