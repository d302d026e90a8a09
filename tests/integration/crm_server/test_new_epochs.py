"""New epochs: which chain goes on, what both sides of a fork do, and what people at the centre read of it."""

import json

from crm_server.reports import ReportName
from pos_client.domain.hash_chain import GENESIS
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, reported, results


def test_the_chain_goes_on_from_the_epoch_the_lane_was_in(shop: Shop) -> None:
    """An answer that was lost costs a number, not the chain."""
    lane = shop.lane()
    entry = lane.write("login")
    lane.push([entry])
    lane.new_epoch()
    lane.epoch = 1
    again = lane.new_epoch()

    assert again.json()["epoch"] == 3
    assert again.json()["server_head"] == {"seq": 1, "hash": entry.hash.hex()}


def test_an_epoch_that_a_restored_server_forgot_is_not_given_again(shop: Shop) -> None:
    lane = shop.lane()
    lane.epoch = 4
    waiting = lane.write("login")
    refused = lane.push([waiting])
    answer = lane.new_epoch("restored").json()

    assert problem(refused) == (422, "batch-malformed")
    assert (answer["epoch"], answer["server_head"]["hash"]) == (5, GENESIS.hex())
    assert results(lane.push([waiting])) == ["accepted"]
    assert lane.heartbeat().status_code == 200


def test_a_number_out_of_thin_air_is_refused(small_shop: Shop) -> None:
    lane = small_shop.lane()
    lane.epoch = 5_000

    assert problem(lane.new_epoch()) == (422, "body-malformed")


def _forked(shop: Shop, lane: LaneClient, *coupons: str) -> list[str]:
    """Two machines write their second entry: one redeems the first coupon, the other the last."""
    first = lane.write("login")
    lane.push([first, lane.redeem(coupons[0])])
    lane.new_epoch("device-forked")
    lane.epoch, lane.entries = 1, [first]
    other = lane.redeem(coupons[-1], operator="E1002")
    lane.epoch = 2
    return results(lane.push([other]))


def test_a_forked_redemption_takes_its_use(shop: Shop) -> None:
    lane, elsewhere = shop.lane(), shop.lane(store="2")
    (one, _), (other, code) = shop.coupon(), shop.coupon()

    assert _forked(shop, lane, one, other) == ["forked"]
    assert problem(elsewhere.claim(elsewhere.intent(other), code)) == (409, "already-used")
    assert [row["count"] for row in reported(shop, ReportName.SETTLEMENT)] == [2]
    assert lane.heartbeat().status_code == 200


def test_a_forked_redemption_of_the_same_coupon_is_paired(shop: Shop) -> None:
    lane, coupon = shop.lane(), shop.coupon()[0]

    assert _forked(shop, lane, coupon) == ["forked"]
    (pair,) = reported(shop, ReportName.CONFLICTS)
    assert (pair["coupon_id"], pair["seq"], pair["holder"]["seq"]) == (coupon, 2, 2)
    assert [row["count"] for row in reported(shop, ReportName.SETTLEMENT)] == [1]


def test_a_void_takes_back_the_side_of_the_fork_that_it_means(shop: Shop) -> None:
    lane = shop.lane()
    (one, _), (other, _) = shop.coupon(), shop.coupon()
    first = lane.write("login")
    kept = lane.redeem(one)
    lane.push([first, kept])
    lane.new_epoch("device-forked")
    lane.epoch, lane.entries = 1, [first]
    mistaken = lane.redeem(other, operator="E1002", claim_id="c" * 32)
    void = lane.void(mistaken)
    lane.epoch = 2

    assert results(lane.push([mistaken, void])) == ["forked", "accepted"]
    rows = {row["coupon_id"]: row["voided"] for row in reported(shop, ReportName.REDEMPTIONS)}
    assert rows == {one: False, other: True}


def test_a_void_may_name_an_older_epoch_and_wait_for_it(shop: Shop) -> None:
    lane, coupon = shop.lane(), shop.coupon()[0]
    redemption = lane.redeem(coupon)
    lane.new_epoch("device-rolled-back")
    lane.write("resync_gap")
    void = lane.void(redemption, target_epoch=1)

    early = results(lane.push([void]))
    late = results(lane.push([redemption]))
    assert (early, late) == (["accepted"], ["accepted"])
    assert [row["voided"] for row in reported(shop, ReportName.REDEMPTIONS)] == [True]


def test_the_report_names_the_gap(shop: Shop) -> None:
    lane = shop.lane()
    lane.push([lane.write("login") for _ in range(3)])
    lane.new_epoch("device-rolled-back")
    silent = reported(shop, ReportName.EPOCHS)
    gap = lane.write("resync_gap", old_epoch=1, last_seq=1, server_seq=3, operator="E1002")
    lane.push([gap])
    (row,) = reported(shop, ReportName.EPOCHS)

    assert [(one["epoch"], one["reason"], one["lane_last_seq"]) for one in silent] == [(2, "device-rolled-back", None)]
    assert (row["device"], row["epoch"], row["old_epoch"]) == (lane.device, 2, 1)
    assert (row["lane_last_seq"], row["server_last_seq"], row["operator"]) == (1, 3, "E1002")
    assert json.loads(gap.body)["kind"] == "resync_gap"
