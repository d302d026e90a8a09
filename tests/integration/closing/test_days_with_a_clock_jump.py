"""A day on which the clock was set: the jump reaches the centre, has no effect there, and the day agrees with it."""

import json

import pytest
from sqlalchemy import select

from crm_server.schema import INBOX
from pos_client.cli.closing_lines import view_document, view_lines
from pos_client.config.wording import Wording
from pos_client.domain.business_time import to_ms
from pos_client.domain.journal_entry import EntryKind, wire_time
from pos_client.ui.assets import resources_folder
from pos_client.usecases.close_day import CloseRequest
from tests.integration.closing.closing_shop import ClosingLane, ClosingShop

HOUR_MS = 3_600_000
WORDING = Wording.load(resources_folder())


@pytest.fixture
def lane(shop: ClosingShop) -> ClosingLane:
    return shop.lane()


def wall_ms(lane: ClosingLane) -> int:
    """What the machine's clock says."""
    with lane.open() as (files, _):
        return to_ms(files.clock.read().wall)


def jumps_at_centre(shop: ClosingShop, lane: ClosingLane) -> list[tuple[str, str, int]]:
    """Result, what showed it, and hours of each jump that arrived."""
    query = select(INBOX.c.result, INBOX.c.body).where(INBOX.c.device == lane.device, INBOX.c.kind == "time_jump")
    rows = shop.shop.write(lambda connection: connection.execute(query.order_by(INBOX.c.seq)).all())
    read = [(row.result, json.loads(row.body)) for row in rows]
    return [(result, body["seen_by"], round(body["by_s"] / 3_600)) for result, body in read]


def test_jumps_are_delivered_and_the_day_agrees(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.redeem(shop.coupon(), wall_ms=wall_ms(lane) + 3 * HOUR_MS)

    # Set right again just before the close: its own entry finds the jump, and counts anew before it is written.
    view = lane.close()
    report = lane.sync()

    with lane.open() as (_, journal):
        assert [entry.kind for entry in journal.latest(3)] == [
            EntryKind.CLOSE_DAY, EntryKind.TIME_JUMP, EntryKind.REDEEM,
        ]  # fmt: skip
    assert (report.errors, lane.standings()) == ((), ["agreed"])
    assert jumps_at_centre(shop, lane) == [("accepted", "monotonic", 3), ("accepted", "monotonic", -3)]
    assert view.ranges[0].totals.entries == view.ranges[0].last_seq, "the jumps are counted"
    assert lane.states() == {3}
    assert view_document(view, WORDING)["ranges"][0]["clock_jumps"] == 2
    assert "本机时钟跳动次数: 2" in view_lines(view, WORDING, "zh")


def test_a_jump_alone_opens_no_day_that_was_closed(shop: ClosingShop, lane: ClosingLane) -> None:
    lane.redeem(shop.coupon())
    lane.close()
    lane.write(EntryKind.LOGIN, wall_ms=wall_ms(lane) - 5 * HOUR_MS, outcome="ok")

    again = lane.close(attribution=CloseRequest().attribution)

    assert again.verdict.reason == "day-closed-before"
    with lane.open() as (_, journal):
        kinds = [entry.kind for entry in journal.latest(2)]
        (jump,) = journal.latest(1, [EntryKind.TIME_JUMP])
    assert kinds == [EntryKind.LOGIN, EntryKind.TIME_JUMP]
    assert jump.fields()["at"] <= wire_time(shop.shop.clock())
