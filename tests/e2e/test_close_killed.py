"""The lane, and the centre, die in the middle of a close: it resumes, agrees, and no day is closed twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.shop import LaneHome, Shop

pytestmark = pytest.mark.long

CLERK = "E1001"
COUPONS = 6
KILLS = 4


def filled(shop: Shop) -> LaneHome:
    """A lane that redeemed some coupons alone."""
    lane = shop.lane(0)
    codes = shop.mint("coupon", COUPONS)
    shop.close()
    for code in codes:
        assert lane.run("redeem", code, "--operator", CLERK).code == 0
    return lane


def killed(lane: LaneHome, *arguments: str, after_s: float) -> None:
    """Begin a command and kill it."""
    command = [sys.executable, "-m", "pos_client", "--home", str(lane.home), *arguments, "--json"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"POS_CLIENT_KEYRING": "file"}
    )
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    process.wait()


def kill_centre(shop: Shop) -> None:
    """Without a word, as a power cut does it."""
    shop.server.kill()


def closings(lane: LaneHome) -> list[dict[str, Any]]:
    """Closed days of a lane."""
    found: list[dict[str, Any]] = lane.run("closings").document["closings"]
    return found


def agreed_in_time(lane: LaneHome, patience_s: float = 60) -> list[dict[str, Any]]:
    """Sync until no day is open."""
    ends = time.monotonic() + patience_s
    while lane.run("sync").document["days_open"]:
        assert time.monotonic() < ends
    return closings(lane)


def test_a_lane_killed_while_it_closes_and_while_it_agrees_resumes(shop: Shop) -> None:
    lane, draw = filled(shop), random.Random(3)
    for _ in range(KILLS):
        killed(lane, "close-day", "--operator", CLERK, after_s=draw.uniform(0.2, 1.2))
    closed = lane.run("close-day", "--operator", CLERK)
    shop.reopen()
    for _ in range(KILLS):
        killed(lane, "sync", after_s=draw.uniform(0.2, 1.5))

    rows = agreed_in_time(lane)

    assert closed.code == 0
    assert [(row["standing"], row["first_seq"]) for row in rows] == [("agreed", 1)]
    at_centre = [row for row in shop.server.command("report", "closings") if row["closes"]]
    assert [(row["state"], row["closes"]) for row in at_centre] == [("agreed", 1)]
    assert lane.run("journal", "verify").document["ok"]


def test_a_centre_killed_while_it_counts_agrees_after_it_is_back(shop: Shop, tmp_path: Path) -> None:
    lane, draw = filled(shop), random.Random(5)
    assert lane.run("close-day", "--operator", CLERK).code == 0
    for _ in range(KILLS):
        shop.reopen()
        command = [sys.executable, "-m", "pos_client", "--home", str(lane.home), "sync", "--json"]
        syncing = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"POS_CLIENT_KEYRING": "file"},
        )
        time.sleep(draw.uniform(0.2, 1.5))
        kill_centre(shop)
        syncing.wait()
    shop.reopen()

    rows = agreed_in_time(lane)

    assert [row["standing"] for row in rows] == ["agreed"]
    redeemed = [row for row in shop.redemptions() if row["result"] == "accepted"]
    assert len(redeemed) == COUPONS
    books = tmp_path / "books.json"
    day = rows[0]["business_date"]
    assert lane.run("closings", "--date", day, "--file", str(books)).code == 0
    first = books.read_bytes()
    lane.run("closings", "--date", day, "--file", str(books))
    assert books.read_bytes() == first
    assert json.loads(first)["books"]["causes"] == {"agreed": COUPONS}
