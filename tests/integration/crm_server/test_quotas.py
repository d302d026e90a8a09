"""Limited campaigns at the centre: counted exactly, given back, never refused once they happened, shared in advance."""

from functools import partial
from typing import Any

import pytest

from crm_server import quota_shares
from crm_server.minting import CodeKind
from crm_server.problems import Problem
from crm_server.quotas import used_in_all
from crm_server.reports import ReportName
from pos_client.domain.batch import SignedEntry
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, at_once, problem, reported, results

CAMPAIGN = 5_000


def limited(shop: Shop, total: int, **document: Any) -> None:
    """A campaign with so many uses in all."""
    shop.add_offer(number=CAMPAIGN, conditions={"total_uses": total}, **document)


def asked(shop: Shop, lane: LaneClient) -> tuple[int, str]:
    """What comes of asking for another coupon of the campaign."""
    coupon_id, code = shop.coupon(offer=str(CAMPAIGN))
    answer = lane.claim(lane.intent(coupon_id), code)
    return problem(answer) if answer.status_code >= 400 else (answer.status_code, "")


def redeemed_alone(shop: Shop, lane: LaneClient, count: int, tier: str = "C") -> list[SignedEntry]:
    """Entries of redemptions that nobody was asked for, delivered."""
    coupons = [shop.coupon(offer=str(CAMPAIGN))[0] for _ in range(count)]
    made = [lane.redeem(coupon_id, campaign=CAMPAIGN, tier=tier) for coupon_id in coupons]
    assert results(lane.push(made)) == ["accepted"] * count
    return made


def shares(shop: Shop) -> dict[int, tuple[int, int]]:
    """Of each part, what it holds and what is used of it, by store; 0 is the centre."""
    rows = shop.centre.database.read(quota_shares.shown).result()
    assert sum(row["granted"] for row in rows) == 10
    return {row["store"]: (row["granted"], row["used"]) for row in rows}


def given(shop: Shop, store: int, count: int, lane_percent: int = 0) -> dict[str, Any]:
    """A store's share after so many more."""
    return shop.write(lambda connection: quota_shares.give(connection, CAMPAIGN, store, count, lane_percent))


def store_server(shop: Shop) -> LaneClient:
    """The server of store 1, announced."""
    client = shop.stranger()
    assert client.enrol(shop.mint(CodeKind.STORE_SERVER, store="1")[0]["code"]).status_code == 201
    said = {"url": "http://127.0.0.1:9300", "pin": "", "public": client.pubkey, "store_epoch": 1, "reason": "joined"}
    assert client.send("PUT", "/v1/store-server", said).status_code == 200
    return client


def told(server: LaneClient, **share: int) -> int:
    """What the centre answers to what a store's server says that it holds."""
    return server.send("PUT", "/v1/store-server/shares", {"shares": [{"campaign": CAMPAIGN, **share}]}).status_code


def test_the_last_use_is_given_once_however_many_ask_at_once(shop: Shop) -> None:
    limited(shop, 10)
    lanes = [shop.lane(store=store) for store in ("1", "1", "2", "2")]
    for _ in range(2):
        assert [asked(shop, lane) for lane in lanes] == [(201, "")] * 4

    raced = at_once([partial(asked, shop, lane) for lane in lanes])

    assert sorted(raced) == [(201, "")] * 2 + [(409, "quota-exhausted")] * 2
    assert shares(shop) == {0: (10, 10)}


def test_the_same_claim_again_counts_once_and_a_released_one_not_at_all(shop: Shop) -> None:
    limited(shop, 1)
    lane = shop.lane()
    coupon_id, code = shop.coupon(offer=str(CAMPAIGN))
    intent = lane.intent(coupon_id)

    assert [lane.claim(intent, code).status_code for _ in range(2)] == [201, 200]
    assert asked(shop, lane) == (409, "quota-exhausted")
    lane.void(intent)
    lane.push(lane.entries)
    assert asked(shop, lane) == (201, "")


def test_what_happened_beyond_the_total_is_kept_and_listed_until_another_is_taken_back(shop: Shop) -> None:
    limited(shop, 2)
    lane = shop.lane()
    made = redeemed_alone(shop, lane, 3)

    assert [(row["campaign"], row["seq"]) for row in reported(shop, ReportName.QUOTA_EXCESS)] == [(CAMPAIGN, 3)]
    assert asked(shop, lane) == (409, "quota-exhausted")

    lane.void(made[0])
    lane.push(lane.entries)

    assert reported(shop, ReportName.QUOTA_EXCESS) == []
    assert asked(shop, lane) == (409, "quota-exhausted")
    assert shop.centre.database.read(lambda connection: used_in_all(connection, CAMPAIGN)).result() == 2


