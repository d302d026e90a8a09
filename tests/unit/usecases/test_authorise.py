"""PINs at the lane: who is believed, what a wrong one costs, and that neither a restart nor another clock resets it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.keyed_hash import pin_pepper
from pos_client.domain.pins import PinBook, PinRecord, Stretch, bound, parse, weakness
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict
from pos_client.usecases.authorise import FREE_TRIES, Signature, attempts_of, supervisor_refusal
from tests import builders as a
from tests.unit.usecases.counter import CLERK, SECRET, Counter, OpenCounter, a_counter

BOSS, PIN, WRONG = "S01", "482915", "482916"
PEPPER = pin_pepper(SECRET)


def a_book(**pins: str) -> PinBook:
    """PINs as the centre hands them out; the stretching is cheap, because nobody attacks a test."""
    how = {name: Stretch(name.encode().ljust(16), n=16) for name in pins}
    staff = {name: PinRecord(how[name], bound(how[name].of(pin), PEPPER)).as_document() for name, pin in pins.items()}
    return parse({"required": bool(pins), "staff": staff}, PEPPER)


def with_boss(shop: dict[str, list[a.Row]]) -> None:
    shop["staff"] += [a.staff_row(BOSS, role="supervisor"), a.staff_row("S02", role="manager")]


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter of a store with a supervisor who has a PIN, and a manager who has none."""
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    return counter


def reason(verdict: Verdict | None) -> Reason | None:
    return verdict.reason if verdict else None


def tried(counter: Counter, pin: str, who: str = BOSS) -> Reason | None:
    return reason(supervisor_refusal(counter.desk, Signature(who, pin)))


def test_a_right_pin_is_believed(counter: Counter) -> None:
    assert tried(counter, PIN) is None
    assert tried(counter, WRONG) is Reason.PIN_WRONG


def test_an_id_alone_is_worth_nothing_where_there_are_pins(counter: Counter) -> None:
    assert tried(counter, "") is Reason.PIN_NEEDED
    assert tried(counter, PIN, "S02") is Reason.PIN_NOT_SET
    assert tried(counter, PIN, CLERK) is Reason.NOT_A_SUPERVISOR


def test_a_store_where_nobody_ever_had_a_pin_believes_an_id(counter: Counter) -> None:
    counter.pins = PinBook()

    assert tried(counter, "") is None


def test_nobody_allows_what_he_does_himself(counter: Counter) -> None:
    who = Signature(BOSS, PIN)

    assert reason(supervisor_refusal(counter.desk, who, other_than=BOSS)) is Reason.OVERRIDE_SECOND_PERSON
    assert reason(supervisor_refusal(counter.desk, who, other_than="")) is Reason.OVERRIDE_NEEDS_CLERK
    assert supervisor_refusal(counter.desk, who, other_than=CLERK) is None


def test_after_five_wrong_ones_even_the_right_one_waits(counter: Counter) -> None:
    said = [tried(counter, WRONG) for _ in range(FREE_TRIES)]

    assert said == [Reason.PIN_WRONG] * (FREE_TRIES - 1) + [Reason.PIN_LOCKED]
    assert tried(counter, PIN) is Reason.PIN_LOCKED
    counter.clock.pass_by(timedelta(seconds=59))
    assert tried(counter, PIN) is Reason.PIN_LOCKED
    counter.clock.pass_by(timedelta(seconds=1))
    assert tried(counter, PIN) is None
    assert attempts_of(counter.desk, BOSS).wrong == 0


def test_each_further_one_doubles_the_wait_up_to_an_hour(counter: Counter) -> None:
    waits = []
    for _ in range(FREE_TRIES + 8):
        verdict = supervisor_refusal(counter.desk, Signature(BOSS, WRONG))
        waits.append(verdict.facts.get("wait_s") if verdict else None)
        counter.clock.pass_by(timedelta(hours=1))

    assert waits[4:] == [60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600]


def test_a_restart_of_the_program_forgives_nothing(counter: Counter, tmp_path_factory: pytest.TempPathFactory) -> None:
    for _ in range(FREE_TRIES):
        tried(counter, WRONG)
    counter.journal.close()

    again = replace(a_counter(counter.folder, with_data=False), pins=counter.pins, clock=counter.clock)

    assert tried(again, PIN) is Reason.PIN_LOCKED
    again.journal.close()


def test_the_wall_clock_shortens_no_wait_and_a_restart_of_the_machine_begins_it_anew(counter: Counter) -> None:
    for _ in range(FREE_TRIES):
        tried(counter, WRONG)
    counter.clock.wall += timedelta(days=3)
    assert tried(counter, PIN) is Reason.PIN_LOCKED

    counter.clock.boot_id, counter.clock.monotonic_ms = "after", 5
    assert tried(counter, PIN) is Reason.PIN_LOCKED
    counter.clock.pass_by(timedelta(seconds=60))
    assert tried(counter, PIN) is None


def test_a_try_is_counted_before_it_is_looked_at(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(PinBook, "is_right", killed)
    with pytest.raises(KeyboardInterrupt):
        tried(counter, PIN)

    assert attempts_of(counter.desk, BOSS).wrong == 1


def test_a_wrong_pin_is_written_down_without_the_pin(counter: Counter) -> None:
    tried(counter, WRONG)

    fields = counter.entries()[-1].fields()
    assert (fields["kind"], fields["operator"], fields["outcome"]) == (EntryKind.LOGIN, BOSS, "wrong-pin")
    assert WRONG.encode() not in counter.entries()[-1].body


def test_a_pin_is_good_in_its_own_store_only() -> None:
    document = {"staff": {BOSS: next(iter(a_book(**{BOSS: PIN}).records.values())).as_document()}}

    assert parse(document, PEPPER).is_right(BOSS, PIN)
    assert not parse(document, pin_pepper(a.a_store_secret(2))).is_right(BOSS, PIN)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(kdf="none"),
        lambda record: record.update(n=1 << 30),
        lambda record: record.update(n=15),
        lambda record: record.update(r=0),
        lambda record: record.update(check="AAAA"),
        lambda record: record.pop("salt"),
        lambda record: record.update(p="x"),
    ],
)
def test_a_record_that_is_not_understood_lets_nobody_in(change: Callable[[dict[str, object]], object]) -> None:
    record = next(iter(a_book(**{BOSS: PIN}).records.values())).as_document()
    change(record)
    book = parse({"required": False, "staff": {BOSS: record}}, PEPPER)

    assert book.required
    assert not book.is_right(BOSS, PIN)


@pytest.mark.parametrize(
    ("pin", "is_good"),
    [("482915", True), ("48291", False), ("123456", False), ("987654", False), ("111111", False), ("121212", False),
     ("123123", False), ("12a456", False), ("１２３４５６", False), ("4829150", True), ("890123", False),
     ("4829154829154", False), ("112211", False)],
)  # fmt: skip
def test_a_pin_that_everybody_tries_first_is_refused(pin: str, is_good: bool) -> None:
    assert (weakness(pin) == "") is is_good
