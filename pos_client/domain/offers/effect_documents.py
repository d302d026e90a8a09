"""Effects as JSON: one reader a kind.

Apart from ``offer`` because kinds grow. A kind or a field that this program does not know is not skipped: what a newer
centre meant by it may be just what limits the offer.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pos_client.domain import local_text

from .document_fields import as_object, section_fields, text, whole
from .effects import (
    WHOLE_PRICE,
    AmountOff,
    Arrival,
    Effect,
    FixedPrice,
    Gift,
    ItemOff,
    PassCode,
    PercentOff,
    Points,
    Reservation,
    RewardCoupon,
    Sample,
    Stamps,
)

Document = Mapping[str, Any]
_CAMPAIGN_MOST: Final = (1 << 32) - 1


def parse_effects(documents: list[Any]) -> tuple[tuple[Effect, ...], tuple[str, ...]]:
    """Read effects.

    Returns:
        The effects that are known, in order, and the names of what is not: kinds, or ``kind.field``.

    Raises:
        KeyError, ValueError, TypeError: a field is missing or wrong.
    """
    effects: list[Effect] = []
    unknown: list[str] = []
    for document in (as_object(each, "effect") for each in documents):
        kind = text(document, "kind")
        if kind not in _READERS:
            unknown.append(kind)
            continue
        read, fields = _READERS[kind]
        unknown += [f"{kind}.{field}" for field in section_fields(document, fields | {"kind"})]
        effects.append(read(document))
    return tuple(effects), tuple(unknown)


def _amount_off(document: Document) -> Effect:
    return AmountOff(whole(document, "amount_minor", 0))


def _percent_off(document: Document) -> Effect:
    return PercentOff(whole(document, "percent_hundredths", most=WHOLE_PRICE), whole(document, "cap_minor", 0))


def _item_off(document: Document) -> Effect:
    percent, amount = whole(document, "percent_hundredths", 0, most=WHOLE_PRICE), whole(document, "amount_minor", 0)
    if bool(percent) == bool(amount):
        raise ValueError("item_off has percent_hundredths or amount_minor")
    return ItemOff(whole(document, "units", 1, least=1), percent, amount)


def _fixed_price(document: Document) -> Effect:
    return FixedPrice(whole(document, "price_minor"), whole(document, "units", 1, least=1))


def _gift(document: Document) -> Effect:
    name = local_text.parse(document["name"])
    return Gift(text(document, "item"), name, whole(document, "quantity", 1, least=1))


def _sample(document: Document) -> Effect:
    return Sample(text(document, "item"), local_text.parse(document["name"]))


def _points(document: Document) -> Effect:
    return Points(whole(document, "points", least=1), whole(document, "per_minor", 0))


def _stamps(document: Document) -> Effect:
    return Stamps(
        text(document, "card"),
        whole(document, "count", 1, least=1),
        whole(document, "needed", least=1),
        whole(document, "reward", most=_CAMPAIGN_MOST),
    )


def _reward_coupon(document: Document) -> Effect:
    return RewardCoupon(whole(document, "campaign", most=_CAMPAIGN_MOST), whole(document, "count", 1, least=1))


def _pass_code(document: Document) -> Effect:
    return PassCode(whole(document, "campaign", most=_CAMPAIGN_MOST))


def _reservation(document: Document) -> Effect:
    price = whole(document, "price_minor")
    deposit = whole(document, "deposit_minor", 0, most=price)
    return Reservation(text(document, "item"), local_text.parse(document["name"]), price, deposit)


def _arrival(document: Document) -> Effect:
    return Arrival(text(document, "event"), local_text.parse(document["name"]))


_READERS: Final[Mapping[str, tuple[Callable[[Document], Effect], frozenset[str]]]] = {
    "amount_off": (_amount_off, frozenset({"amount_minor"})),
    "percent_off": (_percent_off, frozenset({"percent_hundredths", "cap_minor"})),
    "item_off": (_item_off, frozenset({"units", "percent_hundredths", "amount_minor"})),
    "fixed_price": (_fixed_price, frozenset({"units", "price_minor"})),
    "gift": (_gift, frozenset({"item", "name", "quantity"})),
    "sample": (_sample, frozenset({"item", "name"})),
    "points": (_points, frozenset({"points", "per_minor"})),
    "stamps": (_stamps, frozenset({"card", "count", "needed", "reward"})),
    "reward_coupon": (_reward_coupon, frozenset({"campaign", "count"})),
    "pass_code": (_pass_code, frozenset({"campaign"})),
    "reservation": (_reservation, frozenset({"item", "name", "price_minor", "deposit_minor"})),
    "arrival": (_arrival, frozenset({"event", "name"})),
}
