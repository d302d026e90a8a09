"""A named pipe into which another program writes pictures: FFmpeg, a camera's own software, a test.

Apart from files: it has no end but writers that come and go, and it must never be waited for in ``open``, which would
last until somebody writes.
"""

import os
import select
import stat
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Final

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Pixels
from pos_client.scanner.sources.kernel_camera import trouble_of
from pos_client.scanner.sources.live import LiveSource
from pos_client.scanner.sources.picture_stream import PictureStream

_WAIT_S: Final = 0.1
_WRITER_S: Final = 2.0
_HELD_S: Final = 10.0
_PIECE: Final = 1024 * 1024


class FifoSource(LiveSource):
    """One named pipe.

    Args:
        path: of the pipe, as ``mkfifo`` makes it.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(_FifoFeed(path))


class _FifoFeed:
    """A pipe as a ``Feed``."""

    def __init__(self, path: Path) -> None:
        self.name = f"fifo:{path}"
        self._path = path
        self._pipe = -1
        self._held = -1
        self._letting_go: Timer | None = None
        self._stream = PictureStream()
        self._was_written = False
        self._opened_s = 0.0

    def check(self) -> None:
        try:
            mode = self._path.stat().st_mode
        except OSError as error:
            raise CameraUnavailable(f"{self.name} is not there", trouble_of(error)) from error
        if not stat.S_ISFIFO(mode):
            raise CameraUnavailable(f"{self.name} is no pipe", CameraTrouble.NOT_A_CAMERA)
        if not os.access(self._path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
            raise CameraUnavailable(f"{self.name} may not be read", CameraTrouble.PERMISSION)

    def open(self) -> None:
        try:
            self._pipe = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise CameraUnavailable(f"{self.name} cannot be read", trouble_of(error)) from error
        self._opened_s = monotonic()
        self._let_go()

    def next(self, *, is_wanted: bool) -> Pixels | None:
        # A writer may send one picture a minute: none is dropped unseen.
        del is_wanted
        is_ready = bool(select.select([self._pipe], [], [], _WAIT_S)[0])
        piece = self._all_that_came()
        if piece is None:
            self._miss_writer(is_ready=is_ready)
        if not piece:
            return None
        self._was_written = True
        return self._stream.feed(piece)

    def close(self) -> None:
        """Let go; of a writer that is only silent a little later, since a pipe without a reader would kill it."""
        pipe, self._pipe = self._pipe, -1
        if pipe >= 0 and self._was_written:
            self._let_go()
            self._held = pipe
            self._letting_go = Timer(_HELD_S, self._let_go)
            self._letting_go.daemon = True
            self._letting_go.start()
        elif pipe >= 0:
            os.close(pipe)

    def _let_go(self) -> None:
        held, self._held = self._held, -1
        if self._letting_go is not None:
            self._letting_go.cancel()
        if held >= 0:
            os.close(held)

    def _miss_writer(self, *, is_ready: bool) -> None:
        """Nobody has the pipe open for writing.

        Raises:
            CameraUnavailable: the writer has gone, or none has come for a while.
        """
        if self._was_written or monotonic() - self._opened_s > _WRITER_S:
            # The next writer's first bytes do not go on from here.
            self._stream, self._was_written = PictureStream(), False
            raise CameraUnavailable(f"nobody writes into {self.name}", CameraTrouble.ENDED)
        if is_ready:
            # Some systems call an empty pipe without a writer readable, and would not wait the next time either.
            select.select([], [], [], _WAIT_S)

    def _all_that_came(self) -> bytes | None:
        """Everything that waits in the pipe, so that a slow reader sees the newest picture and not the oldest.

        Returns:
            Empty for nothing yet; None where nobody has the pipe open for writing.
        """
        pieces: list[bytes] = []
        while sum(map(len, pieces)) < _PIECE:
            try:
                piece = os.read(self._pipe, _PIECE)
            except BlockingIOError:
                break
            except OSError as error:
                raise CameraUnavailable(f"{self.name} cannot be read", CameraTrouble.ENDED) from error
            if not piece:
                return b"".join(pieces) or None
            pieces.append(piece)
        return b"".join(pieces)
