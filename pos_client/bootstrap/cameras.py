"""The station's camera: what there is to choose from, what was chosen, what it gives; for ``cameras`` and ``doctor``.

Needs no enrolment: a camera is mounted before the lane is.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.config import enrolment, settings, station_file
from pos_client.config.credentials import Credentials
from pos_client.config.paths import Home, find_home
from pos_client.config.secret_store import open_secrets
from pos_client.config.settings import CameraSettings
from pos_client.domain.errors import CameraTrouble, CameraUnavailable, PictureUnreadable, PosError
from pos_client.scanner.sources import SourceWishes, open_source, shown_source
from pos_client.scanner.sources.camera_address import CameraAddress, is_address
from pos_client.scanner.sources.local_cameras import LocalCamera, local_cameras
from pos_client.scanner.sources.port import FrameSource
from pos_client.scanner.sources.trial import Trial, try_source
from pos_client.storage.lock import WINDOW

from .lane import writer_of
from .wording_of import wording

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class CamerasFound:
    """What ``cameras`` tells.

    Attributes:
        cameras: of this machine.
        chosen: the station's source as it may be shown.
        wished: (width, height, fps) that it is asked for.
        given: what it gave just now, None where it gave nothing.
        fault: why it gave nothing, None also where no camera is wanted.
        open_password: whether the password of a network camera stands in ``station.toml``.
        in_window: it was not tried, because the window is open and uses it.
    """

    cameras: list[LocalCamera]
    chosen: str
    wished: tuple[int, int, int]
    given: Trial | None
    fault: PosError | None
    open_password: bool
    in_window: bool = False

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        width, height, fps = self.wished
        return {
            "cameras": [self._camera(camera) for camera in self.cameras],
            "chosen": {
                "source": self.chosen,
                "works": self.given is not None,
                "in_window": self.in_window,
                "wished": {"width": width, "height": height, "fps": fps},
                "given": None if self.given is None else _trial(self.given),
                **_told(self.fault),
            },
        }

    def source_of(self, camera: LocalCamera) -> str:
        """The setting that means a camera, and still does after it was plugged in anew."""
        names = Counter(known.name for known in self.cameras)
        if names[camera.name] == 1 and not camera.name.isdecimal() and camera.path is not None:
            return f"camera:{camera.name}"
        return f"camera:{camera.lasting_path or camera.index}"

    def _camera(self, camera: LocalCamera) -> dict[str, Any]:
        return {
            "index": camera.index,
            "name": camera.name,
            "path": None if camera.path is None else str(camera.path),
            "source": self.source_of(camera),
            "can_open": camera.trouble is None,
            "sizes": [list(size) for size in camera.sizes],
            **_told(None if camera.trouble is None else CameraUnavailable(trouble=camera.trouble)),
        }


def cameras(given: Path | None) -> CamerasFound:
    """The cameras of this machine, and the station's own one tried for a second where no window is open on it.

    Raises:
        SettingsInvalid: ``station.toml`` is wrong. UsageError: its address is.
        StorageUnavailable: the network camera's password cannot be had.
    """
    home = find_home(given)
    chosen = settings.load(home.settings).camera
    in_window = home.lane_lock.exists() and writer_of(home) == WINDOW
    trial, fault = (None, None) if in_window else _tried(station_source(home, chosen))
    return CamerasFound(
        cameras=local_cameras(),
        chosen=shown_source(chosen.source),
        wished=(chosen.width, chosen.height, chosen.fps),
        given=trial,
        fault=fault,
        open_password=has_open_password(chosen.source),
        in_window=in_window,
    )


def use_source(given: Path | None, spec: str) -> str:
    """Make a source the station's own; a password in its address goes into the secret store. Returns it as shown.

    Raises:
        UsageError: no such kind of source. SettingsInvalid, StorageUnavailable, DiskFull: the old setting stays.
    """
    home = find_home(given)
    open_source(spec)
    home.create()
    if has_open_password(spec):
        address = CameraAddress.parse(spec.removeprefix("camera:"))
        _secrets(home).keep_camera_password(address.password)
        spec = address.without_password
    station_file.set_values(home.settings, "camera", {"source": spec})
    return shown_source(spec)


def keep_camera_password(given: Path | None, password: str) -> None:
    """Keep the network camera's password where the lane's own secrets are. Raises StorageUnavailable."""
    home = find_home(given)
    home.create()
    _secrets(home).keep_camera_password(password)


def has_open_password(spec: str) -> bool:
    """Whether an address carries its password for all to read."""
    url = spec.removeprefix("camera:")
    return is_address(url) and bool(CameraAddress.parse(url).password)


def station_source(home: Home, camera: CameraSettings, spec: str | None = None) -> FrameSource:
    """The source that was asked for, else the station's own, with the station's wishes and the kept password.

    Raises:
        UsageError: no such kind of source. StorageUnavailable: the keyring is silent.
    """
    spec = spec or camera.source
    url = spec.removeprefix("camera:")
    password = ""
    if is_address(url) and CameraAddress.parse(url).wants_password:
        password = _secrets(home).camera_password()
    return open_source(spec, SourceWishes(camera.width, camera.height, camera.fps, password))


def _secrets(home: Home) -> Credentials:
    kept_in = enrolment.read(home.enrolment).secrets_in if home.enrolment.exists() else ""
    return Credentials(open_secrets(home, kept_in))


def _tried(source: FrameSource) -> tuple[Trial | None, PosError | None]:
    if source.name == NONE:
        return None, None
    try:
        return try_source(source), None
    except (CameraUnavailable, PictureUnreadable) as fault:
        return None, fault


def is_calm(fault: PosError | None) -> bool:
    """Whether there is simply no camera, as at a counter with a gun alone."""
    return fault is None or (isinstance(fault, CameraUnavailable) and fault.trouble is CameraTrouble.NO_CAMERA)


def _told(fault: PosError | None) -> dict[str, Any]:
    if fault is None:
        return {"trouble": None}
    line, step = wording().of_fault(fault)
    return {"trouble": fault.facts["why"], "sentence": line.as_json(), "next_step": step.as_json()}


def _trial(given: Trial) -> dict[str, int]:
    return {"width": given.width, "height": given.height, "fps": given.fps}
