"""From a decoded scan to a painted verdict, on the real window, beside a bare repaint of the same strip.

Two ways are measured: a scripted till that answers at once from another thread (what the window alone costs), and the
same strip painted again with nothing changed (the floor: no window can show a verdict for less).
"""

import os
import queue
import statistics
import threading
import time
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.assets import resources_folder
from pos_client.ui.till_port import TillListener
from pos_client.ui.window import ClerkWindow, Looks
from pos_client.usecases.till_view import TillAnswer
from script import screen_facts as facts

GOAL_MS: Final = 100.0
ROUNDS_QUICK: Final = 300
ROUNDS_FULL: Final = 5_000
WARM_UP: Final = 20
# A scan-to-verdict second that never comes is a broken window, not a slow one.
TIMEOUT_S: Final = 10.0


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: decode to painted verdict, p50, p95 and p99 in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = _Bench()
    try:
        rounds = WARM_UP + (ROUNDS_QUICK if quick else ROUNDS_FULL)
        times = [bench.turn(number) for number in range(1, rounds + 1)][WARM_UP:]
    finally:
        bench.close()
    painted = sorted(turn[0] for turn in times)
    floor = sorted(turn[1] for turn in times)
    p50, p95, p99 = (painted[int(len(painted) * share)] for share in (0.50, 0.95, 0.99))
    bare = statistics.median(floor)
    return {
        "work": "decoded scan to painted verdict, 1280x800",
        "measured": f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms",
        "floor": f"{bare:.1f} ms (the same strip painted again)",
        "ratio": round(p50 / bare, 2),
        "goal": f"p95 ≤ {GOAL_MS:.0f} ms",
        "rounds": len(painted),
        "p50_ms": round(p50, 2),
        "p95_ms": round(p95, 2),
        "p99_ms": round(p99, 2),
    }


class _Echo(facts.ScriptedTill):
    """A till on a thread of its own that answers each scan at once, with every kind of verdict in turn."""

    ANSWERS: Final = (
        facts.redeemed(),
        facts.repeat(),
        facts.redeemed(VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE),
        facts.refused(Reason.BELOW_THRESHOLD, missing_minor=1200, threshold_minor=10000),
        facts.to_confirm(),
        facts.refused(Reason.EXPIRED, last_day=facts.TODAY),
    )

    def __init__(self) -> None:
        super().__init__()
        self.listener: TillListener | None = None
        self._asked: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._answer, name="till")
        self._thread.start()

    def submit_scan(self, scan: Scan) -> int:
        number = super().submit_scan(scan)
        self._asked.put(number)
        return number

    def close(self) -> None:
        self._asked.put(None)
        self._thread.join()

    def _answer(self) -> None:
        while (number := self._asked.get()) is not None:
            made = self.ANSWERS[number % len(self.ANSWERS)]
            answer = TillAnswer(
                made.verdict, number, made.at, made.customer, made.promoter_name, made.store_name, made.undo_until
            )
            if self.listener is not None:
                self.listener.on_answer(answer)


class PaintWatch(QObject):
    """Notes when a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted_at = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            # The filter comes before the painting; what is asked for is its end, so it is done here.
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            watched.installEventFilter(self)
            self.painted_at = time.perf_counter_ns()
            return True
        return False


class _Bench:
    def __init__(self) -> None:
        self._till = _Echo()
        wording, resources = Wording.load(resources_folder()), resources_folder()
        self._clerk = ClerkWindow(self._till, wording, resources, Looks(), lambda: datetime.now(UTC))
        self._till.listener = self._clerk.till_bridge
        self._clerk.show()
        self._app = QApplication.instance()
        self._clerk.till_bridge.on_status(facts.status())
        self._panel = self._clerk.window.page.verdict
        # The code at the corner is the last child to be painted: when it stands there, all of the verdict does.
        self._watch = PaintWatch()
        self._panel.code.installEventFilter(self._watch)
        self._spin(self._clerk.window.isVisible)

    def turn(self, number: int) -> tuple[float, float]:
        """Milliseconds from the scanner's call to the painted verdict, and of painting the same again."""
        self._clerk.window.repaint()
        self._watch.painted_at = 0
        began = time.perf_counter_ns()
        self._clerk.scanner_bridge.on_scan(Scan(f"C{number:07}", ScanSource.CAMERA, datetime.now(UTC)))
        self._spin(lambda: self._panel.code.text() != "" and self._watch.painted_at > 0)
        painted = (self._watch.painted_at - began) / 1e6
        began = time.perf_counter_ns()
        self._panel.repaint()
        return painted, (time.perf_counter_ns() - began) / 1e6

    def close(self) -> None:
        self._till.close()
        self._clerk.window.close()
        self._clerk.stop()

    def _spin(self, done: Any) -> None:
        until = time.monotonic() + TIMEOUT_S
        while not done():
            if time.monotonic() > until:
                raise TimeoutError("the window has not painted a verdict")
            QApplication.processEvents()
