"""A proxy that is not ours between a lane and the centre: mitmproxy, as Debian packages it, told what to do to whom.

Apart from our own fault proxy because a fault that both its author and the product's misunderstood in the same way
would pass there. Here every byte is parsed, kept and sent by somebody else's code; only the dice are ours.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

ADDON = Path(__file__).with_name("shims") / "mitm_faults.py"
PROGRAM = "mitmdump"
START_S = 30.0


class ForeignProxy:
    """Listens on a free port of loopback and passes on to ``upstream``.

    Args:
        upstream: the centre's URL.
        folder: for what it writes.
        mix: shares of what goes wrong: ``drop_request``, ``drop_reply``, ``double_request``, ``cut_reply``,
            ``delay_reply``, and ``delay_s``.
        seed: of its dice.
    """

    def __init__(self, upstream: str, folder: Path, mix: dict[str, float], seed: int) -> None:
        self._upstream, self._folder = upstream, folder
        self._mix = {**mix, "seed": float(seed)}
        self._counts = folder / "mitm-counts.json"

    @staticmethod
    def is_here() -> bool:
        """Whether this machine has it (package mitmproxy)."""
        return shutil.which(PROGRAM) is not None

    def __enter__(self) -> Self:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        line = [PROGRAM, "-q", "--mode", f"reverse:{self._upstream}", "--listen-host", "127.0.0.1"]
        line += ["--listen-port", str(self.port), "-s", str(ADDON), "--set", f"confdir={self._folder / 'mitm'}"]
        # It has a Python of its own; ours must not be put before it.
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        added = {"MITM_MIX": json.dumps(self._mix), "MITM_COUNTS": str(self._counts)}
        with (self._folder / "mitm.log").open("w") as log:
            self._process = subprocess.Popen(line, stdout=log, stderr=log, env=clean | added)
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def url(self) -> str:
        """Where lanes connect to."""
        return f"http://127.0.0.1:{self.port}"

    def counts(self) -> dict[str, int]:
        """What it did so far."""
        found: dict[str, int] = json.loads(self._counts.read_text()) if self._counts.exists() else {}
        return found

    def _wait(self) -> None:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"{PROGRAM} does not listen: {(self._folder / 'mitm.log').read_text()[-300:]}")
