"""A promoter's day: pending, confirmed once the days for returns are over, reversed."""

from datetime import timedelta

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import Entry
from pos_client.sync.outbox_port import RowResult
from pos_client.usecases.statement import Credit, statement
from tests import builders as a
from tests.unit.usecases.booth_shop import with_booth
from tests.unit.usecases.counter import PROMOTER, Counter, OpenCounter


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """A counter whose purchases earn something."""
    return open_counter(with_booth)


def credited(counter: Counter) -> list[Credit]:
    """Of the day's purchases, oldest first."""
    found = statement(counter.desk, PROMOTER, a.TODAY)
    return [line.credit for line in found.lines if line.kind.value == "transaction"]


def deliver(counter: Counter) -> None:
    """The centre has accepted all of it."""
    entries: list[Entry] = counter.entries()
    counter.journal.outbox.record_results([RowResult(e.epoch, e.seq, e.hash, "accepted") for e in entries])


def test_it_is_pending_until_the_days_for_returns_are_over(counter: Counter) -> None:
    counter.purchase(basket=of_amount(5_000))
    deliver(counter)
    same_day = credited(counter)
    counter.clock.pass_by(timedelta(days=8))

    assert (same_day, credited(counter)) == ([Credit.PENDING], [Credit.CONFIRMED])


def test_what_the_centre_has_not_heard_is_never_confirmed(counter: Counter) -> None:
    counter.purchase(basket=of_amount(5_000))
    counter.clock.pass_by(timedelta(days=8))

    assert credited(counter) == [Credit.PENDING]


def test_what_came_back_or_was_taken_back_is_reversed(counter: Counter) -> None:
    first, second = (counter.purchase(basket=of_amount(amount)).entry for amount in (5_000, 6_000))
    counter.void(first.seq if first else 0)
    counter.return_goods(second.seq if second else 0)

    found = statement(counter.desk, PROMOTER, a.TODAY)

    assert credited(counter)[:2] == [Credit.REVERSED, Credit.REVERSED]
    assert found.goods_minor(Credit.PENDING) == -6_000
