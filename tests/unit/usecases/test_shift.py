"""Taking over a counter: who is shown, what he proves, and what stays as it was where he does not."""

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.usecases.authorise import Signature
from pos_client.usecases.clerk_looks import ClerkLooks, keep_looks, looks_of
from pos_client.usecases.shift import TakeOver, badge_of, look, take_over
from pos_client.usecases.till_session import TillSession
from tests import builders as a
from tests.unit.usecases.counter import CLERK, COLLEAGUE, DAY, PROMOTER, Counter, OpenCounter, said
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book

CLERKS_PIN = "739204"


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """Return a counter of a store whose clerk and supervisor have PINs."""

    def change(shop: dict[str, list[a.Row]]) -> None:
        shop["staff"] = [a.staff_row(CLERK), a.staff_row(COLLEAGUE), a.staff_row(BOSS, role="supervisor")]

    counter = open_counter(change)
    counter.pins = a_book(**{BOSS: PIN, CLERK: CLERKS_PIN})
    return counter


@pytest.fixture
def session(counter: Counter) -> TillSession:
    """Return its dialogue, with nobody there."""
    return TillSession(counter.desk, "")


def taken(counter: Counter, session: TillSession, pin: str, supervisor: Signature | None = None) -> Reason:
    wish = TakeOver(Signature(CLERK, pin), PROMOTER, supervisor)
    return said(take_over(counter.desk, session, wish)).reason


def test_who_proves_himself_acts_and_has_chosen_whose_credit(counter: Counter, session: TillSession) -> None:
    assert taken(counter, session, WRONG) is Reason.PIN_WRONG
    assert (session.operator, session.promoter) == ("", "")
    assert taken(counter, session, CLERKS_PIN) is Reason.LOGGED_IN
    assert (session.operator, session.promoter, counter.journal.meta("promoter")) == (CLERK, PROMOTER, PROMOTER)


def test_a_clock_that_is_off_wants_the_clerk_first_and_a_supervisor_then(
    counter: Counter, session: TillSession
) -> None:
    counter.hear_the_server()
    counter.clock.wall += DAY / 100
    assert look(counter.desk, session).clock_off_s == 864

    assert taken(counter, session, WRONG) is Reason.PIN_WRONG
    assert taken(counter, session, CLERKS_PIN) is Reason.CLOCK_SUSPECT
    assert taken(counter, session, CLERKS_PIN, Signature(BOSS, WRONG)) is Reason.PIN_WRONG
    assert taken(counter, session, CLERKS_PIN, Signature(COLLEAGUE)) is Reason.NOT_A_SUPERVISOR
    assert session.operator == ""
    assert taken(counter, session, CLERKS_PIN, Signature(BOSS, PIN)) is Reason.LOGGED_IN
    logins = [entry.fields() for entry in counter.entries() if entry.kind is EntryKind.LOGIN]
    assert [fields["supervisor"] for fields in logins if fields["outcome"] == "ok"] == [BOSS]
    assert taken(counter, session, CLERKS_PIN) is Reason.LOGGED_IN


def test_a_supervisor_does_not_prove_the_clerk(counter: Counter, session: TillSession) -> None:
    counter.hear_the_server()
    counter.clock.wall += DAY / 100

    assert taken(counter, session, WRONG, Signature(BOSS, PIN)) is Reason.PIN_WRONG
    assert session.operator == ""


def test_data_of_more_than_a_week_wants_a_supervisor(counter: Counter, session: TillSession) -> None:
    counter.clock.pass_by(7 * DAY)
    assert taken(counter, session, CLERKS_PIN) is Reason.DATA_STALE
    assert taken(counter, session, CLERKS_PIN, Signature(BOSS, PIN)) is Reason.LOGGED_IN


def test_before_the_first_data_nobody_is_asked(open_counter: OpenCounter) -> None:
    counter = open_counter(with_data=False)

    assert look(counter.desk, TillSession(counter.desk, "")).asks_who is False


def test_a_badge_names_somebody_of_this_store(counter: Counter, session: TillSession) -> None:
    people = look(counter.desk, session).people

    named = [badge_of(text, people) for text in ("E01", " e01\r", "STAFF:S01", "staff:", "E9", "")]
    assert [one.id if one else "" for one in named] == [CLERK, CLERK, BOSS, "", "", ""]


def test_looks_are_kept_for_each(counter: Counter) -> None:
    liked = ClerkLooks("en", 150, 0.3)
    keep_looks(counter.desk, CLERK, liked)

    assert (looks_of(counter.desk, CLERK), looks_of(counter.desk, COLLEAGUE)) == (liked, None)
    counter.journal.remember("clerk_looks/" + CLERK, "{broken")
    assert looks_of(counter.desk, CLERK) is None
