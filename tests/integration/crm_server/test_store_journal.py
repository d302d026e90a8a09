"""Entries that lanes leave at a store's server: stored, sent on as they are, kept until the centre has them."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text, update

from crm_server.reports import ReportName
from crm_server.revocations import revoke_device
from crm_server.schema import DEVICE, FORWARD, INBOX
from crm_server.store_role import forward_queue
from tests.fakes.lane_journal import LaneJournal
from tests.integration.crm_server.served_shop import problem, reported, results
from tests.integration.crm_server.served_store import Store


def forwarded(store: Store) -> list[str]:
    """The state of each entry on its way to the centre, in the order of storing."""
    return list(store.write(lambda job: job.execute(select(FORWARD.c.state).order_by(FORWARD.c.inbox_id)).scalars()))


def at_centre(store: Store, lane: LaneJournal) -> list[int]:
    """Numbers of the lane's entries that the centre holds."""
    query = select(INBOX.c.seq).where(INBOX.c.device == lane.device).order_by(INBOX.c.seq)
    return list(store.shop.write(lambda job: job.execute(query).scalars()))


def bodies(job: Any, device: str) -> list[bytes]:
    """What stands in an inbox of a device."""
    rows = job.execute(select(INBOX.c.body, INBOX.c.sig).where(INBOX.c.device == device).order_by(INBOX.c.seq))
    return [bytes(row.body) + bytes(row.sig) for row in rows]


def test_entries_reach_the_centre_as_the_lane_wrote_them(store: Store) -> None:
    coupon_id, _ = store.shop.coupon()
    lane = store.lane()
    lane.push([lane.redeem(coupon_id), lane.write("open_day"), lane.write("close_day")])

    assert store.forward() == 3
    assert at_centre(store, lane) == [1, 2, 3]
    assert store.shop.write(lambda job: bodies(job, lane.device)) == store.write(lambda job: bodies(job, lane.device))
    assert forwarded(store) == ["delivered"] * 3
    assert [row["tier"] for row in reported(store.shop, ReportName.REDEMPTIONS)] == ["C"]


def test_what_the_lane_delivered_itself_is_a_duplicate(store: Store) -> None:
    lane = store.lane()
    own = store.shop.lane()
    both = store.at_store(own)
    store.mirror()
    entry = own.write("open_day")
    own.push([entry])

    assert results(both.push([entry])) == ["accepted"]
    assert results(both.push([entry])) == ["duplicate"]
    assert store.forward() == 1
    assert at_centre(store, own) == [1]
    assert at_centre(store, lane) == []


def test_many_entries_go_in_their_order(store: Store) -> None:
    lane = store.lane()
    entries = [lane.write("open_day") for _ in range(450)]
    for first in range(0, 450, 150):
        lane.push(entries[first : first + 150])

    assert store.forward() == 450
    assert at_centre(store, lane) == list(range(1, 451))


@pytest.mark.expects_log("request failed|is set aside|could not be applied")
def test_a_row_that_the_centre_fails_on_is_set_aside_and_the_others_go(store: Store) -> None:
    lane = store.lane()
    entries = [lane.write("open_day", mark=number) for number in range(20)]
    lane.push(entries)
    fault = f"WHEN NEW.hash = '{entries[7].hash.hex()}' BEGIN SELECT RAISE(ABORT, 'a fault'); END"
    store.shop.write(lambda job: job.execute(text(f"CREATE TRIGGER fault BEFORE INSERT ON inbox {fault}")).rowcount)

    assert store.forward() == 19
    assert forwarded(store).count("stuck") == 1
    store.shop.write(lambda job: job.execute(text("DROP TRIGGER fault")).rowcount)
    store.write(lambda job: job.execute(update(FORWARD).values(at_ms=0)).rowcount)
    assert store.forward() == 1
    assert at_centre(store, lane) == list(range(1, 21))


