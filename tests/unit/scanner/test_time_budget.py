"""A stage that does not fit into the time is left out."""

from time import perf_counter, sleep, thread_time

from pos_client.scanner.stages import CONFIRM, SEARCH, Stage, TimeBudget
from pos_client.scanner.symbology import LINEAR, RETAIL
from pos_client.scanner.views import ViewName

CHEAP = Stage(ViewName.FULL, "zxing", RETAIL, 1)
DEAR = Stage(ViewName.DOUBLE, "pyzbar", RETAIL, 1_000)


def test_what_fits_is_allowed_and_what_does_not_is_not() -> None:
    budget = TimeBudget(0.5)
    assert budget.allows(CHEAP, 1_000_000)
    assert not budget.allows(DEAR, 1_000_000)
    assert budget.allows(DEAR, 1_000)


def test_a_slow_machine_is_learned_from_a_large_picture_and_not_from_a_small_one() -> None:
    budget = TimeBudget(1_000.0)
    budget.learn(CHEAP, 1_000, 60.0)
    assert budget.allows(DEAR, 100_000_000)
    budget.learn(CHEAP, 20_000_000, 2.0)
    assert not budget.allows(DEAR, 100_000_000)


def test_a_fast_machine_is_not_believed_to_be_faster_than_measured() -> None:
    budget = TimeBudget(50.0)
    budget.learn(CHEAP, 20_000_000, 0.001)
    assert not budget.allows(DEAR, 60_000_000)


def test_no_time_allows_nothing() -> None:
    assert not TimeBudget(-1.0).allows(CHEAP, 1)


def test_the_time_of_others_does_not_count() -> None:
    budget = TimeBudget(0.2)
    started_s, wall_s = thread_time(), perf_counter()
    while perf_counter() - wall_s < 0.4:
        sleep(0.012)
        assert budget.allows(CHEAP, 1)
    assert thread_time() - started_s < 0.1
    while thread_time() - started_s < 0.25:
        pass
    assert not budget.allows(CHEAP, 1)


def test_confirming_stages_look_for_linear_codes_only() -> None:
    assert {stage.kinds for stage in CONFIRM} == {LINEAR}
    assert SEARCH[0].view == ViewName.FULL
