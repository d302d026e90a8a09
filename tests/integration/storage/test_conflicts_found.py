"""The history of what needs a decision: entries that lost their use, newest first, and nothing beside them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_client.usecases.history import HistoryAsk, search
from tests import builders as a
from tests.integration.storage.test_outbox import waiting, word_on
from tests.unit.usecases.counter import CLERK, Counter, a_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """Return the plain shop's counter."""
    made = a_counter(tmp_path)
    yield made
    made.journal.close()
    made.cache.close()


def test_only_what_lost_its_use_and_stands_is_found(counter: Counter) -> None:
    counter.redeem(a.a_signed_coupon().text())
    outbox = counter.journal.outbox
    asked = HistoryAsk(today=False, in_conflict=True)
    before = search(counter.desk, CLERK, asked)
    rows = waiting(outbox)
    outbox.mark_sent(rows)
    redeemed = counter.journal.latest(1)[0].seq
    outbox.record_results([word_on(row, "conflict" if row.seq == redeemed else "accepted") for row in rows])

    found = search(counter.desk, CLERK, asked)

    assert (before.total, [line.seq for line in found.lines], found.total) == (0, [redeemed], 1)
    assert found.lines[0].item.in_conflict
