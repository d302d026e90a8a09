"""Logs: JSON in a file, warnings for people, nothing private in either, and a crash that is seen."""

import errno
import io
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.config import logs
from pos_client.config.redaction import redact, redact_text

PHONE = "13800138000"
OPAQUE = "C0123456789ABCDEFGHJKMNPQRST"


@pytest.fixture
def clean() -> Generator[None, None, None]:
    """Puts logging and the crash hooks back as they were."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    yield
    for handler in root.handlers:
        if handler not in handlers:
            handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    sys.excepthook, threading.excepthook = hooks


class FullDisk(io.StringIO):
    """A file on a disk without space."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def lines(folder: Path, name: str = "command") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.log").read_text(encoding="utf-8").splitlines()]


def test_a_line_is_a_json_document(clean: None, tmp_path: Path) -> None:
    logs.configure(tmp_path / "logs", "window")

    logging.getLogger("pos_client.sync").info("delivered %d rows", 3, extra={"epoch": 1})

    (line,) = lines(tmp_path / "logs", "window")
    assert (line["event"], line["level"], line["logger"], line["epoch"]) == (
        "delivered 3 rows", "info", "pos_client.sync", 1,
    )  # fmt: skip
    assert line["timestamp"].endswith("Z")


def test_people_see_warnings_only(clean: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(tmp_path)

    logging.getLogger("a").info("quiet")
    logging.getLogger("a").warning("disk is low")

    shown = capsys.readouterr()
    assert "disk is low" in shown.err
    assert "quiet" not in shown.err
    assert shown.out == ""


def test_no_folder_and_a_closed_folder_leave_stderr(clean: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    logs.configure(None)
    logs.configure(tmp_path / "file" / "logs")

    assert len(logging.getLogger().handlers) == 1


def test_nothing_private_is_written(clean: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(tmp_path)
    log = logging.getLogger("a")
    try:
        int(f"no such member {PHONE}")
    except ValueError:
        log.exception("look-up of %s with %s failed", "+86 138-0013-8000", OPAQUE, extra={"phone": PHONE, "seq": 17})

    written = (tmp_path / "command.log").read_text(encoding="utf-8") + capsys.readouterr().err
    assert PHONE not in written
    assert "0013" not in written
    assert OPAQUE not in written
    assert lines(tmp_path)[0]["seq"] == 17


@given(digits=st.text("0123456789", min_size=7, max_size=40), around=st.sampled_from(["{}", "x {} y", "({})", "={};"]))
def test_digit_runs_never_pass(digits: str, around: str) -> None:
    assert digits not in redact_text(around.format(digits))


@pytest.mark.parametrize(
    "kept",
    [
        "2026-03-10T04:00:00.000Z",
        "2026-03-10",
        "seq 123456",
        "e3b0c44298fc1c149afbf4c8996fb924",
        "10.00 off",
        "4711-12",
    ],
)
def test_what_names_nobody_is_kept(kept: str) -> None:
    assert redact_text(kept) == kept


@pytest.mark.parametrize("code", [OPAQUE, OPAQUE.lower(), "E012-3456-789A-BCDE-FGHJ-KMNP-QRST", "71" + "9" * 222])
def test_codes_are_hidden(code: str) -> None:
    assert code not in redact_text(f"scanned {code}!")


def test_private_fields_are_hidden_however_deep() -> None:
    record = {"a": {"phone": "x", "seq": 5, "list": [{"name": "Lin"}, PHONE]}, "token": b"abc", "text": ""}

    assert redact(record) == {
        "a": {"phone": "[hidden]", "seq": 5, "list": [{"name": "[hidden]"}, "[11 digits]"]},
        "token": "[hidden]",
        "text": "",
    }
    assert redact(b"abc") == "[3 bytes]"


@pytest.mark.expects_log("unexpected ZeroDivisionError")
def test_an_unexpected_error_is_logged_and_told(clean: None, tmp_path: Path) -> None:
    told: list[BaseException] = []
    logs.configure(tmp_path)
    logs.install_crash_hooks(None, told.append)

    def work() -> None:
        raise ZeroDivisionError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    error = ZeroDivisionError("on the main thread")
    sys.excepthook(ZeroDivisionError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert [str(one) for one in told] == ["in a thread", "on the main thread"]
    assert [line["event"] for line in lines(tmp_path)] == ["unexpected ZeroDivisionError"] * 2
    assert "in work" in lines(tmp_path)[0]["exception"]


def test_the_interpreters_own_death_has_a_file(tmp_path: Path) -> None:
    program = (
        "import faulthandler, sys; from pathlib import Path; from pos_client.config import logs;"
        "logs.install_crash_hooks(Path(sys.argv[1])); faulthandler._sigsegv()"
    )

    died = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, capture_output=True)

    assert died.returncode < 0
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text(encoding="utf-8")


@pytest.mark.expects_log("unexpected ZeroDivisionError")
def test_a_crash_is_logged_where_nobody_listens(clean: None, tmp_path: Path) -> None:
    logs.configure(tmp_path)
    logs.install_crash_hooks(None)

    sys.excepthook(ZeroDivisionError, ZeroDivisionError("x"), None)

    assert [line["level"] for line in lines(tmp_path)] == ["critical"]


def test_a_full_disk_puts_no_traceback_before_a_clerk(
    clean: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure(tmp_path)
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one, logging.FileHandler)]
    handler.close()
    handler.setStream(FullDisk())  # type: ignore[arg-type]

    logging.getLogger("a").info("cannot be written")

    assert capsys.readouterr().err == ""
