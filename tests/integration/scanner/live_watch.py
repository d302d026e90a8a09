"""Waits for what a live source gives, in the tests of cameras, network cameras and pipes."""

from time import monotonic

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Frame
from pos_client.scanner.sources.port import FrameSource

PATIENCE_S = 40.0


def first_frame(source: FrameSource) -> Frame:
    """The first frame of an open source."""
    until_s = monotonic() + PATIENCE_S
    while monotonic() < until_s:
        frame = source.read(0.2)
        if frame is not None:
            return frame
    raise AssertionError(f"no picture from {source.name}")


def trouble_of(source: FrameSource) -> CameraTrouble:
    """Read an open source until it is lost; why."""
    until_s = monotonic() + PATIENCE_S
    try:
        while monotonic() < until_s:
            source.read(0.2)
    except CameraUnavailable as lost:
        return lost.trouble
    raise AssertionError(f"{source.name} was never lost")


def trouble_at_opening(source: FrameSource) -> CameraTrouble:
    """Open a source and read it until it is lost; why."""
    try:
        source.open()
        return trouble_of(source)
    except CameraUnavailable as lost:
        return lost.trouble
    finally:
        source.close()


def shades_until_lost(source: FrameSource) -> list[int]:
    """The first pixel of every frame of an open source until it is lost."""
    shades: list[int] = []
    try:
        while True:
            frame = source.read(5.0)
            shades += [] if frame is None else [int(frame.grey[0, 0])]
    except CameraUnavailable:
        return shades
