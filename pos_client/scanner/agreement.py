"""Which readings are believed: every decoder misreads linear codes, with a valid check digit, so looks must agree.

Apart from the cascade, which looks, because what counts as proof was measured (SCANNING section 3 and
``benchmarks/scan_samples.py``) and must be changeable in one place. A still picture is the case of a single frame.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pos_client.scanner.frame import Detection
from pos_client.scanner.region import Region
from pos_client.scanner.symbology import DATABAR_FAMILY, FRAIL_MATRIX, LINEAR, MATRIX, WEAK_LINEAR, Symbology

_TRUSTED_ALONE = "zxing"
"""Three views of it were right where three views of pyzbar were wrong on 3 of 46 pictures with an EAN-13."""

_FITTED = "fitted"
"""Doubts whatever another number might explain as well: upper and lower half, both without doubt, are two witnesses."""

HALF_MARK = "/"
"""In a stage's name, before the half of a code that was looked at: ``bands-sharp/upper``."""

_ENLARGED = "double"
_ENLARGED_LOOKS = 5
"""Views of one enlargement share the pixels that it invented: a text seen on them alone wants this many looks."""

_BOUND = 64
"""Looks kept for one text: more prove nothing more."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What must agree before a kind of code is believed.

    Looks differ when another decoder or another view of the picture was used. The same decoder on nearly the same
    pixels repeats its own mistakes: across frames too, at least two different looks are wanted.

    Attributes:
        looks: different looks within one frame, both decoders among them.
        alone: different views on which the first decoder alone read it, one more where it read upper and lower half
            of a code by themselves; 0 where that is never enough.
        frames: different frames in which it was read by at least two different looks; 0 where that is never enough.
        rivals: how many looks must stand against each look that read another text in the same place.
    """

    looks: int
    alone: int
    frames: int
    rivals: int


_LINEAR_DEMAND = Demand(looks=2, alone=3, frames=2, rivals=4)
_WEAK_DEMAND = Demand(looks=3, alone=4, frames=3, rivals=1000)
# Six digits without guard bars in the middle: one row of a tilted UPC-A passes for one, again and again.
# In films it did so in three frames of one showing: further frames of a hand that holds still prove nothing.
_UPCE_DEMAND = Demand(looks=2, alone=4, frames=0, rivals=4)
# Part of an interleaved code is a valid code, and both decoders fall for the same part.
_ITF_DEMAND = Demand(looks=5, alone=5, frames=0, rivals=1000)
_FRAIL_DEMAND = Demand(looks=2, alone=2, frames=2, rivals=1)


# Check digits of its own (modulo 79, 89, 211) beside the number's.
_DATABAR_DEMAND = Demand(looks=2, alone=2, frames=2, rivals=4)


def demand_of(symbology: Symbology) -> Demand | None:
    """Give what a kind needs; None where one reading is enough."""
    if symbology in MATRIX:
        return None
    if symbology in FRAIL_MATRIX:
        return _FRAIL_DEMAND
    if symbology in WEAK_LINEAR:
        return _ITF_DEMAND if symbology is Symbology.ITF else _WEAK_DEMAND
    if symbology in DATABAR_FAMILY:
        return _DATABAR_DEMAND
    return _UPCE_DEMAND if symbology is Symbology.UPCE else _LINEAR_DEMAND


@dataclass(frozen=True, slots=True)
class _Look:
    number: int
    monotonic_s: float
    detection: Detection

    @property
    def manner(self) -> tuple[str, str]:
        return self.detection.decoder, self.detection.stage


