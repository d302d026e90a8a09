"""Days that are closed and agreed on with no hand touching them: empty, alone, offline, lost on the way, restored."""

from datetime import timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from pos_client import bootstrap
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import EntryRef, VerdictKind
from pos_client.storage.day_book import SqlDayBook
from pos_client.storage.journal import SqlJournal
from pos_client.usecases.close_day import CloseDay, CloseRequest
from pos_client.usecases.desk import Attribution
from tests.integration.closing.closing_shop import ClosingLane, ClosingShop, today


@pytest.fixture
def lane(shop: ClosingShop) -> ClosingLane:
    return shop.lane()


def test_a_day_without_a_deed_closes_and_agrees(lane: ClosingLane) -> None:
    view = lane.close()

    report = lane.sync()

    assert (view.verdict.kind, view.verdict.reason) == (VerdictKind.ACCEPTED, Reason.DAY_CLOSED)
    assert (report.errors, report.closings.agreed, lane.standings()) == ((), 1, ["agreed"])


def test_redemptions_and_refusals_agree_and_their_rows_are_settled(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.redeem(shop.coupon(), 500)
    lane.write(EntryKind.REJECT, code_kind="unknown", code_hash="0" * 64, reason="expired", coupon_id="", member_ref="")

    view = lane.close()
    lane.sync()

    lines = view.ranges[0].totals.lines
    assert [(line.kind, line.count, line.value_minor) for line in lines] == [("reject", 1, 0), ("redeem", 2, 1_500)]
    assert lane.standings() == ["agreed"]
    assert lane.states() == {3}


def test_a_day_of_refusals_only_agrees(lane: ClosingLane) -> None:
    lane.write(EntryKind.REJECT, code_kind="unknown", code_hash="0" * 64, reason="expired", coupon_id="", member_ref="")

    view = lane.close()
    lane.sync()

    assert [line.kind for line in view.ranges[0].totals.lines] == ["reject"]
    assert lane.standings() == ["agreed"]


def test_a_day_closes_without_a_network_and_says_how_much_waits(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())

    view = lane.close()

    assert view.verdict.facts["count"] == view.waiting > 1
    assert lane.standings() == ["closed"]


def test_three_days_that_were_closed_alone_agree_in_one_sync(shop: ClosingShop, lane: ClosingLane) -> None:
    for ago in (2, 1, 0):
        lane.redeem(shop.coupon(), business_date=(today() - timedelta(days=ago)).isoformat())
        lane.close()

    report = lane.sync()

    closes = [kept.close for kept in lane.closes()]
    assert [close.business_date for close in closes] == [
        (today() - timedelta(days=ago)).isoformat() for ago in (2, 1, 0)
    ]
    assert [close.first_seq for close in closes[1:]] == [close.last_seq + 1 for close in closes[:-1]]
    assert (report.closings.agreed, lane.standings()) == (3, ["agreed"] * 3)


def test_purchases_and_returns_agree_in_money(lane: ClosingLane) -> None:
    lane.purchase("R1", 5_200, 200)
    lane.purchase("R2", 3_000)

    view = lane.close()
    lane.sync()

    assert view.ranges[0].totals.purchases == (2, 8_200, 200)
    assert lane.standings() == ["agreed"]
    # Taken for what they are, not agreed on as something that nobody understands.
    assert lane.closes()[0].answer["quarantined"] == []


def test_the_same_day_twice_is_closed_once(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()

    again = lane.close()

    assert (again.verdict.reason, again.entries) == (Reason.DAY_CLOSED_BEFORE, ())
    assert len(lane.closes()) == 1


def test_what_is_sold_after_the_close_is_closed_by_another_one(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    lane.redeem(shop.coupon())

    view = lane.close()
    lane.sync()

    assert view.ranges[0].totals.lines[0].count == 1
    assert lane.standings() == ["agreed", "agreed"]


def test_two_lanes_of_a_store_close_for_themselves(shop: ClosingShop) -> None:
    lanes = [shop.lane(1), shop.lane(2)]
    for lane in lanes:
        lane.redeem(shop.coupon())
        lane.close()
        lane.sync()

    assert [lane.standings() for lane in lanes] == [["agreed"], ["agreed"]]


def test_a_clock_that_went_back_changes_neither_cut_nor_agreement(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.redeem(shop.coupon(), at="2020-01-01T00:00:00.000Z", time_quality="suspect")
    lane.close()
    lane.sync()

    assert lane.standings() == ["agreed"]


@pytest.mark.parametrize("lost", [(1, 2), (3, 4), (5, 5), (2, 6)], ids=["first", "middle", "head", "most"])
def test_entries_that_the_centre_lost_are_sent_again_by_themselves(
    shop: ClosingShop, lane: ClosingLane, lost: tuple[int, int]
) -> None:
    for _ in range(4):
        lane.redeem(shop.coupon())
    lane.sync()
    lane.close()
    with lane.syncing() as (_, side):
        assert side.parts.pusher.run().error is None
        shop.forget(lane, *lost)

        report = side.parts.agree()

    assert (report.error, report.agreed, lane.standings()) == (None, 1, ["agreed"])


def test_a_close_whose_own_entry_was_lost_is_sent_again(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    seq = lane.close().entries[0].seq
    with lane.syncing() as (_, side):
        assert side.parts.pusher.run().error is None
        shop.forget(lane, seq, seq)

        report = side.parts.agree()

    assert (report.agreed, lane.standings()) == (1, ["agreed"])


def test_a_restored_centre_gets_agreed_days_once_more_and_agrees_again(shop: ClosingShop, lane: ClosingLane) -> None:
    for _ in range(3):
        lane.redeem(shop.coupon())
    lane.close()
    lane.sync()
    first = lane.answer()
    shop.forget(lane, 2, 100)

    lane.sync()
    lane.sync()

    assert lane.standings() == ["agreed"]
    assert lane.answer()["at"] > first["at"]
    assert lane.sync().closings.asked == 0


def test_an_epoch_that_ended_in_the_day_gets_a_close_of_its_own(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.sync()
    with lane.open() as (_, journal):
        journal.remember("session_token", "of-a-copy")
    lane.sync()
    lane.redeem(shop.coupon())

    view = lane.close()
    lane.sync()

    assert [(kept.close.of_epoch, kept.standing.value) for kept in lane.closes()] == [(1, "agreed"), (2, "agreed")]
    assert len(view.entries) == 2


class PowerCut(Exception):
    """The lane is gone."""


class DiesAfterOneClose(SqlDayBook):
    """The journal of a lane that loses its power after one of two closes."""

    def write_close(self, draft: EntryDraft, after: int | None) -> EntryRef | None:
        if self.closes():
            raise PowerCut
        return super().write_close(draft, after)


def test_a_lane_that_died_between_the_closes_of_two_epochs_goes_on(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.sync()
    with lane.open() as (_, journal):
        journal.remember("session_token", "of-a-copy")
    lane.sync()
    lane.redeem(shop.coupon())
    with bootstrap.writing_lane(lane.home) as opened:
        assert isinstance(opened.journal, SqlJournal)
        book = DiesAfterOneClose(opened.journal._file, opened.journal.append_next)
        with pytest.raises(PowerCut):
            CloseDay(opened.desk, book, lambda _days, _ranges: None)(CloseRequest(attribution=Attribution("E1001")))

    again = lane.close()
    lane.sync()

    assert again.verdict.reason is Reason.DAY_CLOSED
    assert [(kept.close.of_epoch, kept.standing.value) for kept in lane.closes()] == [(1, "agreed"), (2, "agreed")]


def test_a_void_after_the_cut_counts_in_the_day_of_the_void(shop: ClosingShop, lane: ClosingLane) -> None:
    coupon = shop.coupon()
    seq = lane.redeem(coupon)
    first = lane.close()
    lane.void(seq, coupon)

    second = lane.close()
    lane.sync()

    assert first.ranges[0].totals.lines[0].count == 1
    totals = second.ranges[0].totals
    assert (totals.lines, totals.voids, totals.voids_across) == ((), (1, 1_000), 1)
    assert lane.standings() == ["agreed", "agreed"]


def test_a_void_inside_the_day_leaves_nothing_standing(shop: ClosingShop, lane: ClosingLane) -> None:
    coupon = shop.coupon()
    lane.void(lane.redeem(coupon), coupon)

    totals = lane.close().ranges[0].totals
    lane.sync()

    assert (totals.lines, totals.voids, totals.voids_across) == ((), (1, 1_000), 0)
    assert lane.standings() == ["agreed"]


def test_what_was_begun_must_be_ended_before_a_day_is_closed(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.intent(shop.coupon())

    refused = lane.close()
    closed = lane.close(cancel_intents=True)
    lane.sync()

    assert (refused.verdict.reason, refused.entries) == (Reason.CLOSE_OPEN_CLAIMS, ())
    assert closed.verdict.reason is Reason.DAY_CLOSED
    assert closed.ranges[0].totals.voids == (0, 0)
    assert lane.standings() == ["agreed"]


def test_copies_made_before_a_migration_go_with_the_first_agreement_that_covers_them(
    shop: ClosingShop, lane: ClosingLane
) -> None:
    lane.redeem(shop.coupon())
    copies = [copied(lane, "journal-v1-1.bak")]
    lane.close()
    copies.append(copied(lane, "journal-v2-1.bak"))  # holds the close itself, which nobody has agreed to yet
    torn = lane.home / "journal-v3-1.bak"
    torn.write_bytes(b"no database")
    assert [copy.exists() for copy in copies] == [True, True]

    lane.sync()
    assert lane.standings() == ["agreed"]
    assert [copy.exists() for copy in (*copies, torn)] == [False, True, True]

    lane.redeem(shop.coupon())
    lane.close()
    lane.sync()
    assert [copy.exists() for copy in (*copies, torn)] == [False, False, True]


def copied(lane: ClosingLane, name: str) -> Path:
    """The journal as it is now, copied as before a migration."""
    copy = lane.home / name
    connection = dbapi2.connect(str(lane.home / "journal.db"))
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    return copy
