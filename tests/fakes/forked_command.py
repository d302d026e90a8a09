"""The real commands, each a process of its own that is forked from one which has loaded both programs already.

Starting Python and loading a program takes a second of a core, many times what a command takes; a day of a shop is
fifty of them. A command that reads its environment while it loads (``environment`` in ``LaneHome.run``) is started
afresh.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from subprocess import CompletedProcess

TIMEOUT_S = 600.0
PROGRAMS = ("pos_client", "crm_server")


@cache
def _loaded() -> ForkServerContext:
    """The process to fork from; loads the programs when it is first asked."""
    context = multiprocessing.get_context("forkserver")
    lane, centre = ["pos_client.cli", "pos_client.bootstrap.counter"], ["crm_server.app", "crm_server.api.application"]
    context.set_forkserver_preload([*lane, *centre, "crm_server.cli.serve_store", __name__])
    return context


def run_command(
    program: str, arguments: Sequence[str], typed: str | None = None, environment: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run one command to its end.

    Args:
        program: ``pos_client`` or ``crm_server``. arguments: as on the command line.
        typed: what it reads. environment: the whole of it.

    Returns:
        Exit code, stdout and stderr, as ``subprocess.run`` gives them.
    """
    known = dict(environment or os.environ)
    if "LD_PRELOAD" in known:
        # What lies below a program is chosen when it starts.
        line = [sys.executable, "-m", program, *arguments]
        return subprocess.run(line, capture_output=True, text=True, check=False, input=typed, env=known)
    with tempfile.TemporaryDirectory(prefix="command-") as place:
        folder = Path(place)
        (folder / "in").write_text(typed or "")
        told = (program, tuple(arguments), folder, known)
        process = _loaded().Process(target=_live, args=told)
        process.start()
        process.join(TIMEOUT_S)
        if process.exitcode is None:
            process.kill()
            process.join()
        out, errors = ((folder / name).read_text() for name in ("out", "err"))
        return CompletedProcess([program, *arguments], process.exitcode or 0, out, errors)


class Serving:
    """A program that runs until it is ended, forked like a command.

    Args:
        program, arguments: as of ``run_command``. folder: for what it reads and prints; emptied first.
    """

    def __init__(self, program: str, arguments: Sequence[str], folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("in", "out", "err"):
            (folder / name).write_text("")
        told = (program, tuple(arguments), folder, dict(os.environ))
        # A test that breaks off leaves nothing behind it.
        self._process = _loaded().Process(target=_live, args=told, daemon=True)
        self._process.start()

    def first_line(self, within_s: float = 60.0) -> str:
        """What it prints first. Fails where it ends without a word."""
        until = time.monotonic() + within_s
        while time.monotonic() < until and self._process.is_alive():
            line, end, _rest = (self._folder / "out").read_text().partition("\n")
            if end:
                return line
            time.sleep(0.01)
        raise AssertionError((self._folder / "err").read_text()[-2_000:] or "it said nothing")

    def end(self, within_s: float = 10.0) -> None:
        """Ask it to end; by force after a time."""
        self._process.terminate()
        self._process.join(within_s)
        self.kill()

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.join()


def _live(program: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    """In the child: stand where a command stands, and be it."""
    for number, name, how in ((0, "in", os.O_RDONLY), (1, "out", os.O_WRONLY), (2, "err", os.O_WRONLY)):
        opened = os.open(folder / name, how | (os.O_CREAT if number else 0), 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115 - as long as the process
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = [program, *arguments]
    sys.exit(_main_of(program))


def _main_of(program: str) -> int | None:
    if program == "pos_client":
        from pos_client.app import main as lane  # noqa: PLC0415 - it is loaded in the process that forks, not here

        return lane()
    from crm_server.app import main as server  # noqa: PLC0415

    server()
    return None
