"""Server programs of the box, each a process of its own that can be stopped, killed and started again on its address.

Apart from the world because a world has several of them and they differ by their arguments alone.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

START_TIMEOUT_S: Final = 60.0
STOP_TIMEOUT_S: Final = 15.0


class ProgramFailed(RuntimeError):
    """A program of the box did not do what it was started for; the box itself is at fault."""


class ServerProgram:
    """One ``crm-server serve``.

    Args:
        data: its folder. arguments: after ``serve``, without a port.
        environment: on top of this process's own.
    """

    def __init__(self, data: Path, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.url = ""
        self._arguments = list(arguments)
        self._environment = os.environ | {"PYTHONUNBUFFERED": "1"} | dict(environment or {})
        self._process: subprocess.Popen[str] | None = None
        self._log = data.with_suffix(".log")

    @property
    def runs(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it, on the address that it had before where there was one, and wait until it listens."""
        port = self.url.rsplit(":", 1)[1] if self.url else "0"
        self.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("a") as errors:
            self._process = subprocess.Popen(
                [*self._line(), "serve", *self._arguments, "--port", port, "--json"],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self._environment,
            )
        self.url = self._announced(self._process)

    def stop(self) -> None:
        """End it as a service manager does; by force where it does not end."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reap()

    def kill(self) -> None:
        """``kill -9``: what a power cut is for a program."""
        if self._process is not None:
            self._process.kill()
            self._reap()

    def command(self, *arguments: str) -> Any:
        """One command of the same program on the same data; its JSON document."""
        done = subprocess.run(
            [*self._line(), *arguments, "--json"], capture_output=True, text=True, env=self._environment, check=False
        )
        if done.returncode != 0:
            raise ProgramFailed(f"crm-server {' '.join(arguments[:3])}: {done.returncode}: {done.stderr[-400:]}")
        return json.loads(done.stdout)

    def tracebacks(self) -> int:
        """How many there are in its log."""
        return self._log.read_text().count("Traceback") if self._log.exists() else 0

    def _line(self) -> list[str]:
        return [sys.executable, "-m", "crm_server", "--data", str(self.data)]

    def _announced(self, process: "subprocess.Popen[str]") -> str:
        watchdog = threading.Timer(START_TIMEOUT_S, process.kill)
        watchdog.start()
        try:
            for line in process.stdout or ():
                if '"listening"' in line:
                    return str(json.loads(line)["listening"])
        finally:
            watchdog.cancel()
        raise ProgramFailed(f"the server of {self.data.name} did not start; see {self._log.name}")

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            if self._process.stdout:
                self._process.stdout.close()
        self._process = None
