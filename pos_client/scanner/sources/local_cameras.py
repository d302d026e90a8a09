"""The cameras of this machine: their numbers, names and files, and whether each can be used now.

Apart from the source that reads one, so that a person can choose before anything is opened for long. Linux is asked by
its own files; elsewhere OpenCV has to try one number after the other.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.sources.kernel_camera import Ask, KernelCamera, Size, look_at, system_ask

IS_LINUX: Final = sys.platform.startswith("linux")
_NODE: Final = re.compile(r"video(\d+)")
_NUMBERS_TRIED: Final = 6


@dataclass(frozen=True, slots=True)
class LocalCamera:
    """One camera.

    Attributes:
        index: its number, which may change when it is plugged in anew.
        name: its own name.
        path: its device file; None where the system has none.
        lasting_path: a device file that stays the same across plugging and restarts, where there is one.
        trouble: why it cannot be used now, None where it can.
        sizes: (width, height) that it can give; empty where not known.
    """

    index: int
    name: str
    path: Path | None
    lasting_path: Path | None
    trouble: CameraTrouble | None
    sizes: tuple[Size, ...]


@dataclass(frozen=True, slots=True)
class DeviceTree:
    """Where Linux keeps its cameras; elsewhere than usual in a container.

    Attributes:
        devices: folder of the device files. classes: folder of what is known of each. ask: the kernel.
    """

    devices: Path = Path("/dev")
    classes: Path = Path("/sys/class/video4linux")
    ask: Ask = system_ask

    def cameras(self) -> list[LocalCamera]:
        """All that give pictures; a camera's second file, for facts about its pictures, is left out."""
        found = [self._camera(index) for index in self._numbers()]
        return [camera for camera in found if camera is not None]

    def node(self, index: int) -> Path:
        """The device file of a number."""
        return self.devices / f"video{index}"

    def look(self, device: Path) -> KernelCamera:
        """Ask one device file."""
        return look_at(device, self.ask)

    def find(self, device: int | str) -> Path:
        """The device file that a setting means: a number, a path, or a camera's name or part of it.

        Raises:
            CameraUnavailable: it is not there, or this machine has no camera at all; or it may not be used.
        """
        path = self._named(device) if isinstance(device, str) and not device.startswith("/") else None
        path = path or (self.node(device) if isinstance(device, int) else Path(device))
        if not path.exists():
            is_none = device == 0 and not self._numbers()
            trouble = CameraTrouble.NO_CAMERA if is_none else CameraTrouble.NO_SUCH_DEVICE
            raise CameraUnavailable(f"camera:{device} is not there", trouble)
        if not os.access(path, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise CameraUnavailable(f"camera:{device} may not be used", CameraTrouble.PERMISSION)
        return path

    def _named(self, name: str) -> Path | None:
        wanted = name.casefold()
        cameras = self.cameras()
        whole = [camera.path for camera in cameras if camera.name.casefold() == wanted]
        part = [camera.path for camera in cameras if wanted in camera.name.casefold()]
        return next(iter(whole + part), None)

    def _numbers(self) -> list[int]:
        names = [entry.name for folder in (self.classes, self.devices) for entry in _entries(folder)]
        return sorted({int(match[1]) for match in map(_NODE.fullmatch, names) if match})

    def _camera(self, index: int) -> LocalCamera | None:
        known = self.classes / f"video{index}"
        node = self.node(index)
        seen = self.look(node)
        if seen.trouble is CameraTrouble.NOT_A_CAMERA or (not seen.card and _text(known / "index") not in {"", "0"}):
            return None
        name = seen.card or _text(known / "name") or node.name
        return LocalCamera(index, name, node, self._lasting(node), seen.trouble, seen.sizes)

    def _lasting(self, node: Path) -> Path | None:
        links = _entries(self.devices / "v4l" / "by-id")
        return next((link for link in links if link.resolve() == node.resolve()), None)


def local_cameras(tree: DeviceTree | None = None) -> list[LocalCamera]:
    """The cameras of this machine, by their numbers."""
    if tree is not None or IS_LINUX:
        return (tree or DeviceTree()).cameras()
    return list(_tried())


def _tried() -> Iterator[LocalCamera]:
    """Where only OpenCV knows: numbers that open, each with the size that it has at first."""
    import cv2  # noqa: PLC0415 - only here, and slow to load

    from pos_client.scanner.sources.capture import open_capture  # noqa: PLC0415

    for index in range(_NUMBERS_TRIED):
        capture = open_capture(index)
        if capture is None:
            continue
        size = (int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)))
        capture.release()
        yield LocalCamera(index, f"camera {index}", None, None, None, (size,))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
