"""A centre that is newer than the lane: what the lane does not know is never a wrong discount, nor a stopped sync."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from crm_server import change_log
from crm_server.minting import CodeKind
from crm_server.schema import OFFER
from tests.fakes.shop import LaneHome
from tests.integration.crm_server.served_shop import Shop, seed_into, served

NEWER: dict[str, dict[str, Any]] = {
    "effect": {"effects": [{"kind": "free_lunch", "amount_minor": 500}]},
    "condition": {"conditions": {"moon": "full"}},
    "field of an effect": {"effects": [{"kind": "amount_off", "amount_minor": 500, "until": "noon"}]},
    "stacking rule": {"stacking": {"layer": 2}},
    "trigger": {"on": "full-moon"},
}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A small shop, served."""
    seed_into(tmp_path / "crm")
    with served(tmp_path / "crm") as running:
        yield running


def say(shop: Shop, number: int, **document: Any) -> None:
    """A campaign that exists becomes what a newer centre would write; lanes get it as a page of changes."""
    offer = {"number": number, "name": "offer", "effects": [{"kind": "amount_off", "amount_minor": 500}], **document}
    body = json.dumps({"offline": {"policy": "allow"}, **offer})
    shop.write(lambda connection: connection.execute(update(OFFER).where(OFFER.c.number == number).values(body=body)))
    shop.write(lambda connection: change_log.append(connection, [("offer", (number,))]))


def test_unknown_rules_come_with_a_page_and_are_asked_about(shop: Shop, tmp_path: Path) -> None:
    lane = LaneHome(tmp_path / "lane")
    enrolment = shop.mint(CodeKind.ENROL, store="1", lane=1)[0]["code"]
    assert lane.run("enrol", shop.url, enrolment).code == 0
    numbers = [5_001 + place for place in range(len(NEWER))]
    for number in [*numbers, 5_000]:
        shop.add_offer(number=number)
        say(shop, number, effects=[{"kind": "amount_off", "amount_minor": 100}])
    known = {number: shop.coupon(offer=str(number))[1] for number in [*numbers, 5_000]}
    lane.run("sync")
    before = lane.run("check", known[numbers[0]]).document

    for number, document in zip(numbers, NEWER.values(), strict=True):
        say(shop, number, **document)
    say(shop, 5_000, effects=[{"kind": "amount_off", "amount_minor": 700}])
    synced = lane.run("sync")
    answers = [lane.run("redeem", known[number], "--operator", "E1001") for number in numbers]
    ours = lane.run("redeem", known[5_000], "--operator", "E1001").document

    assert (before["reason"], before["discount_minor"]) == ("can-redeem", 100)
    assert synced.code == 0
    assert [(each.code, each.document["reason"], each.document["discount_minor"]) for each in answers] == [
        (10, "offer-too-new", 0)
    ] * len(numbers)
    assert (ours["reason"], ours["discount_minor"]) == ("accepted", 700)
    assert lane.run("sync").document["conflicts"] == 0
