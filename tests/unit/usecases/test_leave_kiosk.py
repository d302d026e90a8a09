"""A kiosk is left by people of the store who have a PIN and prove it; nobody else is even offered."""

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.authorise import Signature
from pos_client.usecases.leave_kiosk import LeaveKiosk
from tests.unit.usecases.counter import CLERK, OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss


def test_only_a_right_pin_opens(open_counter: OpenCounter) -> None:
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    leave = LeaveKiosk(counter.desk)
    wrong, right = leave(Signature(BOSS, WRONG)), leave(Signature(BOSS, PIN))

    assert (wrong.kind, wrong.reason) == (VerdictKind.REFUSED, Reason.PIN_WRONG)
    assert (right.kind, right.reason) == (VerdictKind.ACCEPTED, Reason.LOGGED_IN)
    assert [entry.fields()["outcome"] for entry in counter.entries() if entry.kind is EntryKind.LOGIN] == [
        "wrong-pin",
        "ok",
    ]


def test_whoever_has_no_pin_stays_outside_even_where_clerks_need_none(open_counter: OpenCounter) -> None:
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    leave = LeaveKiosk(counter.desk)

    assert leave(Signature(CLERK)).reason is Reason.PIN_NOT_SET
    assert [keeper.id for keeper in leave.keepers()] == [BOSS]


def test_names_tell_a_customer_nothing(open_counter: OpenCounter) -> None:
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    names = {person.id: person.name for person in counter.desk.cache.staff()}
    keeper = LeaveKiosk(counter.desk).keepers()[0]

    assert keeper.masked[0] == names[BOSS][0]
    assert set(keeper.masked[1:]) == {"*"}
