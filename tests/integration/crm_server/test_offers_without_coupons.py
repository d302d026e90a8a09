"""Campaigns that give by themselves: nobody mints a coupon of one, and one that was minted before is not granted."""

import json

import pytest
from sqlalchemy import update

from crm_server.problems import Problem
from crm_server.schema import OFFER
from tests.integration.crm_server.served_shop import Shop, problem


@pytest.mark.parametrize("on", ["purchase", "bind"])
def test_neither_minted_nor_granted(shop: Shop, on: str) -> None:
    coupon_id, code = shop.coupon(offer=str(shop.add_offer()))
    body = json.dumps({"number": 5_000, "name": "offer", "on": on, "effects": []})
    shop.write(lambda connection: connection.execute(update(OFFER).where(OFFER.c.number == 5_000).values(body=body)))
    lane = shop.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code)) == (403, "no-coupon-offer")
    with pytest.raises(Problem, match="no-coupon-offer"):
        shop.coupon(offer="5000")
