"""The scanner thread: from a source to scans, previews and a visible state, for as long as the counter is open.

Apart from its parts so that none of them knows the others: it opens the source again after a pulled plug, looks at the
newest frame only, and stops within a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from time import monotonic

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.scanner.agreement import Agreement
from pos_client.scanner.debounce import Debounce
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.live_cascade import LiveCascade
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.sources.port import FrameSource
from pos_client.scanner.symbology import LIVE, Symbologies

_WAIT_FOR_FRAME_S = 0.2
_PREVIEW_GAP_S = 0.06
"""A little less than a fifteenth of a second, so that every second frame of 30 counts though it comes a bit early."""

_IDLE_GAP_S = 0.5


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
    """

    frame: Frame
    codes: tuple[Detection, ...]


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
        reopen_s: pause before a lost camera is tried again.
        idle_after_s: after so long without movement or code the camera is looked at twice a second only.
        source: what the scans are said to come from.
    """

    symbologies: Symbologies = LIVE
    reopen_s: float = 3.0
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
        self._scenery = Scenery()
        self._agreement = Agreement()
        self._debounce = Debounce()
        self._state: SourceState | None = None
        self._trouble: CameraTrouble | None = None
        self._preview_s = float("-inf")

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set, or until a file without loop has ended.

        Raises:
            DecoderMissing: this machine has no decoder at all.
            PictureUnreadable: the video or folder holds no picture.
        """
        cascade = LiveCascade(open_decoders().opened, self._scenery, self._habits.symbologies)
        self._tell(SourceState.NONE if self._source.name == "none" else SourceState.OPENING)
        while not stop.is_set() and self._state is not SourceState.ENDED:
            try:
                self._source.open()
                self._watch(cascade, stop)
            except CameraUnavailable as lost:
                # A machine that never had a camera is a counter with a gun alone, and a well one.
                is_none = lost.trouble is CameraTrouble.NO_CAMERA
                self._tell(SourceState.NONE if is_none else SourceState.LOST, None if is_none else lost.trouble)
                stop.wait(self._habits.reopen_s)
            finally:
                self._source.close()

    def _watch(self, cascade: LiveCascade, stop: Event) -> None:
        while not stop.is_set():
            frame = self._source.read(_WAIT_FOR_FRAME_S)
            if frame is not None:
                self._tell(SourceState.LIVE)
                self._take(frame, cascade)
                self._rest(frame, stop)
            elif self._source.has_ended:
                self._tell(SourceState.ENDED)
                return

    def _take(self, frame: Frame, cascade: LiveCascade) -> None:
        """One frame through the line: look, agree, tell what is news."""
        self._scenery.watch(frame)
        cascade.look(frame, self._agreement)
        codes = self._agreement.codes(frame.monotonic_s)
        if codes:
            self._scenery.wake(frame.monotonic_s)
        height, width = frame.grey.shape
        for code in self._debounce.news(frame.monotonic_s, codes, height, width):
            symbology = str(code.symbology)
            scan = Scan(code.text, self._habits.source, frame.taken_at, symbology, code.corners)
            self._listener.on_scan(scan)
        if frame.monotonic_s - self._preview_s >= _PREVIEW_GAP_S:
            self._preview_s = frame.monotonic_s
            self._listener.on_frame(Preview(frame, tuple(codes)))

    def _rest(self, frame: Frame, stop: Event) -> None:
        if self._scenery.quiet_s(frame.monotonic_s) > self._habits.idle_after_s:
            stop.wait(max(0.0, frame.monotonic_s + _IDLE_GAP_S - monotonic()))

    def _tell(self, state: SourceState, trouble: CameraTrouble | None = None) -> None:
        if (state, trouble) != (self._state, self._trouble):
            self._state, self._trouble = state, trouble
            self._listener.on_state(state, trouble)
