"""What the window is told of the way to the centre: how far an upload is, and that a request is tried again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.bootstrap.window import ContactKeeper
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.usecases.lane_status import lane_status
from pos_client.usecases.till_view import Network
from pos_client.usecases.way_out import Hop
from tests import builders as a
from tests.unit.usecases.counter import CLERK, Counter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Return the plain shop's counter."""
    made = a_counter(tmp_path)
    yield made
    made.journal.close()
    made.cache.close()


def test_an_upload_counts_from_what_waited_when_it_began(counter: Counter) -> None:
    keeper, told = ContactKeeper(counter.journal), []
    for phase, pending in (
        (SyncPhase.PUSHING, 86),
        (SyncPhase.PUSHING, 55),
        (SyncPhase.IDLE, 0),
        (SyncPhase.PUSHING, 2),
    ):
        keeper.on_status(SyncStatus(phase, pending=pending))
        told.append(keeper().progress)

    assert told == [(0, 86), (31, 86), None, (0, 2)]


def test_a_request_that_is_tried_again_is_a_slow_network(counter: Counter) -> None:
    keeper, seen = ContactKeeper(counter.journal), []
    for phase in (SyncPhase.IDLE, SyncPhase.WAITING):
        keeper.on_status(SyncStatus(phase, last_contact=a.NOON))
        seen.append(lane_status(counter.desk, CLERK, "", keeper()).network)

    assert seen == [Network.ONLINE, Network.SLOW]


def test_answers_that_take_long_are_a_slow_network(counter: Counter) -> None:
    keeper, seen = ContactKeeper(counter.journal), []
    for round_trip_s in (None, 0.8, 0.81):
        keeper.on_status(SyncStatus(SyncPhase.IDLE, last_contact=a.NOON, round_trip_s=round_trip_s))
        seen.append(lane_status(counter.desk, CLERK, "", keeper()).network)

    assert seen == [Network.ONLINE, Network.ONLINE, Network.SLOW]


def test_the_hop_that_fails_is_told(counter: Counter) -> None:
    keeper, seen = ContactKeeper(counter.journal), []
    for cause in ("no-name", "timeout", "refused"):
        keeper.on_status(SyncStatus(SyncPhase.WAITING, last_error="server-unreachable", cause=cause))
        seen.append(lane_status(counter.desk, CLERK, "", keeper()).hop)
    keeper.on_status(SyncStatus(SyncPhase.IDLE))

    assert [*seen, lane_status(counter.desk, CLERK, "", keeper()).hop] == [Hop.LOCAL, Hop.STORE, Hop.OURS, None]
