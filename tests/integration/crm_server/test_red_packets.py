"""A red packet is used in parts, and all parts together are never more than it holds."""

from typing import Any

from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, at_once, claim_of, problem

PACKET = 8_800


def packet(shop: Shop) -> tuple[str, str]:
    """A packet of 88.00."""
    effects = [{"kind": "amount_off", "amount_minor": PACKET}]
    shop.add_offer(number=5_088, effects=effects, partial=True, offline={"policy": "allow"})
    return shop.coupon(offer="5088")


def take(lane: LaneClient, coupon: tuple[str, str], use_no: int, value: int) -> Any:
    """Ask for a part."""
    return lane.claim(lane.intent(coupon[0], use_no, value_minor=value), coupon[1])


def test_parts_are_granted_until_nothing_is_left(shop: Shop) -> None:
    coupon, lane, other = packet(shop), shop.lane(), shop.lane(store="2")

    assert take(lane, coupon, 1, 5_000).status_code == 201
    too_much = take(other, coupon, 2, 3_801)
    assert (problem(too_much), too_much.json()["left_minor"]) == ((409, "value-exhausted"), 3_800)
    assert take(other, coupon, 2, 3_800).status_code == 201
    empty = take(lane, coupon, 3, 1)
    assert (problem(empty), empty.json()["next_use_no"]) == ((409, "already-used"), None)
    assert empty.json()["holder"]["device"] == other.device


def test_a_number_that_is_taken_names_the_next_one(shop: Shop) -> None:
    coupon, lane, other = packet(shop), shop.lane(), shop.lane(store="2")
    take(lane, coupon, 1, 5_000)
    refused = take(other, coupon, 1, 1_000)

    assert (problem(refused), refused.json()["next_use_no"]) == ((409, "already-used"), 2)


def test_what_a_redemption_took_less_stays_in_the_packet(shop: Shop) -> None:
    coupon, lane = packet(shop), shop.lane()
    asked = lane.intent(coupon[0], value_minor=5_000)
    lane.claim(asked, coupon[1])
    lane.redeem(coupon[0], intent=asked, value_minor=2_000, discount_minor=2_000)
    lane.push(lane.entries)

    assert take(lane, coupon, 2, 6_800).status_code == 201


def test_a_part_that_is_given_back_is_there_again(shop: Shop) -> None:
    coupon, lane = packet(shop), shop.lane()
    asked = lane.intent(coupon[0], value_minor=PACKET)
    lane.claim(asked, coupon[1])
    lane.send("DELETE", f"/v1/claims/{claim_of(asked)}", {"reason": "cancelled"})

    assert take(lane, coupon, 1, PACKET).status_code == 201


def test_lanes_that_ask_at_once_never_take_more_than_there_is(shop: Shop) -> None:
    coupon = packet(shop)
    lanes = [shop.lane(store=str(1 + place % 2)) for place in range(8)]
    jobs = [lambda lane=lane, use=use: take(lane, coupon, use, 3_000).status_code for use, lane in enumerate(lanes, 1)]
    answers = at_once(jobs)

    assert sorted(answers) == [201] * 2 + [409] * 6
