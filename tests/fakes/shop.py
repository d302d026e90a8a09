"""A shop as its IT sets it up: the real server program, real homes, the real commands, each a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pos_client.cli.server_process import ServerProcess
from tests.fakes.forked_command import Serving, run_command

SEEDED = "seeded.json"
LANE, CENTRE = "pos_client", "crm_server"


@dataclass(frozen=True)
class Answered:
    """What a command ended with."""

    code: int
    document: Any
    errors: str


@dataclass(frozen=True)
class LaneHome:
    """One lane's home folder and its commands."""

    home: Path

    def run(self, *arguments: str, environment: dict[str, str] | None = None, typed: str | None = None) -> Answered:
        """Run one command with ``--json``; ``typed`` is what it reads."""
        words = ["--home", str(self.home), *arguments, "--json"]
        known = os.environ | {"POS_CLIENT_KEYRING": "file"}
        done = _afresh(words, typed, known | environment) if environment else run_command(LANE, words, typed, known)
        assert "Traceback" not in done.stderr, done.stderr
        return Answered(done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr)


def _afresh(words: list[str], typed: str | None, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """For what is read while a program loads."""
    line = [sys.executable, "-m", LANE, *words]
    return subprocess.run(line, capture_output=True, text=True, check=False, input=typed, env=environment)


class Server(ServerProcess):
    """The server program, which is forked, and so are its commands."""

    _serving: Serving | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it listens."""
        self._data.mkdir(parents=True, exist_ok=True)
        asked = ["serve", "--role", "central", "--host", "127.0.0.1", "--port", str(self._port), "--json"]
        # Apart from what a test may look at: the server's data, and what lies beside it.
        place = self._data.parent / "serving" / str(time.monotonic_ns())
        self._serving = Serving(CENTRE, ["--data", str(self._data), *asked], place)
        self.url = json.loads(self._serving.first_line())["listening"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it cleanly; by force after ten seconds."""
        if self._serving is not None:
            self._serving.end()

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._serving is not None:
            self._serving.kill()

    def command(self, *arguments: str) -> Any:
        """Run one command on the same data and read its JSON document."""
        done = run_command(CENTRE, ["--data", str(self._data), *arguments, "--json"])
        assert done.returncode == 0, f"crm-server {arguments[0]} ended with {done.returncode}: {done.stderr[-300:]}"
        return json.loads(done.stdout)


def seed_template(folder: Path) -> Path:
    """Seed a shop once, to be copied for each test; returns the folder."""
    told = Server(folder / "crm", 0, lambda _text: None).command("seed")
    (folder / SEEDED).write_text(json.dumps(told))
    return folder


class Shop:
    """A seeded server, running, and the lanes that were enrolled in it.

    Args:
        root: an empty folder. template: of ``seed_template``, in place of seeding anew.
    """

    def __init__(self, root: Path, template: Path | None = None) -> None:
        self.root = root
        self._template = template
        self.server = Server(root / "crm", 0, lambda _text: None)
        self._codes: list[dict[str, Any]] = []

    def open(self) -> None:
        """Seed and start."""
        if self._template is None:
            self._codes = self.server.command("seed")["lanes"]
        else:
            shutil.copytree(self._template / "crm", self.root / "crm")
            self._codes = json.loads((self._template / SEEDED).read_text())["lanes"]
        self.server.__enter__()

    def close(self) -> None:
        """Stop the server; its data stays."""
        self.server.__exit__(None, None, None)

    def reopen(self) -> None:
        """Start it again on the same address."""
        self.server = Server(self.root / "crm", int(self.server.url.rsplit(":", 1)[1]), lambda _text: None)
        self.server.__enter__()

    def lane(self, number: int) -> LaneHome:
        """Enrol the shop's n-th lane in a home of its own."""
        lane = LaneHome(self.root / f"lane-{number}")
        answered = lane.run("enrol", self.server.url, str(self._codes[number]["enrol_code"]))
        assert answered.code == 0, answered
        return lane

    def mint(self, kind: str, count: int = 1, *options: str) -> list[str]:
        """Codes as the centre makes them."""
        return [str(item["code"]) for item in self.server.command("mint", kind, "--count", str(count), *options)]

    def redemptions(self) -> list[dict[str, Any]]:
        """Every redeem entry that the centre holds."""
        rows = self.server.command("report", "redemptions")
        found: list[dict[str, Any]] = rows["rows"] if isinstance(rows, dict) else rows
        return found
