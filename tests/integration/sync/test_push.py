"""Delivery: every row arrives and no row disappears, whatever the server says."""

import pytest

from pos_client.domain.batch import MAX_ENTRIES
from pos_client.domain.errors import DeviceForked, DeviceRevoked, ServerRefused, ServerUnreachable
from pos_client.sync.push import Pusher
from tests.integration.sync import scripted_server as s
from tests.integration.sync.delivery import Delivery
from tests.integration.sync.lane_parts import DEVICE, LaneParts, MemoryOutbox, rows
from tests.integration.sync.scripted_centre import Inbox


def test_the_exact_bytes_arrive(inbox: Inbox, lane: LaneParts, server: s.ScriptedServer) -> None:
    waiting = Delivery(lane, 3)

    report = waiting.pusher.run()

    sent = server.received[0]
    assert (report.pushed, report.accepted, report.error) == (3, 3, None)
    assert {seq: row.body for (_, seq), row in waiting.outbox.rows.items()} == inbox.stored
    assert sent.json()["head"] == {"seq": 3, "hash": waiting.outbox.head(1).hash.hex()}
    assert (sent.json()["first_seq"], sent.json()["last_seq"]) == (1, 3)
    assert sent.headers["idempotency-key"].startswith("d-1.1.1-3.")
    assert lane.token.token == "t-1"


def test_a_second_run_sends_nothing(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 3)
    waiting.pusher.run()

    again = waiting.pusher.run()

    assert (again.pushed, len(inbox.batches)) == (0, 1)


def test_many_rows_go_in_batches(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 450)

    report = waiting.pusher.run()

    assert report.pushed == 450
    assert [len(batch) for batch in inbox.batches] == [MAX_ENTRIES, MAX_ENTRIES, 50]


def test_who_watches_is_told_after_each_batch_how_much_of_all_is_delivered(inbox: Inbox, lane: LaneParts) -> None:
    outbox, told = MemoryOutbox(rows(450)), list[tuple[int, int]]()

    Pusher(lane.api, outbox, DEVICE, progress=lambda done, whole: told.append((done, whole))).run()

    assert told == [(MAX_ENTRIES, 450), (2 * MAX_ENTRIES, 450), (450, 450)]


def test_only_what_no_answer_came_for_stands_as_sent(server: s.ScriptedServer, inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 2)
    server.script = lambda _: s.hang_up

    waiting.pusher.run()
    unanswered, waiting.outbox.sent = waiting.outbox.sent, []
    server.script = inbox
    waiting.pusher.run()

    assert unanswered == [(1, 1), (1, 2)]
    assert (waiting.outbox.sent, len(waiting.outbox.results)) == ([], 2)


def test_each_stored_result_counts_as_delivered(inbox: Inbox, lane: LaneParts) -> None:
    holder = {"device": "d-2", "lane": 4}
    inbox.words = {
        2: {"result": "conflict", "holder": holder},
        3: {"result": "quarantined", "reason": "bad-field"},
        4: {"result": "forked"},
    }
    waiting = Delivery(lane, 4)

    report = waiting.pusher.run()

    by_seq = {seq: one for (_, seq), one in waiting.outbox.results.items()}
    assert (report.accepted, report.conflicts, report.quarantined, report.forked) == (1, 1, 1, 1)
    assert by_seq[2].holder == '{"device": "d-2", "lane": 4}'
    assert (by_seq[3].reason, by_seq[1].server_ref) == ("bad-field", "r1")


def test_a_repeated_row_carries_its_first_result(inbox: Inbox, lane: LaneParts) -> None:
    inbox.words = {1: {"result": "conflict", "holder": {"lane": 4}}}
    Delivery(lane, 2).pusher.run()
    after_a_crash = Delivery(lane, 2)

    report = after_a_crash.pusher.run()

    assert (report.duplicates, report.accepted, report.conflicts) == (2, 0, 1)
    assert after_a_crash.outbox.results[1, 1].result == "conflict"
    assert after_a_crash.outbox.results[1, 1].repeated


def test_a_result_for_another_hash_is_no_result(inbox: Inbox, lane: LaneParts) -> None:
    inbox.words = {2: {"hash": "00" * 32}}
    waiting = Delivery(lane, 3)

    waiting.pusher.run()

    assert (1, 2) not in waiting.outbox.results


@pytest.mark.parametrize(
    "play",
    [s.html(200), s.html(302), s.html(400), s.html(404), s.html(500), s.html(502), s.hang_up, s.reset_after_headers],
    ids=["portal", "redirect", "400", "404", "500", "502", "reset", "reset-after-headers"],
)
def test_nothing_that_stands_between_touches_a_row(server: s.ScriptedServer, lane: LaneParts, play: s.Play) -> None:
    waiting = Delivery(lane, 5)
    server.script = lambda _: play

    report = waiting.pusher.run()

    assert isinstance(report.error, ServerUnreachable)
    assert (waiting.outbox.results, waiting.outbox.stuck) == ({}, {})
    assert waiting.outbox.counts().pending == 5


@pytest.mark.parametrize(
    ("status", "code", "retry", "kind"),
    [
        (401, "device-revoked", "never", DeviceRevoked),
        (409, "device-forked", "reenrol", DeviceForked),
        (409, "device-rolled-back", "reenrol", DeviceForked),
        (401, "signature-invalid", "resign", ServerRefused),
        (403, "device-other", "never", ServerRefused),
        (429, "rate-limited", "after", ServerRefused),
        (503, "store-rebuilding", "after", ServerRefused),
    ],
)
def test_an_answer_about_the_device_ends_the_round_and_marks_no_row(
    server: s.ScriptedServer,
    keys: s.CentreKeys,
    lane: LaneParts,
    status: int,
    code: str,
    retry: str,
    kind: type[ServerRefused],
) -> None:
    waiting = Delivery(lane, 5)
    server.script = lambda request: s.problem(keys, request, status, code, retry)

    report = waiting.pusher.run()

    assert type(report.error) is kind
    assert (waiting.outbox.results, waiting.outbox.stuck) == ({}, {})
    assert len(server.received) == (2 if retry == "resign" else 1)


def test_what_the_server_lacks_goes_back_in_line(inbox: Inbox, lane: LaneParts) -> None:
    waiting = Delivery(lane, 5)
    waiting.pusher.run()
    inbox.more = {"missing": [[2, 3]], "resend": [[5, 5]]}
    waiting.outbox.rows |= {(row.epoch, row.seq): row for row in rows(6)}

    waiting.pusher.run()

    assert waiting.outbox.resent[-1] == (1, ((2, 3), (5, 5)))
    assert waiting.outbox.counts().pending == 3


@pytest.mark.parametrize("ranges", [None, "x", [[1]], [["a", "b"]], [[5, 2]], [[True, False]]])
def test_odd_ranges_do_no_harm(inbox: Inbox, lane: LaneParts, ranges: object) -> None:
    inbox.more = {"missing": ranges}
    waiting = Delivery(lane, 2)

    assert waiting.pusher.run().error is None
    assert waiting.outbox.resent[-1] == (1, ())


def test_rows_of_two_epochs_are_not_mixed(inbox: Inbox, lane: LaneParts, server: s.ScriptedServer) -> None:
    waiting = Delivery(lane, 0)
    waiting.outbox.rows = {(row.epoch, row.seq): row for row in [*rows(2), *rows(1, epoch=2)]}

    waiting.pusher.run()

    assert [(one.json()["epoch"], len(one.json()["entries"])) for one in server.received] == [(1, 2), (2, 1)]
