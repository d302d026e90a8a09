"""Nothing is refused at upload for its time (PROTOCOL 3.7): a wrong clock's fact is a fact, and a double use a pair."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from crm_server.reports import ReportName
from crm_server.schema import CLAIM, INBOX
from pos_client.domain.batch import SignedEntry
from pos_client.domain.business_time import to_ms
from pos_client.domain.journal_entry import wire_time
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server import trade
from tests.integration.crm_server.served_shop import Shop, claim_of, reported, results
from tests.integration.crm_server.served_store import Store

DAY = timedelta(days=1)
# Days from today: yesterday's battery, the lane that lay in a cupboard, the one that was set by hand.
SHIFTS = (0, -200, 365, -1, -3_650, 3_650, 30)


def at(shop: Shop, days: int) -> dict[str, Any]:
    """The fields of an entry whose lane believed it to be some days from now."""
    moment = shop.clock() + days * DAY
    quality = "synced" if not days else "suspect"
    return {
        "at": wire_time(moment),
        "wall_ms": to_ms(moment),
        "business_date": moment.date().isoformat(),
        "time_quality": quality,
    }


def stored(shop: Shop, lane: LaneClient) -> list[tuple[bytes, str, str]]:
    """Bytes, result and reason of what the centre has of a lane."""
    query = select(INBOX.c.body, INBOX.c.result, INBOX.c.reason).where(INBOX.c.device == lane.device)
    rows = shop.write(lambda connection: connection.execute(query.order_by(INBOX.c.epoch, INBOX.c.seq)).all())
    return [(bytes(row.body), row.result, row.reason) for row in rows]


def bodies(entries: Sequence[SignedEntry], result: str = "accepted") -> list[tuple[bytes, str, str]]:
    """The same as a test expects it."""
    return [(entry.body, result, "") for entry in entries]


def test_entries_of_any_moment_in_any_order_are_accepted(shop: Shop) -> None:
    lane = shop.lane()
    for days in SHIFTS:
        lane.redeem(shop.coupon()[0], **at(shop, days))
    assert any(after < before for before, after in pairwise(SHIFTS)), "some lie before the one before them"

    assert results(lane.push(lane.entries)) == ["accepted"] * len(SHIFTS)
    assert stored(shop, lane) == bodies(lane.entries)
    of_lane = select(CLAIM.c.at_ms).where(CLAIM.c.device == lane.device)
    taken = shop.write(lambda connection: connection.execute(of_lane).scalars().all())
    said = [datetime.fromisoformat(json.loads(entry.body)["at"]) for entry in lane.entries]
    assert sorted(taken) == sorted(map(to_ms, said)), "as the lane said it"


@pytest.mark.parametrize("days", [-200, -1, 0, 90, 365])
def test_a_use_after_the_campaigns_end_is_a_fact(shop: Shop, days: int) -> None:
    lane = shop.lane()
    lane.redeem(shop.coupon(is_expired=True)[0], **at(shop, days))
    lane.redeem(shop.coupon(days_valid=1)[0], **at(shop, days))

    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]
    assert stored(shop, lane) == bodies(lane.entries)


@pytest.mark.parametrize("days", [-200, 365])
def test_every_other_kind_is_accepted_too(shop: Shop, days: int) -> None:
    lane, when = shop.lane(), at(shop, days)
    _, ref = trade.member(shop)
    intent = lane.intent(shop.coupon()[0], **when)
    lane.void(intent, **at(shop, days - 1))
    redeemed = lane.redeem(shop.coupon()[0], **when)
    lane.void(redeemed, **at(shop, days - 1))
    trade.buy(lane, ref, **when)
    jump = {"from": wire_time(shop.clock()), "to": when["at"], "by_s": days * 86_400, "seen_by": "records"}
    lane.write("time_jump", **when, **jump)
    lane.write("time_confirm", **when, supervisor="E1002", date=when["business_date"], leapt_from=jump["from"])
    lane.write("reject", **when, code_kind="unknown", code_hash="0" * 64, reason="expired", coupon_id="")
    lane.write("login", **when)

    assert results(lane.push(lane.entries)) == ["accepted"] * len(lane.entries)
    assert stored(shop, lane) == bodies(lane.entries)


@pytest.mark.parametrize("shift", [-300, 0, 365])
def test_a_disputed_use_is_a_conflict_whatever_the_clocks_say(shop: Shop, shift: int) -> None:
    """First to arrive holds it: a clock that was set back wins nothing."""
    coupon_id = shop.coupon()[0]
    first, second = shop.lane(), shop.lane(store="2")
    first.push([first.redeem(coupon_id, **at(shop, 0))])
    lost = second.redeem(coupon_id, **at(shop, shift))

    (row,) = second.push([lost]).json()["results"]

    assert (row["result"], row["holder"]["device"]) == ("conflict", first.device)
    assert stored(shop, second) == bodies([lost], "conflict")
    assert [one["state"] for one in reported(shop, ReportName.CONFLICTS)] == ["open"]


def test_a_claim_is_consumed_by_a_redemption_of_another_year(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id, **at(shop, 0))
    lane.claim(intent, code)
    lane.redeem(coupon_id, intent=intent, **at(shop, -365))

    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]
    assert lane.get(f"/v1/claims/{claim_of(intent)}").json()["state"] == "consumed"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"])
def test_the_ends_of_the_calendar_are_moments_as_well(shop: Shop, moment: str) -> None:
    lane = shop.lane()
    coupon_id = shop.coupon()[0]
    lane.redeem(coupon_id, at=moment, business_date=moment[:10])
    other = shop.lane(store="2")
    lost = other.redeem(coupon_id)

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert results(other.push([lost])) == ["conflict"], "and whoever lost to it is told so"


@pytest.mark.parametrize("days", [-200, 365])
def test_no_clock_gains_a_member_more_than_his_limit(shop: Shop, days: int) -> None:
    number, (_, ref) = shop.add_offer(conditions={"per_member": 1}), trade.member(shop)
    lane = shop.lane()
    for shift in (0, days, -30_000):
        coupon_id = shop.coupon(offer=str(number))[0]
        lane.redeem(coupon_id, campaign=number, member_ref=ref, **at(shop, shift))

    assert results(lane.push(lane.entries)) == ["accepted"] * 3
    assert [row["uses"] for row in reported(shop, ReportName.EXCESS)] == [2, 3]


@pytest.mark.parametrize("days", [-200, 365])
def test_the_stores_own_server_takes_and_forwards_them(store: Store, days: int) -> None:
    coupon_id = store.shop.coupon()[0]
    lane, other = store.lane(1), store.lane(2)
    lane.redeem(coupon_id, **at(store.shop, 0))
    other.redeem(coupon_id, **at(store.shop, days))
    other.redeem(store.shop.coupon(is_expired=True)[0], **at(store.shop, days))

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert results(other.push(other.entries)) == ["conflict", "accepted"]
    assert store.forward() == 3
    arrived = stored(store.shop, lane) + stored(store.shop, other)
    assert [body for body, _, _ in arrived] == [entry.body for entry in (*lane.entries, *other.entries)]
    # Which of the two comes first to the centre the clocks do not say; one of them is the pair's second.
    assert sorted(result for _, result, _ in arrived) == ["accepted", "accepted", "conflict"]
