"""An offer as JSON: everything in it is read, and what is wrong is said with the errors that the caller expects."""

import json
from datetime import date, time
from typing import Any

import pytest

from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.conditions import Conditions, MemberNeed
from pos_client.domain.offers.effects import (
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
from pos_client.domain.offers.offer import Offer, OfflinePolicy, RedeemOn, Stacking, Trigger, parse

ALL_EFFECTS: list[tuple[dict[str, Any], Effect]] = [
    ({"kind": "item_off", "units": 2, "percent_hundredths": 5000}, ItemOff(2, 5000)),
    ({"kind": "item_off", "amount_minor": 300}, ItemOff(1, 0, 300)),
    ({"kind": "fixed_price", "price_minor": 990, "units": 3}, FixedPrice(990, 3)),
    ({"kind": "gift", "item": "p-1", "name": "奖品", "quantity": 2}, Gift("p-1", LocalText("奖品", "奖品"), 2)),
    ({"kind": "sample", "item": "s-1", "name": "试用装"}, Sample("s-1", LocalText("试用装", "试用装"))),
    ({"kind": "points", "points": 1, "per_minor": 100}, Points(1, 100)),
    ({"kind": "stamps", "card": "tea", "needed": 10, "reward": 1006}, Stamps("tea", 1, 10, 1006)),
    ({"kind": "reward_coupon", "campaign": 1006, "count": 2}, RewardCoupon(1006, 2)),
    ({"kind": "pass_code", "campaign": 1005}, PassCode(1005)),
    (
        {"kind": "reservation", "item": "r-1", "name": "礼盒", "price_minor": 9900, "deposit_minor": 1000},
        Reservation("r-1", LocalText("礼盒", "礼盒"), 9900, 1000),
    ),
    ({"kind": "arrival", "event": "e-1", "name": "试用会"}, Arrival("e-1", LocalText("试用会", "试用会"))),
]
FULL = {
    "number": 1003,
    "name": {"zh": "洗发水85折", "en": "15 % off shampoo"},
    "brand": "Qing",
    "conditions": {
        "min_spend_minor": 10_000,
        "categories": ["hair"],
        "brands": ["Qing", "Lan"],
        "gtins": ["06901234567892"],
        "stores": [12, 13],
        "member": "bound",
        "levels": ["gold"],
        "starts": "2026-03-01",
        "ends": "2026-03-31",
        "weekdays": [6, 7],
        "per_member_per_day": 2,
        "min_quantity": 3,
        "except_categories": ["gift-card"],
        "except_gtins": ["06901234567908"],
        "channels": ["kiosk"],
        "new_member": True,
        "hours": ["09:00-12:00", "22:00-02:00"],
        "per_member": 5,
        "per_transaction": 1,
        "total_uses": 500,
    },
    "effects": [
        {"kind": "percent_off", "percent_hundredths": 1500, "cap_minor": 3_000},
        {"kind": "amount_off", "amount_minor": 500},
        {"kind": "gift", "item": "s-1", "name": "试用装"},
    ],
    "stacking": {"group": "hair", "exclusive": True, "order": 3, "not_with": [1007]},
    "on": "purchase",
    "partial": True,
    "points_price": 500,
    "offline": {"policy": "up_to", "value_minor": 2_000},
    "redeem_on": "confirm",
    "max_uses": 3,
}
LEAST = {"number": 1001, "name": "立减10", "effects": [{"kind": "amount_off"}]}


def test_everything_in_a_document_is_read() -> None:
    read = parse(json.loads(json.dumps(FULL)))

    expected = Offer(
        number=1003,
        name=LocalText("洗发水85折", "15 % off shampoo"),
        conditions=Conditions(
            min_spend_minor=10_000,
            categories=frozenset({"hair"}),
            brands=frozenset({"Qing", "Lan"}),
            gtins=frozenset({"06901234567892"}),
            stores=frozenset({12, 13}),
            member=MemberNeed.BOUND,
            levels=frozenset({"gold"}),
            starts=date(2026, 3, 1),
            ends=date(2026, 3, 31),
            weekdays=frozenset({6, 7}),
            per_member_per_day=2,
            min_quantity=3,
            except_categories=frozenset({"gift-card"}),
            except_gtins=frozenset({"06901234567908"}),
            channels=frozenset({"kiosk"}),
            new_member=True,
            hours=((time(9), time(12)), (time(22), time(2))),
            per_member=5,
            per_transaction=1,
            total_uses=500,
        ),
        effects=(PercentOff(1500, 3_000), AmountOff(500), Gift("s-1", LocalText("试用装", "试用装"))),
        stacking=Stacking("hair", exclusive=True, order=3, not_with=frozenset({1007})),
        offline=OfflinePolicy.UP_TO,
        offline_value_minor=2_000,
        redeem_on=RedeemOn.CONFIRM,
        max_uses=3,
        brand="Qing",
        on=Trigger.PURCHASE,
        partial=True,
        points_price=500,
    )
    assert expected == read


@pytest.mark.parametrize(("document", "effect"), ALL_EFFECTS, ids=[effect["kind"] for effect, _ in ALL_EFFECTS])
def test_each_kind_of_effect(document: dict[str, Any], effect: Effect) -> None:
    read = parse(LEAST | {"effects": [document]})

    assert (read.effects, read.unknown) == ((effect,), ())


@pytest.mark.parametrize(
    ("change", "unknown"),
    [
        ({"effects": [{"kind": "free_lunch"}, {"kind": "amount_off"}]}, "free_lunch"),
        ({"effects": [{"kind": "percent_off", "percent_hundredths": 1000, "floor": 1}]}, "percent_off.floor"),
        ({"conditions": {"moon": "full"}}, "conditions.moon"),
        ({"conditions": {"member": "sometimes"}}, "conditions.member sometimes"),
        ({"stacking": {"layer": 2}}, "stacking.layer"),
        ({"offline": {"policy": "maybe"}}, "offline.policy maybe"),
        ({"offline": {"until": 3}}, "offline.until"),
        ({"on": "full-moon"}, "on full-moon"),
    ],
)
def test_what_a_newer_centre_says_is_named(change: dict[str, Any], unknown: str) -> None:
    assert parse(LEAST | change).unknown == (unknown,)


def test_what_merely_describes_an_offer_may_be_new() -> None:
    assert parse(LEAST | {"slug": "plain", "picture": "x.png"}).unknown == ()


def test_what_a_document_leaves_out_is_careful() -> None:
    read = parse(LEAST)

    assert Offer(1001, LocalText("立减10", "立减10"), Conditions(), (AmountOff(0),)) == read
    assert read.offline is OfflinePolicy.HOME_STORE


def test_a_later_version_may_add_fields() -> None:
    assert parse(LEAST) == parse(LEAST | {"of_a_later_version": {"x": 1}})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"number": "x"}, id="number"),
        pytest.param({"number": None}, id="no number"),
        pytest.param({"name": 7}, id="name"),
        pytest.param({"effects": ["amount_off"]}, id="an effect that is no object"),
        pytest.param({"effects": "amount_off"}, id="effects that are a text"),
        pytest.param({"effects": [{"kind": "percent_off"}]}, id="percent of nothing"),
        pytest.param({"effects": [{"kind": "percent_off", "percent_hundredths": 10_001}]}, id="more than all"),
        pytest.param({"effects": [{"kind": "percent_off", "percent_hundredths": -1}]}, id="less than nothing"),
        pytest.param({"effects": [{"kind": "amount_off", "amount_minor": -1}]}, id="a surcharge"),
        pytest.param({"effects": [{"kind": "gift", "item": "s-1", "name": 7}]}, id="a gift without a name"),
        pytest.param({"conditions": []}, id="conditions that are a list"),
        pytest.param({"conditions": {"categories": "hair"}}, id="a text where a list belongs"),
        pytest.param({"conditions": {"brands": [1]}}, id="a number where a text belongs"),
        pytest.param({"conditions": {"stores": ["x"]}}, id="a store that is no number"),
        pytest.param({"conditions": {"starts": "1 March"}}, id="date"),
        pytest.param({"conditions": {"starts": 20_260_301}}, id="a date that is a number"),
        pytest.param({"conditions": {"weekdays": [0]}}, id="a day before Monday"),
        pytest.param({"conditions": {"min_spend_minor": -1}}, id="a threshold below nothing"),
        pytest.param({"offline": "deny"}, id="offline that is a text"),
        pytest.param({"stacking": ["hair"]}, id="stacking that is a list"),
        pytest.param({"stacking": {"exclusive": "false"}}, id="a text where yes or no belongs"),
        pytest.param({"redeem_on": "later"}, id="redeem_on"),
        pytest.param({"max_uses": 0}, id="no use at all"),
        pytest.param({"effects": [{"kind": "item_off"}]}, id="nothing off"),
        pytest.param({"effects": [{"kind": "item_off", "amount_minor": 1, "percent_hundredths": 1}]}, id="both off"),
        pytest.param({"effects": [{"kind": "fixed_price", "price_minor": 1, "units": 0}]}, id="no piece"),
        pytest.param({"conditions": {"hours": ["morning"]}}, id="hours without an end"),
        pytest.param({"conditions": {"hours": ["09:00Z-12:00Z"]}}, id="hours of another zone"),
        pytest.param({"conditions": {"hours": ["09:00:30-12:00"]}}, id="hours with seconds"),
        pytest.param({"conditions": {"starts": "2026-W10-1"}}, id="a date by its week"),
        pytest.param({"conditions": {"starts": "2026-02-30"}}, id="a date that no calendar has"),
        pytest.param({"conditions": {"ends": ""}}, id="a date that is empty"),
        pytest.param({"conditions": {"ends": None}}, id="a date that is null"),
        pytest.param({"conditions": {"member": 1}}, id="a member need that is a number"),
        pytest.param({"brand": 7}, id="a brand that is a number"),
        pytest.param({"name": {"zh": "满减", "en": None}}, id="a name that is null in one language"),
        pytest.param({"stacking": {"group": 1}}, id="a group that is a number"),
        pytest.param({"offline": {"policy": None}}, id="a policy that is null"),
        pytest.param({"effects": [{"kind": 1}]}, id="a kind that is a number"),
        pytest.param({"effects": [{"kind": "arrival", "event": 1, "name": "x"}]}, id="an event that is a number"),
        pytest.param({"max_uses": 1.5}, id="one and a half uses"),
    ],
)
def test_a_wrong_document_is_no_offer(change: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        parse(LEAST | change)


@pytest.mark.parametrize("field", ["number", "name", "effects"])
def test_a_document_without_its_necessary_fields_is_no_offer(field: str) -> None:
    with pytest.raises(KeyError):
        parse({name: value for name, value in LEAST.items() if name != field})


@pytest.mark.parametrize("document", [None, [], "offer", 7])
def test_what_is_no_object_is_no_offer(document: Any) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        parse(document)
