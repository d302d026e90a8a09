"""A picture file from its path to named codes, in bounded memory and time.

Apart from the camera's line: a still is looked at once, with every stage, and there is no second frame to ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from time import perf_counter, thread_time

from pos_client.domain.errors import PictureUnreadable
from pos_client.scanner.cascade import StillCascade
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Detection
from pos_client.scanner.picture_file import load_grey
from pos_client.scanner.symbology import RETAIL, Symbologies

_LIMIT_S = 1.5
_LOOKING_S = 0.6
"""Is given to looking in any case, however long the file took to load."""


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
    """

    path: Path
    outcome: PictureOutcome
    codes: tuple[Detection, ...]
    ms: float


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
    start_s, start_cpu_s = perf_counter(), thread_time()
    decoders = open_decoders().opened
    picture = load_grey(path)
    left_s = max(_LOOKING_S, limit_s - (thread_time() - start_cpu_s))
    codes = tuple(
        _at_file_scale(code, picture.scale) for code in StillCascade(decoders, symbologies, left_s).read(picture.grey)
    )
    return PictureResult(path, outcome_of(codes), codes, (perf_counter() - start_s) * 1000)


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
