"""A person pauses the delivery at the end of a day: nothing goes while it is held, and all of it afterwards."""

from pos_client.sync.status import SyncPhase
from tests.integration.sync.running_worker import Running
from tests.integration.sync.scripted_centre import WholeServer


def test_a_held_delivery_sends_nothing_and_goes_on_when_let_go(whole: WholeServer, running: Running) -> None:
    running.worker.hold(held=True)
    running.thread.start()
    running.until(lambda one: one.phase is SyncPhase.IDLE)
    running.wait_for(lambda: running.cache.generation() == 5)

    assert not whole.inbox.stored
    running.worker.hold(held=False)
    running.until(lambda one: one.pending == 0)

    assert sorted(whole.inbox.stored) == [1, 2, 3]
