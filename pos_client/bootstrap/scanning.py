"""The scanner thread put together for the window: a source, what to look for, and the bridge it reports to."""

import logging
from threading import Event
from typing import Final

from pos_client.config.paths import Home
from pos_client.config.settings import CameraSettings
from pos_client.domain.errors import CameraTrouble, PictureUnreadable, SettingsInvalid
from pos_client.scanner.advice import Advice
from pos_client.scanner.mounting import Mounting
from pos_client.scanner.sources.port import FrameSource
from pos_client.scanner.symbology import LIVE, Symbologies, Symbology
from pos_client.scanner.worker import Preview, ScannerHabits, ScannerListener, ScannerWorker, SourceState
from pos_client.ui.bridges import CameraPicture, ScannerBridge, Sighting
from pos_client.usecases.camera_view import CameraAdvice, CameraState

from .cameras import station_source

LOG: Final = logging.getLogger(__name__)
_STATES: Final = {
    SourceState.NONE: CameraState.NONE,
    SourceState.OPENING: CameraState.STARTING,
    SourceState.LIVE: CameraState.WATCHING,
    SourceState.LOST: CameraState.LOST,
    SourceState.ENDED: CameraState.LOST,
}
_FILES: Final = ("file:", "folder:")
_ADVICE: Final = {
    Advice.NONE: CameraAdvice.NONE,
    Advice.TOO_DARK: CameraAdvice.TOO_DARK,
    Advice.GLARE: CameraAdvice.GLARE,
    Advice.OUT_OF_FOCUS: CameraAdvice.OUT_OF_FOCUS,
    Advice.TOO_FAR: CameraAdvice.TOO_FAR,
    Advice.HOLD_STILL: CameraAdvice.HOLD_STILL,
    Advice.CHANGING: CameraAdvice.CHANGING,
}


class SightedScanner:
    """A scanner whose source may be a file that holds no picture: that is told like a camera's trouble, not as a death.

    Args:
        worker: the scanner itself. bridge: told of such a file.
    """

    def __init__(self, worker: ScannerWorker, bridge: ScannerBridge) -> None:
        self._worker = worker
        self._bridge = bridge

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set. Raises DecoderMissing."""
        try:
            self._worker.run(stop)
        except PictureUnreadable as unreadable:
            LOG.warning("the source of pictures: %s", unreadable.detail)
            self._bridge.on_camera(CameraState.LOST, CameraTrouble.NO_VIDEO)


def scanner_for(home: Home, camera: CameraSettings, spec: str | None, bridge: ScannerBridge) -> SightedScanner:
    """A scanner on the source that was asked for, else the station's own camera.

    Raises:
        UsageError: no such kind of source. SettingsInvalid: an unknown symbology.
        PictureUnreadable: the file or folder that was asked for on the command line holds no picture.
        StorageUnavailable: the network camera's password cannot be had.
    """
    left, top, right, bottom = camera.crop
    mounting = Mounting(camera.rotation, (left, top, right, bottom), is_mirrored=camera.mirrored)
    listener = ScannerListener(
        on_scan=bridge.on_scan,
        on_frame=lambda preview: bridge.on_picture(_picture(preview, mounting)),
        on_state=lambda state, trouble: _tell(bridge, state, trouble),
    )
    habits = ScannerHabits(symbologies=symbologies(camera.symbologies), mounting=mounting)
    source = station_source(home, camera, spec)
    if spec and spec.startswith(_FILES):
        _look_into(source)
    return SightedScanner(ScannerWorker(source, listener, habits), bridge)


def _tell(bridge: ScannerBridge, state: SourceState, trouble: CameraTrouble | None) -> None:
    # Only files end, and in a window they are shown again and again: one that ends holds no picture.
    why = CameraTrouble.NO_VIDEO if state is SourceState.ENDED else trouble
    LOG.log(logging.INFO if why is None else logging.WARNING, "the camera is %s%s", state, f": {why}" if why else "")
    bridge.on_camera(_STATES[state], why)


def _look_into(source: FrameSource) -> None:
    """Refuse a wrong file before the window opens: whoever typed its name is still there."""
    source.open()
    source.close()


def symbologies(names: list[str]) -> Symbologies:
    """The kinds that a station wants, or the usual ones where it names none."""
    try:
        return frozenset(Symbology(name) for name in names) or LIVE
    except ValueError as error:
        raise SettingsInvalid(f"camera.symbologies: {error}") from error


def _picture(preview: Preview, mounting: Mounting) -> CameraPicture:
    """What the window shows: mirrored where people want to see themselves so."""
    frame = preview.frame
    width = frame.grey.shape[1]
    sightings = tuple(
        Sighting(mounting.corners_for_people(code.corners, width), code.believed) for code in preview.codes
    )
    pixels = mounting.for_people(frame.grey if frame.bgr is None else frame.bgr)
    return CameraPicture(pixels, sightings, _ADVICE[preview.advice])
