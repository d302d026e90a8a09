"""What a person may set at one station: ``station.toml``, typed and frozen, with every default in one place.

Apart from the enrolment, which the centre decides. Only ``bootstrap`` and the settings window read this; everybody else
is handed values.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pos_client.domain.errors import SettingsInvalid


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


_SOURCE: Final = r"^((camera|fifo|file|folder):.+|(rtsp|rtsps|http|https)://.+|none)$"


class CameraSettings(_Section):
    """The camera.

    Attributes:
        source: ``camera:N``, ``camera:NAME``, ``rtsp://…``, ``http://…``, ``fifo:PATH``, ``file:VIDEO``, ``folder:DIR``
            or ``none``. A network camera's password is kept with ``pos-client cameras --password`` and not here.
        width, height: asked of a camera, in pixels. fps: pictures a second, likewise. It gives the nearest it has.
        symbologies: names such as ``QRCode``; empty for what a counter's camera looks for by default.
        mirrored: the picture is shown as in a mirror; decoding is not affected.
        rotation: degrees clockwise by which the picture is turned upright: 0, 90, 180 or 270.
        crop: left, top, right and bottom of the part that counts, in percent of the upright picture.
    """

    source: Annotated[str, Field(pattern=_SOURCE)] = "camera:0"
    width: Annotated[int, Field(ge=160, le=7_680)] = 1280
    height: Annotated[int, Field(ge=120, le=4_320)] = 720
    fps: Annotated[int, Field(ge=1, le=240)] = 30
    symbologies: list[str] = []
    mirrored: bool = False
    rotation: Literal[0, 90, 180, 270] = 0
    crop: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(min_length=4, max_length=4)] = [0, 0, 100, 100]

    @field_validator("crop")
    @classmethod
    def _crop_holds_something(cls, crop: list[int]) -> list[int]:
        left, top, right, bottom = crop
        if left >= right or top >= bottom:
            raise ValueError("left is less than right, and top less than bottom")
        return crop


# F1 to F3 and F6 to F8 are the window's own. STX is heard at any rate: no person types it.
WEDGE_PREFIX: Final = r"^(|STX|F(4|5|9|1\d|2[0-4]))$"


class WedgeSettings(_Section):
    """The keyboard-wedge gun; times in milliseconds.

    Attributes:
        prefix: name of the key that begins a scan, for example ``F9``; empty to tell scans by their speed.
        min_length: shortest burst. max_gap_ms, median_gap_ms: between its keys.
        silence_ms: what ends a burst that has no Enter.
    """

    prefix: Annotated[str, Field(pattern=WEDGE_PREFIX)] = ""
    min_length: Annotated[int, Field(ge=4, le=40)] = 6
    max_gap_ms: Annotated[int, Field(ge=20, le=500)] = 80
    median_gap_ms: Annotated[int, Field(ge=5, le=200)] = 35
    silence_ms: Annotated[int, Field(ge=50, le=1_000)] = 100


class SerialGunSettings(_Section):
    """The gun on a serial line.

    Attributes:
        port: ``/dev/ttyACM0``, ``COM3``, ``usb:VVVV:PPPP`` (or ``:SERIAL`` after it), ``socket://HOST:PORT``; empty for
            none. baud: bits a second, of no meaning to USB and sockets; always 8N1.
        suffix: what ends a scan; ENTER is CR, LF or both, NONE a silence. prefix: what stands before it.
        encoding: of the text, strictly.
    """

    port: Annotated[str, Field(max_length=200)] = ""
    baud: Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200] = 9600
    suffix: Literal["ENTER", "CR", "LF", "CRLF", "TAB", "ETX", "NONE"] = "ENTER"
    prefix: Annotated[str, Field(max_length=8)] = ""
    encoding: Literal["UTF-8", "GB18030"] = "UTF-8"


class ScreenSettings(_Section):
    """The window.

    Attributes:
        language: of the clerk's window.
        text_scale: 1.0 is the normal size.
        theme: light or dark.
    """

    language: Literal["zh", "en"] = "zh"
    text_scale: Annotated[float, Field(ge=0.8, le=2.0, strict=False)] = 1.0
    theme: Literal["light", "dark"] = "light"


class SoundSettings(_Section):
    """Sounds; ``volume`` from 0 (silent) to 1."""

    volume: Annotated[float, Field(ge=0.0, le=1.0, strict=False)] = 0.8


class StationSettings(_Section):
    """Who stands here: the promoter whose sales count, and the campaign they belong to (0 for none).

    Attributes:
        bind_link: what the code for new members begins with, so that a phone opens it; empty for its digits alone.
    """

    promoter: Annotated[str, Field(max_length=40)] = ""
    campaign: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0
    bind_link: Annotated[str, Field(pattern=r"^(|https?://[!-~]{1,120})$")] = ""


class SyncSettings(_Section):
    """Seconds between two deliveries, fetches and heartbeats; None to go by the centre's policy."""

    push_s: Annotated[float, Field(ge=1, le=86_400, strict=False)] | None = None
    pull_s: Annotated[float, Field(ge=1, le=86_400, strict=False)] | None = None
    heartbeat_s: Annotated[float, Field(ge=1, le=86_400, strict=False)] | None = None