class Agreement:
    """Collects looks of the last moments and says which texts they prove.

    Args:
        window_s: how long a look counts. Time, not frames: a slow machine must not need a steadier hand.
    """

    def __init__(self, window_s: float = 1.0) -> None:
        self._window_s = window_s
        self._looks: dict[str, list[_Look]] = {}

    def add(self, number: int, monotonic_s: float, detections: Iterable[Detection]) -> None:
        """Take note of what one look at frame ``number`` read; any number of calls for one frame.

        A second frame of one number holds the same pixels and adds a look only if it was looked at in another manner.
        """
        self._forget(monotonic_s)
        for detection in detections:
            looks = self._looks.setdefault(detection.text, [])
            new = _Look(number, monotonic_s, detection)
            repeated = [look for look in looks if look.number == number and look.manner == new.manner]
            for look in repeated:
                looks.remove(look)
            looks.append(new)
            del looks[:-_BOUND]

    def codes(self, since_s: float = 0.0) -> list[Detection]:
        """Return each text seen at ``since_s`` or later once, where it was last seen, believed or not.

        Left out is what a believed text in the same place outvotes, and a guessed spelling of what was read properly.
        """
        current = [
            replace(_best_placed(looks), believed=self.believes(text), looks=_told(looks))
            for text, looks in self._looks.items()
            if looks[-1].monotonic_s >= since_s
        ]
        return [code for code in current if not _outvoted(code, current)]

    def believes(self, text: str) -> bool:
        """Tell whether the looks of the last moments prove this text."""
        looks = _that_count(self._looks.get(text, ()))
        if not looks:
            return False
        demand = demand_of(looks[-1].detection.symbology)
        if demand is None:
            return True
        return _satisfied(demand, looks) and len(looks) >= demand.rivals * self._rivals(text, looks)

    def may_yet_believe(self, text: str, further: int) -> bool:
        """Tell whether so many further looks could outnumber those that read another text in its place."""
        looks = _that_count(self._looks.get(text, ()))
        demand = demand_of(looks[-1].detection.symbology) if looks else None
        return demand is None or len(looks) + further >= demand.rivals * self._rivals(text, looks)

    def _rivals(self, text: str, looks: list[_Look]) -> int:
        if len(self._looks) == 1:
            return 0
        places = [Region.around(look.detection.corners) for look in looks]
        return sum(
            1
            for other, others in self._looks.items()
            if other != text
            for look in others
            if _contradicts(look.detection, places)
        )

    def _forget(self, now_s: float) -> None:
        for text, looks in list(self._looks.items()):
            looks[:] = [look for look in looks if now_s - look.monotonic_s <= self._window_s]
            if not looks:
                del self._looks[text]


def _that_count(looks: Sequence[_Look]) -> list[_Look]:
    """Leave out what was guessed, and what one decoder doubts unless another one read it."""
    firm = [look for look in looks if not look.detection.guessed and not look.detection.doubtful]
    decoders = {look.detection.decoder for look in firm}
    seconded = [look for look in looks if look.detection.doubtful and decoders - {look.detection.decoder}]
    return sorted(firm + seconded, key=lambda look: look.monotonic_s) if seconded else firm


def _satisfied(demand: Demand, looks: list[_Look]) -> bool:
    manners = {look.manner for look in looks}
    decoders = {decoder for decoder, _ in manners}
    views = {stage.partition(HALF_MARK)[0] for _, stage in manners}
    both = len(decoders) > 1 and len(views) > 1
    if all(_ENLARGED in stage for stage in views):
        return both and len(manners) >= max(demand.looks, _ENLARGED_LOOKS)
    if both and len(manners) >= demand.looks:
        return True
    if demand.alone and (_weight_alone(manners) >= demand.alone or _halves(manners, _FITTED) > 1):
        return True
    frames = {look.number for look in looks}
    return bool(demand.frames) and len(frames) >= demand.frames and len(manners) > 1


def _weight_alone(manners: set[tuple[str, str]]) -> int:
    """Count the views on which the first decoder read it; two halves that say the same are worth one more."""
    views = {stage.partition(HALF_MARK)[0] for decoder, stage in manners if decoder == _TRUSTED_ALONE}
    return len(views) + (_halves(manners, _TRUSTED_ALONE) > 1)


def _halves(manners: set[tuple[str, str]], decoder: str) -> int:
    """Count the halves of a code, 0, 1 or 2, that one decoder read by themselves."""
    parts = (stage.partition(HALF_MARK)[2] for name, stage in manners if name == decoder)
    return len({half for half in parts if half})


def _contradicts(rival: Detection, places: list[Region]) -> bool:
    if rival.guessed or rival.symbology in MATRIX:
        return False
    place = Region.around(rival.corners)
    return any(place.overlaps(other) for other in places)


def _told(looks: list[_Look]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(":".join(look.manner) for look in looks))


def _best_placed(looks: list[_Look]) -> Detection:
    """Choose the look to show: of the latest frame, by the decoder that outlines codes, where most of it was outlined.

    The other decoder gives a few of its scan lines, and both give a single line of a code on which they were quick.
    """
    latest = [look.detection for look in looks if look.number == looks[-1].number]
    outlined = [detection for detection in latest if detection.decoder == _TRUSTED_ALONE]
    return max(reversed(outlined or latest), key=lambda detection: Region.around(detection.corners).area)


def _outvoted(code: Detection, current: list[Detection]) -> bool:
    if code.believed:
        return False
    place = Region.around(code.corners)
    return any(
        place.overlaps(Region.around(other.corners)) and _is_better(other, code)
        for other in current
        if other.text != code.text
    )


def _is_better(other: Detection, code: Detection) -> bool:
    if (other.symbology in LINEAR) != (code.symbology in LINEAR):
        return False
    return other.believed or (code.guessed and not other.guessed)
