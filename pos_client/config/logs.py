"""Logs: JSON lines in rotating files under the home folder, warnings for people on stderr, nothing private in either.

Apart from the program so that no room has to know where its log lines go: each uses ``logging`` and no more.
"""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable, MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import structlog

from .redaction import redact

MAX_BYTES: Final = 1_000_000
KEPT_FILES: Final = 5
LOG: Final = logging.getLogger("pos_client")

CrashListener = Callable[[BaseException], None]


def configure(folder: Path | None, name: str = "command", *, verbose: bool = False) -> None:
    """Send the log records of this process to ``folder``/``name``.log and warnings to stderr.

    Args:
        folder: made where it is missing; None, or one that cannot be written, leaves stderr alone.
        name: of the file; the window and the commands do not share one.
        verbose: show everything on stderr.
    """
    # A disk that is full must not put a traceback between a clerk and his verdict.
    logging.raiseExceptions = False
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
        if isinstance(handler, RotatingFileHandler):
            handler.close()
    root.setLevel(logging.INFO)
    root.addHandler(_for_people(logging.DEBUG if verbose else logging.WARNING))
    in_file = None if folder is None else _for_machines(folder / f"{name}.log")
    if in_file is not None:
        root.addHandler(in_file)
    # Connection pools report each retry as a warning; the sync worker reports what matters of them.
    logging.getLogger("urllib3").setLevel(logging.ERROR)


def install_crash_hooks(folder: Path | None, on_crash: CrashListener | None = None) -> None:
    """Log every error that nobody expected, in any thread, and tell ``on_crash``.

    Args:
        folder: of ``crash.log``, where the interpreter's own death is written; None for no such file.
        on_crash: called in the thread that failed.
    """

    def crashed(error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            return
        LOG.critical("unexpected %s", type(error).__name__, exc_info=(type(error), error, trace))
        if on_crash is not None:
            on_crash(error)

    sys.excepthook = lambda _kind, error, trace: crashed(error, trace)
    threading.excepthook = lambda facts: crashed(facts.exc_value, facts.exc_traceback)
    if folder is not None and folder.is_dir():
        # Stays open for as long as the process lives: the interpreter writes to it when it can do nothing else.
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))


def _redacted(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {
        key: value if key in {"timestamp", "level", "logger"} else redact(value, key) for key, value in event.items()
    }


def _for_people(level: int) -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)
    handler.setFormatter(_formatter(_without_trace, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())))
    return handler


def _for_machines(path: Path) -> logging.Handler | None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    except OSError as error:
        LOG.warning("no log file: %s", error.strerror)
        return None
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    handler.setFormatter(_formatter(structlog.processors.format_exc_info, as_json))
    return handler


def _without_trace(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """People are told what happened; the trace is in the file, for whoever mends it."""
    event.pop("exc_info", None)
    event.pop("stack_info", None)
    return event


def _formatter(trace: structlog.typing.Processor, renderer: structlog.typing.Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            trace,
            _redacted,
            renderer,
        ],
    )
