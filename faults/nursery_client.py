"""The other end of the nursery: asks for a life, listens to it, and learns how it ended."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

DIED_OF_A_BUG = 70


class NurseryClient:
    """One nursery process.

    Args:
        errors: a file for its stderr.
        added: to its environment.
    """

    def __init__(self, errors: Path, added: dict[str, str] | None = None) -> None:
        self.errors = errors
        self._added = added or {}

    def __enter__(self) -> Self:
        with self.errors.open("a") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "faults.nursery"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env=os.environ | {"POS_CLIENT_KEYRING": "file", "PYTHONUNBUFFERED": "1"} | self._added,
            )
        self._answers().readline()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._answers().close()

    def live(
        self,
        does: str,
        home: Path,
        codes: Sequence[str],
        heed: Callable[[dict[str, Any]], None],
        **more: Any,
    ) -> int:
        """One life from its start to its end; its exit status, negative for a signal."""
        assert self._process.stdin is not None
        asked = {"does": does, "home": str(home), "codes": list(codes), **more}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        for line in self._answers():
            said = json.loads(line)
            if "dead" in said:
                return int(said["status"])
            if "born" not in said:
                heed(said)
        raise RuntimeError(f"the nursery ended: {self.errors.read_text()[-300:]}")

    def bugs(self) -> list[str]:
        """What it wrote to stderr that is a bug."""
        written = self.errors.read_text()
        return [f"a traceback in {self.errors.name}: {written[-300:]}"] if "Traceback" in written else []

    def _answers(self) -> Any:
        assert self._process.stdout is not None
        return self._process.stdout
