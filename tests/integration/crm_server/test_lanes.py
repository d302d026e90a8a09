"""Lanes are set up by command, and a device is enrolled at each."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from crm_server.lanes import add_lane, lanes
from crm_server.problems import Problem
from tests.integration.crm_server.served_shop import Shop


def test_a_new_lane_takes_a_device(shop: Shop) -> None:
    made = shop.write(lambda connection: add_lane(connection, "S001", 7, "二楼花车"))
    assert made == {"store": "S001", "lane": 7, "booth": "二楼花车", "added": True}
    device = shop.lane("1", 7).device
    found = next(row for row in shop.write(lanes) if row["lane"] == 7)
    assert found["devices"] == [{"device": device, "state": "active"}]


def test_the_same_lane_again_changes_nothing_and_another_booth_is_refused(shop: Shop) -> None:
    shop.write(lambda connection: add_lane(connection, "1", 7, ""))
    assert shop.write(lambda connection: add_lane(connection, "1", 7, ""))["added"] is False
    with pytest.raises(Problem, match="already"):
        shop.write(lambda connection: add_lane(connection, "1", 7, "elsewhere"))


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    def run(*arguments: str) -> object:
        line = [sys.executable, "-m", "crm_server", "--data", str(tmp_path / "crm"), *arguments, "--json"]
        return json.loads(subprocess.run(line, capture_output=True, text=True, check=True).stdout)

    run("seed", "--small")
    run("lane", "add", "--store", "S002", "--lane", "2")
    assert {"store": 2, "lane": 2, "booth": "超市入口专柜", "devices": []} in run("lane", "list")  # type: ignore[operator]
