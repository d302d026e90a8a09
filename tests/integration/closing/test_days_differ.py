"""What differs is named by one cause, never closed over in silence, and agrees by itself once it is healed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_server.reports import ReportName
from pos_client import bootstrap
from pos_client.domain.closings.close import told
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.reasons import Reason
from pos_client.sync.api_client import ApiRequest, encode
from pos_client.sync.closings import ClosingParts, Closings
from tests.fakes.fault_proxy import FaultMix, FaultProxy
from tests.integration.closing.closing_shop import SUPERVISOR, ClosingLane, ClosingShop, today
from tests.integration.crm_server.served_shop import reported


@pytest.fixture
def lane(shop: ClosingShop) -> ClosingLane:
    return shop.lane()


def taken_twice(shop: ClosingShop) -> tuple[ClosingLane, ClosingLane]:
    """Two lanes that gave one coupon away; the first has told the centre."""
    first, second, coupon = shop.lane(1), shop.lane(2), shop.coupon()
    first.redeem(coupon)
    second.redeem(coupon)
    first.sync()
    return first, second


def test_a_conflict_that_is_known_needs_a_supervisor_and_a_reason(shop: ClosingShop) -> None:
    _, lane = taken_twice(shop)
    lane.sync()

    alone = lane.close()
    named = lane.close(supervisor=SUPERVISOR, reason="customer had it twice")
    lane.sync()

    assert (alone.verdict.reason, alone.entries) == (Reason.CLOSE_DIFFERENCES, ())
    assert [doubt.cause.value for doubt in alone.doubts] == ["in-conflict"]
    assert named.verdict.reason is Reason.DAY_CLOSED
    accepted = lane.closes()[-1].told["differences_accepted"]
    assert accepted == {"by": SUPERVISOR, "reason": "customer had it twice", "count": 1}
    assert lane.standings() == ["agreed"]
    assert [row["seq"] for row in lane.answer()["conflicts"]] == [named.doubts[0].seq]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"supervisor": "E1001", "reason": "so it is"}, Reason.NOT_A_SUPERVISOR),
        ({"supervisor": SUPERVISOR, "reason": ""}, Reason.CLOSE_DIFFERENCES),
    ],
)
def test_a_clerk_cannot_take_differences(shop: ClosingShop, asked: dict[str, Any], reason: Reason) -> None:
    _, lane = taken_twice(shop)
    lane.sync()

    assert lane.close(**asked).verdict.reason is reason


def test_a_conflict_that_comes_after_the_close_is_named_in_the_receipt(shop: ClosingShop) -> None:
    _, lane = taken_twice(shop)

    lane.close()
    lane.sync()

    assert lane.standings() == ["agreed"]
    assert [row["holder"]["lane"] for row in lane.answer()["conflicts"]] == [1]


def test_a_row_that_the_centre_cannot_apply_is_named_and_does_not_stop_the_agreement(
    shop: ClosingShop, lane: ClosingLane
) -> None:
    seq = lane.redeem(shop.coupon(), tier="Z")

    lane.close()
    lane.sync()

    assert lane.standings() == ["agreed"]
    assert lane.answer()["quarantined"] == [{"seq": seq, "reason": "bad-field"}]


def test_a_row_that_is_stuck_needs_a_supervisor_and_agrees_once_it_went_through(
    shop: ClosingShop, lane: ClosingLane
) -> None:
    seq = lane.redeem(shop.coupon())
    with lane.open() as (_, journal):
        batch = journal.outbox.next_batch(200, 1 << 20)
        assert batch is not None
        journal.outbox.mark_stuck(next(row for row in batch.rows if row.seq == seq), "server-error")

    alone = lane.close()
    lane.close(supervisor=SUPERVISOR, reason="the line was bad")
    lane.sync()

    assert [doubt.cause.value for doubt in alone.doubts] == ["stuck-here"]
    assert lane.closes()[-1].told["stuck"] == 1
    assert lane.standings() == ["agreed"]


def test_an_answer_that_was_lost_is_asked_for_again_and_is_the_same(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    with lane.syncing() as (journal, side):
        assert side.parts.pusher.run().error is None
        kept = journal.days.closes()[0]
        body = encode(told(lane.device, kept.close, kept.told))
        lost = side.parts.api.ask(ApiRequest("POST", "/v1/closings", body=body)).document

        side.parts.agree()

    assert lane.answer() == dict(lost)
    assert lane.standings() == ["agreed"]


@pytest.mark.parametrize(
    "mix",
    [FaultMix(drop_reply=0.4), FaultMix(cut_reply=0.4), FaultMix(double_request=0.5)],
    ids=["drop", "cut", "double"],
)
def test_a_bad_line_delays_the_agreement_and_changes_nothing(
    shop: ClosingShop, lane: ClosingLane, mix: FaultMix
) -> None:
    for _ in range(5):
        lane.redeem(shop.coupon())
    lane.close()
    with FaultProxy(shop.shop.url, seed=11) as proxy:
        bootstrap.name_server(lane.home, proxy.url)
        proxy.mix = mix
        for _ in range(30):
            if lane.sync().closings.open == 0 and lane.standings() == ["agreed"]:
                break

    assert lane.standings() == ["agreed"]
    assert [row["state"] for row in reported(shop.shop, ReportName.CLOSINGS) if row["closes"]] == ["agreed"]


def test_an_answer_that_the_centre_did_not_sign_changes_nothing(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    with lane.syncing() as (journal, side):
        kept = journal.days.closes()[0]
        forged = {"state": "agreed", "device": lane.device, "epoch": 1, "seq": kept.close.seq, "key_id": 4, "sig": "AA"}

        assert side.parts.closings is not None
        assert not side.parts.closings.take_answer(forged)
    assert lane.standings() == ["closed"]


def test_an_answer_that_came_by_hand_settles_the_day_without_a_network(shop: ClosingShop, lane: ClosingLane) -> None:
    for _ in range(2):
        lane.redeem(shop.coupon())
    lane.close()
    with lane.syncing() as (journal, side):
        assert side.parts.pusher.run().error is None
        kept = journal.days.closes()[0]
        body = encode(told(lane.device, kept.close, kept.told))
        carried = side.parts.api.ask(ApiRequest("POST", "/v1/closings", body=body)).document

        assert side.parts.closings is not None
        assert side.parts.closings.take_answer(carried)
    assert (lane.standings(), lane.states()) == (["agreed"], {3})


def test_figures_that_differ_for_the_same_entries_are_named_one_by_one(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    with lane.syncing() as (journal, side):
        assert side.parts.pusher.run().error is None
        kept = journal.days.closes()[0]
        altered = json.loads(encode(told(lane.device, kept.close, kept.told)))
        altered["totals"][0]["count"] = 7
        altered["points"] = 3
        answer = side.parts.api.ask(ApiRequest("POST", "/v1/closings", body=encode(altered))).document

    assert answer["state"] == "disagreed"
    assert [one["cause"] for one in answer["differences"]] == ["points-differ", "redemptions-differ"]


def test_a_host_that_has_another_total_is_shown_and_needs_a_supervisor(
    shop: ClosingShop, lane: ClosingLane, tmp_path: Path
) -> None:
    lane.purchase("R1", 5_200)
    lane.purchase("R2", 3_000)
    receipts = tmp_path / "host.json"
    rows = [("R1", 5_200), ("R2", 2_900), ("R3", 100)]
    receipts.write_text(json.dumps({"receipts": [_receipt(number, total) for number, total in rows]}), encoding="utf-8")

    alone = lane.close((receipts,))
    lane.close(supervisor=SUPERVISOR, reason="the host corrects it tomorrow")
    lane.sync()

    assert alone.host is not None
    assert (alone.host.agreed, alone.host.causes) == (1, {"missing-here": 1, "total-differs": 1})
    field = lane.closes()[-1].told["host"]
    assert (field["receipts"], field["agreed"], len(field["digest"])) == (3, 1, 64)
    assert lane.standings() == ["agreed"]


def test_a_count_that_differs_from_the_stock_needs_a_supervisor(shop: ClosingShop, lane: ClosingLane) -> None:
    alone = lane.close(counted={"nobody-keeps-this": 2})
    closed = lane.close(counted={"nobody-keeps-this": 2}, supervisor=SUPERVISOR, reason="found in a drawer")

    assert [(one.counted, one.expected) for one in alone.miscounted] == [(2, 0)]
    assert (alone.verdict.reason, closed.verdict.reason) == (Reason.CLOSE_DIFFERENCES, Reason.DAY_CLOSED)
    assert lane.sync().closings.agreed == 1


def test_while_the_centre_counts_the_day_stays_open_and_the_next_round_asks(
    shop: ClosingShop, lane: ClosingLane
) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    with lane.syncing() as (journal, side):
        assert side.parts.pusher.run().error is None
        known = ClosingParts(
            side.parts.api, journal.days, side.outbox, side.parts.pusher, lane.device, lambda *_: False
        )

        unbelieved = Closings(known).run()

    assert unbelieved.error is not None
    assert (unbelieved.agreed, lane.standings()) == (0, ["closed"])
    assert lane.sync().closings.agreed == 1


def test_the_centre_tells_which_day_is_overdue_absent_or_excused(shop: ClosingShop, lane: ClosingLane) -> None:
    assert [row["state"] for row in reported(shop.shop, ReportName.CLOSINGS)] == ["open"]

    shop.shop.clock.offset = timedelta(days=5)
    rows = {row["business_date"]: row for row in reported(shop.shop, ReportName.CLOSINGS)}
    first = rows[today().isoformat()]
    assert (first["state"], first["overdue"], first["store_closed"]) == ("absent", True, False)


def _receipt(number: str, total: int) -> dict[str, object]:
    return {
        "till": "7", "receipt_no": number, "at": wire_time(datetime.now(UTC)), "kind": "sale", "currency": "CNY",
        "total_minor": total, "lines": [],
    }  # fmt: skip
