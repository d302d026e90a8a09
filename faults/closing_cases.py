"""Days that end badly, drawn by a seed: what happened in one, and what closing it must name.

Apart from the row because the draw is one thing and judging another. A case is one lane with real files at a served
centre; what a network or a disk would have done is done to its tables.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pos_client.domain.journal_entry import wire_time
from pos_client.usecases.close_day import DayView
from tests.integration.closing.closing_shop import SUPERVISOR, ClosingLane, ClosingShop


@dataclass
class Case:
    """One day of one lane.

    Attributes:
        twin: a lane that takes the same coupons first.
        doubts, host: causes that must be named before closing. conflicts, quarantined: entries that the answer names.
        across: voids of what an earlier close counted. has_intent: something was begun and not ended.
        has_new_epoch: the numbers began anew in the day.
    """

    shop: ClosingShop
    lane: ClosingLane
    twin: ClosingLane
    dice: random.Random
    doubts: list[str] = field(default_factory=list)
    host: list[str] = field(default_factory=list)
    conflicts: set[int] = field(default_factory=set)
    quarantined: set[int] = field(default_factory=set)
    across: int = 0
    has_intent: bool = False
    has_new_epoch: bool = False
    receipts: tuple[Path, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether a person must take something upon himself."""
        return bool(self.doubts or self.host)

    def close(self) -> DayView:
        """Close as a shop does it: a supervisor where something differs."""
        taken: dict[str, Any] = {"supervisor": SUPERVISOR, "reason": "seen"} if self.differs else {}
        return self.lane.close(self.receipts, cancel_intents=self.has_intent, **taken)


def new_epoch(case: Case) -> None:
    """The lane is taken for a copy and numbers anew."""
    case.lane.redeem(case.shop.coupon())
    case.lane.sync()
    with case.lane.open() as (_, journal):
        journal.remember("session_token", "of-a-copy")
    case.lane.sync()
    case.has_new_epoch = True


def void_across(case: Case) -> None:
    """A redemption is closed over, then taken back."""
    coupon = case.shop.coupon()
    seq = case.lane.redeem(coupon)
    case.lane.close()
    case.lane.void(seq, coupon)
    case.across += 1


def known_conflict(case: Case) -> None:
    """A coupon that another lane had first, and the centre said so already."""
    case.conflicts.add(_taken_twice(case))
    case.doubts.append("in-conflict")
    case.lane.sync()


def void_inside(case: Case) -> None:
    """Taken back before the close."""
    coupon = case.shop.coupon()
    case.lane.void(case.lane.redeem(coupon), coupon)


def other_host(case: Case) -> None:
    """The host has another total, and a receipt that we have not."""
    first = case.dice.randrange(10**9)
    numbers = [str(first + place) for place in range(3)]
    case.lane.purchase(numbers[0], 5_200)
    case.lane.purchase(numbers[1], 3_000)
    file = case.lane.home.with_suffix(".receipts.json")
    rows = [_receipt(number, total) for number, total in zip(numbers, (5_200, 2_900, 100), strict=True)]
    file.write_text(json.dumps({"receipts": rows}), encoding="utf-8")
    case.receipts = (file,)
    case.host += ["missing-here", "total-differs"]


def stuck(case: Case) -> None:
    """A row at which the server failed, at the end of its line."""
    seq = case.lane.redeem(case.shop.coupon())
    with case.lane.open() as (_, journal):
        batch = journal.outbox.next_batch(200, 1 << 20)
        if batch is not None:
            journal.outbox.mark_stuck(next(row for row in batch.rows if row.seq == seq), "server-error")
    case.doubts.append("stuck-here")


def begun(case: Case) -> None:
    """Something begun and not ended."""
    case.lane.intent(case.shop.coupon())
    case.has_intent = True


def conflict_to_come(case: Case) -> None:
    """Another lane had the coupon first, and nobody knows yet."""
    case.conflicts.add(_taken_twice(case))


def quarantined(case: Case) -> None:
    """A row that the centre cannot apply."""
    case.quarantined.add(case.lane.redeem(case.shop.coupon(), tier="Z"))


BEFORE: Final[tuple[Callable[[Case], None], ...]] = (
    new_epoch, void_across, known_conflict, void_inside, other_host, stuck, begun, conflict_to_come, quarantined
)  # fmt: skip
"""In the order in which they happen: what syncs first, what must still be unknown last."""


def drawn(number: int, dice: random.Random) -> list[Callable[[Case], None]]:
    """What happens in one case: one in turn, so that nothing is left out, and up to two more."""
    chosen = {number % len(BEFORE), *dice.sample(range(len(BEFORE)), dice.randint(0, 2))}
    return [BEFORE[place] for place in sorted(chosen)]


def _taken_twice(case: Case) -> int:
    coupon = case.shop.coupon()
    case.twin.redeem(coupon)
    case.twin.sync()
    return case.lane.redeem(coupon)


def _receipt(number: str, total: int) -> dict[str, object]:
    return {
        "till": "7", "receipt_no": number, "at": wire_time(datetime.now(UTC)), "kind": "sale", "currency": "CNY",
        "total_minor": total, "lines": [],
    }  # fmt: skip
