"""What stands around the scan: places, people, the day's tally, the last entries, and what waits."""

from datetime import timedelta

import pytest

from pos_client.domain.journal_entry import DeliveryState
from pos_client.domain.local_text import LocalText
from pos_client.domain.verdict import Notice
from pos_client.usecases.lane_status import Contact, lane_status
from pos_client.usecases.sync_overview import overview
from pos_client.usecases.till_view import LaneStatus, Level, Network, RecentItem, Tally
from tests import builders as a
from tests.unit.usecases.counter import CLERK, COLLEAGUE, PROMOTER, Counter, OpenCounter

COUPON = a.a_signed_coupon().text()
OFFER = LocalText("满50减10", "10 off 50")


def status(counter: Counter, operator: str = CLERK, contact: Contact | None = None) -> LaneStatus:
    """One look around."""
    return lane_status(counter.desk, operator, PROMOTER, contact or Contact())


def test_a_look_around(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.clock.pass_by(timedelta(seconds=30))

    seen = status(counter, contact=Contact(at=a.NOON, progress=(1, 2), round_trip_s=0.1))

    assert (seen.store_name, seen.lane, seen.booth, seen.zone) == ("人民路店101", 2, "B1", a.ZONE)
    assert (seen.operator_name, seen.promoter_id, seen.promoter_name) == ("小王", "P05", "小陈")
    assert [person.id for person in seen.promoters] == ["E01", "P05"]
    assert (seen.network, seen.last_contact, seen.progress) == (Network.ONLINE, a.NOON, (1, 2))
    assert (seen.pending, seen.oldest, seen.conflicts) == (2, a.NOON, 0)
    assert seen.data_as_of == a.NOON - timedelta(hours=1)
    assert seen.tally == Tally(redeemed=1)


def test_supervisors_get_no_credit(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop["staff"].append(a.staff_row("S01", role="supervisor", name="店长")))

    assert [person.id for person in status(counter).promoters] == ["E01", "P05"]


def test_the_tally_is_the_operators_own(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.redeem(a.a_signed_coupon(2).text(), operator=COLLEAGUE)

    assert [status(counter, operator).tally.redeemed for operator in (CLERK, COLLEAGUE, "E99")] == [1, 1, 0]


def test_the_last_entries_newest_first(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.clock.pass_by(timedelta(minutes=1))
    counter.redeem("134567890123456789")
    counter.unplug()
    counter.redeem(a.a_signed_coupon(2).text(), operator=COLLEAGUE)
    counter.redeem(COUPON, operator=COLLEAGUE)
    later = a.NOON + timedelta(minutes=1)

    assert list(status(counter).recent) == [
        RecentItem(5, later, OFFER, Level.REPEAT),
        RecentItem(4, later, OFFER, Level.PENDING, 1000),
        RecentItem(3, later, LocalText("付款码", "Payment code"), Level.WARN),
        RecentItem(2, a.NOON, OFFER, Level.OK, 1000, can_undo=True),
    ]


def test_an_undone_entry_is_shown_as_undone(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.void(2)
    (item,) = status(counter).recent

    assert (item.level, item.undone, item.can_undo, item.delivery) == (Level.UNDONE, True, False, DeliveryState.NEW)


def test_no_more_than_thirty_are_shown(counter: Counter) -> None:
    for number in range(32):
        counter.redeem(f"hello {number}")

    assert [item.seq for item in status(counter).recent] == list(range(32, 2, -1))


def test_before_the_first_data(open_counter: OpenCounter) -> None:
    counter = open_counter(with_data=False)
    counter.journal.append(a.a_login())

    assert status(counter) == LaneStatus(lane=2, network=Network.OFFLINE_EXPIRED, pending=1)


@pytest.mark.parametrize(
    ("contact", "later", "network"),
    [
        pytest.param(Contact(at=a.NOON), timedelta(seconds=40), Network.ONLINE, id="heard a moment ago"),
        pytest.param(Contact(at=a.NOON), timedelta(seconds=41), Network.OFFLINE_FRESH, id="not heard for a while"),
        pytest.param(Contact(at=a.NOON, round_trip_s=0.9), timedelta(), Network.SLOW, id="slow"),
        pytest.param(Contact(at=a.NOON, syncing=True), timedelta(), Network.SYNCING, id="at it"),
        pytest.param(Contact(disk_low=True, syncing=True), timedelta(), Network.DISK, id="no room"),
        pytest.param(Contact(), timedelta(hours=2), Network.OFFLINE_FRESH, id="never heard, data of three hours"),
        pytest.param(Contact(), timedelta(hours=3), Network.OFFLINE_STALE, id="never heard, data of four hours"),
        pytest.param(Contact(), timedelta(hours=24), Network.OFFLINE_EXPIRED, id="never heard, data of a day"),
    ],
)
def test_the_one_state_of_the_network(counter: Counter, contact: Contact, later: timedelta, network: Network) -> None:
    counter.hear_the_server()
    counter.clock.pass_by(later)

    assert network is status(counter, contact=contact).network


def test_a_store_that_is_never_on_a_network(open_counter: OpenCounter) -> None:
    counter = open_counter(lambda shop: shop.update(store=[a.store_row(offline_by_design=1)]))

    assert status(counter).network is Network.OFFLINE_STORE


def test_a_doubtful_clock(counter: Counter) -> None:
    counter.redeem(COUPON)
    counter.clock.restart(a.NOON - timedelta(days=1))

    assert status(counter).network is Network.CLOCK


def test_the_lane_at_a_glance(counter: Counter) -> None:
    counter.journal.append(a.an_intent("1001-5"))
    counter.redeem(COUPON)

    seen = overview(counter.desk)

    assert (seen.undelivered, seen.oldest, seen.generation) == (3, a.NOON, 1)
    assert [intent.coupon_id for intent in seen.open_intents] == ["1001-5"]
    assert seen.notices == (Notice("open-intent", {"count": 1}),)
    assert (seen.conflicts, dict(seen.tally)) == (0, {"intent": 2, "redeem": 1})


def test_at_a_glance_before_the_first_data(open_counter: OpenCounter) -> None:
    seen = overview(open_counter(with_data=False).desk)

    assert (seen.data_as_of, seen.generation, seen.notices) == (None, 0, ())


def test_what_was_begun_and_not_ended_is_counted_and_a_hold_is_not(counter: Counter) -> None:
    counter.hold(a.a_signed_coupon(21).text())
    held = lane_status(counter.desk, CLERK, "", Contact()).unfinished
    counter.journal.append(a.an_intent("1001-77"))

    assert (held, lane_status(counter.desk, CLERK, "", Contact()).unfinished) == (0, 1)


def test_the_stores_server_is_there_away_or_none(counter: Counter) -> None:
    def seen(store_server: bool | None = None, *, rebuilding: bool = False) -> bool | None:
        contact = Contact(store_server=store_server, rebuilding=rebuilding)
        return lane_status(counter.desk, CLERK, "", contact).store_server

    assert [seen(), seen(store_server=True), seen(store_server=False)] == [None, True, False]
    assert seen(store_server=True, rebuilding=True) is False
