"""Where frames come from: cameras, network cameras, pipes, videos, folders, nothing; one file each, behind one port."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import UsageError
from pos_client.scanner.sources.camera_address import CameraAddress, is_address
from pos_client.scanner.sources.port import FrameSource

KINDS: Final = "camera:0, camera:NAME, rtsp://…, http://…, fifo:PATH, file:VIDEO, folder:DIR or none"


@dataclass(frozen=True, slots=True)
class SourceWishes:
    """What a source is asked for beside its name; sources that have no such thing pass it over.

    Attributes:
        width, height: of a camera's pictures, in pixels. fps: pictures a second.
        password: of a network camera whose address names a user only; not part of ``repr``.
    """

    width: int = 1280
    height: int = 720
    fps: int = 30
    password: str = ""

    def __repr__(self) -> str:
        return f"SourceWishes({self.width} x {self.height} at {self.fps})"


def open_source(spec: str, wishes: SourceWishes | None = None) -> FrameSource:
    """Make the source that a setting or an option names; the worker opens it.

    Args:
        spec: ``camera:0`` (or ``camera:`` and a device file or a camera's name), the address of a network camera
            (``rtsp://…``, ``http://…``), ``fifo:PATH``, ``file:VIDEO`` (looped), ``folder:DIR`` or ``none``.
        wishes: size, pace and password.

    Raises:
        UsageError: no such kind of source, or nothing after the colon.
    """
    spec = spec.removeprefix("camera:") if is_address(spec.removeprefix("camera:")) else spec
    kind, _, rest = spec.partition(":")
    wishes = wishes or SourceWishes()
    if kind == "none" and not rest:
        from pos_client.scanner.sources.no_source import NoSource  # noqa: PLC0415 - the others load OpenCV

        return NoSource()
    if is_address(spec):
        return _address(spec, wishes)
    if rest and kind in _MAKERS:
        return _MAKERS[kind](rest, wishes)
    raise UsageError(f"a source is {KINDS}", source=shown_source(spec))


def shown_source(spec: str) -> str:
    """A source as it may be shown and logged: of an address only scheme, host and port."""
    if is_address(spec.removeprefix("camera:")):
        return CameraAddress.parse(spec.removeprefix("camera:")).shown
    return spec.partition("://")[0] if "://" in spec else spec


def _address(url: str, wishes: SourceWishes) -> FrameSource:
    from pos_client.scanner.sources.network_camera import NetworkCameraSource  # noqa: PLC0415 - loads OpenCV

    return NetworkCameraSource(CameraAddress.parse(url), wishes.password)


def _camera(device: str, wishes: SourceWishes) -> FrameSource:
    from pos_client.scanner.sources.camera import CameraSource, CameraWishes  # noqa: PLC0415 - loads OpenCV

    number_or_name = int(device) if device.isdecimal() else device
    return CameraSource(number_or_name, CameraWishes(wishes.width, wishes.height, wishes.fps))


def _fifo(path: str, _: SourceWishes) -> FrameSource:
    from pos_client.scanner.sources.fifo import FifoSource  # noqa: PLC0415 - loads OpenCV

    return FifoSource(Path(path))


def _video(path: str, _: SourceWishes) -> FrameSource:
    from pos_client.scanner.sources.video_file import VideoFileSource  # noqa: PLC0415 - loads OpenCV

    return VideoFileSource(Path(path), loops=True)


def _folder(path: str, _: SourceWishes) -> FrameSource:
    from pos_client.scanner.sources.picture_folder import PictureFolderSource  # noqa: PLC0415 - loads OpenCV

    return PictureFolderSource(Path(path))


_MAKERS: Final[dict[str, Callable[[str, SourceWishes], FrameSource]]] = {
    "camera": _camera,
    "fifo": _fifo,
    "file": _video,
    "folder": _folder,
}
