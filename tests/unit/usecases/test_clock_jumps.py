"""What the book says of a clock that jumped: one entry before the next deed, and none where time merely went by."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from pos_client.domain.journal_entry import EntryKind, wire_time
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.storage.verification import verify
from tests import builders as a
from tests.unit.usecases.counter import CLERK, DAY, HOUR, MINUTE, SECRET, Counter, OpenCounter, Tables, a_lane

SUPERVISOR = "E09"
JUMP = EntryKind.TIME_JUMP


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A lane alone that has redeemed one coupon."""

    def with_a_supervisor(tables: Tables) -> None:
        tables["staff"].append(a.staff_row(SUPERVISOR, role="supervisor"))

    lane = open_counter(with_a_supervisor)
    lane.unplug()
    redeem(lane, 1)
    return lane


def redeem(counter: Counter, serial: int) -> None:
    """Some deed or refusal that is written down."""
    assert counter.redeem(a.a_signed_coupon(serial).text()).kind is not VerdictKind.READY


def jumps(counter: Counter) -> list[dict[str, Any]]:
    """Bodies of all jumps, oldest first."""
    return [entry.fields() for entry in counter.entries() if entry.kind is JUMP]


def told(since: datetime, until: datetime, seen_by: str) -> dict[str, Any]:
    """What an entry says of a jump."""
    return {
        "from": wire_time(since),
        "to": wire_time(until),
        "by_s": round((until - since).total_seconds()),
        "seen_by": seen_by,
    }


def said_of(jump: dict[str, Any]) -> dict[str, Any]:
    """The same of a body."""
    return {name: jump[name] for name in ("from", "to", "by_s", "seen_by")}


@pytest.mark.parametrize("span", [3 * HOUR, 30 * HOUR, -2 * HOUR, -40 * DAY], ids=str)
def test_a_clock_that_is_set_while_the_lane_runs(counter: Counter, span: timedelta) -> None:
    counter.clock.pass_by(20 * MINUTE)
    counter.clock.wall += span
    redeem(counter, 2)
    counter.clock.pass_by(MINUTE)
    redeem(counter, 3)

    expected = a.NOON + 20 * MINUTE
    assert [said_of(jump) for jump in jumps(counter)] == [told(expected, expected + span, "monotonic")]
    assert counter.kinds().index(JUMP) == 1, "before the deed that follows it, after those before"


def test_set_and_put_right_are_two_jumps(counter: Counter) -> None:
    counter.clock.wall += HOUR
    redeem(counter, 2)
    counter.clock.wall -= HOUR
    redeem(counter, 3)

    assert [jump["by_s"] for jump in jumps(counter)] == [3600, -3600]


@pytest.mark.parametrize(
    ("span", "quality"), [pytest.param(4 * DAY, "suspect", id="ahead"), pytest.param(-4 * DAY, "suspect", id="back")]
)
def test_a_restart_with_the_clock_moved(counter: Counter, span: timedelta, quality: str) -> None:
    counter.clock.restart(a.NOON + span)
    redeem(counter, 2)
    redeem(counter, 3)
    counter.clock.restart(a.NOON + span + HOUR)
    redeem(counter, 4)

    (jump,) = jumps(counter)
    assert said_of(jump) == told(a.NOON, a.NOON + span, "records")
    assert (jump["time_quality"], jump["source"], jump["operator"], jump["campaign"]) == (quality, "lane", "", None)


def test_the_book_opened_anew_knows_what_it_has_told(counter: Counter) -> None:
    counter.clock.wall += HOUR
    redeem(counter, 2)
    counter.journal.close()
    again = a_lane(counter.folder, counter.folder, counter.identity, counter.clock)
    again.unplug()
    again.clock.pass_by(MINUTE)
    redeem(again, 3)

    assert len(jumps(again)) == 1
    again.journal.close()
    verified = verify(counter.folder / "journal.db", a.public_bytes(a.a_key("device")))
    assert (verified.problem, verified.entries) == ("", 4)


@pytest.mark.parametrize("off", [10 * MINUTE, 9 * HOUR, 25 * HOUR], ids=str)
def test_a_night_is_no_jump(counter: Counter, off: timedelta) -> None:
    counter.clock.pass_by(3 * DAY)
    redeem(counter, 2)
    counter.clock.restart(counter.clock.wall + off)
    redeem(counter, 3)
    counter.clock.wall -= 4 * MINUTE
    redeem(counter, 4)

    assert jumps(counter) == []


def test_a_long_holiday_is_none_once_the_server_has_said_so(counter: Counter) -> None:
    counter.clock.restart(a.NOON + 9 * DAY)
    counter.hear_the_server()
    redeem(counter, 2)

    assert jumps(counter) == []


def test_the_server_sees_a_clock_that_was_moved_while_the_machine_was_off(counter: Counter) -> None:
    counter.clock.restart(a.NOON + 5 * HOUR)
    counter.hear_the_server(a.NOON + 2 * HOUR)
    redeem(counter, 2)
    counter.clock.restart(a.NOON + 9 * HOUR)
    counter.hear_the_server(a.NOON + 6 * HOUR)
    redeem(counter, 3)

    (jump,) = jumps(counter)
    assert said_of(jump) == told(a.NOON + 2 * HOUR, a.NOON + 5 * HOUR, "server")
    assert jump["time_quality"] == "synced"


def test_the_server_puts_the_lanes_time_right(counter: Counter) -> None:
    counter.clock.pass_by(MINUTE)
    counter.hear_the_server(a.NOON - 3 * HOUR)
    redeem(counter, 2)
    redeem(counter, 3)

    assert [said_of(jump) for jump in jumps(counter)] == [told(a.NOON + MINUTE, a.NOON - 3 * HOUR, "server")]


def test_what_a_supervisor_confirms_was_a_jump_that_proved_nothing(counter: Counter) -> None:
    counter.clock.restart(a.NOON + 4 * DAY)

    assert counter.confirm_date(a.TODAY + 4 * DAY, SUPERVISOR).reason is Reason.DATE_CONFIRMED

    assert counter.kinds()[-2:] == [JUMP, EntryKind.TIME_CONFIRM]
    assert jumps(counter)[0]["time_quality"] == "suspect"


def test_looking_writes_nothing(counter: Counter) -> None:
    counter.clock.restart(a.NOON + 4 * DAY)
    counter.check(a.a_signed_coupon(2).text(), operator=CLERK)

    assert JUMP not in counter.kinds()


def test_it_says_nothing_of_codes_or_people(counter: Counter) -> None:
    counter.clock.wall += HOUR
    redeem(counter, 2)

    common = set(counter.fields(1)) - {"txn"}
    allowed = common | {"from", "to", "by_s", "seen_by"}
    (jump,) = jumps(counter)
    assert set(jump) <= allowed
    assert not {"coupon_id", "member_ref", "code_hash"} & set(jump)
    assert SECRET.hex() not in str(jump)
