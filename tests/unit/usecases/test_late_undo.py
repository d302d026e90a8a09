"""Too late to be taken back alone: a supervisor signs it at once, as he allows anything else; a note names nobody."""

from datetime import timedelta

import pytest

from pos_client.domain.override import OverrideReason
from pos_client.domain.reasons import Reason
from pos_client.domain.undo_note import MOST
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import OverrideAsk
from pos_client.usecases.till_session import OVERRIDE_WITHIN
from pos_client.usecases.till_view import TillAnswer, UndoReason
from tests import builders as a
from tests.unit.usecases.counter import OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss
from tests.unit.usecases.till import Till

ASK, NOT_BELIEVED = OverrideAsk(Signature(BOSS, PIN), ""), OverrideAsk(Signature(BOSS, WRONG), "")


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    return Till(counter)


def a_late_undo(till: Till, note: str = "") -> TillAnswer:
    """It was redeemed long ago; the answer to its undo, number 9."""
    till.scan(a.a_signed_coupon().text())
    till.counter.clock.pass_by(timedelta(hours=2))
    answer = till.session.undo(None, UndoReason.OTHER, 9, note)
    assert answer is not None
    return answer


def test_a_supervisor_signs_what_is_late_and_the_note_is_kept(till: Till) -> None:
    late = a_late_undo(till, "wrong  shelf\nlabel")
    assert (late.verdict.kind, late.verdict.reason) == (VerdictKind.SUPERVISOR, Reason.VOID_TOO_LATE)

    signed = till.session.override(ASK, 9)

    assert signed is not None
    assert signed.verdict.reason is Reason.VOIDED
    fields = till.counter.entries()[-1].fields()
    assert (fields["kind"], fields["reason"], fields["note"]) == ("void", "other", "wrong shelf label")
    assert fields["supervisor"] == BOSS
    assert till.session.override(ASK, 9) is None


def test_a_wrong_pin_leaves_it_open(till: Till) -> None:
    a_late_undo(till)
    wrong = till.session.override(NOT_BELIEVED, 9)
    signed = till.session.override(ASK, 9)

    assert wrong is not None
    assert signed is not None
    assert [wrong.verdict.reason, signed.verdict.reason] == [Reason.PIN_WRONG, Reason.VOIDED]


def test_it_is_not_signed_under_another_answer_nor_too_late(till: Till) -> None:
    a_late_undo(till)
    assert till.session.override(OverrideAsk(Signature(BOSS, PIN), OverrideReason.MAKES_GOOD), 8) is None

    till.counter.clock.pass_by(OVERRIDE_WITHIN + timedelta(seconds=1))
    assert till.session.override(ASK, 9) is None


@pytest.mark.parametrize("note", ["13800138000", "call 138-0013-8000 back", "138 0013 8000"])
def test_a_note_with_a_phone_number_takes_nothing_back(till: Till, note: str) -> None:
    till.scan(a.a_signed_coupon().text())
    answer = till.session.undo(None, UndoReason.OTHER, 9, note)

    assert answer is not None
    assert answer.verdict.reason is Reason.NOTE_NAMES_SOMEBODY
    assert not till.counter.entries()[1].voided


def test_a_long_note_is_cut_and_none_is_no_field(till: Till) -> None:
    for note in ("x" * 90, ""):
        till.scan(a.a_signed_coupon().text())
        till.session.undo(None, UndoReason.OTHER, 9, note)

    notes = [entry.fields().get("note") for entry in till.counter.entries() if entry.kind.value == "void"]
    assert notes == ["x" * MOST, None]