@pytest.mark.expects_log("are not taken now")
def test_a_lane_that_left_the_store_holds_up_no_other(store: Store) -> None:
    gone, here = sorted((store.lane(lane=1), store.lane(lane=2)), key=lambda lane: lane.device)
    for lane in (gone, here):
        lane.push([lane.write("open_day")])
    moved = update(DEVICE).where(DEVICE.c.id == gone.device).values(store=2)
    store.shop.write(lambda job: job.execute(moved).rowcount)

    assert store.forward() == 1
    assert at_centre(store, here) == [1]
    counts = {row["device"]: row["waiting"] for row in store.write(forward_queue.counts)}
    assert counts == {gone.device: 1, here.device: 0}


def test_what_is_not_the_lanes_own_word_is_kept_and_not_sent_on(store: Store) -> None:
    lane, liar = store.lane(lane=1), store.lane(lane=2)
    entry = lane.write("open_day")
    liar.epoch = lane.epoch

    assert results(liar.push([entry])) == ["quarantined"]
    assert problem(liar.push([entry], device=lane.device)) == (403, "device-other")
    assert store.forward() == 0


def test_a_lane_whose_session_token_is_the_centres_is_not_taken_for_two(store: Store) -> None:
    lane = store.lane()
    lane.token = "whatever"
    assert results(lane.push([lane.write("open_day")])) == ["accepted"]
    lane.token = "another"
    assert lane.heartbeat().status_code == 200


def test_a_book_begins_with_the_first_entry_that_is_brought(store: Store) -> None:
    lane = store.lane()
    entries = [lane.write("open_day") for _ in range(9)]
    reply = lane.push(entries[4:6]).json()

    assert (reply["ack_seq"], reply["missing"]) == (6, [])
    later = lane.push(entries[7:]).json()
    assert (later["ack_seq"], later["missing"]) == (6, [[7, 7]])
    beat = lane.heartbeat().json()
    assert (beat["ack_seq"], beat["missing"], beat["resend"]) == (6, [[7, 7]], [[7, 7]])
    status = lane.get(f"/v1/journal/{lane.device}/1/status").json()
    assert (status["ack_seq"], status["counts"]) == (6, {"accepted": 4, "conflict": 0, "quarantined": 0, "forked": 0})


def test_an_epoch_that_the_roster_does_not_name_yet_is_taken(store: Store) -> None:
    own = store.shop.lane()
    here = store.at_store(own)
    store.mirror()
    here.push([here.write("open_day")])
    own.entries = here.entries
    assert own.new_epoch().status_code == 201
    here.epoch = own.epoch

    assert results(here.push([here.write("open_day")])) == ["accepted"]
    assert store.forward() == 2


def test_purchases_and_points_are_kept_here_and_counted_at_the_centre_alone(store: Store) -> None:
    lane = store.lane()
    earned = {"txn": "a" * 32, "ref": "points", "amount": 5, "member_ref": "m-1", "why": "purchase"}
    lane.push([lane.write("earn", **earned), lane.write("earn", **earned)])

    statuses = lane.get(f"/v1/journal/{lane.device}/1/status").json()
    assert sum(statuses["counts"].values()) == 2
    assert store.forward() == 2
    assert json.loads(store.write(lambda job: bodies(job, lane.device))[0][:-64])["amount"] == 5


def test_strangers_and_lanes_of_other_stores_are_not_let_in(small_store: Store) -> None:
    elsewhere = small_store.at_store(small_store.shop.lane(store="2"))
    small_store.mirror()

    assert problem(elsewhere.get("/v1/claims/" + "a" * 32)) == (401, "device-unknown")


def test_a_device_that_the_centre_revoked_gets_nothing(small_store: Store) -> None:
    lane = small_store.lane()
    small_store.shop.write(lambda connection: revoke_device(connection, lane.device))
    small_store.mirror()

    assert problem(lane.get("/v1/claims/" + "a" * 32)) == (401, "device-revoked")
