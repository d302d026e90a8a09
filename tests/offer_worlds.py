"""Random shops, baskets and coupons, the same for the same seed: for property tests, vectors and benchmarks."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.combination import Candidate, Left
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import AmountOff, Effect, FixedPrice, ItemOff, PercentOff
from pos_client.domain.offers.offer import Offer, Stacking

TODAY: Final = date(2026, 3, 18)
CATEGORIES: Final = ("hair", "skin", "oral", "baby", "home", "food", "drink", "paper")
BRANDS: Final = ("amber", "birch", "cedar", "dune", "elm")


@dataclass(frozen=True, slots=True)
class World:
    """One case: what is bought, the coupons at hand, and what remains to the member of each campaign."""

    basket: Basket
    candidates: tuple[Candidate, ...]
    caps: dict[int, Left] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mix:
    """What a kind of world is like.

    Attributes:
        prices: one price of a piece.
        scopes: how a coupon's scope is drawn.
        item_share, percent_share: parts of item coupons, and of percentages among the others.
        group_share: part of coupons that belong to a group.
        own_lines: each item coupon has lines of its own, so that no line is disputed.
        whole_yuan: values of coupons are round, as in a shop, and often equal.
    """

    prices: Callable[[random.Random], int]
    scopes: tuple[str, ...] = ("all", "category", "category", "brand", "categories", "gtins", "all_but")
    item_share: float = 0.35
    percent_share: float = 0.4
    group_share: float = 0.4
    own_lines: bool = False
    whole_yuan: bool = False


def _any_price(chance: random.Random) -> int:
    return chance.randint(200, 20_000)


def _shop_price(chance: random.Random) -> int:
    return chance.choice((990, 1290, 1990, 2990, 2990, 3990, 5990, 9900))


def _tiny_price(chance: random.Random) -> int:
    return chance.randint(1, 15)


MIXES: Final = {
    "pure choice": Mix(_any_price, own_lines=True),
    "scope-wide only": Mix(_any_price, item_share=0.0),
    "disputed lines": Mix(_any_price, item_share=0.6),
    "many percents": Mix(_any_price, item_share=0.2, percent_share=0.9, group_share=0.25),
    "ties": Mix(_shop_price, item_share=0.4, percent_share=0.3, whole_yuan=True),
}
SMALL: Final = MIXES | {
    "fen": Mix(_tiny_price, item_share=0.4, percent_share=0.8, group_share=0.2),
    "fen, scope-wide only": Mix(_tiny_price, item_share=0.0, percent_share=0.7, group_share=0.2),
}


def world(seed: int, mix: Mix, coupons: int = 20, lines: int = 60, *, most_pieces: int = 4) -> World:
    """A world of that size."""
    chance = random.Random(seed)
    basket = _basket(chance, mix, lines, most_pieces)
    offers = [_offer(chance, mix, basket, number) for number in range(1, coupons + 1)]
    candidates = []
    for place in range(coupons):
        offer = chance.choice(offers[: place + 1]) if chance.random() < 0.15 else offers[place]
        own = chance.choice((0, 0, 500, 800)) if isinstance(offer.effects[0], AmountOff) else 0
        days = chance.choice((None, 3, 3, 10, 30))
        ends = None if days is None else TODAY + timedelta(days=days)
        candidates.append(Candidate(f"c{chance.randrange(10**6):06d}-{place}", offer, own, ends))
    caps = {chance.choice(offers).number: Left(in_all=chance.randint(0, 2))} if chance.random() < 0.2 else {}
    return World(basket, tuple(candidates), caps)


def _basket(chance: random.Random, mix: Mix, count: int, most_pieces: int) -> Basket:
    lines = tuple(
        BasketLine(
            gtin=f"69{place:011d}",
            name=f"goods {place}",
            category=chance.choice(CATEGORIES),
            brand=chance.choice(BRANDS),
            quantity=chance.choice((1, 1, 1, chance.randint(1, most_pieces))),
            unit_minor=mix.prices(chance),
        )
        for place in range(count)
    )
    return Basket("CNY", sum(line.amount_minor for line in lines), lines)


def _offer(chance: random.Random, mix: Mix, basket: Basket, number: int) -> Offer:
    is_item = chance.random() < mix.item_share
    effect = _item_effect(chance, basket) if is_item else _wide_effect(chance, mix, basket)
    stacking = Stacking(
        group=f"g{chance.randint(1, 4)}" if chance.random() < mix.group_share else "",
        exclusive=chance.random() < 0.05,
        order=chance.choice((0, 0, 0, 1, 2)),
        not_with=frozenset({chance.randint(1, 20)}) if chance.random() < 0.1 else frozenset(),
    )
    own = range(number % 20, len(basket.lines), 20) if mix.own_lines and is_item else None
    conditions = _conditions(chance, mix, basket, own)
    return Offer(number, LocalText(f"活动{number}", f"offer {number}"), conditions, (effect,), stacking)


def _wide_effect(chance: random.Random, mix: Mix, basket: Basket) -> Effect:
    if chance.random() < mix.percent_share:
        cap = chance.choice((0, 0, 0, basket.total_minor // 50))
        return PercentOff(chance.choice((500, 800, 1000, 1200, 1500, 2000, 3000)), cap)
    if mix.whole_yuan:
        return AmountOff(chance.choice((500, 1000, 1000, 2000, 5000)))
    return AmountOff(max(1, chance.randint(basket.total_minor // 400, basket.total_minor // 20)))


def _item_effect(chance: random.Random, basket: Basket) -> Effect:
    dearest = max(line.unit_minor for line in basket.lines)
    units = chance.choice((1, 1, 1, 2, 3))
    return chance.choice(
        (
            ItemOff(units, percent_hundredths=chance.choice((1000, 2000, 3000, 5000))),
            ItemOff(units, amount_minor=max(1, dearest // chance.choice((4, 8, 12)))),
            FixedPrice(chance.choice((0, dearest // 5, dearest // 10)), units),
        )
    )


def _conditions(chance: random.Random, mix: Mix, basket: Basket, own: range | None) -> Conditions:
    scope = chance.choice(mix.scopes)
    gtins = frozenset(basket.lines[place].gtin for place in own) if own is not None else frozenset[str]()
    if own is None and scope == "gtins":
        some = chance.sample(basket.lines, min(len(basket.lines), chance.randint(1, 8)))
        gtins = frozenset(line.gtin for line in some)
    is_free = own is None
    return Conditions(
        min_spend_minor=chance.choice((0, 0, basket.total_minor // 10, basket.total_minor // 4)),
        min_quantity=chance.choice((0, 0, 0, 2)),
        categories=_some(chance, CATEGORIES, {"category": 1, "categories": 3}.get(scope, 0) if is_free else 0),
        brands=_some(chance, BRANDS, 1 if is_free and scope == "brand" else 0),
        gtins=gtins,
        except_categories=_some(chance, CATEGORIES, 1 if is_free and scope == "all_but" else 0),
        per_transaction=chance.choice((0, 0, 1, 2)),
    )


def _some(chance: random.Random, names: tuple[str, ...], count: int) -> frozenset[str]:
    return frozenset(chance.sample(names, count))
