"""The till lane: one thread, deeds in order, answers to a listener, faults as values, sync woken after entries only."""

import threading
from collections.abc import Iterator

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.usecases import till_lane
from pos_client.usecases.till_lane import TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault, UndoReason
from tests import builders as a
from tests.fakes.desk_fakes import CountedWakes, Ears, SetContact, Told
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter, OpenCounter

COUPON = a.a_signed_coupon().text()


class Bench:
    """A till lane that a test starts: deeds are queued first and then done, or done while it runs."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.ears, self.sync = Ears(), CountedWakes()
        self.chosen: list[str] = []
        session = TillSession(counter.desk, CLERK, PROMOTER)
        self.lane = TillLane(counter.desk, session, self.sync, SetContact(), self.chosen.append)
        self.lane.listen(self.ears)

    def scan(self, text: str) -> int:
        """Something is shown."""
        return self.lane.submit_scan(Scan(text, ScanSource.CAMERA, a.NOON))

    def finish(self) -> list[Told]:
        """Do what is queued, in this thread; all that was told."""
        stop = threading.Event()
        stop.set()
        self.lane.run(stop)
        return self.ears.wait_until(bool)


def kinds(told: list[Told]) -> list[str]:
    """What was told, without its content."""
    return [type(item).__name__ for item in told]


def answers(told: list[Told]) -> list[TillAnswer]:
    """The answers among it."""
    return [item for item in told if isinstance(item, TillAnswer)]


@pytest.fixture
def bench(counter: Counter) -> Bench:
    """The plain shop's lane."""
    return Bench(counter)


@pytest.fixture
def running(bench: Bench) -> Iterator[Bench]:
    """The same, at work in its thread until the test is over."""
    stop = threading.Event()
    thread = threading.Thread(target=bench.lane.run, args=(stop,))
    thread.start()
    yield bench
    stop.set()
    thread.join()


def test_the_surroundings_are_told_first(running: Bench) -> None:
    told = running.ears.wait_until(bool)

    assert isinstance(told[0], LaneStatus)
    assert told[0].store_name == "人民路店101"


def test_the_surroundings_are_told_again_while_nothing_happens(running: Bench) -> None:
    told = running.ears.wait_until(lambda told: len(told) >= 2)

    assert kinds(told)[:2] == ["LaneStatus", "LaneStatus"]


def test_an_answer_carries_the_number_of_its_deed(running: Bench) -> None:
    numbers = [running.scan(COUPON), running.scan("hello"), running.scan(COUPON)]
    heard = answers(running.ears.wait_until(lambda told: len(answers(told)) == 3))

    assert numbers == [1, 2, 3]
    assert numbers == [answer.number for answer in heard]
    assert [answer.verdict.reason for answer in heard] == [Reason.ACCEPTED, Reason.NOT_OUR_CODE, Reason.ALREADY_USED]


def test_after_each_deed_answer_then_surroundings(bench: Bench) -> None:
    bench.scan(COUPON)
    bench.lane.set_amount(5000)

    assert kinds(bench.finish()) == ["LaneStatus", "TillAnswer", "LaneStatus", "Customer", "LaneStatus"]


def test_the_surroundings_after_a_redemption_show_it(bench: Bench) -> None:
    bench.scan(COUPON)
    status = bench.finish()[-1]

    assert isinstance(status, LaneStatus)
    assert (status.tally.redeemed, [item.seq for item in status.recent]) == (1, [2])


@pytest.mark.parametrize(
    ("texts", "wakes"), [(["6901234567892", card_number(7)], 0), ([COUPON], 1), ([COUPON, "hello"], 2)], ids=str
)
def test_sync_is_woken_after_what_was_written_only(bench: Bench, texts: list[str], wakes: int) -> None:
    for text in texts:
        bench.scan(text)
    bench.finish()

    assert wakes == bench.sync.count


def test_sync_is_woken_on_demand(bench: Bench) -> None:
    bench.lane.request_sync()
    bench.finish()

    assert bench.sync.count == 1


