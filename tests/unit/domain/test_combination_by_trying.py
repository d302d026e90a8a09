"""The best combination on random worlds: it agrees with trying everything, and keeps what docs/offers.md promises."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.basket import Basket
from pos_client.domain.offers.combination import Best, best
from tests import offer_oracle
from tests.offer_worlds import MIXES, SMALL, World, world

SEEDS = 150


def small(seed: int, name: str) -> World:
    chance = random.Random(seed)
    size = chance.randint(1, 6), chance.randint(1, 5)
    return world(seed, SMALL[name], coupons=size[0], lines=size[1], most_pieces=2)


def solved(case: World) -> Best:
    return best(case.basket, case.candidates, caps=case.caps)


def ids(answer: Best) -> tuple[str, ...]:
    return tuple(sorted(each.candidate.coupon_id for each in answer.chosen))


worlds = st.builds(small, st.integers(0, 10**9), st.sampled_from(sorted(SMALL)))
large = st.builds(
    lambda seed, name: world(seed, MIXES[name], coupons=12, lines=25),
    st.integers(0, 10**9),
    st.sampled_from(sorted(MIXES)),
)


@pytest.mark.parametrize("name", sorted(SMALL))
def test_nothing_better_is_found_by_trying_everything(name: str) -> None:
    for seed in range(SEEDS):
        case = small(seed, name)
        by_trying = offer_oracle.ranking(case.basket, case.candidates, case.caps)[0]
        answer = solved(case)
        assert (seed, by_trying.saving, by_trying.ids) == (seed, answer.saving_minor, ids(answer))
        assert answer.is_proven


@settings(max_examples=300, deadline=None)
@given(worlds)
def test_alternatives_save_what_they_say(case: World) -> None:
    ranking = offer_oracle.ranking(case.basket, case.candidates, case.caps)
    savings = {answer.ids: answer.saving for answer in ranking}
    for other in solved(case).alternatives:
        names = tuple(sorted(each.coupon_id for each in other.candidates))
        assert other.saving_minor <= savings[names]


@settings(max_examples=200, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_scanning_never_matters(case: World, chance: random.Random) -> None:
    coupons, lines = list(case.candidates), list(case.basket.lines)
    chance.shuffle(coupons)
    chance.shuffle(lines)
    split = [replace(line, quantity=1) for line in lines for _ in range(line.quantity)]
    first = solved(case)
    for shuffled in (tuple(lines), tuple(split)):
        other = best(Basket("CNY", case.basket.total_minor, shuffled), coupons, caps=case.caps)
        assert (first.saving_minor, ids(first)) == (other.saving_minor, ids(other))


@settings(max_examples=200, deadline=None)
@given(worlds)
def test_a_further_coupon_never_lowers_the_saving(case: World) -> None:
    fewer = replace(case, candidates=case.candidates[:-1])

    assert solved(fewer).saving_minor <= solved(case).saving_minor


@settings(max_examples=60, deadline=None)
@given(large)
def test_shares_add_up_and_no_line_falls_below_nothing(case: World) -> None:
    answer = solved(case)

    off = [0] * len(case.basket.lines)
    for applied in answer.chosen:
        assert applied.saving_minor == sum(share.discount_minor for share in applied.lines) > 0
        for share in applied.lines:
            off[share.place] += share.discount_minor
    assert answer.saving_minor == sum(off)
    assert all(less <= line.amount_minor for less, line in zip(off, case.basket.lines, strict=True))


@settings(max_examples=60, deadline=None)
@given(large, st.integers(0, 30))
def test_the_gap_is_true_when_time_is_up(case: World, steps: int) -> None:
    left = iter(range(steps))
    hurried = best(case.basket, case.candidates, lambda: next(left, None) is None, case.caps)
    answer = solved(case)

    assert hurried.saving_minor <= answer.saving_minor <= hurried.bound_minor


@settings(max_examples=60, deadline=None)
@given(large)
def test_each_coupon_is_used_given_or_has_a_reason(case: World) -> None:
    answer = solved(case)

    named = list(ids(answer)) + [each.candidate.coupon_id for each in answer.left_out]
    named += [each.coupon_id for each in answer.beside]
    assert sorted(each.coupon_id for each in case.candidates) == sorted(named)
