"""A shop whose purchases earn something: points, stamps, steps, pass codes, gifts; with pools and stock at the booth.

Apart from conftest because several tests change it.
"""

from typing import Any

from pos_client.domain.basket import Basket, parse
from pos_client.domain.codes.member_card import card_number
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.counter import SECRET, Tables

CARD = card_number(7)
CAT = {"kind": "gift", "item": "plush-cat", "name": {"zh": "毛绒小猫", "en": "Plush cat"}}
NEXT_ORDER, GAME, TEA_CARD = 2001, 2002, 2003
POINTS_ON_ALL: dict[str, Any] = {
    "on": "purchase",
    "conditions": {"member": "any", "weekdays": [2, 3]},
    "effects": [{"kind": "points", "points": 1, "per_minor": 100}],
}


def offer(number: int, **fields: Any) -> a.Row:
    """An offer of the shop, named by its number."""
    return a.offer_row(number, **({"name": {"zh": f"活动{number}", "en": f"Offer {number}"}} | fields))


def step(number: int, spend: int, count: int) -> a.Row:
    """A step of the spending tier: coupons of the next-order campaign."""
    effect = {"kind": "reward_coupon", "campaign": NEXT_ORDER, "count": count}
    conditions = {"min_spend_minor": spend}
    return offer(number, on="purchase", conditions=conditions, effects=[effect], stacking={"group": "tier"})


def with_booth(tables: Tables) -> None:
    """Pools, stock, and offers that purchases set off."""
    tables["offer"] += [
        offer(3001, **POINTS_ON_ALL),
        step(3101, 10_000, 1),
        step(3102, 20_000, 2),
        step(3103, 30_000, 4),
        offer(NEXT_ORDER),
        offer(GAME),
        offer(TEA_CARD),
    ]
    tables["pool_coupon"] = [row for number in (NEXT_ORDER, GAME, TEA_CARD) for row in b.a_pool(SECRET, number)]
    tables["stock"] = [b.stock_row()]


def lines(*lines: tuple[str, int, int], receipt_no: str = "") -> Basket:
    """A basket of (category, pieces, price)."""
    listed = [
        {"gtin": f"690000000000{place}", "category": category, "brand": "x", "quantity": pieces, "unit_minor": price}
        for place, (category, pieces, price) in enumerate(lines)
    ]
    return parse({"currency": "CNY", "receipt_no": receipt_no, "lines": listed})
