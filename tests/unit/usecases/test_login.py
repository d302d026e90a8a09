"""Logging in: with a PIN where there is one, and each time an entry."""

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.usecases.authorise import Signature
from pos_client.usecases.login import OPERATOR, Login
from tests.unit.usecases.counter import CLERK, OpenCounter, said
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss


def test_who_logs_in_acts_until_he_logs_out(open_counter: OpenCounter) -> None:
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    login = Login(counter.desk)

    assert said(login(Signature("nobody"))).reason is Reason.STAFF_UNKNOWN
    assert said(login(Signature(BOSS, WRONG))).reason is Reason.PIN_WRONG
    assert counter.journal.meta(OPERATOR) is None
    assert said(login(Signature(BOSS, PIN))).reason is Reason.LOGGED_IN
    assert said(login(Signature(CLERK))).reason is Reason.LOGGED_IN
    assert counter.journal.meta(OPERATOR) == CLERK
    assert said(login.out()).reason is Reason.LOGGED_OUT
    assert counter.journal.meta(OPERATOR) == ""
    kinds = [(entry.kind, entry.fields()["outcome"]) for entry in counter.entries()]
    good = (EntryKind.LOGIN, "ok")
    assert kinds == [(EntryKind.LOGIN, "wrong-pin"), good, good, (EntryKind.LOGOUT, "ok")]
