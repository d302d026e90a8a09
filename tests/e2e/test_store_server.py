"""A store whose line out is cut: its own server decides, the lanes go on without it as well, and everything is told."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.bootstrap import writing_lane
from pos_client.domain.verdict import Tier, Verdict, VerdictKind
from pos_client.usecases.transaction import Request
from tests.fakes.fault_proxy import FaultMix
from tests.fakes.shop import LaneHome
from tests.fakes.store_shop import StoreShop

KNOWN_WITHIN_S = 20.0


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StoreShop]:
    """A store with its server."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    with StoreShop(tmp_path) as shop:
        yield shop


def known_there(lane: LaneHome) -> LaneHome:
    """The lane, once the store's server has heard of it from the centre."""
    ends = time.monotonic() + KNOWN_WITHIN_S
    while not lane.run("sync").document["store_server"]:
        assert time.monotonic() < ends, "the store's server does not know the lane"
    return lane


def shown(verdict: Verdict) -> tuple[VerdictKind, Tier | None]:
    """What a clerk sees first."""
    return verdict.kind, verdict.tier


def test_with_the_line_cut_the_stores_server_decides_and_without_it_the_lane_does(shop: StoreShop) -> None:
    lane = known_there(shop.lane(0))
    own, other = shop.coupons(6, "--store", "1"), shop.coupons(1)
    shop.cut()
    with writing_lane(lane.home) as here:
        own_at_store = here.redeem(Request([own[0]]))
        other_at_store = here.redeem(Request([other[0]]))
        shop.store.kill()
        waits = []
        alone = []
        for code in own[1:]:
            began = time.monotonic()
            alone.append(here.redeem(Request([code])))
            waits.append(time.monotonic() - began)

    assert shown(own_at_store) == (VerdictKind.ACCEPTED, Tier.STORE)
    assert shown(other_at_store) == (VerdictKind.PENDING, Tier.STORE)
    assert {shown(verdict) for verdict in alone} == {(VerdictKind.PENDING, Tier.LANE)}
    assert max(waits) < 1.1
    assert sum(waits[1:]) < 1.0


def test_a_line_that_swallows_everything_costs_the_wait_three_times_and_no_more(shop: StoreShop) -> None:
    lane = known_there(shop.lane(0))
    codes = shop.coupons(6, "--store", "1")
    shop.wan.mix = FaultMix(delay_reply=1.0, delay_s=3.0)
    waits = []
    with writing_lane(lane.home) as here:
        for code in codes:
            began = time.monotonic()
            verdict = here.redeem(Request([code]))
            waits.append(time.monotonic() - began)
            assert shown(verdict) == (VerdictKind.ACCEPTED, Tier.STORE)

    assert max(waits) < 1.6
    assert max(waits[3:]) < 0.7


def test_entries_reach_the_stores_server_and_through_it_the_centre(shop: StoreShop) -> None:
    lane = known_there(shop.lane(0))
    code = shop.coupons(1, "--store", "1")[0]
    # Only this lane's own line is dead: the store's server still reaches the centre.
    shop.wan.mix = FaultMix(drop_request=1.0)

    verdict = lane.run("redeem", code, "--operator", "E1001").document
    report = lane.run("sync").document
    status = lane.run("status").document
    rows = shop.centre.command("report", "redemptions")
    rows = rows["rows"] if isinstance(rows, dict) else rows

    assert (report["errors"], report["way"], report["store_server"]) == ([], "store-server", True)
    assert status["undelivered"] == 0
    assert status["way"] == "store-server"
    assert status["store_server"]["there"]
    assert status["store_server"]["brought"]["all"]
    coupon = verdict["coupons"][0]["id"]
    assert [(row["coupon_id"], row["result"]) for row in rows] == [(coupon, "accepted")]


def test_a_lane_cut_off_from_everything_rejoins_and_the_double_use_is_paired(shop: StoreShop) -> None:
    lanes = [known_there(shop.lane(number)) for number in range(2)]
    code = shop.coupons(1, "--store", "1")[0]
    shop.cut()
    with writing_lane(lanes[0].home) as here:
        first = here.redeem(Request([code]))
    shop.store.kill()
    alone = lanes[1].run("redeem", code, "--operator", "E1001").document
    shop.store.start()
    shop.heal()
    # The one that held it brings it first.
    lanes[0].run("sync")
    report = lanes[1].run("sync").document
    conflicts = shop.centre.command("report", "conflicts")
    conflicts = conflicts["rows"] if isinstance(conflicts, dict) else conflicts

    assert shown(first) == (VerdictKind.ACCEPTED, Tier.STORE)
    assert (alone["verdict"], alone["tier"]) == ("pending", "C")
    assert report["conflicts"] == 1
    assert len(conflicts) == 1
    assert conflicts[0]["holder"]["seq"] == first.entry.seq if first.entry else False


def test_what_was_begun_and_not_ended_is_listed_and_its_claim_given_back(shop: StoreShop) -> None:
    lanes = [known_there(shop.lane(number)) for number in range(2)]
    code = shop.coupons(1, "--store", "1")[0]
    shop.cut()
    held = lanes[0].run("hold", code, "--operator", "E1001")
    listed = lanes[0].run("intents").document["intents"]
    refused = lanes[1].run("redeem", code, "--operator", "E1001")
    cancelled = lanes[0].run("intents", "--cancel", str(listed[0]["seq"]), "--operator", "E1001")
    taken = lanes[1].run("redeem", code, "--operator", "E1001")

    assert held.code == 0, held
    assert [one["kind"] for one in listed] == ["hold"]
    assert (refused.code, refused.document["reason"]) == (20, "already-used")
    assert refused.document["tier"] == "B"
    assert cancelled.code == 0
    assert lanes[0].run("intents").document == {"intents": []}
    assert (taken.code, taken.document["tier"]) == (0, "B")
