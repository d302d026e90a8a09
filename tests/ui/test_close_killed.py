"""The process dies at each step of the day's end: opened again it stands where it stood, and no day is closed twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.ui.close.close_page import ClosePage
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.day_end_state import Step
from tests.ui.day_stage import DayStage
from tests.unit.usecases.day_shop import BOSS_PIN, CATS, CLERK_PIN, TEAS

ROOT = Path(__file__).resolve().parents[2]
COUNT = f"{CATS - 1}.{TEAS}.."
SIGN = f"{CLERK_PIN}.1{BOSS_PIN}."
STEPS = {
    "half-counted": (f"{CATS - 1}.", Step.COUNT),
    "counted": (COUNT, Step.UPLOAD),
    "uploaded": (f"{COUNT}.", Step.CONFLICTS),
    "conflicts": (f"{COUNT}..", Step.DIFFERENCES),
    "reason": (f"{COUNT}..5.", Step.SIGN),
    "half-signed": (f"{COUNT}..5.{CLERK_PIN}.1", Step.SIGN),
    "signed": (f"{COUNT}..5.{SIGN}", Step.DONE),
}
REST = {
    "half-counted": f"{TEAS}....5.{SIGN}",
    "counted": f"..5.{SIGN}",
    "uploaded": f".5.{SIGN}",
    "conflicts": f"5.{SIGN}",
    "reason": SIGN,
    "half-signed": SIGN,
    "signed": "",
}


def killed_after(folder: Path, typed: str) -> None:
    """Type in a process of its own, then kill it without a word."""
    command = [sys.executable, "-m", "tests.ui.close_child", str(folder), typed]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("name", STEPS)
def test_a_killed_end_of_a_day_goes_on_where_it_was(qapp: object, tmp_path: Path, name: str) -> None:
    del qapp
    typed, step = STEPS[name]
    killed_after(tmp_path, typed)

    day = DayStage(tmp_path)
    page = day.stage.open(Workspace.CLOSE, ClosePage)
    day.settle()
    found, counted = page.presenter.step, dict(page.presenter.facts.state.counted)  # type: ignore[union-attr]
    day.type(REST[name].replace(".", "\n"))
    closes = [entry.fields() for entry in day.shop.counter.entries() if entry.kind is EntryKind.CLOSE_DAY]
    redeemed = day.shop.kinds().count(EntryKind.REDEEM)
    day.close()

    assert found is step
    assert counted["plush-cat"] == CATS - 1
    assert redeemed == 2
    assert len(closes) == 1
    assert closes[0]["counted"] == {"plush-cat": CATS - 1, "tea-box": TEAS}
    assert closes[0]["differences_accepted"]["reason"] == "not-known"
    assert sum(line["count"] for line in closes[0]["totals"] if line["kind"] == "redeem") == 2
