"""Reports and settlement files: bit for bit the same from a copy of the journal, elsewhere; lane and centre agree."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos_client.config.slip_page import columns_of
from pos_client.domain.book_reports import BookReport
from tests.fakes.shop import LaneHome, Shop

ALL = """
import sys
from pathlib import Path
from typer.testing import CliRunner
from pos_client.cli import app
from pos_client.domain.book_reports import BookReport

home, out, day = sys.argv[1:]
Path(out).mkdir()
jobs = [(name.value, kind, "80") for name in BookReport for kind in ("csv", "xlsx", "json")]
for name, kind, paper in [*jobs, ("day", "slip", "80"), ("day", "slip", "58")]:
    file = f"{out}/{name}-{paper}.{kind}"
    asked = ["--home", home, "report", name, "--date", day, "--format", kind, "--paper", paper, "--out", file]
    done = CliRunner().invoke(app, [*asked, "--language", "zh"])
    assert done.exit_code == 0, done.output
"""
FILES_OF_CENTRE = """
import sys
from pathlib import Path
from typer.testing import CliRunner
from crm_server.app import APP

data, out = sys.argv[1:]
Path(out).mkdir()
for name in ("settlement", "cps", "statement", "brand", "host", "campaigns", "day"):
    for kind in ("csv", "xlsx", "json"):
        asked = ["--data", data, "report", name, "--as-of", "2030-01-01", "--format", kind]
        done = CliRunner().invoke(APP, [*asked, "--out", f"{out}/{name}.{kind}"])
        assert done.exit_code == 0, done.output
"""
HERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
ELSEWHERE = {"TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "de_DE", "PYTHONHASHSEED": "2"}


def made(script: str, *arguments: str, **environment: str) -> None:
    """Run a script as a machine somewhere would."""
    told = os.environ | {"POS_CLIENT_KEYRING": "file"} | environment
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture
def worked(shop: Shop, tmp_path: Path) -> LaneHome:
    """A lane that had a day: purchases with goods and without, redemptions, a void, a return, a refusal."""
    lane = shop.lane(0)
    basket = tmp_path / "basket.json"
    goods = [{"gtin": "6901234567892", "category": "soap", "brand": "=牌", "quantity": 2, "unit_minor": 5_000}]
    basket.write_text(json.dumps({"currency": "CNY", "receipt_no": "R-1", "lines": goods}), "utf-8")
    coupons = shop.mint("coupon", 3)
    acting = ("--operator", "E1001", "--promoter", "P1001")
    told = [
        lane.run("purchase", "--basket", str(basket), *acting),
        lane.run("purchase", "--amount", "4000", *acting),
        lane.run("redeem", coupons[0], *acting),
        lane.run("redeem", coupons[1], *acting),
        lane.run("redeem", coupons[0], *acting),
    ]
    assert [one.code for one in told] == [0, 0, 0, 0, 20]
    for command, place in (("return", 1), ("void", 3)):
        reason = ("--reason", "slip") if command == "void" else ()
        assert lane.run(command, str(told[place].document["entry"]["seq"]), *reason, "--operator", "E1001").code == 0
    return lane


def day_of(lane: LaneHome) -> str:
    """The business day of what it did."""
    entries: list[dict[str, Any]] = lane.run("journal", "show", "--kind", "redeem").document["entries"]
    return str(entries[0]["body"]["business_date"])


def test_a_lanes_files_are_made_anew_bit_for_bit_and_the_centre_makes_the_same(
    shop: Shop, worked: LaneHome, tmp_path: Path
) -> None:
    day = day_of(worked)
    made(ALL, str(worked.home), str(tmp_path / "once"), day, **HERE)
    assert worked.run("sync").code == 0
    shutil.copytree(worked.home, tmp_path / "copy")
    made(ALL, str(tmp_path / "copy"), str(tmp_path / "again"), day, **ELSEWHERE)

    once, again = contents(tmp_path / "once"), contents(tmp_path / "again")

    assert once == again
    assert len(once) == 3 * len(BookReport) + 2
    assert "日结单" in once["day-58.slip"].decode()
    for paper, width in ((80, 42), (58, 32)):
        assert all(columns_of(line) <= width for line in once[f"day-{paper}.slip"].decode().splitlines())
    assert "'=牌".encode() in once["brands-80.csv"]
    for name in BookReport:
        file = tmp_path / f"centre-{name.value}.csv"
        shop.server.command(
            "report", name.value, "--store", "1", "--lane", "1", "--from", day, "--to", day, "--out", str(file)
        )
        assert file.read_bytes() == once[f"{name.value}-80.csv"], name


def test_the_centres_files_are_made_anew_bit_for_bit(shop: Shop, worked: LaneHome, tmp_path: Path) -> None:
    assert worked.run("sync").code == 0
    shop.close()
    shutil.copytree(tmp_path / "crm", tmp_path / "crm-copy")
    made(FILES_OF_CENTRE, str(tmp_path / "crm"), str(tmp_path / "once"), **HERE)
    made(FILES_OF_CENTRE, str(tmp_path / "crm-copy"), str(tmp_path / "again"), **ELSEWHERE)
    shop.reopen()

    once = contents(tmp_path / "once")

    assert once == contents(tmp_path / "again")
    brand, host = (json.loads(once[f"{name}.json"])["rows"] for name in ("brand", "host"))
    assert [(row["brand"], row["line"], row["pieces"], row["basket_minor"]) for row in brand] == [
        ("", "reversal", 0, -4_000),
        ("", "sale", 0, 4_000),
        ("=牌", "sale", 2, 10_000),
    ]
    assert [(row["receipt_no"], row["line"], row["basket_minor"]) for row in host] == [
        ("", "reversal", -4_000),
        ("", "sale", 4_000),
        ("R-1", "sale", 10_000),
    ]


def test_what_cannot_be_reported_is_a_sentence(worked: LaneHome) -> None:
    asked = [
        ("report", "day", "--date", "yesterday"),
        ("report", "day", "--from", "2026-01-02", "--to", "2026-01-01"),
        ("report", "day", "--from", "2026-01-02"),
        ("report", "clerks", "--format", "slip"),
        ("report", "clerks", "--format", "xlsx"),
    ]
    assert [worked.run(*one).code for one in asked] == [2] * len(asked)
