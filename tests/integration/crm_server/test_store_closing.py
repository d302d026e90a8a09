"""A store's day that is closed gives back what the store has not used of limited campaigns; its server is no lane."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_server.closing_report import Missed, excuse
from crm_server.reports import ReportName
from crm_server.store_closing import give_back
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, reported
from tests.integration.crm_server.test_closings import asked, closed
from tests.integration.crm_server.test_quotas import given, limited, shares, store_server

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def evening(shop: Shop) -> date:
    """It is ten minutes to eight in the evening in the store; the day."""
    now = datetime.now(ZONE)
    shop.clock.offset = datetime.combine(now.date(), time(19, 50), ZONE) - now
    limited(shop, 10)
    return now.date()


def close(lane: LaneClient, day: date) -> None:
    """A day that the centre agrees to."""
    row = lane.write("login")
    _, body = closed(lane, row, day=day.isoformat())
    lane.push(lane.entries)
    assert asked(lane, body)["state"] == "agreed"


def test_the_last_lane_that_agrees_gives_the_stores_share_back(shop: Shop, evening: date) -> None:
    lanes = [shop.lane(), shop.lane(lane=2)]
    given(shop, 1, 6)
    given(shop, 2, 1)

    close(lanes[0], evening)
    before = shares(shop)
    close(lanes[1], evening)

    assert before == {0: (3, 0), 1: (6, 0), 2: (1, 0)}
    assert shares(shop) == {0: (9, 0), 1: (0, 0), 2: (1, 0)}


def test_so_does_an_excuse_for_the_last_lane(shop: Shop, evening: date) -> None:
    close(shop.lane(), evening)
    shop.lane(lane=2)
    given(shop, 1, 6)

    shop.write(lambda job: excuse(job, Missed(1, 2, evening), "counter closed", shop.centre.now_ms()))
    shop.write(lambda job: give_back(job, 1, [evening.isoformat()], shop.centre.now_ms()))

    assert shares(shop) == {0: (10, 0), 1: (0, 0)}


def test_the_stores_server_closes_no_day_and_is_asked_for_what_it_holds(shop: Shop, evening: date) -> None:
    server, lane = store_server(shop), shop.lane()
    given(shop, 1, 6)

    close(lane, evening)

    rows = reported(shop, ReportName.CLOSINGS)
    assert {(row["lane"], row["state"], row["store_closed"]) for row in rows} == {(1, "agreed", True)}
    assert server.get("/v1/store-server/roster").json()["shares"][0]["granted"] == 0
    assert shares(shop) == {0: (4, 0), 1: (6, 0)}, "it is the store's until its server has said that it is not"


@pytest.mark.parametrize(("later", "left"), [(timedelta(hours=7), 0), (timedelta(hours=14), 6)])
def test_a_day_that_is_closed_on_another_takes_nothing_that_was_given_for_that(
    shop: Shop, evening: date, later: timedelta, left: int
) -> None:
    lane = shop.lane()
    given(shop, 1, 6)
    shop.clock.offset += later

    close(lane, evening)

    assert shares(shop)[1] == (left, 0)
