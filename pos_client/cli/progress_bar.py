"""A bar on stderr for what may take long: counting a day, delivering it.

Apart from the commands because several show one. Nothing is shown for what is done in a moment, in JSON mode, or where
stderr is no terminal.
"""

import sys
from time import monotonic
from types import TracebackType
from typing import Any, Final, Self

import typer

QUIET_S: Final = 2.0


class ProgressBar:
    """Told how much is done of how much; a count that begins again goes on where the one before it ended.

    Args:
        quiet: show nothing.
    """

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._began = monotonic()
        self._bar: Any = None
        self._before = self._done = 0

    def __enter__(self) -> Self:
        """Nothing is shown yet."""
        return self

    def __call__(self, done: int, whole: int) -> None:
        """Show it, once two seconds have passed."""
        if done < self._done:
            self._before += self._done
        self._done = done
        if self._quiet or not whole or (self._bar is None and monotonic() - self._began < QUIET_S):
            return
        if self._bar is None:
            self._bar = typer.progressbar(length=self._before + whole, file=sys.stderr)
            self._bar.__enter__()
        self._bar.length, self._bar.finished = self._before + whole, False
        self._bar.update(max(0, self._before + done - self._bar.pos))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the line."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