def test_what_was_used_before_a_campaign_was_limited_counts(shop: Shop) -> None:
    shop.add_offer(number=CAMPAIGN)
    lane = shop.lane()
    assert [asked(shop, lane) for _ in range(2)] == [(201, "")] * 2
    shop.change_offer(number=CAMPAIGN, conditions={"total_uses": 3})

    assert [asked(shop, lane) for _ in range(2)] == [(201, ""), (409, "quota-exhausted")]
    shop.change_offer(number=CAMPAIGN, conditions={"total_uses": 4})
    assert [asked(shop, lane) for _ in range(2)] == [(201, ""), (409, "quota-exhausted")]


def test_what_a_store_was_given_the_centre_no_longer_has(shop: Shop) -> None:
    limited(shop, 10)
    lane = shop.lane()
    given(shop, 1, 8)

    assert [asked(shop, lane) for _ in range(3)] == [(201, "")] * 2 + [(409, "quota-exhausted")]
    with pytest.raises(Problem, match="the centre has 0 left"):
        given(shop, 2, 1)
    redeemed_alone(shop, lane, 3, tier="B")
    assert shares(shop) == {0: (2, 2), 1: (8, 3)}


def test_a_refusal_says_what_the_stores_own_server_may_still_give(shop: Shop) -> None:
    limited(shop, 10)
    given(shop, 1, 10)
    coupon_id, code = shop.coupon(offer=str(CAMPAIGN))
    here, elsewhere = shop.lane(store="1"), shop.lane(store="2")

    said = [lane.claim(lane.intent(coupon_id), code).json()["left_in_store"] for lane in (here, elsewhere)]

    assert said == [10, 0]


def test_a_share_comes_back_when_the_stores_server_has_said_so(shop: Shop) -> None:
    limited(shop, 10)
    server = store_server(shop)
    given(shop, 1, 6)
    shop.write(lambda connection: quota_shares.take_back(connection, CAMPAIGN, 1))
    roster = server.get("/v1/store-server/roster").json()["shares"]

    assert (roster, shares(shop)) == ([{"campaign": CAMPAIGN, "granted": 0, "ver": 2}], {0: (4, 0), 1: (6, 0)})
    # It had given four, of which the centre has not heard.
    assert told(server, ver=1, granted=6, used=4) == 204
    assert shares(shop) == {0: (4, 0), 1: (6, 0)}
    assert [told(server, ver=2, granted=4, used=4) for _ in range(2)] == [204, 204]
    assert shares(shop) == {0: (6, 0), 1: (4, 4)}


def test_what_it_says_of_an_older_share_frees_nothing(shop: Shop) -> None:
    limited(shop, 10)
    server = store_server(shop)
    given(shop, 1, 6)
    shop.write(lambda connection: quota_shares.take_back(connection, CAMPAIGN, 1))
    given(shop, 1, 3)

    assert told(server, ver=2, granted=0, used=0) == 204
    assert shares(shop) == {0: (1, 0), 1: (9, 0)}
    assert problem(shop.lane().send("PUT", "/v1/store-server/shares", {"shares": []})) == (403, "device-other")


def test_lanes_hear_of_their_own_parts_which_their_server_does_not_give(shop: Shop) -> None:
    limited(shop, 10)
    server, lane = store_server(shop), shop.lane()
    given(shop, 1, 4, lane_percent=50)
    shop.lane(lane=2)
    given(shop, 1, 5, lane_percent=50)

    assert lane.get("/v1/policy").json()["shares"] == [{"campaign": CAMPAIGN, "lanes": {"1": 3, "2": 1}}]
    assert server.get("/v1/store-server/roster").json()["shares"][0]["granted"] == 5
    redeemed_alone(shop, lane, 2)
    assert shares(shop) == {0: (1, 0), 1: (9, 2)}


def test_a_store_without_a_server_gives_back_at_once_but_not_what_its_lanes_may_use(shop: Shop) -> None:
    limited(shop, 10)
    shop.lane()
    given(shop, 1, 8, lane_percent=25)

    shop.write(lambda connection: quota_shares.take_back_all(connection, 1))
    assert shares(shop) == {0: (8, 0), 1: (2, 0)}
    shop.write(lambda connection: quota_shares.take_back(connection, CAMPAIGN, 1, with_lanes=True))
    assert shares(shop) == {0: (10, 0), 1: (0, 0)}
