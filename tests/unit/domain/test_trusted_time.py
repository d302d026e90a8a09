"""What time it is when the machine's clock lies: set back, set forward, restarted, with and without a server's word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.trusted_time import (
    BACKWARD_SLACK,
    LEAP_FORWARD,
    SYNCED_FOR,
    ClockReading,
    TimeAnchor,
    TimeQuality,
    TrustedTime,
    trusted_now,
)

NOW = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
ANCHOR = TimeAnchor(NOW, 1_000_000, "boot-1")
SYNCED, HELD, SUSPECT = TimeQuality.SYNCED, TimeQuality.HELD, TimeQuality.SUSPECT


def reading(wall: datetime, passed: timedelta = timedelta(), boot: str = "boot-1") -> ClockReading:
    """The machine's clocks, ``passed`` after the server's word."""
    return ClockReading(wall, ANCHOR.monotonic_ms + passed // timedelta(milliseconds=1), boot)


@pytest.mark.parametrize(
    ("at", "anchor", "ratchet", "expected"),
    [
        pytest.param(reading(NOW), None, None, TrustedTime(NOW, HELD, 0), id="nothing but the wall clock"),
        pytest.param(reading(NOW + MINUTE, MINUTE), ANCHOR, NOW, TrustedTime(NOW + MINUTE, SYNCED, 0), id="all agree"),
        pytest.param(
            reading(NOW - DAY, MINUTE), ANCHOR, NOW, TrustedTime(NOW + MINUTE, SYNCED, -86_460), id="set back a day"
        ),
        pytest.param(
            reading(NOW + 3650 * DAY, MINUTE),
            ANCHOR,
            NOW,
            TrustedTime(NOW + MINUTE, SYNCED, 3650 * 86_400 - 60),
            id="set forward ten years",
        ),
        pytest.param(
            reading(NOW, SYNCED_FOR - SECOND),
            ANCHOR,
            None,
            TrustedTime(NOW + SYNCED_FOR - SECOND, SYNCED, -86_399),
            id="just synced",
        ),
        pytest.param(
            reading(NOW, SYNCED_FOR), ANCHOR, None, TrustedTime(NOW + SYNCED_FOR, HELD, -86_400), id="synced a day ago"
        ),
        pytest.param(
            reading(NOW + MINUTE, MINUTE, "boot-2"),
            ANCHOR,
            NOW,
            TrustedTime(NOW + MINUTE, HELD, 0),
            id="restarted, the wall clock is plausible",
        ),
        pytest.param(
            reading(NOW + MINUTE, -MINUTE),
            ANCHOR,
            NOW,
            TrustedTime(NOW + MINUTE, HELD, 0),
            id="a monotonic clock that ran back is no clock",
        ),
        pytest.param(
            reading(NOW - DAY, boot="boot-2"), ANCHOR, NOW, TrustedTime(NOW, SUSPECT, -86_400), id="restarted, set back"
        ),
        pytest.param(
            reading(NOW - BACKWARD_SLACK, boot="boot-2"),
            None,
            NOW,
            TrustedTime(NOW, HELD, -300),
            id="a little behind is corrected without alarm",
        ),
        pytest.param(
            reading(NOW - BACKWARD_SLACK - SECOND, boot="boot-2"),
            None,
            NOW,
            TrustedTime(NOW, SUSPECT, -301),
            id="more than a little behind",
        ),
        pytest.param(
            reading(NOW + LEAP_FORWARD, boot="boot-2"),
            None,
            NOW,
            TrustedTime(NOW + LEAP_FORWARD, HELD, 0),
            id="a night and a bit later",
        ),
        pytest.param(
            reading(NOW + LEAP_FORWARD + SECOND, boot="boot-2"),
            None,
            NOW,
            TrustedTime(NOW + LEAP_FORWARD + SECOND, SUSPECT, 0, leapt_from=NOW),
            id="later than a night explains",
        ),
        pytest.param(
            reading(NOW, MINUTE),
            ANCHOR,
            NOW + 57 * 365 * DAY,
            TrustedTime(NOW + MINUTE, SYNCED, -60),
            id="the server's word of this day heals a lane whose own facts ran ahead",
        ),
        pytest.param(
            reading(NOW, SYNCED_FOR),
            ANCHOR,
            NOW + 3 * DAY,
            TrustedTime(NOW + 3 * DAY, SUSPECT, -3 * 86_400),
            id="an older word of the server does not",
        ),
        pytest.param(
            reading(NOW + MINUTE, 57 * 365 * DAY),
            ANCHOR,
            NOW,
            TrustedTime(NOW + MINUTE, HELD, 0),
            id="a monotonic clock that claims half a century is no clock",
        ),
    ],
)
def test_trusted_now(
    at: ClockReading, anchor: TimeAnchor | None, ratchet: datetime | None, expected: TrustedTime
) -> None:
    assert expected == trusted_now(at, anchor, ratchet)


@pytest.mark.parametrize(
    "wall", [datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)]
)
def test_odd_days_pass_like_others(wall: datetime) -> None:
    anchor = replace(ANCHOR, server_time=wall)

    assert wall + DAY == trusted_now(reading(wall, DAY), anchor, wall).now


MOMENTS = st.integers(to_ms(datetime(2000, 1, 1, tzinfo=UTC)), to_ms(datetime(2090, 1, 1, tzinfo=UTC))).map(from_ms)
READINGS = st.builds(ClockReading, MOMENTS, st.integers(0, 10**12), st.sampled_from(["boot-1", "boot-2"]))
ANCHORS = st.none() | st.builds(TimeAnchor, MOMENTS, st.integers(0, 10**12), st.sampled_from(["boot-1", "boot-2"]))


@given(READINGS, ANCHORS, st.none() | MOMENTS)
def test_never_earlier_than_what_is_proved(
    at: ClockReading, anchor: TimeAnchor | None, ratchet: datetime | None
) -> None:
    known = trusted_now(at, anchor, ratchet)

    assert ratchet is None or known.quality is SYNCED or ratchet <= known.now


@given(READINGS, ANCHORS, st.none() | MOMENTS)
def test_never_later_than_the_latest_clock(
    at: ClockReading, anchor: TimeAnchor | None, ratchet: datetime | None
) -> None:
    clocks = [at.wall] + [ratchet] * (ratchet is not None)
    if anchor and anchor.boot_id == at.boot_id and anchor.monotonic_ms <= at.monotonic_ms:
        clocks.append(anchor.server_time + timedelta(milliseconds=at.monotonic_ms - anchor.monotonic_ms))

    assert trusted_now(at, anchor, ratchet).now <= max(clock for clock in clocks if clock)


@given(READINGS, MOMENTS, MOMENTS)
def test_a_wall_clock_is_never_heard_where_the_server_was(at: ClockReading, server: datetime, other: datetime) -> None:
    anchor = TimeAnchor(server, at.monotonic_ms, at.boot_id)

    assert trusted_now(at, anchor, None).now == trusted_now(replace(at, wall=other), anchor, None).now


@given(st.lists(st.tuples(MOMENTS, st.sampled_from(["boot-1", "boot-2"])), min_size=1, max_size=20))
def test_entries_written_one_after_the_other_keep_their_order(walls: list[tuple[datetime, str]]) -> None:
    ratchet: datetime | None = None
    written = []
    for place, (wall, boot) in enumerate(walls):
        ratchet = trusted_now(ClockReading(wall, place, boot), None, ratchet).now
        written.append(ratchet)

    assert sorted(written) == written
