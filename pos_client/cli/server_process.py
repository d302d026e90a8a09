"""The central server as a child process, spoken to by its command line and by HTTP alone."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from pos_client.domain.errors import ServerUnreachable

Say = Callable[[str], None]
START_TIMEOUT_S: Final = 60
_LISTENING: Final = "listening on "


class ServerProcess:
    """Starts ``crm_server`` on loopback and stops it at the end.

    Args:
        data: folder of the server's tables, keys and snapshots.
        port: 0 takes a free one.
        say: told what happens.
    """

    def __init__(self, data: Path, port: int, say: Say) -> None:
        self._data, self._port, self._say = data, port, say
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        """Start, and wait until it listens."""
        log = self._data.parent / "crm-server.log"
        self._data.mkdir(parents=True, exist_ok=True)
        arguments = ["serve", "--role", "central", "--host", "127.0.0.1", "--port", str(self._port)]
        with log.open("a") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                self._line(*arguments), stdout=subprocess.PIPE, stderr=errors, text=True, env=_environment()
            )
        self.url = self._wait_for_url(self._process)
        self._say(f"central server: {self.url} (log: {log})")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it cleanly; by force after ten seconds."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def command(self, *arguments: str) -> Any:
        """Run one command of the server program on the same data and read its JSON document."""
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            [*self._line(*arguments), "--json"], capture_output=True, text=True, env=_environment(), check=False
        )
        if done.returncode != 0:
            raise ServerUnreachable(f"crm-server {arguments[0]} ended with {done.returncode}: {done.stderr[-300:]}")
        return json.loads(done.stdout)

    def _line(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "crm_server", "--data", str(self._data), *arguments]

    def _wait_for_url(self, process: subprocess.Popen[str]) -> str:
        """The address it prints once it listens. A watchdog ends a server that never does."""
        watchdog = threading.Timer(START_TIMEOUT_S, process.kill)
        watchdog.start()
        try:
            for line in process.stdout or ():
                if _LISTENING in line:
                    return line.split(_LISTENING, 1)[1].split()[0].strip('",}')
        finally:
            watchdog.cancel()
        raise ServerUnreachable("the server did not start; see its log")


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONUNBUFFERED": "1"}
