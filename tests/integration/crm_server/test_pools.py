"""What is lent to a lane: minted by command, kept as large as it was, told to that store alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from crm_server import snapshots
from crm_server.app import APP
from tests.integration.crm_server.carried_data import contents, fetch, follow, opened
from tests.integration.crm_server.served_shop import Shop, problem
from tests.integration.crm_server.trade import PLAIN, a_pool, free_coupons, issue


def command(shop: Shop, *words: str) -> Any:
    """A command's exit code and its last line."""
    told = CliRunner().invoke(APP, ["--data", str(shop.centre.folder), *words])
    return told.exit_code, (told.output.strip().splitlines() or [""])[-1]


def test_commands_lend_coupons_and_numbers(small_shop: Shop, tmp_path: Path) -> None:
    lane = small_shop.lane()
    told = command(
        small_shop, "pool", "coupon", "--offer", "spend-100", "--store", "S001", "--lane", "1", "--count", "4"
    )
    more = command(small_shop, "pool", "member", "--store", "1", "--lane", "2", "--count", "3")
    snapshots.build(small_shop.centre, 1)
    cache = opened(fetch(lane, tmp_path)[1])

    assert told == (0, "added 4 coupons of 1002 for S001 lane 1: 4 are free")
    assert more == (0, "added 3 member numbers for S001 lane 2: 23 are free")
    assert sum(row[1].startswith("1002-") for row in contents(cache, "pool_coupon")) == 4
    numbers = [row for row in contents(cache, "pool_member") if row[1] == 2]
    assert len(numbers) == len({row[3] for row in numbers}) == 23
    assert command(small_shop, "pool", "coupon", "--offer", "1002", "--store", "2", "--lane", "7")[0] == 1
    cache.close()


def test_a_pool_that_runs_low_is_filled_up_at_the_next_heartbeat(shop: Shop) -> None:
    lane = shop.lane()
    coupons = a_pool(shop, 6)
    lane.push([issue(lane, coupon_id) for coupon_id in coupons[:2]])
    lane.heartbeat()
    assert len(free_coupons(shop)) == 4
    lane.push([issue(lane, coupons[2])])
    lane.heartbeat()

    assert len(free_coupons(shop)) == 6
    assert set(coupons[3:]) <= set(free_coupons(shop))


def test_coupons_that_ran_out_of_date_are_replaced(shop: Shop) -> None:
    lane = shop.lane()
    old = a_pool(shop, 4)
    cursor = follow(lane, lane.get("/v1/snapshots/current").json()["cursor"])[1]
    shop.clock.offset += timedelta(days=40)
    lane.heartbeat()
    rows = [row for row in follow(lane, cursor)[0] if row["t"] == "pool_coupon"]
    gone = sum(bool(row.get("del")) for row in rows)

    assert set(free_coupons(shop)).isdisjoint(old)
    assert len(free_coupons(shop)) == gone == 4
    assert problem(lane.claim(lane.intent(old[0]), shop.code_of(old[0])))[0] == 410


def test_stock_is_set_and_shown(small_shop: Shop) -> None:
    place = ("--store", "S002", "--booth", "超市入口专柜", "--item", "cup")

    assert command(small_shop, "stock", "set", *place, "--quantity", "3", "--low", "4")[0] == 0
    assert command(small_shop, "stock", "show", "--store", "2")[1] != ""
    lines = CliRunner().invoke(APP, ["--data", str(small_shop.centre.folder), "stock", "show"]).stdout
    assert "S002  超市入口专柜  cup: 3  (low)" in lines.splitlines()
    assert command(small_shop, "stock", "set", *place[:2], "--booth", "x", "--item", "y", "--quantity", "1")[0] == 1


def test_a_coupon_of_a_pool_works_in_its_store_only(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    coupon_id = a_pool(shop)[0]
    lane.push([issue(lane, coupon_id, campaign=PLAIN)])

    assert problem(other.claim(other.intent(coupon_id), shop.code_of(coupon_id))) == (403, "wrong-store")
