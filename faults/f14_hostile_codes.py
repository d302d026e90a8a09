"""F14: hostile codes, shown to a real lane by two processes: none makes it fail, none is taken for good.

Every text goes through the router; what the router takes for one of ours, and one in twenty of the rest, goes to the
whole check with cache, journal and signatures. Times are those of the processor, since what else the machine does is no
part of a text's cost; those of the clock stand beside them.
"""

import multiprocessing
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time
from typing import Final

from crm_server.minting import CodeKind
from faults.forgeries import of_coupon, of_slot
from faults.hostile_texts import HostileTexts
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import NOBODY, Promises, Stage, stage
from pos_client import bootstrap
from pos_client.bootstrap import name_server
from pos_client.bootstrap.lane import Lane
from pos_client.domain.codes import member_slot, signed_coupon
from pos_client.domain.codes.router import IDENTIFYING, REDEEMABLE, route
from pos_client.domain.codes.router import CodeKind as Family
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.transaction import Request

PROCESSES: Final = 2
DEEP: Final = REDEEMABLE | IDENTIFYING | {Family.PARAMETRIC}
EVERY: Final = 20
BUDGET_S: Final = 0.005
STEP_S: Final = 0.0001
GREEN: Final = frozenset({VerdictKind.ACCEPTED, VerdictKind.PENDING})
REDEEMS: Final = frozenset({Reason.CAN_REDEEM, Reason.CONFIRM})


@dataclass(frozen=True)
class Task:
    """What one process does."""

    home: Path
    seed: int
    count: int
    good: tuple[str, ...]
    forged: tuple[str, ...]


@dataclass
class Found:
    """What it saw; times in steps of ``STEP_S``: of all texts, of those that went the whole way, and by the clock."""

    counts: Counter[str] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)
    deep: Counter[int] = field(default_factory=Counter)
    clock: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def run(order: Order) -> Outcome:
    """Make a shop with good codes, close it, and let the processes loose on a lane."""
    with stage(order.folder) as shop:
        home = shop.enrolled()
        good, forged = _codes(shop)
    name_server(home, NOBODY)
    share = order.amount // PROCESSES
    tasks = [Task(home, order.seed * 1_000 + number, share, good, forged) for number in range(PROCESSES)]
    order.say(f"{share} texts in each of {PROCESSES} processes")
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(attack, tasks))
    return _judged(found)


def _codes(shop: Stage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    keys, mint = shop.shop.centre.keys, shop.shop.mint
    good = [
        *shop.coupons(40),
        *shop.coupons(20, is_opaque=True),
        *(str(one["code"]) for kind in (CodeKind.SLOT, CodeKind.MEMBER) for one in mint(kind, count=5)),
    ]
    coupon = signed_coupon.parse(good[0])
    slot = member_slot.parse(str(mint(CodeKind.SLOT)[0]["code"]))
    forged = [text for forgeries in (of_coupon(coupon, keys), of_slot(slot, keys)) for _name, text in forgeries]
    return tuple(good), tuple(forged)


def attack(task: Task) -> Found:
    """One process."""
    os.environ["POS_CLIENT_KEYRING"] = "file"
    texts = HostileTexts(task.seed, task.good, task.forged)
    known = frozenset(route(text).text for text in task.good)
    found = Found()
    with bootstrap.reading_lane(task.home) as lane:
        for number in range(task.count):
            _one(lane, texts.draw(), number % EVERY == 0, known, found)
    return found


def _one(lane: Lane, text: str, is_sample: bool, known: frozenset[str], found: Found) -> None:  # noqa: FBT001
    began, clock = thread_time(), perf_counter()
    try:
        code = route(text)
        goes_deep = is_sample or code.kind in DEEP
        verdict = lane.check(Request([text])) if goes_deep else None
    except Exception as error:  # noqa: BLE001 - whatever it is, this row is about it
        found.counts["exceptions"] += 1
        found.broken.append(f"{type(error).__name__}: {error!s:.80} at {text[:60]!a} ({len(text)})")
        return
    took = int((thread_time() - began) / STEP_S)
    found.clock[int((perf_counter() - clock) / STEP_S)] += 1
    found.times[took] += 1
    found.counts["cases"] += 1
    found.counts[f"kind_{code.kind}"] += 1
    if verdict is not None:
        found.deep[took] += 1
        if _is_taken(verdict):
            found.counts["taken"] += 1
            if code.text not in known:
                found.counts["false_green"] += 1
                found.broken.append(f"taken: {verdict.kind} {verdict.reason} at {text[:60]!a}")


def _is_taken(verdict: Verdict) -> bool:
    """Whether a coupon would be redeemed, or a member be believed to stand here."""
    is_here = verdict.member is not None and verdict.member.proof == "slot"
    return verdict.kind in GREEN or verdict.reason in REDEEMS or is_here


def _judged(found: Sequence[Found]) -> Outcome:
    promises = Promises()
    counts = sum((one.counts for one in found), Counter[str]())
    times = sum((one.times for one in found), Counter[int]())
    deep = sum((one.deep for one in found), Counter[int]())
    clock = sum((one.clock for one in found), Counter[int]())
    promises.broken += [sentence for one in found for sentence in one.broken[:3]]
    p99 = _percentile(times, 0.99)
    promises.hold(p99 < BUDGET_S, f"one text in a hundred took longer than {p99 * 1000:.1f} ms")
    kinds = sum(name.startswith("kind_") for name in counts)
    figures = {
        "cases": counts["cases"],
        "exceptions": counts["exceptions"],
        "false_green": counts["false_green"],
        "good_after_all": counts["taken"] - counts["false_green"],
        "whole_check": deep.total(),
        "families": kinds,
        "p50_ms": round(_percentile(times, 0.5) * 1000, 1),
        "p99_ms": round(p99 * 1000, 1),
        "whole_check_p99_ms": round(_percentile(deep, 0.99) * 1000, 1),
        "clock_p99_ms": round(_percentile(clock, 0.99) * 1000, 1),
    }
    return Outcome(figures, tuple(promises.broken))


def _percentile(times: Counter[int], share: float) -> float:
    """Seconds, the upper edge of the step."""
    seen = 0
    for step in sorted(times):
        seen += times[step]
        if seen >= share * times.total():
            return (step + 1) * STEP_S
    return 0.0


ROW = Row(
    name="F14",
    what="hostile codes",
    method="random and spoilt texts, tokens with bytes of their own, GS1 and link tricks, 7 KB, forged signatures",
    reach="0 unexpected exceptions, 0 false green, p99 below 5 ms",
    unit="texts",
    amounts=Amounts(full=1_000_000, quick=50_000, ci=5_000),
    run=run,
    alone=True,
)
