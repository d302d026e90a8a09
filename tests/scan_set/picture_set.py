"""Scan-set 1: a thousand and more pictures of codes in trouble, each made from its name alone.

Apart from how pictures are made. A name never changes its picture within a version: whatever alters a picture, alters
``VERSION``, and with it every seed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from zlib import crc32

import cv2
import numpy as np

from pos_client.scanner.frame import Pixels
from pos_client.scanner.symbology import Symbology
from tests.scan_set import kinds_camera, kinds_paper, kinds_phone
from tests.scan_set.codes import DRAWABLE, CleanCode, random_code
from tests.scan_set.kinds_empty import BACKDROPS, Backdrop, empty
from tests.scan_set.scenes import Scene
from tests.scan_set.surface import Rng

VERSION = 1
LEVELS = (1, 2, 3)

S = Symbology
_ON_PHONES = (
    S.QR_CODE,
    S.QR_CODE,
    S.QR_CODE,
    S.CODE128,
    S.EAN13,
    S.QR_CODE,
    S.DATA_MATRIX,
    S.QR_CODE,
    S.AZTEC,
    S.PDF417,
)
_ON_PAPER = (S.EAN13, S.QR_CODE, S.CODE128, S.UPCA, S.QR_CODE, S.EAN13, S.CODE39, S.DATA_MATRIX, S.DATABAR, S.EAN8)
_BOTH = (S.QR_CODE, S.EAN13, S.QR_CODE, S.CODE128, S.DATA_MATRIX, S.EAN13, S.QR_CODE, S.UPCA, S.PDF417, S.ITF)
_LINEAR = (S.EAN13, S.CODE128, S.UPCA, S.CODE39, S.EAN8, S.ITF)

Build = Callable[[Rng, CleanCode, int], Scene]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trouble.

    Attributes:
        name: also the folder.
        each: pictures of each level.
        symbologies: taken in turn; empty where there is no code.
        build: makes a scene of a code.
        backdrop: makes a scene without one.
    """

    name: str
    each: int
    symbologies: tuple[Symbology, ...]
    build: Build | None = None
    backdrop: Backdrop | None = None


@dataclass(frozen=True, slots=True)
class SetPicture:
    """One picture of the set, not made yet.

    Attributes:
        kind: of trouble.
        level: 1 easy, 2 hard, 3 read by luck.
        number: within kind and level, from 0.
    """

    kind: Kind
    level: int
    number: int

    @property
    def name(self) -> str:
        """Unique in the set, such as ``phone-glare-2-007``."""
        return f"{self.kind.name}-{self.level}-{self.number:03}"

    @property
    def seed(self) -> int:
        """Of everything that is left to chance."""
        return crc32(f"scan-set/{VERSION}/{self.name}".encode())

    @property
    def symbology(self) -> Symbology | None:
        """Of the code; none where there is no code."""
        kinds = self.kind.symbologies
        return kinds[self.number % len(kinds)] if kinds else None

    def code(self) -> CleanCode | None:
        """The clean drawing that the picture starts from."""
        return None if self.symbology is None else random_code(self.symbology, self.seed)

    @property
    def expected(self) -> str | None:
        """The text to be read; none where nothing may be read."""
        code = self.code()
        return None if code is None else code.text

    def jpeg(self) -> bytes:
        """Take the picture: a colour JPEG."""
        rng = np.random.default_rng(self.seed)
        code = self.code()
        if code is not None and self.kind.build is not None:
            return self.kind.build(rng, code, self.level).taken(rng)
        assert self.kind.backdrop is not None
        return empty(rng, self.kind.backdrop, self.level).taken(rng)

    def bgr(self) -> Pixels:
        """Take the picture: (height, width, 3) pixels, blue first."""
        return np.asarray(cv2.imdecode(np.frombuffer(self.jpeg(), np.uint8), cv2.IMREAD_COLOR), np.uint8)

    def grey(self) -> Pixels:
        """Take the picture: (height, width) pixels."""
        return np.asarray(cv2.cvtColor(self.bgr(), cv2.COLOR_BGR2GRAY), np.uint8)


_phone = partial(Kind, each=12, symbologies=_ON_PHONES)
_paper = partial(Kind, each=12, symbologies=_ON_PAPER)
_camera = partial(Kind, each=12, symbologies=_BOTH)

KINDS: tuple[Kind, ...] = (
    _phone("phone-plain", build=kinds_phone.plain),
    _phone("phone-glare", build=kinds_phone.glared),
    _phone("phone-moire", build=kinds_phone.moire),
    _phone("phone-dim", build=kinds_phone.dim),
    _phone("phone-cracked", build=kinds_phone.broken),
    _phone("phone-dark-mode", build=kinds_phone.dark_mode),
    _phone("phone-notch", build=kinds_phone.notched),
    _phone("phone-night", build=kinds_phone.night),
    _phone("phone-banded", build=kinds_phone.banded),
    _phone("phone-smudged", build=kinds_phone.fingered),
    _phone("phone-at-once", build=kinds_phone.at_once),
    Kind("paper-every-kind", 36, DRAWABLE, kinds_paper.plain),
    _paper("paper-curved", build=kinds_paper.curved),
    _paper("paper-crumpled", build=kinds_paper.creased),
    _paper("paper-shadow", build=kinds_paper.shadowed),
    _paper("paper-faded", build=kinds_paper.bleached),
    _paper("paper-speckled", build=kinds_paper.speckly),
    _paper("paper-torn", build=kinds_paper.ripped),
    Kind("defocus-ean13", 20, (S.EAN13,), kinds_camera.defocused),
    Kind("defocus-matrix", 12, (S.QR_CODE, S.QR_CODE, S.DATA_MATRIX, S.AZTEC), kinds_camera.defocused),
    _camera("motion", build=kinds_camera.moved),
    _camera("tilt", build=kinds_camera.tilted),
    Kind("turned-linear", 18, _LINEAR, kinds_camera.turned),
    _camera("far", build=kinds_camera.far),
    _camera("near", build=kinds_camera.near),
    _camera("dark", build=kinds_camera.dark),
    _camera("jpeg", build=kinds_camera.packed),
    _camera("pale", build=kinds_camera.pale),
    *(Kind(name, 14, (), backdrop=backdrop) for name, backdrop in BACKDROPS.items()),
)


def pictures(*kinds: str, levels: tuple[int, ...] = LEVELS) -> Iterator[SetPicture]:
    """Yield the pictures of the named kinds, of all where none is named; each is made when asked for its pixels.

    Raises:
        KeyError: there is no such kind.
    """
    by_name = {kind.name: kind for kind in KINDS}
    for kind in [by_name[name] for name in kinds] or KINDS:
        for level in levels:
            for number in range(kind.each):
                yield SetPicture(kind, level, number)
