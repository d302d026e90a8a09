"""Threads around the window: what they say arrives on the main thread, their death is seen, and the end joins them."""

import os
import signal
import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QObject, QThread, QTimer
from pytestqt.qtbot import QtBot

from pos_client.config.wording import Wording
from pos_client.domain.scan import Scan, ScanSource
from pos_client.ui.assets import resources_folder
from pos_client.ui.bridges import CameraPicture, ScannerBridge, TillBridge
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.ui.worker_thread import WorkerThread
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.till_view import TillFault
from script import screen_facts as facts

from .conftest import MakeStage


class Talker:
    """A worker that says everything it can, then waits for its end."""

    def __init__(self, till: TillBridge, scanner: ScannerBridge) -> None:
        self.till, self.scanner = till, scanner
        self.ended = False

    def run(self, stop: threading.Event) -> None:
        """Speak from this thread."""
        self.till.on_status(facts.status())
        self.till.on_answer(facts.redeemed())
        self.till.on_customer(facts.customer())
        self.till.on_fault(TillFault("disk-full", 9))
        self.scanner.on_camera(CameraState.WATCHING)
        self.scanner.on_picture(facts.picture())
        self.scanner.on_scan(Scan("C8F3KQ", ScanSource.CAMERA, facts.NOW))
        stop.wait()
        self.ended = True


class Faulty:
    """A worker that dies."""

    def run(self, stop: threading.Event) -> None:
        """Die."""
        raise RuntimeError("the lens fell off")


class Stubborn:
    """A worker that ends when it likes."""

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Ignore the wish to stop."""
        self.may_end.wait()


class Ear(QObject):
    """Hears on which thread it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[bool] = []

    def hear(self, _value: object = None) -> None:
        """Note whether this is the main thread."""
        self.threads.append(QThread.currentThread() == self.thread())


def clerk_window(till: facts.ScriptedTill) -> ClerkWindow:
    """Return a window that is not shown yet."""
    return ClerkWindow(till, Wording.load(resources_folder()), resources_folder(), Looks(), lambda: facts.NOW)


def test_the_window_runs_until_it_is_closed_and_joins_its_threads(qtbot: QtBot) -> None:
    till = facts.ScriptedTill()
    clerk = clerk_window(till)
    workers = [Talker(clerk.till_bridge, clerk.scanner_bridge), Talker(clerk.till_bridge, clerk.scanner_bridge)]
    seen: list[tuple[str, int]] = []

    def look() -> None:
        headline = clerk.window.page.verdict.headline.text()
        if headline == "暂时无法判断" and len(till.deeds) == 2:
            timer.stop()
            seen.append((clerk.window.top_bar.place.text(), len(till.deeds)))
            clerk.window.close()

    timer = QTimer(clerk)
    timer.timeout.connect(look)
    timer.start(10)
    code = clerk.run({"till": workers[0], "scanner": workers[1]})

    assert code == 0
    assert seen == [("华联超市·日化台 1号机", 2)]
    assert [worker.ended for worker in workers] == [True, True]
    clerk.window.deleteLater()


def test_ctrl_c_closes_the_window(qtbot: QtBot) -> None:
    clerk = clerk_window(facts.ScriptedTill())
    before = signal.getsignal(signal.SIGINT)
    QTimer.singleShot(50, clerk, lambda: os.kill(os.getpid(), signal.SIGINT))
    code = clerk.run({})

    assert code == 0
    assert signal.getsignal(signal.SIGINT) is before
    clerk.window.deleteLater()


@pytest.mark.expects_log("worker scanner died")
def test_a_dead_worker_is_seen(make_stage: MakeStage, qtbot: QtBot) -> None:
    stage = make_stage()
    stage.clerk.start({"scanner": Faulty()})

    qtbot.waitUntil(lambda: stage.clerk.window.crash.code.text() == "E-SYS scanner RuntimeError")
    assert stage.clerk.stop()


def test_a_worker_that_does_not_end_is_told(qtbot: QtBot) -> None:
    worker = Stubborn()
    thread = WorkerThread("till", worker)
    thread.start()
    thread.ask_to_stop()
    ended_in_time = thread.join(0.05)
    worker.may_end.set()

    assert not ended_in_time
    assert thread.join()


class Sleeper:
    """A worker that looks whether to stop only when it is woken."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def wake(self) -> None:
        """Look now."""
        self._woken.set()

    def run(self, stop: threading.Event) -> None:
        """Sleep."""
        while not stop.is_set():
            self._woken.wait()
            self._woken.clear()


def test_a_worker_that_sleeps_is_woken_to_end(qtbot: QtBot) -> None:
    thread = WorkerThread("till", Sleeper())
    thread.start()
    thread.ask_to_stop()

    assert thread.join()


def test_every_signal_arrives_on_the_main_thread(make_stage: MakeStage, qtbot: QtBot) -> None:
    clerk = make_stage().clerk
    ear = Ear()
    till, scanner = clerk.till_bridge, clerk.scanner_bridge
    for heard in (till.answered, till.status_changed, till.customer_changed, till.faulted, scanner.scanned):
        heard.connect(ear.hear)
    scanner.picture_ready.connect(ear.hear)
    clerk.start({"till": Talker(till, scanner)})

    qtbot.waitUntil(lambda: len(ear.threads) == 6)
    clerk.stop()
    assert set(ear.threads) == {True}


def test_pictures_are_dropped_and_never_queued(qtbot: QtBot) -> None:
    bridge = ScannerBridge()
    shown: list[int] = []

    def take() -> None:
        picture = bridge.take_picture()
        shown.append(int(picture.pixels[0, 0]) if picture else -1)

    bridge.picture_ready.connect(take)
    for shade in range(100):
        bridge.on_picture(CameraPicture(np.full((2, 2), shade, np.uint8)))
    qtbot.waitUntil(lambda: bool(shown))
    bridge.on_picture(CameraPicture(np.full((2, 2), 200, np.uint8)))
    qtbot.waitUntil(lambda: len(shown) == 2)

    assert shown == [99, 200]


def test_the_main_thread_never_waits_for_the_till(make_stage: MakeStage, qtbot: QtBot) -> None:
    stage = make_stage()
    began = time.monotonic_ns()
    stage.presenter.on_scanned(Scan("C8F3KQ", ScanSource.CAMERA, facts.NOW))

    # No bound on time is checked here: that there is no answer yet, and the call is back, is the point.
    assert time.monotonic_ns() >= began
    assert stage.till.deeds == [("scan", "C8F3KQ", ScanSource.CAMERA)]
    assert stage.presenter.answer is None
