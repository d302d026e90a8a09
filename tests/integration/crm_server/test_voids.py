"""Voids: what is taken back is free for everybody, whatever the order in which the entries arrive."""

from crm_server.reports import ReportName
from tests.integration.crm_server.served_shop import Shop, claim_of, problem, reported, results


def test_a_void_frees_the_use_for_everybody(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane, other = shop.lane(), shop.lane(store="2")
    lane.void(lane.redeem(coupon_id))

    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]
    assert [row["voided"] for row in reported(shop, ReportName.REDEMPTIONS)] == [True]
    assert other.claim(other.intent(coupon_id), code).status_code == 201


def test_a_void_waits_for_its_target(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane, other = shop.lane(), shop.lane(store="2")
    redemption = lane.redeem(coupon_id)
    void = lane.void(redemption)

    early = lane.push([void])
    assert (results(early), early.json()["ack_seq"], early.json()["missing"]) == (["accepted"], 0, [[1, 1]])
    late = lane.push([redemption])
    assert (results(late), late.json()["ack_seq"], late.json()["missing"]) == (["accepted"], 2, [])
    assert other.claim(other.intent(coupon_id), code).status_code == 201


def test_a_void_of_an_intent_gives_the_claim_back(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    lane.void(intent)
    lane.push(lane.entries)

    assert lane.get(f"/v1/claims/{claim_of(intent)}").json()["state"] == "released"
    assert problem(lane.claim(intent, code)) == (409, "claim-released")


def test_a_void_twice_changes_nothing_more(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane, other = shop.lane(), shop.lane(store="2")
    redemption = lane.redeem(coupon_id)
    lane.void(redemption)
    lane.push(lane.entries)
    other.claim(other.intent(coupon_id), code)

    assert results(lane.push([lane.void(redemption)])) == ["accepted"]
    assert problem(lane.claim(lane.intent(coupon_id), code)) == (409, "already-used")


def test_a_void_of_something_else_is_quarantined(shop: Shop) -> None:
    lane = shop.lane()
    lane.void(lane.write("login"))
    answer = lane.push(lane.entries)

    assert results(answer) == ["accepted", "quarantined"]
    assert answer.json()["results"][1]["reason"] == "void-target"


def test_who_was_second_gets_the_use_that_is_given_back(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second, third = shop.lane(), shop.lane(lane=2), shop.lane(store="2")
    won = first.redeem(coupon_id)
    first.push([won])
    lost = second.redeem(coupon_id)
    second.push([lost])
    first.push([first.void(won)])
    refused = third.claim(third.intent(coupon_id), code)

    assert problem(refused) == (409, "already-used")
    assert refused.json()["holder"]["device"] == second.device
    assert [one["state"] for one in reported(shop, ReportName.CONFLICTS)] == ["promoted"]
    second.push([second.void(lost)])
    assert third.claim(third.intent(coupon_id), code).status_code == 201


def test_the_second_side_of_a_pair_may_be_taken_back(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second = shop.lane(), shop.lane(lane=2)
    first.push([first.redeem(coupon_id)])
    second.void(second.redeem(coupon_id))
    second.push(second.entries)

    assert [one["state"] for one in reported(shop, ReportName.CONFLICTS)] == ["voided"]
    assert problem(second.claim(second.intent(coupon_id), code)) == (409, "already-used")
