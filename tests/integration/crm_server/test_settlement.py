"""The settlement file and the promoters' statements: to the last fen, and the same bytes from the same entries."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crm_server.app import APP
from crm_server.cli.report import csv_text
from crm_server.reports import COLUMNS, ReportName
from crm_server.settlement import divided
from pos_client.domain.business_time import local_date
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, reported, results
from tests.integration.crm_server.trade import a_txn, buy, take_back

TOTALS = ("redemptions", "purchases", "basket_minor", "discount_minor", "commission_base_minor")
AT: dict[str, Any] = {"booth": "一楼中庭专柜", "promoter": "P1001"}
RECEIPT = "receipt:" + "ab" * 16


def lines(shop: Shop) -> list[tuple[Any, ...]]:
    """The settlement: day, campaign, which line, figures."""
    names = ("business_date", "campaign", "line", *TOTALS)
    return [tuple(row[name] for name in names) for row in reported(shop, ReportName.CPS)]


def a_purchase(lane: LaneClient, coupons: dict[int, int], day: str = "2026-01-01", **fields: Any) -> Any:
    """A purchase of 100.00 with a coupon of each campaign, and what each took off."""
    used = [{"coupon_id": f"{one}-1", "campaign": one, "discount_minor": off} for one, off in coupons.items()]
    off = sum(coupons.values())
    return buy(lane, coupons=used, discount_minor=off, business_date=day, **{**AT, **fields})


def test_a_purchase_is_divided_among_its_campaigns_and_adds_up(shop: Shop) -> None:
    lane, txn = shop.lane(), a_txn()
    a_purchase(lane, {1000: 1_000, 1002: 2_000}, txn=txn)
    for campaign, off in ((1000, 1_000), (1002, 2_000)):
        coupon_id = shop.coupon(offer=str(campaign))[0]
        lane.redeem(coupon_id, campaign=campaign, discount_minor=off, txn=txn, **AT)
    a_purchase(lane, {})
    lane.push(lane.entries)

    assert lines(shop) == [
        ("2026-01-01", 0, "sale", 0, 1, 10_000, 0, 10_000),
        ("2026-01-01", 1000, "sale", 1, 1, 3_333, 1_000, 2_333),
        ("2026-01-01", 1002, "sale", 1, 1, 6_667, 2_000, 4_667),
    ]


def test_returns_and_voids_are_lines_below_nothing_on_their_own_day(shop: Shop) -> None:
    lane, txn = shop.lane(), a_txn()
    a_purchase(lane, {1002: 2_000}, txn=txn)
    a_purchase(lane, {}, "2026-01-03", returns=txn, basket_minor=5_000, ref=f"return:{txn}:1")
    gone = a_purchase(lane, {}, "2026-01-02")
    lane.push([*lane.entries, take_back(lane, gone)])

    assert lines(shop) == [
        ("2026-01-01", 0, "reversal", 0, -1, -10_000, 0, -10_000),
        ("2026-01-01", 1002, "sale", 0, 1, 10_000, 0, 8_000),
        ("2026-01-02", 0, "sale", 0, 1, 10_000, 0, 10_000),
        ("2026-01-03", 1002, "reversal", 0, -1, -5_000, 0, -5_000),
    ]


def test_the_second_purchase_of_a_receipt_is_not_settled(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(store="2")
    lane.push([a_purchase(lane, {}, ref=RECEIPT)])
    other.push([a_purchase(other, {}, ref=RECEIPT)])

    assert [row[4] for row in lines(shop)] == [1]


def test_one_return_of_a_purchase_counts_once(shop: Shop) -> None:
    lane, other, txn = shop.lane(), shop.lane(lane=2), a_txn()
    a_purchase(lane, {}, txn=txn)
    a_purchase(lane, {}, returns=txn, ref=f"return:{txn}:1")
    lane.push(lane.entries)
    twin = other.push([a_purchase(other, {}, returns=txn, ref=f"return:{txn}:1")])

    assert results(twin) == ["conflict"]
    assert [(one["about"], one["device"]) for one in reported(shop, ReportName.CONFLICTS)] == [("return", other.device)]


def test_the_same_entries_give_the_same_bytes_in_whatever_order_they_came(shop: Shop) -> None:
    lanes = [shop.lane(), shop.lane(lane=2), shop.lane(store="2")]
    for lane in lanes:
        txn = a_txn()
        a_purchase(lane, {1002: 2_000, 1000: 500}, txn=txn)
        a_purchase(lane, {1000: 1}, returns=txn, basket_minor=3_001, ref=f"return:{txn}:1")
    for lane in reversed(lanes):
        lane.push(lane.entries[1:])
        lane.push(lane.entries[:1])
    once = csv_text(reported(shop, ReportName.CPS), COLUMNS[ReportName.CPS])
    shop.clock.offset += timedelta(days=40)
    again = csv_text(reported(shop, ReportName.CPS), COLUMNS[ReportName.CPS])

    assert once == again
    assert once.splitlines()[0].split(",")[:4] == ["business_date", "store", "booth", "promoter"]
    assert "\r" not in once


def test_the_command_writes_the_file(small_shop: Shop, tmp_path: Path) -> None:
    lane = small_shop.lane()
    lane.push([a_purchase(lane, {1002: 2_000})])
    wanted = csv_text(reported(small_shop, ReportName.CPS), COLUMNS[ReportName.CPS])
    path, data = tmp_path / "cps.csv", str(small_shop.centre.folder)
    told = CliRunner().invoke(APP, ["--data", data, "report", "cps", "--csv", str(path), "--json"])

    assert told.exit_code == 0, told.output
    assert path.read_bytes() == wanted.encode()
    assert json.loads(told.stdout) == reported(small_shop, ReportName.CPS)


def statement(shop: Shop) -> list[tuple[Any, ...]]:
    """Number, state and what is paid of each line."""
    rows = reported(shop, ReportName.STATEMENT)
    return [(row["seq"], row["state"], row["paid_minor"]) for row in rows]


def test_credit_is_pending_confirmed_or_reversed(shop: Shop) -> None:
    lane = shop.lane()
    today = local_date(shop.centre.now(), "Asia/Shanghai")
    kept, part, whole, late, void = (a_txn() for _ in range(5))
    days = {kept: 8, part: 3, whole: 3, late: 20, void: 2}
    for txn, ago in days.items():
        a_purchase(lane, {}, _day(today, ago), txn=txn)
    a_purchase(lane, {}, _day(today, 1), returns=part, basket_minor=4_000)
    a_purchase(lane, {}, _day(today, 1), returns=whole)
    a_purchase(lane, {}, _day(today, 1), returns=late)
    gone = lane.entries[4]
    lane.void(gone, business_date=_day(today, 1), ref="")
    lane.redeem(shop.coupon()[0], business_date=_day(today, 0), basket_minor=3_000, **AT)
    lane.redeem(shop.coupon()[0], business_date=_day(today, 0), txn=kept, **AT)
    lane.push(lane.entries)

    assert statement(shop) == [
        (4, "confirmed", 10_000),
        (1, "confirmed", 10_000),
        (2, "pending", 6_000),
        (3, "reversed", 0),
        (5, "reversed", 0),
        (10, "pending", 2_000),
    ]


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()


@given(
    st.integers(-(10**9), 10**9),
    st.dictionaries(st.integers(0, 9_999), st.integers(1, 10**6), min_size=1, max_size=8),
)
def test_shares_add_up_and_are_never_a_unit_off(amount: int, weights: dict[int, int]) -> None:
    shares, total = divided(amount, weights), sum(weights.values())

    assert sum(shares.values()) == amount
    assert all(abs(shares[key] * total - amount * weight) < total for key, weight in weights.items())


def test_a_coupon_that_gave_something_beside_is_settled_without_a_purchase(shop: Shop) -> None:
    lane = shop.lane()
    lane.redeem(
        shop.coupon(offer="1002")[0], campaign=1002, discount_minor=2_000, basket_minor=10_000, txn=a_txn(), **AT
    )
    lane.push(lane.entries)

    assert [row[1:] for row in lines(shop)] == [(1002, "sale", 1, 0, 10_000, 2_000, 8_000)]
    assert [row["paid_minor"] for row in reported(shop, ReportName.STATEMENT)] == [8_000]


def test_a_return_of_a_purchase_that_does_not_count_takes_nothing_back(shop: Shop) -> None:
    first, second, txn = shop.lane(), shop.lane(lane=2), a_txn()
    first.push([a_purchase(first, {}, ref=RECEIPT)])
    second.push([a_purchase(second, {}, ref=RECEIPT, txn=txn)])
    second.push([a_purchase(second, {}, returns=txn, basket_minor=4_000, ref=f"return:{txn}:1")])

    assert [row[4:6] for row in lines(shop)] == [(1, 10_000)]
