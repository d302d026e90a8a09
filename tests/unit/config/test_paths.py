"""The home folder: where it is, and that only its owner reads it."""

import stat
from pathlib import Path

import platformdirs
import pytest

from pos_client.config.paths import Home, find_home
from pos_client.domain.errors import StorageUnavailable


def test_the_command_line_wins(private_home: Path, tmp_path: Path) -> None:
    assert find_home(tmp_path / "given").root == tmp_path / "given"
    assert find_home(None).root == private_home


def test_without_either_the_systems_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POS_CLIENT_HOME")

    assert find_home(None).root == platformdirs.user_data_path("pos-client", appauthor=False)


def test_a_relative_or_tilde_path_is_made_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert find_home(Path("here")).root == tmp_path / "here"
    assert find_home(Path("~/there")).root == tmp_path / "there"


def test_it_is_closed_to_others(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "home")
    home.create()
    home.root.chmod(0o755)

    home.create()

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (home.root, home.logs)] == [0o700, 0o700]


def test_all_names_lie_inside(tmp_path: Path) -> None:
    home = Home(tmp_path)
    named = [
        home.journal, home.cache_pointer, home.cache_file(5), home.lane_lock, home.settings, home.enrolment,
        home.secrets, home.sync_request, home.logs,
    ]  # fmt: skip

    assert [path.name for path in named] == [
        "journal.db", "cache.json", "cache-5.db", "lane.lock", "station.toml", "enrolment.json",
        "secrets.json", "sync.request", "logs",
    ]  # fmt: skip
    assert {path.parent for path in named} == {tmp_path}


def test_a_file_in_its_place_is_a_fault_of_the_world(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")

    with pytest.raises(StorageUnavailable):
        Home(tmp_path / "home").create()
