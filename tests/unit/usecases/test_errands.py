"""Errands are done in their turn on one thread, and none is begun after the end."""

import threading

from pos_client.usecases.errands import Errands


def test_they_are_done_in_their_turn_and_elsewhere() -> None:
    errands, stop, done = Errands(), threading.Event(), threading.Event()
    seen: list[tuple[int, int]] = []
    for number in range(3):
        errands.do(lambda number=number: seen.append((number, threading.get_ident())))  # type: ignore[misc]
    errands.do(done.set)
    thread = threading.Thread(target=errands.run, args=(stop,))
    thread.start()
    assert done.wait(10)
    stop.set()
    thread.join(10)

    assert [number for number, _ in seen] == [0, 1, 2]
    assert {where for _, where in seen} == {thread.ident}
    assert not thread.is_alive()


def test_none_is_begun_after_the_end() -> None:
    errands, stop = Errands(), threading.Event()
    stop.set()
    errands.do(lambda: (_ for _ in ()).throw(AssertionError))
    errands.run(stop)
