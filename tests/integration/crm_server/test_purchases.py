"""A receipt counts once; what lanes give out and hand over is counted, and taken back where the purchase is."""

from crm_server.reports import ReportName
from crm_server.stocks import Counted, set_stock, stock
from tests.integration.crm_server.served_shop import Shop, problem, reported, results
from tests.integration.crm_server.trade import (
    PLAIN,
    a_pool,
    a_txn,
    buy,
    earn,
    free_coupons,
    hand_over,
    issue,
    member,
    points,
    purchases,
    stamps,
    take_back,
)

RECEIPT = "receipt:" + "ab" * 16
BOOTH = "一楼中庭专柜"


def test_the_second_purchase_of_a_receipt_gives_nothing(shop: Shop) -> None:
    number, ref = member(shop)
    before, first, second = points(shop, number), shop.lane(), shop.lane(store="2")
    coupon_id, txn = a_pool(shop, store=2)[0], a_txn()
    buy(first, ref, ref=RECEIPT)
    earn(first, ref, 100)
    first.push(first.entries)
    buy(second, ref, txn=txn, ref=RECEIPT)
    earn(second, ref, 100, txn=txn)
    earn(second, ref, 1, "stamps:tea", txn=txn)
    issue(second, coupon_id, ref, txn=txn)
    answer = second.push(second.entries)

    assert results(answer) == ["conflict", "accepted", "accepted", "accepted"]
    assert [row.get("reason") for row in answer.json()["results"][1:]] == ["receipt-conflict"] * 3
    holder = answer.json()["results"][0]["holder"]
    assert (holder["device"], holder["seq"], holder["operator_name"]) == (first.device, 1, "李静")
    assert (points(shop, number), stamps(shop, number), purchases(shop, number)) == (before + 100, {}, 1)
    assert coupon_id not in free_coupons(shop, 2)
    assert [(one["coupon_id"], one["about"]) for one in reported(shop, ReportName.CONFLICTS)] == [(RECEIPT, "receipt")]
    assert results(second.push(second.entries)) == ["duplicate"] * 4


def test_a_purchase_without_a_receipt_is_nobodys_second(shop: Shop) -> None:
    number, ref = member(shop)
    lane = shop.lane()
    buy(lane, ref)
    buy(lane, ref)

    assert results(lane.push(lane.entries)) == ["accepted"] * 2
    assert purchases(shop, number) == 2


def test_what_a_late_epoch_gave_for_anothers_receipt_is_taken_back(shop: Shop) -> None:
    number, ref = member(shop)
    before, first, late = points(shop, number), shop.lane(), shop.lane(store="2")
    first.push([buy(first, ref, ref=RECEIPT)])
    txn = a_txn()
    bought, earned = buy(late, ref, txn=txn, ref=RECEIPT), earn(late, ref, 100, txn=txn)
    late.new_epoch()
    late.push([late.write("login")])
    late.push([earned])
    assert points(shop, number) == before + 100

    assert results(late.push([bought])) == ["conflict"]
    assert points(shop, number) == before


def test_a_receipt_is_free_again_when_its_purchase_is_taken_back(shop: Shop) -> None:
    number, ref = member(shop)
    lane, other = shop.lane(), shop.lane(store="2")
    take_back(lane, buy(lane, ref, ref=RECEIPT))
    lane.push(lane.entries)

    assert results(other.push([buy(other, ref, ref=RECEIPT)])) == ["accepted"]
    assert purchases(shop, number) == 1


def test_a_return_is_no_purchase(shop: Shop) -> None:
    number, ref = member(shop)
    lane, txn = shop.lane(), a_txn()
    buy(lane, ref, txn=txn, ref=RECEIPT)
    buy(lane, ref, returns=txn)

    assert results(lane.push(lane.entries)) == ["accepted"] * 2
    assert purchases(shop, number) == 1


