"""A host's till plays both modes over HTTP and as files, by the real commands; then both books are compared."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.shop import LaneHome, Shop

SIMULATOR = Path(__file__).resolve().parents[2] / "script" / "host_till.py"
PATIENCE_S = 60.0


@contextmanager
def serving(lane: LaneHome) -> Iterator[dict[str, Any]]:
    """``bridge serve`` as a process of its own; it ends well when it is told to."""
    command = [sys.executable, "-m", "pos_client", "--home", str(lane.home), "bridge", "serve", "--port", "0", "--json"]
    environment = os.environ | {"POS_CLIENT_KEYRING": "file"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
        process.stdout.close()
        assert (process.wait(PATIENCE_S), rest) == (0, "")


def play(mode: str, found: dict[str, Any], *more: str) -> dict[str, Any]:
    """The simulator's answer."""
    where = ["--folder", found["drop_folder"]] if mode == "files" else ["--url", found["listening"]]
    token = [] if mode == "files" else ["--token-file", found["token_file"]]
    command = [sys.executable, str(SIMULATOR), mode, *where, *token, *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    played: dict[str, Any] = json.loads(done.stdout)
    return played


def wait_until_taken(folder: Path, count: int) -> None:
    """Until the drop folder's files lie in ``done``."""
    until = time.monotonic() + PATIENCE_S
    while len(list((folder / "done").glob("*"))) < count:
        assert time.monotonic() < until
        time.sleep(0.1)


def test_both_books_agree_after_free_shopping_and_differ_by_what_only_the_host_has(shop: Shop, tmp_path: Path) -> None:
    lane = shop.lane(0)
    codes = [word for code in shop.mint("coupon", 2) for word in ("--code", code)]
    with serving(lane) as found:
        played = play("free-shopping", found, "--count", "11", *codes)
        assert [len(played[name]) for name in ("accepted", "rejected", "refused")] == [10, 1, 0]
        assert all(answer["agrees"] for answer in played["accepted"])
        assert sum(answer["discount_minor"] for answer in played["accepted"]) == 2_000
        agreed = lane.run("host", "match")
        assert (agreed.code, agreed.document["causes"].keys()) == (0, {"agreed"})

        play("cross-check", found, "--count", "3", "--seed", "7")
        dropped = play("files", found, "--count", "12", "--seed", "9")
        wait_until_taken(Path(found["drop_folder"]), len(dropped["files"]))

    listed = lane.run("host", "receipts")
    assert len(listed.document["receipts"]) == 10 + 3 + 12
    table = tmp_path / "match.csv"
    compared = lane.run("host", "match", "--csv", str(table))
    counts = {cause: found["count"] for cause, found in compared.document["causes"].items()}
    assert (compared.code, counts) == (20, {"agreed": 10, "missing-here": 15})
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [row["cause"] for row in csv.DictReader(file)].count("missing-here") == 15
    assert lane.run("sync").document["errors"] == []
    assert len(shop.redemptions()) == 2


def test_files_are_taken_by_hand_and_a_bad_one_is_named(shop: Shop, tmp_path: Path) -> None:
    lane = shop.lane(1)
    good, bad = tmp_path / "good.csv", tmp_path / "=bad.csv"
    good.write_text("receipt_no,at,total_minor\n1,2026-03-18T12:00:00+08:00,500\n", "utf-8")
    bad.write_text("receipt_no,at,total_minor\n1,noon,500\n", "utf-8")

    assert lane.run("host", "import", str(good)).document["files"][0]["new"] == 1
    answered = lane.run("host", "import", str(good), str(bad))
    assert answered.code == 2
    assert [file["new"] for file in answered.document["files"]] == [0, 0]
    assert "row 2" in answered.document["files"][1]["why"]["detail"]
    assert lane.run("host", "match", "--date", "2026-03-18").document["causes"].keys() == {"missing-here"}
    assert lane.run("host", "match", "--date", "2026-03-16").code == 0


def test_a_port_that_is_taken_is_a_sentence(shop: Shop) -> None:
    first, second = shop.lane(0), shop.lane(1)
    with serving(first) as found:
        answered = second.run("bridge", "serve", "--port", str(found["port"]))

    assert (answered.code, answered.document["reason"]) == (1, "bridge-unavailable")
    assert str(found["port"]) in answered.document["detail"]


@pytest.mark.parametrize("command", [["bridge", "serve"], ["host", "match"], ["host", "receipts"]])
def test_a_home_that_is_no_lane_is_told_so(tmp_path: Path, command: list[str]) -> None:
    answered = LaneHome(tmp_path / "nowhere").run(*command)

    assert (answered.code, answered.document["reason"]) == (1, "not-enrolled")
