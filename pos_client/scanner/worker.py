"""The scanner thread: from a source to scans, previews and a visible state, for as long as the counter is open.

Apart from the line (``live_line``), which knows no device: this opens the source again after a pulled plug, notices one
that has gone silent, looks at the newest frame only, and stops within a second.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from time import monotonic

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.scanner.advice import Advice
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.live_line import LiveLine
from pos_client.scanner.mounting import Mounting
from pos_client.scanner.sources.port import FrameSource
from pos_client.scanner.symbology import LIVE, Symbologies

_WAIT_FOR_FRAME_S = 0.2
_PREVIEW_GAP_S = 0.06
"""A little less than a fifteenth of a second, so that every second frame of 30 counts though it comes a bit early."""

_IDLE_GAP_S = 0.1
"""Between two frames of an idle line: whoever holds up a code then waits no longer than this."""


class SourceState(StrEnum):
    """How the source of pictures is."""

    NONE = "none"
    OPENING = "opening"
    LIVE = "live"
    LOST = "lost"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Preview:
    """A frame for the window.

    Attributes:
        frame: the picture.
        codes: what was seen in it, to be outlined; ``believed`` tells the sure ones.
        advice: what whoever holds the code should do.
    """

    frame: Frame
    codes: tuple[Detection, ...]
    advice: Advice = Advice.NONE


@dataclass(frozen=True, slots=True)
class ScannerListener:
    """Whom to tell; every call comes from the scanner's thread and must return soon.

    Attributes:
        on_scan: a believed code, once for each showing.
        on_frame: at most 15 times a second.
        on_state: when it changes; with ``LOST`` why.
    """

    on_scan: Callable[[Scan], None]
    on_frame: Callable[[Preview], None]
    on_state: Callable[[SourceState, CameraTrouble | None], None]


@dataclass(frozen=True, slots=True)
class ScannerHabits:
    """What a counter may want otherwise.

    Attributes:
        symbologies: kinds in use.
        mounting: how the camera hangs.
        reopen_s: pause before a lost camera is tried again.
        stalled_s: a source that gave frames and gives no new one for so long is said to be stalled.
        dead_s: likewise, and it is opened again.
        idle_after_s: after so long without movement or code the camera is looked at twice a second only.
        source: what the scans are said to come from.
    """

    symbologies: Symbologies = LIVE
    mounting: Mounting = field(default_factory=Mounting)
    reopen_s: float = 3.0
    stalled_s: float = 2.0
    dead_s: float = 5.0
    idle_after_s: float = 60.0
    source: ScanSource = ScanSource.CAMERA


class ScannerWorker:
    """Scans one source until stopped.

    Args:
        source: not opened yet.
        listener: whom to tell.
        habits: what differs from the usual.
    """

    def __init__(self, source: FrameSource, listener: ScannerListener, habits: ScannerHabits | None = None) -> None:
        self._source = source
        self._listener = listener
        self._habits = habits or ScannerHabits()
        self._state: SourceState | None = None
        self._trouble: CameraTrouble | None = None
        self._preview_s = float("-inf")

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set, or until a file without loop has ended.

        Raises:
            DecoderMissing: this machine has no decoder at all.
            PictureUnreadable: the video or folder holds no picture.
        """
        habits = self._habits
        line = LiveLine(open_decoders().opened, habits.symbologies, habits.mounting, habits.idle_after_s)
        self._tell(SourceState.NONE if self._source.name == "none" else SourceState.OPENING)
        while not stop.is_set() and self._state is not SourceState.ENDED:
            try:
                self._source.open()
                self._watch(line, stop)
            except CameraUnavailable as lost:
                # A machine that never had a camera is a counter with a gun alone, and a well one.
                is_none = lost.trouble is CameraTrouble.NO_CAMERA
                self._tell(SourceState.NONE if is_none else SourceState.LOST, None if is_none else lost.trouble)
                stop.wait(self._habits.reopen_s)
            finally:
                self._source.close()

    def _watch(self, line: LiveLine, stop: Event) -> None:
        heard_s: float | None = None
        while not stop.is_set():
            frame = self._source.read(_WAIT_FOR_FRAME_S)
            if frame is not None:
                self._tell(SourceState.LIVE)
                self._take(frame, line)
                self._rest(frame, line, stop)
                heard_s = monotonic()
            elif self._source.has_ended:
                self._tell(SourceState.ENDED)
                return
            elif heard_s is not None:
                # How long the first frame may take only the source knows: a network camera is opened in seconds.
                self._wait_on(monotonic() - heard_s)

    def _wait_on(self, silent_s: float) -> None:
        """Say that the source is silent, and give it up in the end.

        Raises:
            CameraUnavailable: it was silent for too long; it may work once it is opened again.
        """
        if silent_s >= self._habits.dead_s:
            raise CameraUnavailable(f"{self._source.name} is silent", trouble=CameraTrouble.STALLED)
        if silent_s >= self._habits.stalled_s:
            self._tell(SourceState.LOST, CameraTrouble.STALLED)

    def _take(self, frame: Frame, line: LiveLine) -> None:
        """One frame through the line; what is news is told first, the picture after it."""
        looked = line.take(frame)
        if looked is None:
            return
        for code in looked.news:
            symbology = str(code.symbology)
            scan = Scan(code.text, self._habits.source, frame.taken_at, symbology, code.corners)
            self._listener.on_scan(scan)
        if frame.monotonic_s - self._preview_s >= _PREVIEW_GAP_S:
            self._preview_s = frame.monotonic_s
            self._listener.on_frame(Preview(looked.frame, looked.codes, looked.advice))

    def _rest(self, frame: Frame, line: LiveLine, stop: Event) -> None:
        if line.is_idle(frame.monotonic_s):
            stop.wait(max(0.0, frame.monotonic_s + _IDLE_GAP_S - monotonic()))

    def _tell(self, state: SourceState, trouble: CameraTrouble | None = None) -> None:
        if (state, trouble) != (self._state, self._trouble):
            self._state, self._trouble = state, trouble
            self._listener.on_state(state, trouble)
