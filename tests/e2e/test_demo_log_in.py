"""The demo's window opens with its clerk at the counter, at the first start and at later ones."""

from pathlib import Path

import pytest

from pos_client import bootstrap
from pos_client.cli.demonstration import enrol_at, log_in_clerk
from tests.fakes.shop import LaneHome, Server


def test_the_clerk_is_logged_in_with_his_pin_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    lane = LaneHome(tmp_path / "lane")
    for _ in range(2):
        with Server(tmp_path / "crm", 0, lambda _text: None) as server:
            enrol_at(server, lane.home)
            bootstrap.sync(lane.home, push=True, pull=True)
            log_in_clerk(lane.home)

    entries = lane.run("journal", "show", "--kind", "login").document["entries"]
    assert [entry["body"]["operator"] for entry in entries] == ["E1001", "E1001"]
    assert capsys.readouterr().err.count("(E1001) is logged in; F12 locks the window") == 2
