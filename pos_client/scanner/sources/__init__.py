"""Where frames come from: cameras, video files, folders of pictures, nothing; one file for each, behind one port."""

from pathlib import Path

from pos_client.domain.errors import UsageError
from pos_client.scanner.sources.port import FrameSource


def open_source(spec: str) -> FrameSource:
    """Make the source that a setting or an option names; the worker opens it.

    Args:
        spec: ``camera:0`` (or ``camera:`` and a device path or address), ``file:VIDEO`` (looped), ``folder:DIR`` or
            ``none``.

    Raises:
        UsageError: no such kind of source, or nothing after the colon.
    """
    kind, _, rest = spec.partition(":")
    if kind == "none" and not rest:
        from pos_client.scanner.sources.no_source import NoSource  # noqa: PLC0415 - the others load OpenCV

        return NoSource()
    if rest and kind in _MAKERS:
        return _MAKERS[kind](rest)
    raise UsageError("a source is camera:0, file:VIDEO, folder:DIR or none", source=spec)


def _camera(device: str) -> FrameSource:
    from pos_client.scanner.sources.camera import CameraSource  # noqa: PLC0415 - loads OpenCV

    return CameraSource(int(device) if device.isdecimal() else device)


def _video(path: str) -> FrameSource:
    from pos_client.scanner.sources.video_file import VideoFileSource  # noqa: PLC0415 - loads OpenCV

    return VideoFileSource(Path(path), loops=True)


def _folder(path: str) -> FrameSource:
    from pos_client.scanner.sources.picture_folder import PictureFolderSource  # noqa: PLC0415 - loads OpenCV

    return PictureFolderSource(Path(path))


_MAKERS = {"camera": _camera, "file": _video, "folder": _folder}
