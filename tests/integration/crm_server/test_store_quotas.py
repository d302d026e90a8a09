"""A store's share of a limited campaign at its own server: counted down, given back, reported, and asked back."""

from functools import partial
from typing import Any

from crm_server import quota_shares
from crm_server.reports import ReportName
from crm_server.store_role import held_shares
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import at_once, problem, reported, results
from tests.integration.crm_server.served_store import Store

CAMPAIGN, TOTAL = 5_000, 10


def shared(store: Store, count: int) -> None:
    """A campaign of ten uses, of which the store has so many."""
    store.shop.add_offer(number=CAMPAIGN, conditions={"total_uses": TOTAL})
    store.shop.publish_offer(CAMPAIGN)
    if count:
        store.shop.write(lambda connection: quota_shares.give(connection, CAMPAIGN, 1, count))
    store.mirror()


def asked(store: Store, lane: LaneClient) -> Any:
    """What comes of asking for another coupon of the campaign."""
    coupon_id, code = store.shop.coupon(offer=str(CAMPAIGN))
    store.mirror()
    return lane.claim(lane.intent(coupon_id), code)


def at_the_centre(store: Store) -> dict[int, tuple[int, int]]:
    """What each part holds, and what is used of it; 0 is the centre's own."""
    rows = store.shop.centre.database.read(quota_shares.shown).result()
    return {row["store"]: (row["granted"], row["used"]) for row in rows}


def test_eight_ask_for_the_last_three(store: Store) -> None:
    shared(store, 3)
    lanes = [store.lane() for _ in range(8)]
    coupons = [store.shop.coupon(offer=str(CAMPAIGN)) for _ in lanes]
    store.mirror()
    asking = [partial(lane.claim, lane.intent(one[0]), one[1]) for lane, one in zip(lanes, coupons, strict=True)]

    answers = at_once(asking)

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    assert {problem(answer) for answer in answers if answer.status_code == 409} == {(409, "quota-exhausted")}
    store.mirror()
    assert at_the_centre(store) == {0: (7, 0), 1: (3, 3)}


def test_a_store_without_a_share_gives_none(store: Store) -> None:
    shared(store, 0)

    assert problem(asked(store, store.lane())) == (409, "quota-exhausted")


def test_what_is_released_or_voided_goes_back_to_the_share(store: Store) -> None:
    shared(store, 1)
    lane = store.lane()
    granted = asked(store, lane).json()
    assert lane.send("DELETE", f"/v1/claims/{granted['claim_id']}", {"reason": "left"}).status_code == 204
    assert asked(store, lane).status_code == 201
    assert problem(asked(store, lane)) == (409, "quota-exhausted")

    lane.void(lane.entries[-2])
    assert set(results(lane.push(lane.entries))) == {"accepted"}
    assert asked(store, lane).status_code == 201


def test_what_is_not_used_comes_back_and_what_is_used_stays(store: Store) -> None:
    shared(store, 6)
    lane = store.lane()
    assert [asked(store, lane).status_code for _ in range(2)] == [201, 201]
    store.shop.write(lambda connection: quota_shares.take_back_all(connection, 1))
    assert {part: held for part, (held, _used) in at_the_centre(store).items()} == {0: 4, 1: 6}

    store.mirror()

    assert at_the_centre(store) == {0: (8, 0), 1: (2, 2)}
    assert problem(asked(store, lane)) == (409, "quota-exhausted")


def test_what_its_lanes_redeemed_is_of_the_share_at_the_centre_too(store: Store) -> None:
    shared(store, 2)
    lane = store.lane()
    granted = asked(store, lane).json()
    redemption = lane.redeem(
        granted["coupon_id"], campaign=CAMPAIGN, tier="B", claim_id=granted["claim_id"], intent_seq=lane.entries[-1].seq
    )
    lane.push([*lane.entries[:-1], redemption])
    store.forward()

    assert at_the_centre(store) == {0: (8, 0), 1: (2, 1)}
    assert reported(store.shop, ReportName.QUOTA_EXCESS) == []


def test_tables_that_were_put_back_count_again_what_lanes_bring(store: Store) -> None:
    shared(store, 2)
    lane = store.lane()
    coupon_id, _code = store.shop.coupon(offer=str(CAMPAIGN))
    lane.push([lane.redeem(coupon_id, campaign=CAMPAIGN, tier="B")])

    assert store.write(lambda connection: held_shares.held(connection, 1))[0]["used"] == 1
    elsewhere, _code = store.shop.coupon(offer=str(CAMPAIGN))
    lane.push([lane.redeem(elsewhere, campaign=CAMPAIGN, tier="A")])
    assert store.write(lambda connection: held_shares.held(connection, 1))[0]["used"] == 1
