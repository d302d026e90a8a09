"""An offer as JSON: everything in it is read, and what is wrong is said with the errors that the caller expects."""

import json
from datetime import date
from typing import Any

import pytest

from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.conditions import Conditions, MemberNeed
from pos_client.domain.offers.effects import AmountOff, Gift, PercentOff
from pos_client.domain.offers.offer import Offer, OfflinePolicy, RedeemOn, Stacking, parse

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
    },
    "effects": [
        {"kind": "percent_off", "percent_hundredths": 1500, "cap_minor": 3_000},
        {"kind": "amount_off", "amount_minor": 500},
        {"kind": "gift", "item": "s-1", "name": "试用装"},
    ],
    "stacking": {"group": "hair", "exclusive": True, "order": 3},
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
        ),
        effects=(PercentOff(1500, 3_000), AmountOff(500), Gift("s-1", LocalText("试用装", "试用装"))),
        stacking=Stacking("hair", exclusive=True, order=3),
        offline=OfflinePolicy.UP_TO,
        offline_value_minor=2_000,
        redeem_on=RedeemOn.CONFIRM,
        max_uses=3,
        brand="Qing",
    )
    assert expected == read


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
        pytest.param({"effects": [{"kind": "free_lunch"}]}, id="unknown effect"),
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
        pytest.param({"conditions": {"member": "sometimes"}}, id="member"),
        pytest.param({"conditions": {"starts": "1 March"}}, id="date"),
        pytest.param({"conditions": {"starts": 20_260_301}}, id="a date that is a number"),
        pytest.param({"conditions": {"weekdays": [0]}}, id="a day before Monday"),
        pytest.param({"conditions": {"min_spend_minor": -1}}, id="a threshold below nothing"),
        pytest.param({"offline": "deny"}, id="offline that is a text"),
        pytest.param({"offline": {"policy": "maybe"}}, id="offline policy"),
        pytest.param({"stacking": ["hair"]}, id="stacking that is a list"),
        pytest.param({"stacking": {"exclusive": "false"}}, id="a text where yes or no belongs"),
        pytest.param({"redeem_on": "later"}, id="redeem_on"),
        pytest.param({"max_uses": 0}, id="no use at all"),
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
