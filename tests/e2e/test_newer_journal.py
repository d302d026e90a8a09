"""A journal with entries and tables of other programs' times is delivered all the same, and no byte of it changes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos_client.bootstrap.lane import LaneFiles
from tests.e2e import newer_rows
from tests.fakes.shop import LaneHome, Shop

DRAIN = Path(__file__).parents[2] / "drain" / "drain.py"


def drain(lane: LaneHome, *options: str, python: tuple[str, ...] = (sys.executable, "-S")) -> tuple[int, Any]:
    """Run the tool as it is found on a stick: without this project and its libraries."""
    line = [*python, str(DRAIN), "--home", str(lane.home), *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment, cwd="/")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


@pytest.fixture
def lane(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> LaneHome:
    """A lane with 500 undelivered rows of this version and 500 of one that nobody knows, the centre being away."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    lane = shop.lane(0)
    newer_rows.write(lane.home, 500, version=1)
    newer_rows.write(lane.home, 500, version=9)
    return lane


def device_of(lane: LaneHome) -> str:
    return LaneFiles.of(lane.home).device


def test_the_program_delivers_rows_of_all_versions(shop: Shop, lane: LaneHome) -> None:
    before = newer_rows.in_journal(lane.home)

    synced = lane.run("sync").document

    data, device = shop.root / "crm", device_of(lane)
    assert (synced["errors"], synced["quarantined"]) == ([], 500)
    assert newer_rows.at_centre(data, device) == newer_rows.in_journal(lane.home)[: len(before)] == before
    assert newer_rows.results_at_centre(data, device)["quarantined:unknown-version"] == 500
    assert lane.run("status").document["undelivered"] == 0


@pytest.mark.parametrize("newer_file", [False, True])
def test_the_tool_delivers_all_without_the_program(shop: Shop, lane: LaneHome, newer_file: bool) -> None:
    if newer_file:
        newer_rows.make_newer(lane.home)
    before = newer_rows.in_journal(lane.home)

    code, said = drain(lane)

    device = device_of(lane)
    assert (code, said["not_delivered"]) == (0, [])
    assert said["results"]["quarantined"] == 500
    assert newer_rows.at_centre(shop.root / "crm", device) == before == newer_rows.in_journal(lane.home)


def test_after_the_tool_the_program_goes_on_and_nothing_counts_twice(shop: Shop, lane: LaneHome) -> None:
    drain(lane)
    again, said = drain(lane)

    synced = lane.run("sync").document

    assert (again, set(said["results"])) == (0, {"duplicate"})
    assert (synced["errors"], synced["accepted"], synced["duplicates"]) == ([], 0, synced["pushed"])
    assert synced["new_epoch"] is None


def test_a_file_of_a_newer_program_is_read_only_and_delivered(shop: Shop, lane: LaneHome) -> None:
    newer_rows.make_newer(lane.home)
    before = (lane.home / "journal.db").read_bytes()

    refused = lane.run("redeem", shop.mint("coupon")[0], "--operator", "E1001")
    synced = lane.run("sync")

    assert (refused.code, refused.document["reason"]) == (1, "schema-too-new")
    assert (synced.code, synced.document["errors"], synced.document["newer_file"]) == (0, [], True)
    assert newer_rows.at_centre(shop.root / "crm", device_of(lane)) == newer_rows.in_journal(lane.home)
    assert (lane.home / "journal.db").read_bytes() == before


def test_a_key_that_lies_elsewhere_signs_through_the_programs_agent(shop: Shop, lane: LaneHome, tmp_path: Path) -> None:
    # The agent reads the key from this home; the tool finds none beside the journal it is given.
    aside = LaneHome(tmp_path / "aside")
    aside.home.mkdir()
    for name in ("journal.db", "enrolment.json"):
        (aside.home / name).write_bytes((lane.home / name).read_bytes())
    agent = tmp_path / "agent"
    agent.write_text(
        f"#!/bin/sh\ncd {DRAIN.parents[1]} && exec {sys.executable} -m pos_client --home {lane.home} sign-agent\n"
    )
    agent.chmod(0o700)

    code, said = drain(aside, "--agent", str(agent))

    assert (code, said["not_delivered"]) == (0, [])


def test_the_agent_signs_no_entries(lane: LaneHome) -> None:
    line = [sys.executable, "-m", "pos_client", "--home", str(lane.home), "sign-agent"]
    done = subprocess.run(line, input=b"cmRtL2VudHJ5LzE\n", capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (2, b"")
