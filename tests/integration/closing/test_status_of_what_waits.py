"""``status`` says how long the oldest entry waits, and of each that is stuck which, why, and what to do."""

import pytest

from pos_client import bootstrap
from tests.integration.closing.closing_shop import ClosingLane, ClosingShop


@pytest.mark.parametrize(
    ("reason", "advice"),
    [("body-malformed", "tell head office"), ("server-error", "tried again by itself")],
)
def test_a_stuck_entry_is_named_with_advice(shop: ClosingShop, reason: str, advice: str) -> None:
    lane: ClosingLane = shop.lane()
    seq = lane.redeem(shop.coupon())
    with lane.open() as (_, journal):
        batch = journal.outbox.next_batch(100, 1 << 20)
        assert batch is not None
        journal.outbox.mark_stuck(batch.rows[-1], reason)

    with bootstrap.reading_lane(lane.home) as read:
        seen = read.overview()
        told = bootstrap.waiting_document(read, seen)

    stuck = told["stuck"][0]
    assert (stuck["seq"], stuck["kind"], stuck["reason"]) == (seq, "redeem", reason)
    assert advice in stuck["next_step"]["en"]
    assert str(seq) in stuck["sentence"]["zh"]
    assert (told["next_try"], told["set_aside"], told["oldest_s"] >= 0) == (None, 0, True)
