"""The codes in a video file, found by the camera's line frame by frame, as fast as it goes.

Apart from the worker, which keeps a camera's pace and never ends.
"""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.live_line import LiveLine
from pos_client.scanner.sources.video_file import VideoFileSource
from pos_client.scanner.symbology import RETAIL, Symbologies

VIDEO_SUFFIXES = frozenset({".avi", ".m4v", ".mkv", ".mov", ".mp4", ".webm"})


@dataclass(frozen=True, slots=True)
class FilmCode:
    """One code of a film.

    Attributes:
        code: as first believed; as last seen, where it never was.
        at_s: seconds from the film's beginning to that frame.
    """

    code: Detection
    at_s: float


@dataclass(frozen=True, slots=True)
class FilmResult:
    """What was found in one video file.

    Attributes:
        path: of the file.
        codes: each text once, in the order in which they came.
        frames: how many were looked at.
        ms: wall time in milliseconds.
    """

    path: Path
    codes: tuple[FilmCode, ...]
    frames: int
    ms: float


def decode_film(path: Path, symbologies: Symbologies = RETAIL) -> FilmResult:
    """Find the codes in a video file.

    Raises:
        PictureUnreadable: it is no video that can be read.
        DecoderMissing: this machine has no decoder at all.
    """
    begun_s = perf_counter()
    source = VideoFileSource(path, is_paced=False)
    watched = _Watched(symbologies)
    source.open()
    try:
        while not source.has_ended:
            frame = source.read(0.0)
            if frame is not None:
                watched.take(frame)
    finally:
        source.close()
    return FilmResult(path, tuple(watched.codes.values()), watched.frames, (perf_counter() - begun_s) * 1000)


class _Watched:
    """The camera's line without its thread: looks at frames and keeps each text's best sighting."""

    def __init__(self, symbologies: Symbologies) -> None:
        self.codes: dict[str, FilmCode] = {}
        self.frames = 0
        self._line = LiveLine(open_decoders().opened, symbologies, idle_after_s=float("inf"))
        self._begin_s = 0.0

    def take(self, frame: Frame) -> None:
        if self.frames == 0:
            self._begin_s = frame.monotonic_s
        self.frames += 1
        looked = self._line.take(frame)
        for code in () if looked is None else looked.codes:
            known = self.codes.get(code.text)
            if known is None or not known.code.believed:
                self.codes[code.text] = FilmCode(code, frame.monotonic_s - self._begin_s)
