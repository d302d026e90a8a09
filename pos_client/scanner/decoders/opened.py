"""The decoders this machine has, and the names of those it lacks.

Apart so that one absent C library costs its own readings only, and visibly so.
"""

import importlib
from dataclasses import dataclass
from functools import cache
from threading import Lock

from pos_client.domain.errors import DecoderMissing
from pos_client.scanner.decoders.fitted_decoder import FittedDecoder
from pos_client.scanner.decoders.port import Decoder

_WHERE = {
    "zxing": ("pos_client.scanner.decoders.zxing_decoder", "ZxingDecoder"),
    "pyzbar": ("pos_client.scanner.decoders.pyzbar_decoder", "PyzbarDecoder"),
}
_LOADING = Lock()


@dataclass(frozen=True, slots=True)
class Decoders:
    """What can be asked.

    Attributes:
        opened: by name.
        missing: names of libraries that could not be loaded here, to be shown to whoever sets the counter up.
    """

    opened: dict[str, Decoder]
    missing: tuple[str, ...]


def open_decoders() -> Decoders:
    """Load what there is; the libraries are loaded once for the whole program.

    Raises:
        DecoderMissing: none can be loaded.
    """
    with _LOADING:
        return _opened()


@cache
def _opened() -> Decoders:
    opened: dict[str, Decoder] = {}
    missing: list[str] = []
    for name, (module, kind) in _WHERE.items():
        try:
            opened[name] = getattr(importlib.import_module(module), kind)()
        except (ImportError, OSError):  # OSError: the shared library is there and cannot be loaded
            missing.append(name)
    if not opened:
        raise DecoderMissing("no decoder library can be loaded", missing=", ".join(missing))
    fitted = FittedDecoder()  # ours, and no library's stead: it reads two kinds of codes
    return Decoders(opened | {fitted.name: fitted}, tuple(missing))
