"""A machine's cameras as Linux tells them: device files with real permissions, and a kernel's answers in its bytes."""

import errno
import os
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.sources.camera import CameraSource
from pos_client.scanner.sources.kernel_camera import KernelCamera, look_at, trouble_of
from pos_client.scanner.sources.local_cameras import DeviceTree, LocalCamera, local_cameras

QUERYCAP, ENUM_FMT, REQBUFS, ENUM_FRAMESIZES = 0x80685600, 0xC0405602, 0xC0145608, 0xC02C564A
CAPTURE, META, DEVICE_CAPS = 0x1, 0x0080_0000, 0x8000_0000
MJPG = 0x47504A4D

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own files")


class Kernel:
    """Answers as Linux does, in the structures of its header; a device file's name says which camera it is."""

    def __init__(self, cards: Mapping[str, str], busy: str = "", meta: str = "", any_size: bool = False) -> None:
        self.cards, self.busy, self.meta, self.any_size = cards, busy, meta, any_size

    def __call__(self, descriptor: int, request: int, structure: bytes) -> bytes:
        name = Path(f"/proc/self/fd/{descriptor}").readlink().name
        if name not in self.cards:
            raise OSError(errno.ENOTTY, "Inappropriate ioctl for device")
        answers: dict[int, Callable[[], bytes]] = {
            QUERYCAP: lambda: self.capabilities(name),
            ENUM_FMT: lambda: self.format(structure),
            ENUM_FRAMESIZES: lambda: self.size(structure),
            REQBUFS: lambda: self.buffers(name, structure),
        }
        return answers[request]()

    def capabilities(self, name: str) -> bytes:
        kind = META if name == self.meta else CAPTURE
        card = self.cards[name].encode().ljust(32, b"\0")
        return struct.pack("=16s32s32sIII12x", b"uvcvideo", card, b"usb-1", 0x060100, CAPTURE | DEVICE_CAPS, kind)

    def format(self, structure: bytes) -> bytes:
        if struct.unpack_from("=I", structure)[0] > 0:
            raise OSError(errno.EINVAL, "no more")
        return struct.pack("=III32sI16x", 0, 1, 0, b"Motion-JPEG", MJPG)

    def size(self, structure: bytes) -> bytes:
        index, form = struct.unpack_from("=II", structure)
        sizes = [(1280, 720), (640, 480)]
        if index >= len(sizes):
            raise OSError(errno.EINVAL, "no more")
        assert form == MJPG
        if self.any_size:
            return struct.pack("=III6I8x", index, form, 3, 160, 1920, 8, 120, 1080, 8)
        return struct.pack("=IIIII24x", index, form, 1, *sizes[index])

    def buffers(self, name: str, structure: bytes) -> bytes:
        if name == self.busy:
            raise OSError(errno.EBUSY, "Device or resource busy")
        return structure


def tree(root: Path, names: Mapping[str, str], kernel: Kernel | None = None) -> DeviceTree:
    """A /dev and a /sys/class/video4linux of these cameras."""
    devices, classes = root / "dev", root / "video4linux"
    (devices / "v4l" / "by-id").mkdir(parents=True)
    classes.mkdir()
    for node, name in names.items():
        (devices / node).touch()
        (classes / node).mkdir()
        (classes / node / "name").write_text(f"{name}\n")
        (classes / node / "index").write_text("0\n")
    return DeviceTree(devices, classes, kernel or Kernel(names))


