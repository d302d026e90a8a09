"""A row of which the server dies holds up no other: the server is started anew, and delivery waits for it."""

from pos_client.domain.errors import ServerUnreachable
from tests.integration.sync import scripted_server as s
from tests.integration.sync.delivery import Delivery
from tests.integration.sync.lane_parts import LaneParts
from tests.integration.sync.scripted_centre import Inbox


class Mortal:
    """A server that dies of some rows; it answers again after a number of looks, or never."""

    def __init__(self, inbox: Inbox, looks: int | None) -> None:
        self.inbox, self.looks, self.away, self.deaths = inbox, looks, 0, 0
        inbox.choke = self.die

    def die(self, _request: s.Received) -> s.Play:
        self.deaths += 1
        self.away = self.looks if self.looks is not None else 10**9
        return s.hang_up

    def __call__(self, request: s.Received) -> s.Play:
        if self.away > 0:
            self.away -= 1
            return s.hang_up
        return self.inbox(request)


def test_a_row_of_which_the_server_dies_holds_up_no_other(
    inbox: Inbox, server: s.ScriptedServer, lane: LaneParts
) -> None:
    inbox.poison = frozenset({37})
    server.script = Mortal(inbox, looks=5)
    waiting = Delivery(lane, 400)
    assert lane.api.is_there()

    report = waiting.pusher.run()

    assert (report.pushed, report.stuck, report.error) == (399, 1, None)
    assert list(waiting.outbox.stuck) == [(1, 37)]


def test_a_server_that_stays_away_ends_the_round(inbox: Inbox, server: s.ScriptedServer, lane: LaneParts) -> None:
    inbox.poison = frozenset({37})
    server.script = Mortal(inbox, looks=None)
    waiting = Delivery(lane, 400)
    assert lane.api.is_there()

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerUnreachable)
    assert (report.stuck, waiting.outbox.stuck) == (0, {})
    assert sum(waiting.pauses) < 10


def test_a_server_that_never_answered_is_not_waited_for(
    inbox: Inbox, server: s.ScriptedServer, lane: LaneParts
) -> None:
    server.script = lambda _request: s.hang_up
    waiting = Delivery(lane, 3)

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerUnreachable)
    assert waiting.pauses == []
    assert inbox.batches == []
