"""What Linux says of one camera's device file: whether it is a camera, who may use it, which sizes it has.

Apart from the listing because these are the kernel's own structures (``linux/videodev2.h``), asked by ``ioctl`` so that
no other program is needed. Nothing here disturbs another program that is using the camera.
"""

import errno
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import CameraTrouble

Ask = Callable[[int, int, bytes], bytes]
"""``ioctl`` of an open device: descriptor, request, structure in; structure out. Raises OSError."""

Size = tuple[int, int]

_QUERYCAP: Final = 0x80685600
_ENUM_FMT: Final = 0xC0405602
_REQBUFS: Final = 0xC0145608
_ENUM_FRAMESIZES: Final = 0xC02C564A
_CAPTURE: Final = 0x0000_0001
_DEVICE_CAPS: Final = 0x8000_0000
_TYPE_CAPTURE: Final = 1
_MEMORY_MMAP: Final = 1
_DISCRETE: Final = 1
_MOST_ANSWERS: Final = 64
_TROUBLES: Final = {
    errno.EACCES: CameraTrouble.PERMISSION,
    errno.EPERM: CameraTrouble.PERMISSION,
    errno.EBUSY: CameraTrouble.IN_USE,
    errno.ENOENT: CameraTrouble.NO_SUCH_DEVICE,
    errno.ENOTDIR: CameraTrouble.NO_SUCH_DEVICE,
    errno.ENODEV: CameraTrouble.UNPLUGGED,
    errno.ENXIO: CameraTrouble.UNPLUGGED,
    errno.EIO: CameraTrouble.UNPLUGGED,
}


@dataclass(frozen=True, slots=True)
class KernelCamera:
    """One look at a device file.

    Attributes:
        trouble: why it cannot be used now, None where it can.
        card: the camera's own name; empty where it could not be asked.
        sizes: (width, height) in pixels, the smallest first; empty where not known.
    """

    trouble: CameraTrouble | None
    card: str = ""
    sizes: tuple[Size, ...] = ()


def trouble_of(error: OSError) -> CameraTrouble:
    """What the kernel's refusal means to a person."""
    return _TROUBLES.get(error.errno or 0, CameraTrouble.NOT_A_CAMERA)


def system_ask(descriptor: int, request: int, structure: bytes) -> bytes:
    """Ask the running kernel."""
    import fcntl  # noqa: PLC0415 - not on Windows

    return fcntl.ioctl(descriptor, request, structure)


def look_at(device: Path, ask: Ask = system_ask) -> KernelCamera:
    """Open a device file, ask it, and let go of it."""
    try:
        descriptor = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        return KernelCamera(trouble_of(error))
    try:
        return _asked(descriptor, ask)
    finally:
        os.close(descriptor)


def _asked(descriptor: int, ask: Ask) -> KernelCamera:
    try:
        answer = ask(descriptor, _QUERYCAP, bytes(104))
    except OSError as error:
        # Any other file answers with ENOTTY.
        return KernelCamera(trouble_of(error))
    card = answer[16:48].partition(b"\0")[0].decode("utf-8", "replace")
    of_all, of_this = struct.unpack_from("=II", answer, 84)
    if not (of_this if of_all & _DEVICE_CAPS else of_all) & _CAPTURE:
        return KernelCamera(CameraTrouble.NOT_A_CAMERA, card)
    sizes = tuple(sorted({size for form in _formats(descriptor, ask) for size in _sizes(descriptor, form, ask)}))
    return KernelCamera(_held(descriptor, ask), card, sizes)


def _held(descriptor: int, ask: Ask) -> CameraTrouble | None:
    """Whether another program holds the camera: anybody may open it, but only one may ask for buffers."""
    try:
        ask(descriptor, _REQBUFS, struct.pack("=IIIII", 1, _TYPE_CAPTURE, _MEMORY_MMAP, 0, 0))
        ask(descriptor, _REQBUFS, struct.pack("=IIIII", 0, _TYPE_CAPTURE, _MEMORY_MMAP, 0, 0))
    except OSError as error:
        trouble = trouble_of(error)
        # A driver without this kind of buffer is none of our business here.
        return None if trouble is CameraTrouble.NOT_A_CAMERA else trouble
    return None


def _formats(descriptor: int, ask: Ask) -> Iterator[int]:
    for index in range(_MOST_ANSWERS):
        question = struct.pack("=II56x", index, _TYPE_CAPTURE)
        answer = _answer(descriptor, _ENUM_FMT, question, ask)
        if answer is None:
            return
        yield struct.unpack_from("=I", answer, 44)[0]


def _sizes(descriptor: int, form: int, ask: Ask) -> Iterator[Size]:
    """Each size of a format; of a camera with any size in a range, the largest."""
    for index in range(_MOST_ANSWERS):
        answer = _answer(descriptor, _ENUM_FRAMESIZES, struct.pack("=II36x", index, form), ask)
        if answer is None:
            return
        kind = struct.unpack_from("=I", answer, 8)[0]
        if kind != _DISCRETE:
            _, width, _, _, height, _ = struct.unpack_from("=6I", answer, 12)
            yield width, height
            return
        width, height = struct.unpack_from("=II", answer, 12)
        yield width, height


def _answer(descriptor: int, request: int, question: bytes, ask: Ask) -> bytes | None:
    """None after the last answer, which the kernel tells by an error."""
    try:
        return ask(descriptor, request, question)
    except OSError:
        return None
