"""A camera made of a named pipe: an empty desk until somebody holds a code before it."""

import os
import threading
from pathlib import Path
from typing import Self

import cv2

from tests.integration.scanner.drawn_codes import on_desk, qr

_EVERY_S = 0.08


class HeldUp:
    """Writes motion JPEG for as long as the test lasts.

    Args:
        pipe: a path at which nothing is yet.

    Attributes:
        source: as ``run --source`` takes it.
    """

    def __init__(self, pipe: Path) -> None:
        os.mkfifo(pipe)
        self.source = f"fifo:{pipe}"
        # Open for reading too, so that a kiosk which closes and opens its camera does not end the writer.
        self._pipe = os.open(pipe, os.O_RDWR)
        self._ends = threading.Event()
        self._picture = b""
        self.lower()
        self._thread = threading.Thread(target=self._write, name="held-up")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        # A writer that waits because nobody reads any more is let go.
        os.set_blocking(self._pipe, False)
        while self._thread.is_alive():
            self._drain()
            self._thread.join(0.05)
        os.close(self._pipe)

    def hold(self, text: str) -> None:
        """A code lies before it."""
        self._show(qr(text))

    def lower(self) -> None:
        """Nothing does."""
        self._show(None)

    def _show(self, code: object) -> None:
        desk = on_desk(size=(480, 640)) if code is None else on_desk((code, (160, 80)), size=(480, 640))  # type: ignore[arg-type]
        ok, coded = cv2.imencode(".jpg", desk)
        assert ok
        self._picture = coded.tobytes()

    def _write(self) -> None:
        while not self._ends.wait(_EVERY_S):
            rest = self._picture
            while rest and not self._ends.is_set():
                try:
                    rest = rest[os.write(self._pipe, rest) :]
                except BlockingIOError:
                    self._ends.wait(_EVERY_S)

    def _drain(self) -> None:
        try:
            os.read(self._pipe, 1 << 20)
        except BlockingIOError:
            return
