"""From the start of a process to the first painted window: ours, and a bare PySide6 window of the same size.

Each is a process of its own, taking turns, so that caches and what else the machine does hit both alike. Resident
memory is read when the window stands and its sounds are loaded.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

GOAL: Final = 2.0
GOAL_RSS_MB: Final = 300
ROUNDS_QUICK: Final = 5
ROUNDS_FULL: Final = 20
TIMEOUT_S: Final = 60
ROOT: Final = Path(__file__).resolve().parents[1]

_BARE: Final = """
import sys
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QWidget
app = QApplication(sys.argv)
class Window(QWidget):
    def event(self, event):
        answer = super().event(event)
        if event.type() == QEvent.Type.Paint:
            import resource, time, json
            print(json.dumps({"at": time.time(), "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
            app.exit()
        return answer
window = Window()
grid = QGridLayout(window)
for place in range(40):
    grid.addWidget(QPushButton(str(place)), place // 8, place % 8)
window.resize(1280, 800)
window.show()
app.exec()
"""

_OURS: Final = """
import sys
from datetime import UTC, datetime
from pos_client.config.wording import Wording
from pos_client.ui.assets import resources_folder
from pos_client.ui.window import ClerkWindow, Looks
from PySide6.QtCore import QEvent, QObject, QTimer
import time

class Watch(QObject):
    at = 0.0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.at:
            QTimer.singleShot(0, note)
        return False

def note():
    if not watch.at:
        watch.at = time.time()
        QTimer.singleShot(500, tell)

def tell():
    import json, resource
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"at": watch.at, "rss_mb": rss}))
    clerk.window.close()

resources = resources_folder()
class Till:
    def __getattr__(self, name):
        return lambda *arguments: 1

clerk = ClerkWindow(Till(), Wording.load(resources), resources, Looks(), lambda: datetime.now(UTC))
watch = Watch()
clerk.window.page.verdict.code.installEventFilter(watch)
clerk.window.page.verdict.code.setText("·")
sys.exit(clerk.run({}))
"""


def run(*, quick: bool = True) -> dict[str, Any]:
    """One row: start to first paint of both, and the memory of ours."""
    rounds = ROUNDS_QUICK if quick else ROUNDS_FULL
    # One turn unmeasured: compiled labels and byte code are made once on a machine, not at every start.
    turns = [(_start(_BARE), _start(_OURS)) for _ in range(rounds + 1)][1:]
    bare, ours = (statistics.median(turn[place][0] for turn in turns) for place in (0, 1))
    rss = max(turn[1][1] for turn in turns)
    return {
        "work": "process start to first painted window, 1280x800",
        "measured": f"{ours:.0f} ms, {rss:.0f} MB",
        "floor": f"{bare:.0f} ms, {max(turn[0][1] for turn in turns):.0f} MB (bare PySide6, 40 buttons)",
        "ratio": round(ours / bare, 2),
        "goal": f"≤ {GOAL}×, ≤ {GOAL_RSS_MB} MB",
        "rounds": rounds,
        "rss_mb": round(rss),
    }


def _start(program: str) -> tuple[float, float]:
    """Milliseconds from before the process to its first paint, and its largest resident memory in MB."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # An installed program has its byte code; a shell that forbids writing it would measure the compiler.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=True,
    )
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return (told["at"] - began) * 1000, told["rss_mb"]
