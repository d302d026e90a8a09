"""The same choice by OR-tools CP-SAT, on the baskets that it can express.

It knows which coupons may be used together and which piece goes to whom, exactly. It does not know what remains: a
percentage of the rest, a cap on it, a discount that is cut because little is left, and shares are no linear figures. So
its baskets have item coupons and amounts only, and no scope from which all coupons together could take everything.
"""

import statistics
import time
from dataclasses import replace
from itertools import combinations
from typing import Any

from pos_client.domain.offers.combination import Candidate, Left, best
from pos_client.domain.offers.effects import AmountOff, FixedPrice, ItemOff
from tests.offer_oracle import in_scope, is_item, is_open, may_be_together, off_piece
from tests.offer_worlds import MIXES, World, world

SECONDS = 10.0


def row(count: int) -> dict[str, Any]:
    """Ours beside CP-SAT on disputed lines; says so where OR-tools is not installed."""
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - a tool for developers, absent in a shop
    except ImportError:
        return {"work": "beside CP-SAT", "measured": "OR-tools is not installed", "goal": "all"}
    mix = replace(MIXES["disputed lines"], percent_share=0.0)
    ours, theirs, agreed = [], [], 0
    for seed in range(count):
        case = linear(world(seed, mix))
        begin = time.process_time()
        answer = best(case.basket, case.candidates, caps=case.caps)
        ours.append(time.process_time() - begin)
        wall = time.perf_counter()
        saving = solve(cp_model, case)
        theirs.append(time.perf_counter() - wall)
        agreed += saving == answer.saving_minor
    median, floor = statistics.median(ours) * 1e3, statistics.median(theirs) * 1e3
    return {
        "work": "20 coupons, 60 lines: item coupons and amounts only",
        "measured": f"{agreed} of {count} as CP-SAT; p50 {median:.1f} ms, worst {max(ours) * 1e3:.1f} ms",
        "floor": f"CP-SAT (C++): p50 {floor:.0f} ms, worst {max(theirs) * 1e3:.0f} ms",
        "ratio": round(median / floor, 3),
        "goal": "all",
        "agreed": agreed,
        "baskets": count,
    }


def linear(case: World) -> World:
    """The world without coupons that could find less than they would take off."""
    kept = [each for each in case.candidates if is_open(each, case.basket)]
    items = [each for each in kept if is_item(each)]
    wides = [each for each in kept if not is_item(each)]
    while wides:
        short = next((each for each in wides if not _has_enough(each, wides, items, case)), None)
        if short is None:
            break
        wides.remove(short)
    return replace(case, candidates=(*items, *wides))


def _has_enough(wide: Candidate, wides: list[Candidate], items: list[Candidate], case: World) -> bool:
    scope = set(in_scope(wide, case.basket))
    amount = sum(case.basket.lines[place].amount_minor for place in scope)
    by_amounts = sum(_amount(each) for each in wides if scope & set(in_scope(each, case.basket)))
    by_pieces = 0
    for each in items:
        offs = [off_piece(each, case.basket.lines[place].unit_minor) for place in in_scope(each, case.basket)]
        by_pieces += max(offs, default=0) * _units(each)
    return amount >= by_amounts + by_pieces


def _amount(candidate: Candidate) -> int:
    effect = candidate.offer.effects[0]
    return candidate.value_minor or (effect.amount_minor if isinstance(effect, AmountOff) else 0)


def _units(candidate: Candidate) -> int:
    effect = candidate.offer.effects[0]
    return effect.units if isinstance(effect, ItemOff | FixedPrice) else 0


def solve(cp_model: Any, case: World) -> int:
    """The greatest saving that CP-SAT finds; one worker, because two cores are shared."""
    model = cp_model.CpModel()
    used = [model.new_bool_var(f"use {place}") for place in range(len(case.candidates))]
    _rules(model, used, case)
    gain = [used[place] * _amount(each) for place, each in enumerate(case.candidates) if not is_item(each)]
    taken: dict[int, list[Any]] = {}
    for place, each in enumerate(case.candidates):
        pieces = []
        for line in in_scope(each, case.basket) if is_item(each) else ():
            goods = case.basket.lines[line]
            count = model.new_int_var(0, min(_units(each), goods.quantity), f"{place} takes {line}")
            taken.setdefault(line, []).append(count)
            pieces.append(count)
            gain.append(count * off_piece(each, goods.unit_minor))
        if pieces:
            model.add(sum(pieces) <= _units(each) * used[place])
    for line, counts in taken.items():
        model.add(sum(counts) <= case.basket.lines[line].quantity)
    model.maximize(sum(gain))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    solver.parameters.num_workers = 1
    solver.solve(model)
    best_saving: float = solver.objective_value
    return round(best_saving)


def _rules(model: Any, used: list[Any], case: World) -> None:
    for (one, first), (two, second) in combinations(enumerate(case.candidates), 2):
        if not may_be_together((_unlimited(first), _unlimited(second)), {}):
            model.add(used[one] + used[two] <= 1)
    for number in {each.offer.number for each in case.candidates}:
        mine = [place for place, each in enumerate(case.candidates) if each.offer.number == number]
        limit = case.candidates[mine[0]].offer.conditions.per_transaction or len(mine)
        left = case.caps.get(number, Left()).in_all
        model.add(sum(used[place] for place in mine) <= min(limit, len(mine) if left is None else left))


def _unlimited(candidate: Candidate) -> Candidate:
    """The coupon without its limit in one purchase, which is a rule of its own here."""
    conditions = replace(candidate.offer.conditions, per_transaction=0)
    return replace(candidate, offer=replace(candidate.offer, conditions=conditions))
