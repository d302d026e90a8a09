"""Another program that writes motion JPEG into a named pipe: a process of its own, which can stop, go on and die."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final, Self

import cv2

from pos_client.scanner.frame import Pixels

_PROGRAM: Final = """
import sys, time
with open(sys.argv[1], "wb", 0) as pipe:
    while True:
        with open(sys.argv[2], "rb") as coded:
            pipe.write(coded.read())
        time.sleep(0.05)
"""


class PipeWriter:
    """Writes one picture again and again, 20 times a second.

    Args:
        pipe: made where it is absent.
        picture: grey.
    """

    def __init__(self, pipe: Path, picture: Pixels) -> None:
        if not pipe.exists():
            os.mkfifo(pipe)
        self._coded = pipe.with_suffix(".jpg")
        self.show(picture)
        self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(pipe), str(self._coded)])

    @property
    def is_alive(self) -> bool:
        """Whether it still writes, or would."""
        return self._process.poll() is None

    def show(self, picture: Pixels) -> None:
        """Write this picture from now on."""
        new = self._coded.with_suffix(".new.jpg")
        assert cv2.imwrite(str(new), picture)
        new.replace(self._coded)

    def stop(self) -> None:
        """Hold it: the pipe stays open and nothing comes."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it write again."""
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """Let it die in the middle of a picture."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.end()
