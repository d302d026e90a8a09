"""Three silences in a row open the breaker; a probe in the background closes it."""

import threading

from pos_client.sync.breaker import Breaker


def breaker(probe: object = None, open_s: float = 0.01) -> Breaker:
    return Breaker(probe if callable(probe) else lambda: False, open_s=open_s)


def test_two_silences_are_borne() -> None:
    tried = breaker()
    tried.silent()
    tried.silent()

    assert not tried.is_open


def test_an_answer_between_begins_anew() -> None:
    tried = breaker()
    for _ in range(5):
        tried.silent()
        tried.silent()
        tried.answered()

    assert not tried.is_open


def test_the_third_silence_opens_and_an_answer_closes() -> None:
    tried = breaker(open_s=60)
    for _ in range(3):
        tried.silent()
    was_open = tried.is_open

    tried.answered()

    assert was_open
    assert not tried.is_open


def test_the_probe_closes_it_when_the_server_is_back() -> None:
    answers = iter([False, False, True])
    probed: list[bool] = []

    def probe() -> bool:
        probed.append(next(answers))
        return probed[-1]

    tried = breaker(probe)
    for _ in range(3):
        tried.silent()

    assert tried.wait_closed(10)
    assert probed == [False, False, True]


def test_one_probe_at_a_time() -> None:
    begun, go_on, threads = threading.Event(), threading.Event(), []

    def probe() -> bool:
        threads.append(threading.current_thread().name)
        begun.set()
        return go_on.wait(10)

    tried = breaker(probe)
    for _ in range(9):
        tried.silent()
    begun.wait(10)
    tried.silent()
    go_on.set()

    assert tried.wait_closed(10)
    assert len(threads) == 1
