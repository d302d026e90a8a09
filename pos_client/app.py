"""One process: faults of the interpreter, crash hooks, the command, the exit code."""

import faulthandler
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Final

from pos_client import bootstrap

EXIT_BUG: Final = 70
EXIT_INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a bug is written to the log, never shown as a traceback."""
    if sys.stderr is not None:
        faulthandler.enable()
    sys.excepthook = _on_bug
    threading.excepthook = lambda args: _on_bug(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    from pos_client.cli import app  # noqa: PLC0415 - the hooks must stand before anything else is imported

    try:
        app(args=list(arguments) if arguments is not None else None, standalone_mode=True)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else 1
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as bug:  # noqa: BLE001 - the one place where a bug ends
        _on_bug(type(bug), bug, bug.__traceback__)
        return EXIT_BUG
    return 0


def _on_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
    """Log a bug in full and say so in one sentence."""
    if issubclass(kind, KeyboardInterrupt):
        return
    written = bootstrap.log_bug(kind, bug, trace)
    print(f"程序出错，已记录。 The program has a fault of its own; it is written to {written}.", file=sys.stderr)
