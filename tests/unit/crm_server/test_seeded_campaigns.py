"""The seeded campaigns: every mechanism has one, all of them can be judged, and none names what is not there."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from crm_server.centre import open_centre
from crm_server.pools import pools
from crm_server.seed.campaigns import CAMPAIGNS
from crm_server.seed.shop import SeedRequest, seed_shop
from crm_server.stocks import stock
from pos_client.domain.business_time import day_number, local_date
from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.effects import Effect, Gift, PassCode, RewardCoupon, Sample, Stamps

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs" / "offer.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: str(campaign["slug"]))
def test_a_seeded_campaign_is_one_that_this_program_judges(campaign: Mapping[str, Any]) -> None:
    jsonschema.validate(campaign, SCHEMA)

    assert offers.parse(campaign).unknown == ()


def test_numbers_and_names_are_each_once() -> None:
    assert len({campaign["number"] for campaign in CAMPAIGNS}) == len(CAMPAIGNS)
    assert len({campaign["slug"] for campaign in CAMPAIGNS}) == len(CAMPAIGNS)


def test_every_mechanism_is_there() -> None:
    parsed = [offers.parse(campaign) for campaign in CAMPAIGNS]
    kinds = {type(effect).__name__ for offer in parsed for effect in offer.effects}

    assert kinds == {kind.__name__ for kind in Effect.__args__}
    assert {offer.on.value for offer in parsed} == {"coupon", "purchase", "bind"}
    assert any(offer.partial for offer in parsed)
    assert any(offer.points_price for offer in parsed)
    assert any(offer.max_uses > 1 for offer in parsed)
    assert {tuple(offer.conditions.stores) for offer in parsed} == {(), (1,), (2,)}


def test_what_a_campaign_gives_is_lent_to_every_lane_and_lies_at_every_booth(tmp_path: Path) -> None:
    centre = open_centre(tmp_path / "crm")
    seed_shop(centre, SeedRequest(share=100))
    parsed = [offers.parse(campaign) for campaign in CAMPAIGNS]
    given = {_gives(effect) for offer in parsed for effect in offer.effects} - {0}
    items = {effect.item for offer in parsed for effect in offer.effects if isinstance(effect, Gift | Sample)}
    today = day_number(local_date(centre.now(), "Asia/Shanghai"))
    lent, lying = centre.database.read(
        lambda connection: ([row for store in (1, 2) for row in pools(connection, store, today)], stock(connection))
    ).result()
    centre.close()

    assert {(row["store"], row["lane"]) for row in lent if row["free"] >= 20} == {(1, 1), (1, 2), (2, 1)}
    assert given | {0} == {row["campaign"] for row in lent}
    assert all(items <= {row["item"] for row in lying if row["booth"] == booth} for booth in _booths(lying))


def _gives(effect: Effect) -> int:
    if isinstance(effect, RewardCoupon | PassCode):
        return effect.campaign
    return effect.reward if isinstance(effect, Stamps) else 0


def _booths(lying: list[dict[str, Any]]) -> set[str]:
    found = {str(row["booth"]) for row in lying}
    assert len(found) == 3
    return found
