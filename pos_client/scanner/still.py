"""A picture file from its path to named codes, in bounded memory and time.

Apart from the camera's line: a still is looked at once, with every stage, and there is no second frame to ask.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from threading import Lock
from time import perf_counter, thread_time

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.cascade import StillCascade
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Detection
from pos_client.scanner.picture_file import read_file
from pos_client.scanner.symbology import RETAIL, Symbologies

_LIMIT_S = 1.5
_LOOKING_S = 0.6
"""Is given to looking in any case, however long the file took to load."""

_LARGE_PIXELS = 4_000_000
_ONE_LARGE_AT_A_TIME = Lock()
"""Pictures are scanned by several threads; memory is bounded by letting only one hold a large one."""


class PictureOutcome(StrEnum):
    """What became of a picture file."""

    FOUND = "found"
    SEVERAL_CODES = "several-codes"
    NO_CODE = "no-code"
    UNREADABLE = "unreadable"
    NOT_A_PICTURE = "not-a-picture"
    TOO_LARGE = "too-large"


_OUTCOME_OF_FAULT = {
    "too-large": PictureOutcome.TOO_LARGE,
    "not-a-picture": PictureOutcome.NOT_A_PICTURE,
}


@dataclass(frozen=True, slots=True)
class PictureResult:
    """What was found in one picture file.

    Attributes:
        path: of the file.
        outcome: in a word.
        codes: found ones, believed or not.
        ms: wall time from reading the file to the last stage, in milliseconds.
        spent_ms: milliseconds for loading and for each ``decoder:stage``, in the order in which they were taken;
            ``confirm`` in front of a stage means a look at the place of a code alone.
    """

    path: Path
    outcome: PictureOutcome
    codes: tuple[Detection, ...]
    ms: float
    spent_ms: tuple[tuple[str, float], ...] = ()


def decode_picture(path: Path, symbologies: Symbologies = RETAIL, limit_s: float = _LIMIT_S) -> PictureResult:
    """Find the codes in a picture file.

    Args:
        path: of the file.
        symbologies: kinds to look for.
        limit_s: CPU seconds for loading and looking, whatever the picture's size.

    Raises:
        PictureUnreadable: no picture, torn, empty, too large; its fact ``why`` says which.
        DecoderMissing: this machine has no decoder at all.
    """
    decoders = open_decoders().opened
    start_s, start_cpu_s = perf_counter(), thread_time()
    file = read_file(path)
    with _ONE_LARGE_AT_A_TIME if file.pixels > _LARGE_PIXELS else nullcontext():
        picture = file.grey()
        loaded_s = thread_time() - start_cpu_s
        cascade = StillCascade(decoders, symbologies, max(_LOOKING_S, limit_s - loaded_s))
        codes = tuple(_at_file_scale(code, picture.scale) for code in cascade.read(picture.grey))
    spent = (("load", loaded_s * 1000), *cascade.spent_ms)
    return PictureResult(path, outcome_of(codes), codes, (perf_counter() - start_s) * 1000, spent)


def outcome_of_fault(fault: PictureUnreadable) -> PictureOutcome:
    """Give the outcome of a file that could not be read."""
    return _OUTCOME_OF_FAULT.get(str(fault.facts.get("why")), PictureOutcome.UNREADABLE)


def outcome_of(codes: Sequence[Detection]) -> PictureOutcome:
    """Give the outcome of a file that was looked at."""
    if sum(code.believed for code in codes) > 1:
        return PictureOutcome.SEVERAL_CODES
    return PictureOutcome.FOUND if codes else PictureOutcome.NO_CODE


def _at_file_scale(code: Detection, scale: int) -> Detection:
    return replace(code, corners=tuple((x * scale, y * scale) for x, y in code.corners))
