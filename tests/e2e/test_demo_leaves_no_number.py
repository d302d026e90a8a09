"""The whole demo leaves no telephone number behind, but in the centre's own book of members; a planted one is found."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from script.find_phone_numbers import in_folder, in_text

ROOT = Path(__file__).resolve().parents[2]
# Written apart, so that this file holds none itself.
NUMBER = "138" + "00138" + "000"


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo that has been played, with all that it said in a file."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "pos_client", "demo", "--headless", "--home", str(folder), "--port", "0"]
    said = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert said.returncode == 0, said.stdout + said.stderr
    (folder / "said.txt").write_text(said.stdout + said.stderr, "utf-8")
    return folder


@pytest.mark.long
def test_only_the_centres_members_have_numbers(left_behind: Path) -> None:
    assert in_folder(left_behind) == ["crm/crm.db: member.phone"]


def test_the_facts_of_the_pictures_have_none() -> None:
    drawn = [*(ROOT / "script").glob("*facts*.py"), *(ROOT / "script").glob("*screens*.py")]

    assert len(drawn) >= 2
    assert [file.name for file in drawn if in_text(file.read_text("utf-8"))] == []
    assert [file.name for file in (ROOT / "docs" / "screenshots").iterdir() if in_text(file.name)] == []


@pytest.mark.parametrize("written", [NUMBER, f"+86{NUMBER}", "138 0013 8000", "138-0013-8000", f'{{"tel":"{NUMBER}"}}'])
def test_a_planted_number_is_found(tmp_path: Path, written: str) -> None:
    (tmp_path / "window.log").write_text(f"found {written} in the cache\n", "utf-8")
    with sqlite3.connect(tmp_path / "journal.db") as book:
        book.execute("CREATE TABLE entry (body BLOB)")
        book.execute("INSERT INTO entry VALUES (?)", (f"tel {written}".encode(),))
    book.close()
    (tmp_path / f"{NUMBER}.png").touch()

    assert in_folder(tmp_path) == ["the name of a file in .", "journal.db: entry.body", "window.log"]


@pytest.mark.parametrize(
    "harmless", ["138****1234", "2026-11-22 14:32", "1795408268123", "A" + NUMBER, "10000000000007"]
)
def test_what_is_no_number_is_not_taken_for_one(harmless: str) -> None:
    assert in_text(harmless) == 0
