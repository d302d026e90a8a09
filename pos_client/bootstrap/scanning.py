"""The scanner thread put together for the window: a source, what to look for, and the bridge it reports to."""

from typing import Final

from pos_client.domain.errors import SettingsInvalid
from pos_client.scanner.advice import Advice
from pos_client.scanner.mounting import Mounting
from pos_client.scanner.sources import open_source
from pos_client.scanner.symbology import LIVE, Symbologies, Symbology
from pos_client.scanner.worker import Preview, ScannerHabits, ScannerListener, ScannerWorker, SourceState
from pos_client.ui.bridges import CameraPicture, ScannerBridge, Sighting
from pos_client.usecases.till_view import CameraAdvice, CameraState

from .lane import LaneFiles

_STATES: Final = {
    SourceState.NONE: CameraState.NONE,
    SourceState.OPENING: CameraState.STARTING,
    SourceState.LIVE: CameraState.WATCHING,
    SourceState.LOST: CameraState.LOST,
    SourceState.ENDED: CameraState.NONE,
}
_ADVICE: Final = {
    Advice.NONE: CameraAdvice.NONE,
    Advice.TOO_DARK: CameraAdvice.TOO_DARK,
    Advice.GLARE: CameraAdvice.GLARE,
    Advice.OUT_OF_FOCUS: CameraAdvice.OUT_OF_FOCUS,
    Advice.TOO_FAR: CameraAdvice.TOO_FAR,
    Advice.HOLD_STILL: CameraAdvice.HOLD_STILL,
    Advice.CHANGING: CameraAdvice.CHANGING,
}


def scanner_for(files: LaneFiles, spec: str | None, bridge: ScannerBridge) -> ScannerWorker:
    """A scanner on the source that was asked for, else the station's own camera.

    Raises:
        UsageError: no such kind of source. SettingsInvalid: an unknown symbology.
    """
    camera = files.settings.camera
    left, top, right, bottom = camera.crop
    mounting = Mounting(camera.rotation, (left, top, right, bottom), is_mirrored=camera.mirrored)
    listener = ScannerListener(
        on_scan=bridge.on_scan,
        on_frame=lambda preview: bridge.on_picture(_picture(preview, mounting)),
        on_state=lambda state, trouble: bridge.on_camera(_STATES[state], trouble),
    )
    habits = ScannerHabits(symbologies=symbologies(camera.symbologies), mounting=mounting)
    return ScannerWorker(open_source(spec or camera.source), listener, habits)


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
