"""What is left to a supervisor waits at the counter until he comes, or until something else is decided."""

from dataclasses import replace

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.override import OverrideReason
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.authorise import Signature
from pos_client.usecases.overriding import OverrideAsk, allowance
from tests import builders as a
from tests.unit.usecases.counter import CLERK, OpenCounter
from tests.unit.usecases.test_authorise import BOSS, PIN, WRONG, a_book, with_boss
from tests.unit.usecases.till import Till

COUPON, ANOTHER = a.a_signed_coupon().text(), a.a_signed_coupon(serial=77).text()


def ask(pin: str = PIN) -> OverrideAsk:
    return OverrideAsk(Signature(BOSS, pin), OverrideReason.NETWORK_DOWN)


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    """A counter that may give nothing away alone, in a store with a supervisor who has a PIN."""
    counter = open_counter(with_boss)
    counter.pins = a_book(**{BOSS: PIN})
    counter.unplug()
    counter.limits = replace(counter.limits, floor_value_minor=0, override_count=3, override_value_minor=5_000)
    return Till(counter)


def allowed(till: Till, asked: OverrideAsk) -> Reason | None:
    answer = till.session.override(asked, 0)
    return answer.verdict.reason if answer else None


def test_it_is_redeemed_when_he_says_so_and_the_clerk_stays(till: Till) -> None:
    assert till.reason(COUPON) is Reason.OVER_FLOOR_VALUE

    answer = till.session.override(ask(), 2)

    assert answer is not None
    assert (answer.verdict.kind, answer.verdict.reason) == (VerdictKind.PENDING, Reason.ACCEPTED_OVERRIDE)
    assert (till.session.operator, answer.undo_seq is not None) == (CLERK, True)
    assert till.counter.kinds()[-2:] == [EntryKind.REDEEM, EntryKind.OVERRIDE]
    assert allowed(till, ask()) is None, "and it waits no more"


def test_a_wrong_pin_leaves_it_to_him(till: Till) -> None:
    till.scan(COUPON)

    assert [allowed(till, ask(WRONG)), allowed(till, ask())] == [Reason.PIN_WRONG, Reason.ACCEPTED_OVERRIDE]


def test_the_next_scan_puts_it_aside_for_good(till: Till) -> None:
    till.scan(COUPON)
    till.scan("hello")

    assert not till.session.is_left_to_supervisor
    assert allowed(till, ask()) is None


def test_only_the_newest_is_what_he_allows(till: Till) -> None:
    till.scan(COUPON)
    till.scan(ANOTHER)

    assert allowed(till, ask()) is Reason.ACCEPTED_OVERRIDE
    assert till.counter.fields(till.counter.entries()[-1].seq)["coupon_id"] == "1001-77"


def test_a_hard_refusal_is_left_to_nobody(till: Till) -> None:
    till.scan(COUPON)
    till.session.override(ask(), 2)

    assert till.reason(COUPON) is Reason.ALREADY_USED
    assert not till.session.is_left_to_supervisor


def test_a_customer_who_goes_takes_it_along(till: Till) -> None:
    till.scan(COUPON)
    till.session.detach_member()

    assert not till.session.is_left_to_supervisor


def test_what_is_left_of_the_day_is_said_before_he_is_asked(till: Till) -> None:
    before = allowance(till.counter.desk, CLERK, waits=False)
    till.scan(COUPON)
    till.session.override(ask(), 2)
    after = allowance(till.counter.desk, CLERK, waits=True)

    assert BOSS in {one.id for one in before.supervisors}
    assert (before.left_count, before.left_minor) == (3, 5_000)
    assert (after.left_count, after.left_minor) == (2, 4_000)
    own = allowance(till.counter.desk, BOSS, waits=True).supervisors
    assert BOSS not in {one.id for one in own}, "nobody allows what he does himself"
