"""A till's machine may run no window manager: then nobody but the program itself gives its window the keys."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAITS_MS = 5000

_OPEN = f"""
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from pos_client.config.wording import Wording
from pos_client.ui.assets import resources_folder
from pos_client.ui.window import ClerkWindow, Looks
from script import screen_facts as facts

resources = resources_folder()
clerk = ClerkWindow(facts.ScriptedTill(), Wording.load(resources), resources, Looks(), lambda: facts.NOW)


def tell():
    print("active", QTest.qWaitForWindowActive(clerk.window, {WAITS_MS}))
    clerk.window.close()


QTimer.singleShot(0, tell)
clerk.run({{}})
"""


@pytest.mark.xdist_group("virtual-screen")
def test_the_clerk_s_window_has_the_keys_as_soon_as_it_stands() -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("no Xvfb here")
    screen = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1280x800x24", "env", "QT_QPA_PLATFORM=xcb"]
    done = subprocess.run(
        [*screen, sys.executable, "-c", _OPEN], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout.splitlines() == ["active True"], done.stderr