class BridgeSettings(_Section):
    """The host till's way in: beside the window only where ``enabled``; ``port`` is on 127.0.0.1 alone."""

    enabled: bool = False
    port: Annotated[int, Field(ge=1, le=65_535)] = 8377


class KioskSettings(_Section):
    """A customer's own machine, and the calls that reach the clerks.

    Attributes:
        px_per_mm: of the panel; 0 to believe what it says of itself.
        bottom_mm: of the picture's lower edge above the floor.
        reader: where the reader sits, as the customer sees it.
        elsewhere: the nearest place that works, for example "12号柜台"; empty for "the counter".
        calls: folder that kiosks and counters of one store share; empty where they share none.
    """

    px_per_mm: Annotated[float, Field(ge=0, le=40, strict=False)] = 0.0
    bottom_mm: Annotated[int, Field(ge=200, le=1_600)] = 900
    reader: Literal["below", "left", "right"] = "below"
    elsewhere: Annotated[str, Field(max_length=40)] = ""
    calls: Annotated[str, Field(max_length=400)] = ""


_PRINTER: Final = r"^(|socket://.+:\d{1,5}|serial:.+|usb:[0-9a-fA-F]{4}:[0-9a-fA-F]{4}|file:.+)$"


class PrinterSettings(_Section):
    """The receipt printer.

    Attributes:
        to: ``socket://HOST:9100``, ``serial:PORT``, ``usb:VVVV:PPPP``, ``file:FOLDER`` (a .bin and a .pdf of each
            receipt), or empty for none. baud: of a serial line.
        encoding: of its text. ``RASTER`` sends pictures, for printers without Chinese characters.
        paper_mm: width of the roll. qr: drawn by the printer, or sent as a picture.
        cut: whether it has a cutter. asks: whether it is asked for paper and cover; some never answer.
        each: a receipt after each deed by itself, not only with F9.
        language: of receipts; empty for the window's.
        wait_s: at most for one receipt.
    """

    to: Annotated[str, Field(max_length=300, pattern=_PRINTER)] = ""
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600
    encoding: Literal["GBK", "GB18030", "UTF-8", "RASTER"] = "GBK"
    paper_mm: Literal[58, 80] = 80
    qr: Literal["native", "picture"] = "native"
    cut: bool = True
    asks: bool = True
    each: bool = False
    language: Literal["", "zh", "en"] = ""
    wait_s: Annotated[float, Field(ge=1, le=120, strict=False)] = 10.0


class Settings(_Section):
    """All of it."""

    camera: CameraSettings = CameraSettings()
    wedge: WedgeSettings = WedgeSettings()
    serial_gun: SerialGunSettings = SerialGunSettings()
    screen: ScreenSettings = ScreenSettings()
    sound: SoundSettings = SoundSettings()
    station: StationSettings = StationSettings()
    sync: SyncSettings = SyncSettings()
    bridge: BridgeSettings = BridgeSettings()
    kiosk: KioskSettings = KioskSettings()
    printer: PrinterSettings = PrinterSettings()


def load(path: Path) -> Settings:
    """The settings of a home; all defaults where the file is absent.

    Raises:
        SettingsInvalid: not TOML, an unknown key, or a value out of range; ``detail`` names each place.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsInvalid(f"{path.name}: {error.strerror}", path=str(path)) from error
    except ValueError as error:
        raise SettingsInvalid(f"{path.name}: {error}", path=str(path)) from error
    return parse(document, str(path))


def parse(document: Mapping[str, Any], path: str = "") -> Settings:
    """Settings from a parsed document.

    Raises:
        SettingsInvalid: an unknown key, or a value out of range.
    """
    try:
        return Settings.model_validate(document)
    except ValidationError as error:
        places = [
            f"{'.'.join(str(part) for part in fault['loc'])}: {_said(fault['type'], fault['msg'])}"
            for fault in error.errors()
        ]
        raise SettingsInvalid("; ".join(places), path=path) from error


def _said(kind: str, message: str) -> str:
    return "unknown key" if kind == "extra_forbidden" else message
