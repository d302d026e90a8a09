"""``guns`` and doctor's row: what is there and how it is set, on the real command line."""

import json
import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial
import typer
from typer.testing import CliRunner

from pos_client.bootstrap.doctoring import GOOD, WARN, doctor
from pos_client.cli import guns


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def port() -> Iterator[str]:
    near, far = pty.openpty()
    yield os.ttyname(far)
    os.close(near)
    os.close(far)


@pytest.fixture
def app(home: Path) -> typer.Typer:
    typed = typer.Typer()

    @typed.callback()
    def root(context: typer.Context) -> None:
        context.obj = home

    guns.register(typed)
    return typed


def told(app: typer.Typer, *arguments: str) -> dict[str, object]:
    """Run ``guns`` and return its part on the serial gun."""
    result = CliRunner().invoke(app, ["guns", "--json", *arguments])
    document = json.loads(result.stdout)
    assert (result.exit_code, set(document)) == (0, {"ports", "wedge", "serial_gun"})
    found: dict[str, object] = document["serial_gun"]
    return found


def test_without_settings_there_is_a_gun_that_types(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["guns"])

    assert told(app)["state"] == "none"
    assert result.stdout.endswith(
        "keyboard gun: told by its speed (6 keys, gaps ≤ 80 ms, median ≤ 35 ms)\nserial gun: -: none\n"
    )


def test_a_port_is_chosen_tried_and_given_up(app: typer.Typer, port: str) -> None:
    chosen = told(app, "--use", port)
    with serial.Serial(port, exclusive=True):
        busy = told(app)
    absent = told(app, "--use", "usb:ffff:0001")
    none = told(app, "--use", "none")

    assert (chosen["port"], chosen["state"], chosen["sentence"]) == (port, "ready", None)
    assert (busy["state"], "占用" in str(busy["sentence"])) == ("gun-busy", True)
    assert (absent["state"], "pos-client guns" in str(absent["next_step"])) == ("gun-absent", True)
    assert (none["port"], none["state"]) == ("", "none")


def test_what_the_settings_do_not_take_is_told(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["guns", "--use", "x" * 300])

    assert (result.exit_code, "serial_gun.port" in result.stderr) == (1, True)


def test_doctor_has_a_row(home: Path) -> None:
    home.mkdir()
    (home / "station.toml").write_text('[wedge]\nprefix = "F9"\n', "utf-8")
    by_prefix = doctor(home)[-1]
    (home / "station.toml").write_text('[serial_gun]\nport = "/dev/no-such-port"\n', "utf-8")
    absent = doctor(home)[-1]

    assert by_prefix == {"name": "gun", "state": GOOD, "detail": "keyboard gun begins with F9"}
    assert (absent["state"], "/dev/no-such-port" in absent["detail"]) == (WARN, True)
