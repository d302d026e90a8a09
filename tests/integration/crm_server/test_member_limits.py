"""A member's own limits: counted over all stores, whichever lane he comes to."""

from datetime import timedelta

import pytest

from tests.integration.crm_server.served_shop import Shop, problem, results

MEMBER = "m-1"


def asked(shop: Shop, offer: int, member: str = MEMBER, store: str = "1") -> tuple[int, str]:
    """What comes of asking for another coupon of a campaign for a member."""
    coupon_id, code = shop.coupon(offer=str(offer))
    lane = shop.lane(store=store)
    answer = lane.claim(lane.intent(coupon_id, member_ref=member), code)
    return problem(answer) if answer.status_code >= 400 else (answer.status_code, "")


@pytest.mark.parametrize(
    "offer",
    [
        pytest.param({"conditions": {"per_member": 1}}, id="the campaign's own limit"),
        pytest.param({"effects": [{"kind": "sample", "item": "s", "name": "sample"}]}, id="a sample"),
    ],
)
def test_once_in_all_stores(shop: Shop, offer: dict[str, object]) -> None:
    number = shop.add_offer(**offer)

    assert asked(shop, number) == (201, "")
    assert asked(shop, number, store="2") == (409, "member-limit")
    assert asked(shop, number, member="m-2") == (201, "")
    assert asked(shop, number, member="") == (201, "")


def test_once_a_day(shop: Shop) -> None:
    number = shop.add_offer(conditions={"per_member_per_day": 1})

    assert asked(shop, number) == (201, "")
    assert asked(shop, number) == (409, "member-day-limit")
    shop.clock.offset += timedelta(days=1)
    assert asked(shop, number) == (201, "")


def test_what_was_redeemed_offline_counts_too(shop: Shop) -> None:
    number = shop.add_offer(conditions={"per_member": 1})
    coupon_id, _ = shop.coupon(offer=str(number))
    lane = shop.lane()
    lane.redeem(coupon_id, member_ref=MEMBER, campaign=number)
    assert results(lane.push(lane.entries)) == ["accepted"]

    assert asked(shop, number) == (409, "member-limit")


def test_what_was_taken_back_does_not_count(shop: Shop) -> None:
    number = shop.add_offer(conditions={"per_member": 1})
    coupon_id, _ = shop.coupon(offer=str(number))
    lane = shop.lane()
    redemption = lane.redeem(coupon_id, member_ref=MEMBER, campaign=number)
    lane.void(redemption)
    lane.push(lane.entries)

    assert asked(shop, number) == (201, "")
