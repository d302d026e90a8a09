"""The same offers applied by django-oscar, on baskets that both can express.

Both know an amount or a percentage off the goods of one category from a sum on, and offers that may not share goods.
django-oscar applies them one after the other, by a priority that a person sets; it does not look for the best set. So
where each category has one offer both must save the same, and where several want the same goods the difference is what
the choice is worth. Prices and percentages are such that nothing is rounded, which the two do differently.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.combination import Candidate, best
from pos_client.domain.offers.conditions import Conditions
from pos_client.domain.offers.effects import AmountOff, Effect, PercentOff
from pos_client.domain.offers.offer import Offer, Stacking
from tests.offer_worlds import CATEGORIES

INTERPRETER: Final = "POS_BENCH_OSCAR"
HINT: Final = f"django-oscar is not installed; pip install django-oscar and name its python in {INTERPRETER} to compare"
_SHOP: Final = Path(__file__).with_name("oscar_shop.py")
Case = dict[str, Any]


def rows(count: int) -> list[dict[str, Any]]:
    """Ours beside django-oscar's; one row that says so where it is not installed."""
    python = os.environ.get(INTERPRETER, sys.executable)
    asked = "import oscar, django"
    if subprocess.run([python, "-c", asked], capture_output=True, check=False).returncode:
        return [{"work": "beside django-oscar", "measured": HINT, "goal": "never less"}]
    plain = [_case(seed, offers=None) for seed in range(count)]
    disputed = [_case(seed, offers=20) for seed in range(count)]
    theirs = _by_oscar(python, [*plain, *disputed])
    return [
        _row("60 lines, one offer a category", plain, theirs[:count]),
        _row("60 lines, 20 offers, several for the same goods", disputed, theirs[count:]),
    ]


def _by_oscar(python: str, cases: list[Case]) -> list[dict[str, float]]:
    done = subprocess.run([python, str(_SHOP)], input=json.dumps(cases), capture_output=True, text=True, check=True)
    found: list[dict[str, float]] = json.loads(done.stdout)
    return found


def _case(seed: int, offers: int | None) -> Case:
    chance = random.Random(seed)
    lines = [(chance.choice(CATEGORIES), chance.choice((1, 1, 1, 2)), chance.randint(2, 200) * 100) for _ in range(60)]
    wanted = CATEGORIES if offers is None else [chance.choice(CATEGORIES) for _ in range(offers)]
    return {"lines": lines, "offers": [_offer(chance, category) for category in wanted]}


def _offer(chance: random.Random, category: str) -> tuple[str, str, int, int]:
    if chance.random() < 0.5:
        return category, "percent", chance.choice((500, 1000, 1500, 2000)), chance.choice((0, 10_000))
    return category, "amount", chance.choice((500, 1000, 2000, 5000)), chance.choice((0, 20_000))


def _row(work: str, cases: list[Case], theirs: list[dict[str, float]]) -> dict[str, Any]:
    savings, times = zip(*(_ours(case) for case in cases), strict=True)
    other = [each["saving_minor"] for each in theirs]
    less = sum(mine < their for mine, their in zip(savings, other, strict=True))
    more = sum(mine > their for mine, their in zip(savings, other, strict=True))
    p50, p99 = statistics.median(times) * 1e3, sorted(times)[len(times) * 99 // 100] * 1e3
    floor = sorted(each["seconds"] * 1e3 for each in theirs)
    theirs_p50, theirs_p99 = statistics.median(floor), floor[len(floor) * 99 // 100]
    beyond = f"{sum(savings) / max(1, sum(other)) - 1:+.1%}"
    return {
        "work": work,
        "measured": f"saves more in {more}, less in {less} of {len(cases)} ({beyond}); p50 {p50:.2f}, p99 {p99:.2f} ms",
        "floor": f"django-oscar: p50 {theirs_p50:.1f} ms, p99 {theirs_p99:.1f} ms",
        "ratio": round(p50 / theirs_p50, 3),
        "goal": "never less",
        "more": more,
        "less": less,
        "baskets": len(cases),
    }


def _ours(case: Case) -> tuple[int, float]:
    lines = tuple(BasketLine(f"{place}", "", kind, "", pieces, unit) for place, (kind, pieces, unit) in _lines(case))
    basket = Basket("CNY", sum(line.amount_minor for line in lines), lines)
    candidates = [_candidate(number, *said) for number, said in enumerate(case["offers"])]
    begin = time.process_time()
    answer = best(basket, candidates)
    return answer.saving_minor, time.process_time() - begin


def _lines(case: Case) -> Any:
    return enumerate(case["lines"])


def _candidate(number: int, category: str, kind: str, figure: int, least: int) -> Candidate:
    effect: Effect = PercentOff(figure) if kind == "percent" else AmountOff(figure)
    conditions = Conditions(min_spend_minor=least, categories=frozenset({category}))
    offer = Offer(number, LocalText("活动", "offer"), conditions, (effect,), Stacking(group=category))
    return Candidate(f"c{number:02d}", offer)
