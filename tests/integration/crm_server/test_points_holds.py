"""Holds of points: what two lanes hold of one member is never more than he has."""

import secrets
from datetime import timedelta
from functools import partial

from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, at_once, problem, results
from tests.integration.crm_server.trade import burn, earn, member, points


def hold(lane: LaneClient, ref: str, wanted: int, hold_id: str = "") -> int:
    """Ask for points; the status."""
    body = {"member_ref": ref, "points": wanted}
    return lane.send("PUT", f"/v1/points/{hold_id or secrets.token_hex(16)}", body).status_code


def rich_member(shop: Shop, balance: int = 1_000) -> tuple[int, str]:
    """A member with so many points."""
    number, ref = member(shop, 3)
    lane = shop.lane()
    earn(lane, ref, balance - points(shop, number))
    assert results(lane.push(lane.entries)) == ["accepted"]
    return number, ref


def test_points_are_held_once_however_often_they_are_asked_for(shop: Shop) -> None:
    _, ref = rich_member(shop)
    lane, hold_id = shop.lane(), "ab" * 16
    first = lane.send("PUT", f"/v1/points/{hold_id}", {"member_ref": ref, "points": 600})
    again = lane.send("PUT", f"/v1/points/{hold_id}", {"member_ref": ref, "points": 600})

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json() == {"hold_id": hold_id, "member_ref": ref, "points": 600, "left": 400, "state": "granted"}
    assert problem(lane.send("PUT", f"/v1/points/{hold_id}", {"member_ref": ref, "points": 7})) == (
        409,
        "hold-mismatch",
    )


def test_more_than_there_is_beside_other_holds_is_refused_with_the_balance(shop: Shop) -> None:
    _, ref = rich_member(shop)
    hold(shop.lane(), ref, 600)
    other = shop.lane(store="2")
    refused = other.send("PUT", f"/v1/points/{'cd' * 16}", {"member_ref": ref, "points": 401})

    assert (problem(refused), refused.json()["balance"]) == ((409, "points-short"), 400)
    assert hold(other, ref, 400) == 201
    assert problem(other.send("PUT", f"/v1/points/{'ef' * 16}", {"member_ref": "m-x", "points": 1})) == (
        404,
        "member-unknown",
    )


def test_eight_lanes_at_once_hold_no_more_than_there_is(shop: Shop) -> None:
    _, ref = rich_member(shop)
    lanes = [shop.lane(store=str(1 + place % 2)) for place in range(8)]
    answers = at_once([partial(hold, lane, ref, 300) for lane in lanes])

    assert sorted(answers) == [201] * 3 + [409] * 5


def test_what_is_burnt_is_held_no_longer(shop: Shop) -> None:
    number, ref = rich_member(shop)
    lane, hold_id = shop.lane(), "ab" * 16
    hold(lane, ref, 600, hold_id)
    lane.push([burn(lane, ref, 600, hold_id=hold_id)])

    assert points(shop, number) == 400
    assert hold(lane, ref, 400) == 201
    assert problem(lane.send("DELETE", f"/v1/points/{hold_id}")) == (409, "hold-consumed")


def test_what_is_let_go_is_free(shop: Shop) -> None:
    _, ref = rich_member(shop)
    lane, other, hold_id = shop.lane(), shop.lane(store="2"), "ab" * 16
    hold(lane, ref, 1_000, hold_id)

    assert problem(other.send("DELETE", f"/v1/points/{hold_id}")) == (403, "device-other")
    assert [lane.send("DELETE", f"/v1/points/{hold_id}").status_code for _ in range(2)] == [204, 204]
    assert hold(other, ref, 1_000) == 201
    assert problem(lane.send("PUT", f"/v1/points/{hold_id}", {"member_ref": ref, "points": 1})) == (
        409,
        "hold-released",
    )


def test_a_hold_that_is_let_go_before_it_arrives_holds_nothing(shop: Shop) -> None:
    _, ref = rich_member(shop)
    lane, hold_id = shop.lane(), "ab" * 16
    lane.send("DELETE", f"/v1/points/{hold_id}")

    assert hold(lane, ref, 10, hold_id) == 409


def test_a_forgotten_hold_counts_for_a_day(shop: Shop) -> None:
    _, ref = rich_member(shop)
    lane = shop.lane()
    hold(lane, ref, 1_000)
    assert hold(lane, ref, 1) == 409
    shop.clock.offset += timedelta(hours=25)

    assert hold(lane, ref, 1_000) == 201