def as_nobody(work: Callable[[], bool]) -> int:
    """Do something in a child that may do only what its owner may; 0 where it said True."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            if os.geteuid() == 0:
                os.setegid(65_534)
                os.seteuid(65_534)
            code = 0 if work() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_no_camera_at_all(tmp_path: Path) -> None:
    assert local_cameras(DeviceTree(tmp_path / "dev", tmp_path / "nowhere")) == []
    assert local_cameras(tree(tmp_path, {})) == []


def test_cameras_are_told_by_number_name_file_and_sizes(tmp_path: Path) -> None:
    names = {"video10": "HD Webcam C270", "video2": "Document camera"}
    made = tree(tmp_path, names)
    lasting = made.devices / "v4l" / "by-id" / "usb-046d_HD_Webcam_C270-video-index0"
    lasting.symlink_to(made.devices / "video10")
    sizes = ((640, 480), (1280, 720))
    assert local_cameras(made) == [
        LocalCamera(2, "Document camera", made.devices / "video2", None, None, sizes),
        LocalCamera(10, "HD Webcam C270", made.devices / "video10", lasting, None, sizes),
    ]


def test_a_camera_s_second_file_is_no_camera(tmp_path: Path) -> None:
    names = {"video0": "Webcam", "video1": "Webcam"}
    assert [camera.index for camera in local_cameras(tree(tmp_path, names, Kernel(names, meta="video1")))] == [0]


def test_of_a_camera_with_any_size_the_largest_is_told(tmp_path: Path) -> None:
    names = {"video0": "Webcam"}
    assert local_cameras(tree(tmp_path, names, Kernel(names, any_size=True)))[0].sizes == ((1920, 1080),)


def test_another_program_that_holds_it_is_named(tmp_path: Path) -> None:
    names = {"video0": "Webcam"}
    assert local_cameras(tree(tmp_path, names, Kernel(names, busy="video0")))[0].trouble is CameraTrouble.IN_USE


def test_a_file_that_is_no_device_is_no_camera(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"a film")
    assert look_at(tmp_path / "video0") == KernelCamera(CameraTrouble.NOT_A_CAMERA)
    assert look_at(tmp_path / "video1") == KernelCamera(CameraTrouble.NO_SUCH_DEVICE)


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.EACCES, CameraTrouble.PERMISSION),
        (errno.EPERM, CameraTrouble.PERMISSION),
        (errno.EBUSY, CameraTrouble.IN_USE),
        (errno.ENODEV, CameraTrouble.UNPLUGGED),
        (errno.ENXIO, CameraTrouble.UNPLUGGED),
        (errno.ENOENT, CameraTrouble.NO_SUCH_DEVICE),
        (errno.ENOTTY, CameraTrouble.NOT_A_CAMERA),
    ],
)
def test_each_refusal_of_the_kernel_has_its_meaning(number: int, trouble: CameraTrouble) -> None:
    assert trouble_of(OSError(number, os.strerror(number))) is trouble


def test_a_camera_that_this_user_may_not_open_is_listed_and_named(tmp_path: Path) -> None:
    names = {"video0": "Webcam", "video1": "Webcam"}
    made = tree(tmp_path, names)
    (made.classes / "video1" / "index").write_text("1\n")
    for folder in (tmp_path, *tmp_path.parents):
        # Pytest's own folders are for its user alone, and how many there are depends on how it runs.
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("test_", "popen-", "pytest-")):
            folder.chmod(0o755)
    for node in names:
        (made.devices / node).chmod(0)

    def is_told() -> bool:
        (only,) = local_cameras(made)
        return (only.name, only.trouble) == ("Webcam", CameraTrouble.PERMISSION)

    def is_refused() -> bool:
        try:
            CameraSource(0, tree=made).open()
        except CameraUnavailable as refused:
            return refused.trouble is CameraTrouble.PERMISSION
        return False

    assert as_nobody(is_told) == 0
    assert as_nobody(is_refused) == 0


@pytest.mark.parametrize(
    ("device", "node"),
    [(3, "video3"), ("HD Webcam C270", "video3"), ("webcam", "video3"), ("Document", "video0")],
)
def test_a_setting_finds_its_device(tmp_path: Path, device: int | str, node: str) -> None:
    made = tree(tmp_path, {"video0": "Document camera", "video3": "HD Webcam C270"})
    assert made.find(device) == made.devices / node


@pytest.mark.parametrize(
    ("device", "names", "trouble"),
    [
        (0, {}, CameraTrouble.NO_CAMERA),
        (1, {}, CameraTrouble.NO_SUCH_DEVICE),
        (0, {"video2": "Webcam"}, CameraTrouble.NO_SUCH_DEVICE),
        ("Scanner eye", {"video2": "Webcam"}, CameraTrouble.NO_SUCH_DEVICE),
        ("/dev/nowhere", {}, CameraTrouble.NO_SUCH_DEVICE),
    ],
)
def test_what_is_not_there_is_told_apart(
    tmp_path: Path, device: int | str, names: dict[str, str], trouble: CameraTrouble
) -> None:
    with pytest.raises(CameraUnavailable) as missing:
        CameraSource(device, tree=tree(tmp_path, names)).open()
    assert missing.value.trouble is trouble