def test_a_pooled_coupon_is_good_once_it_was_given_out(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(lane=2)
    coupon_id = a_pool(shop)[0]
    code = shop.code_of(coupon_id)
    early = other.claim(other.intent(coupon_id), code)
    lane.push([issue(lane, coupon_id)])

    assert problem(early) == (403, "coupon-not-issued")
    assert other.claim(other.intent(coupon_id), code).status_code == 201


def test_a_coupon_given_to_a_member_is_his_alone(shop: Shop) -> None:
    _, ref = member(shop)
    _, stranger = member(shop, 1)
    lane, coupon_id = shop.lane(), a_pool(shop)[0]
    lane.push([issue(lane, coupon_id, ref)])
    code = shop.code_of(coupon_id)

    assert problem(lane.claim(lane.intent(coupon_id), code, member_ref=stranger)) == (403, "other-member")
    assert lane.claim(lane.intent(coupon_id), code, member_ref=ref).status_code == 201


def test_a_coupon_that_is_taken_back_is_of_no_use(shop: Shop) -> None:
    lane, coupon_id = shop.lane(), a_pool(shop)[0]
    take_back(lane, issue(lane, coupon_id))

    assert results(lane.push(lane.entries)) == ["accepted"] * 2
    assert problem(lane.claim(lane.intent(coupon_id), shop.code_of(coupon_id))) == (403, "coupon-revoked")


def test_a_coupon_is_given_out_once(shop: Shop) -> None:
    lane, other, stranger = shop.lane(), shop.lane(lane=2), shop.lane(store="2")
    coupon_id = a_pool(shop)[0]
    lane.push([issue(lane, coupon_id)])
    again = other.push([issue(other, coupon_id)])
    elsewhere = stranger.push([issue(stranger, coupon_id)])

    assert results(again) == ["conflict"]
    assert again.json()["results"][0]["holder"]["device"] == lane.device
    assert (results(elsewhere), elsewhere.json()["results"][0]["reason"]) == (["quarantined"], "not-pooled")
    assert results(stranger.push([issue(stranger, f"{PLAIN}-1")])) == ["quarantined"]


def test_what_is_handed_over_leaves_the_stock(shop: Shop) -> None:
    shop.write(lambda connection: set_stock(connection, Counted(1, BOOTH, "cup", 2, low=1)))
    lane = shop.lane()
    given = [hand_over(lane, "cup", BOOTH) for _ in range(3)]
    lane.push([*given, take_back(lane, given[0]), hand_over(lane, "never-counted", BOOTH)])
    cups = [row for row in shop.write(lambda connection: stock(connection, 1)) if row["item"] == "cup"]

    assert [(row["quantity"], row["is_low"]) for row in cups] == [(0, True)]
    assert [row["item"] for row in reported(shop, ReportName.STOCK)].count("never-counted") == 0


def test_a_sample_that_two_lanes_gave_one_member_is_listed(shop: Shop) -> None:
    _, ref = member(shop)
    lane, other = shop.lane(), shop.lane(store="2")
    first, second = (shop.coupon(offer="sample")[0] for _ in range(2))
    lane.push([lane.redeem(first, member_ref=ref, campaign=1004)])
    answer = other.push([other.redeem(second, member_ref=ref, campaign=1004)])

    assert results(answer) == ["accepted"]
    excess = reported(shop, ReportName.EXCESS)
    assert [(row["device"], row["member_ref"], row["uses"], row["allowed"]) for row in excess] == [
        (other.device, ref, 2, 1)
    ]


def test_a_return_takes_back_only_points_that_were_given(shop: Shop) -> None:
    number, ref = member(shop)
    before, first, second, txn, back = points(shop, number), shop.lane(), shop.lane(lane=2), a_txn(), a_txn()
    first.push([buy(first, ref="receipt:" + "cd" * 16)])
    buy(second, ref, ref="receipt:" + "cd" * 16, txn=txn)
    earn(second, ref, 100, txn=txn)
    buy(second, ref, returns=txn, txn=back, ref=f"return:{txn}:1")
    earn(second, ref, -100, txn=back, why="return")
    earn(second, ref, 40, txn=back, why="refund")
    answer = second.push(second.entries)

    assert results(answer) == ["conflict", *["accepted"] * 4]
    assert points(shop, number) == before + 40
