"""A lane of the box as its scenario holds it: a process that is told deeds by lines and answers each.

Apart from that process because one is killed and started again under the same handle, which keeps what it showed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from faults.oracle import Green, LaneFacts
from pos_client.bootstrap import identity

from .calendar import Calendar
from .programs import ProgramFailed


class LaneHandle:
    """One lane.

    Args:
        number: in its store. home: its folder.
    """

    def __init__(self, number: int, home: Path) -> None:
        self.number, self.home = number, home
        self.greens: list[Green] = []
        self.calendar = Calendar(home.with_suffix(".calendar"))
        own = {"POS_CLIENT_KEYRING": "file", "PYTHONUNBUFFERED": "1"}
        self._environment = os.environ | own | self.calendar.environment()
        self._process: subprocess.Popen[str] | None = None

    @property
    def name(self) -> str:
        """For the timeline."""
        return f"lane {self.number}"

    @property
    def device(self) -> str:
        """Its id at the centre."""
        return identity(self.home).device

    @property
    def errors(self) -> Path:
        """Where its process writes what it did not expect."""
        return self.home.with_suffix(".stderr")

    @property
    def runs(self) -> bool:
        """Whether its process is alive."""
        return self._process is not None and self._process.poll() is None

    def command(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """One command of the program on this home, which no process of the box holds; exit code and document."""
        done = subprocess.run(
            [sys.executable, "-m", "pos_client", "--home", str(self.home), *arguments, "--json"],
            capture_output=True,
            text=True,
            env=self._environment,
            check=False,
        )
        if not done.stdout:
            raise ProgramFailed(f"pos-client {' '.join(arguments[:2])}: {done.returncode}: {done.stderr[-400:]}")
        return done.returncode, json.loads(done.stdout)

    @property
    def pid(self) -> int:
        """Of its process, 0 where there is none."""
        return self._process.pid if self._process else 0

    def enrol(self, url: str, code: str) -> None:
        """Make the home a lane, by the command that a store's IT uses."""
        done = subprocess.run(
            [sys.executable, "-m", "pos_client", "--home", str(self.home), "enrol", url, code, "--json"],
            capture_output=True,
            text=True,
            env=self._environment,
            check=False,
        )
        if done.returncode != 0:
            raise ProgramFailed(f"{self.name} was not enrolled: {done.stderr[-400:]}")

    def start(self) -> None:
        """Open the lane; returns once it is ready for customers."""
        with self.errors.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "faults.box.lane_process", str(self.home)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self._environment,
            )
        self._heard("ready")

    def tell(self, does: str, **what: Any) -> None:
        """Ask for a deed without waiting for its answer, so that lanes can race."""
        if self._process is None or self._process.stdin is None:
            raise ProgramFailed(f"{self.name} is not open")
        self._process.stdin.write(json.dumps({"does": does, **what}) + "\n")
        self._process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The answer to the oldest deed that was told."""
        said = self._heard("does")
        for green in said.get("greens", ()):
            self.greens.append(Green(**green))
        return said

    def do(self, does: str, **what: Any) -> dict[str, Any]:
        """One deed and its answer."""
        self.tell(does, **what)
        return self.hear()

    def close(self) -> None:
        """End the process as a clerk ends the program."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()
        self._reap()

    def kill(self) -> None:
        """``kill -9``."""
        if self._process is not None:
            self._process.kill()
        self._reap()

    def facts(self) -> LaneFacts:
        """For the judge."""
        return LaneFacts(self.device, self.home / "journal.db", self.greens)

    def _heard(self, wanted: str) -> dict[str, Any]:
        for line in (self._process.stdout if self._process else None) or ():
            said: dict[str, Any] = json.loads(line)
            if wanted in said:
                return said
        raise ProgramFailed(f"{self.name} died by itself; see {self.errors.name}")

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            if self._process.stdout:
                self._process.stdout.close()
        self._process = None