def test_the_whole_dialogue_goes_through_the_queue(bench: Bench) -> None:
    bench.scan(card_number(7))
    bench.scan(COUPON)
    bench.lane.undo(None, UndoReason.SLIP)
    bench.lane.choose_coupon("nothing")
    bench.lane.confirm()
    bench.lane.report_masked_shown()
    bench.lane.detach_member()
    told = bench.finish()

    reasons = [answer.verdict.reason for answer in answers(told)]
    assert reasons == [Reason.MEMBER_IDENTIFIED, Reason.ACCEPTED, Reason.VOIDED]
    customers = [item for item in told if isinstance(item, Customer)]
    assert [customer.member is not None for customer in customers] == [True, True, True, False]


def test_a_promoter_who_is_chosen_gets_the_credit(bench: Bench) -> None:
    bench.lane.choose_promoter("E01")
    bench.scan(COUPON)
    (answer,) = answers(bench.finish())

    assert (bench.chosen, answer.promoter_name) == (["E01"], "小王")
    assert bench.counter.fields(2)["promoter"] == "E01"


def test_deeds_that_were_queued_are_finished_before_it_stops(bench: Bench) -> None:
    for number in range(1, 4):
        bench.scan(a.a_signed_coupon(number).text())

    assert len(answers(bench.finish())) == 3


def test_without_a_listener_nothing_is_done(bench: Bench) -> None:
    session = TillSession(bench.counter.desk, CLERK)
    lane = TillLane(bench.counter.desk, session, bench.sync, SetContact(), bench.chosen.append)
    stop = threading.Event()
    stop.set()
    lane.submit_scan(Scan(COUPON, ScanSource.WEDGE, a.NOON))
    lane.run(stop)

    assert bench.counter.entries() == []


def test_a_fault_of_the_world_is_told_and_the_lane_goes_on(open_counter: OpenCounter) -> None:
    bench = Bench(open_counter(with_data=False))
    number = bench.scan(COUPON)
    bench.lane.request_sync()
    told = bench.finish()

    assert kinds(told) == ["LaneStatus", "TillFault", "Customer", "LaneStatus"]
    fault = told[1]
    assert isinstance(fault, TillFault)
    assert (fault.reason, fault.number) == ("cache-missing", number)


@pytest.mark.expects_log("the disk is full")
def test_a_full_disk_is_told_as_a_fault_and_nothing_more_is_accepted(counter: Counter) -> None:
    counter.unplug()
    counter.fill_the_disk()
    bench = Bench(counter)
    for number in range(1, 40):
        bench.scan(a.a_signed_coupon(number).text())
    told = bench.finish()

    faults = [item for item in told if isinstance(item, TillFault)]
    assert faults
    assert {fault.reason for fault in faults} == {"disk-full"}
    assert len(counter.entries()) == len(answers(told)) == 39 - len(faults)


def test_deeds_from_many_threads_have_numbers_of_their_own(running: Bench) -> None:
    numbers: list[int] = []
    threads = [threading.Thread(target=lambda: numbers.append(running.scan(COUPON))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heard = answers(running.ears.wait_until(lambda told: len(answers(told)) == 8))

    assert sorted(numbers) == list(range(1, 9))
    assert [answer.number for answer in heard] == list(range(1, 9))
    assert [answer.verdict.reason for answer in heard].count(Reason.ACCEPTED) == 1


def test_surroundings_that_cannot_be_read_are_told_as_a_fault(open_counter: OpenCounter) -> None:
    (fault,) = Bench(open_counter(lambda shop: shop["store"].clear())).finish()

    assert isinstance(fault, TillFault)
    assert (fault.reason, fault.number) == ("cache-missing", 0)


def test_a_deed_beside_the_loop_tells_of_the_customer_only_where_it_changed_him(bench: Bench) -> None:
    session = bench.lane._session
    for deed in (lambda: None, session.detach_member):
        bench.scan(card_number(7))
        bench.lane.do(deed)
    told = bench.finish()

    said = [kind for kind in kinds(told) if kind != "LaneStatus"]
    assert said == ["TillAnswer", "TillAnswer", "Customer"]


def test_it_ends_at_once_when_it_is_woken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(till_lane, "STATUS_EVERY_S", 600.0)
    stop = threading.Event()
    thread = threading.Thread(target=bench.lane.run, args=(stop,), daemon=True)
    thread.start()
    bench.ears.wait_until(bool)
    stop.set()
    bench.lane.wake()
    thread.join(30.0)

    assert not thread.is_alive()
