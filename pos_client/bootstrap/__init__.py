"""The composition root: the only room that knows every other. It makes the objects and hands them to each other."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from logging import FileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from pos_client.config import enrolment, logs
from pos_client.config.paths import find_home
from pos_client.config.whole_file import replace_file as write_file
from pos_client.config.wording import Wording
from pos_client.domain.errors import CameraUnavailable
from pos_client.storage.verification import Verification
from pos_client.usecases.ports import LaneIdentity

from .binding import binding_lane, find_member
from .carrying import export_journal, sync_from
from .closing import close_day, closings, look_at_day, write_books
from .doctoring import doctor, verify_lane
from .enrolling import enrol
from .host_papers import HostMatch, host_receipts, import_receipts, match_day
from .lane import Lane, LaneFiles, reading_lane, writing_lane
from .resuming import resume as resume_journal
from .store_side import WAY, store_server_document
from .syncing import sync
from .unenrolling import Left, unenrol
from .waiting import waiting_document
from .window_kind import WindowKind
from .wording_of import language, wording

if TYPE_CHECKING:
    from pos_client.config.slip_page import Row

    from .counter import Counter
    from .host_till import VerdictDocument

LOG: Final = logging.getLogger("pos_client")

__all__ = [
    "WAY",
    "HostMatch",
    "Lane",
    "Left",
    "WindowKind",
    "Wording",
    "binding_lane",
    "close_day",
    "closings",
    "counter",
    "demo_source",
    "doctor",
    "draw_slip",
    "enrol",
    "export_journal",
    "find_member",
    "host_receipts",
    "identity",
    "import_receipts",
    "is_enrolled",
    "language",
    "log_bug",
    "look_at_day",
    "match_day",
    "name_server",
    "open_logs",
    "reading_lane",
    "request_signature",
    "resume_journal",
    "run_window",
    "serve_bridge",
    "shown_source",
    "store_server_document",
    "sync",
    "sync_from",
    "unenrol",
    "verify_journal",
    "waiting_document",
    "wording",
    "write_books",
    "write_file",
    "writing_lane",
]


def is_enrolled(given: Path | None) -> bool:
    """Whether this home is a lane."""
    return find_home(given).enrolment.exists()


def identity(given: Path | None) -> LaneIdentity:
    """Who this lane is. Raises NotEnrolled."""
    return LaneFiles.of(given).orders.identity


def name_server(given: Path | None, url: str) -> None:
    """Tell a lane its server's new address; who the server is stays settled by its keys."""
    home = find_home(given)
    enrolment.write(home.enrolment, replace(enrolment.read(home.enrolment), server_url=url))


def verify_journal(given: Path | None) -> Verification:
    """Walk the whole chain with this lane's key, to the newest entry that is remembered outside the file."""
    return verify_lane(LaneFiles.of(given))


def request_signature(given: Path | None) -> Callable[[bytes], bytes]:
    """What signs with this lane's key. Raises NotEnrolled, StorageUnavailable."""
    files = LaneFiles.of(given)
    return files.credentials.device_key(files.device).sign


def counter(given: Path | None) -> "AbstractContextManager[Counter]":
    """A counter without a window."""
    from .counter import counter as open_counter  # noqa: PLC0415 - OpenCV is loaded for the scanner alone

    return open_counter(given)


def demo_source(pictures: Path) -> str:
    """A camera where there is one; else the folder of pictures stands for it."""
    from pos_client.scanner.sources import open_source  # noqa: PLC0415 - loads OpenCV
    from pos_client.scanner.sources.trial import try_source  # noqa: PLC0415

    try:
        try_source(open_source("camera:0"))
    except CameraUnavailable:
        return f"folder:{pictures}"
    return "camera:0"


def shown_source(spec: str) -> str:
    """A source of pictures as it may be shown: without what opens a network camera. Raises UsageError."""
    from pos_client.scanner.sources import shown_source as shown  # noqa: PLC0415 - shown seldom

    return shown(spec)


def run_window(
    given: Path | None, source: str | None, document: "VerdictDocument", kind: WindowKind = WindowKind.CLERK
) -> int:
    """Open the counter's window, or a customer's own, and stay until it is closed; the exit code."""
    from .window import open_window  # noqa: PLC0415 - Qt and OpenCV are loaded for the window alone

    return open_window(given, source, document, kind)


def serve_bridge(
    given: Path | None,
    port: int | None,
    document: "VerdictDocument",
    announce: Callable[[dict[str, Any]], None],
    stop: threading.Event,
) -> bool:
    """The host till's bridge without a window, until told to stop; False where a part of it died."""
    from .bridging import serve_bridge as serve  # noqa: PLC0415 - the web's libraries are loaded for the bridge alone

    return serve(given, port, document, announce, stop)


def draw_slip(rows: "Sequence[Row]", path: Path) -> None:
    """Draw a slip as a PNG. Raises DiskFull, StorageUnavailable."""
    from pos_client.ui.slip_picture import write_slip_picture  # noqa: PLC0415 - Qt is loaded for a picture alone

    write_slip_picture(rows, path)


def open_logs(given: Path | None, name: str) -> None:
    """Send this process's log to the home's folder, once the home exists."""
    home = find_home(given)
    logs.configure(home.logs if home.root.is_dir() else None, name)


def log_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> str:
    """Write a bug down in full; returns where."""
    folder = find_home().logs
    if not logging.getLogger().handlers:
        logs.configure(folder, "crash")
    LOG.critical("unexpected %s", kind.__name__, exc_info=(kind, bug, trace))
    files = [handler.baseFilename for handler in logging.getLogger().handlers if isinstance(handler, FileHandler)]
    return files[0] if files else "stderr"
