"""OpenCV's capture, opened without a word on stderr: what went wrong is told by us, once, and never with a password.

Apart because cameras, network cameras and video files all open one, and each of them may be the first.
"""

import os
from collections.abc import Sequence

import cv2
import numpy as np

from pos_client.scanner.frame import Pixels

# FFmpeg would name addresses in its complaints. OpenCV reads this once, at the first film or address of the process.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


def open_capture(what: int | str, backend: int = cv2.CAP_ANY, options: Sequence[int] = ()) -> cv2.VideoCapture | None:
    """Open a camera, file or address; None where OpenCV cannot.

    Args:
        what: number of a device, or a path or address.
        backend: one of OpenCV's ``CAP_`` backends.
        options: pairs of a ``CAP_PROP_`` and its value, which hold from the first moment.
    """
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        capture = cv2.VideoCapture(what, backend, list(options)) if options else cv2.VideoCapture(what, backend)
    except cv2.error:
        return None
    if capture.isOpened():
        return capture
    capture.release()
    return None


def next_picture(capture: cv2.VideoCapture) -> Pixels | None:
    """The next picture of a capture; None when there is none, for whatever reason."""
    try:
        is_good, picture = capture.read()
    except cv2.error:
        return None
    return np.asarray(picture, np.uint8) if is_good else None
