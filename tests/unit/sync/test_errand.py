"""Waiting that always ends: by the result, by the budget, by a stop, and also when the call dies of a bug."""

import threading
from collections.abc import Generator

import pytest

from pos_client.domain.errors import ServerUnreachable
from pos_client.sync import errand


@pytest.fixture
def crashes() -> Generator[list[str], None, None]:
    """What reached the crash hook of threads."""
    seen: list[str] = []
    before = threading.excepthook
    threading.excepthook = lambda facts: seen.append(facts.exc_type.__name__)
    yield seen
    threading.excepthook = before


def test_the_result_comes_back() -> None:
    assert errand.wait(errand.start(lambda: 42), 10) == 42


def test_a_fault_of_the_world_comes_back() -> None:
    def unreachable() -> int:
        raise ServerUnreachable("x")

    with pytest.raises(ServerUnreachable):
        errand.wait(errand.start(unreachable), 10)


def test_a_bug_ends_the_wait_and_reaches_the_crash_hook(crashes: list[str]) -> None:
    def bug() -> int:
        raise ZeroDivisionError

    future = errand.start(bug)
    with pytest.raises(errand.ErrandDied):
        errand.wait(future, 10)
    for thread in threading.enumerate():
        if thread.name == "errand":
            thread.join(10)

    assert crashes == ["ZeroDivisionError"]


def test_the_budget_ends_the_wait() -> None:
    go_on = threading.Event()

    with pytest.raises(errand.Abandoned):
        errand.wait(errand.start(lambda: go_on.wait(10)), 0.01)
    go_on.set()


def test_a_stop_ends_the_wait() -> None:
    go_on = threading.Event()

    with pytest.raises(errand.Abandoned):
        errand.wait(errand.start(lambda: go_on.wait(10)), 60, lambda: True)
    go_on.set()
