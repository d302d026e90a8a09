"""What holds for every test: no display, a private home, no network but loopback, no unexpected warning.

Apart from the tests because each of them relies on it without saying so. The environment is set before anything of
ours is imported, since Qt, keyring and platformdirs read it once; programs that a test starts inherit it. The network
is closed by pytest-socket, whose options stand in pyproject.toml.
"""

import atexit
import gc
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PRIVATE = Path(tempfile.mkdtemp(prefix="pos-client-tests-"))
atexit.register(shutil.rmtree, _PRIVATE, ignore_errors=True)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["POS_CLIENT_HOME"] = str(_PRIVATE / "home")
for _variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = _PRIVATE / _variable.lower()
    _folder.mkdir(mode=0o700)
    os.environ[_variable] = str(_folder)

# What is drawn at random must not fail somebody else's build: HYPOTHESIS_PROFILE=explore looks further on demand.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker that this file reads."""
    config.addinivalue_line(
        "markers",
        "expects_log(pattern): this test makes the program log a warning, or worse, that matches the pattern",
    )


def pytest_collection_finish() -> None:
    """Let the collector pass over what lives as long as the run: thousands of tests would cost each sweep 0.15 s."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_window_is_left() -> Iterator[None]:
    """Let windows go with the test that made them: a style sheet is laid on every widget that lives."""
    before = set(_windows())
    yield
    if not set(_windows()) <= before:
        gc.collect()
    # Whatever else still holds on to one: pytest keeps the frames of a failed test for as long as it runs.
    for window in _windows():
        if window not in before:
            window.deleteLater()
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - most tests do without Qt

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _windows() -> "list[QWidget]":
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.topLevelWidgets() if widgets is not None else []


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home folder of its own that does not exist yet, and return it."""
    home = tmp_path / "home"
    monkeypatch.setenv("POS_CLIENT_HOME", str(home))
    return home


class _Warnings(logging.Handler):
    """Keeps what is logged at WARNING or above while a test runs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test during which a warning was logged that no expects_log marker announces."""
    expected = [re.compile(mark.args[0]) for mark in item.iter_markers("expects_log")]
    seen = _Warnings()
    logging.getLogger().addHandler(seen)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(seen)
    unexpected = [line for line in seen.lines if not any(pattern.search(line) for pattern in expected)]
    if unexpected:
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)
