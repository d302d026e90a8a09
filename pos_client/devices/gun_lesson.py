"""The scanner test: learns from a few scans how this station's gun types, and proposes how to recognise it.

Pure logic on keys and their times. While it runs, all characters are taken for the gun's, whatever their speed: just a
gun that the present limits do not recognise is why somebody tests it.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pos_client.devices.wedge import WedgeTiming
from pos_client.usecases.gun_view import TEST_TEXT, Advice, GunFindings, Layout

WANTED: Final = 5
ENDS_AFTER_MS: Final = 250
"""A silence that no gun makes between two keys of one scan."""

_SHORTEST: Final = 4
_ENDS: Final = frozenset({"Enter", "Tab"})
_FASTEST_TYPIST_MS: Final = 90
_LONGEST_GAP_MS: Final = 300
_ROOM: Final = WedgeTiming()


@dataclass(frozen=True, slots=True)
class GapReport:
    """What a scanner test saw of a gun.

    Attributes:
        p50_ms: half of the gaps are not longer.
        p99_ms: all but one in a hundred are not longer.
        proposal: timing that takes this gun with room to spare; None where it is as slow as a person: use a prefix.
    """

    p50_ms: int
    p99_ms: int
    proposal: WedgeTiming | None


def learn_timing(scans: Sequence[Sequence[int]]) -> GapReport:
    """Propose a station's timing from test scans.

    Limits only ever grow: a machine that was idle at the test delays keys when it is busy.

    Args:
        scans: the key times of each scan, in milliseconds, suffix included.

    Raises:
        ValueError: no scan has two keys.
    """
    gaps = sorted(later - earlier for times in scans for earlier, later in pairwise(times))
    if not gaps:
        raise ValueError("a gap needs two keys")
    p50, p99 = gaps[len(gaps) // 2], gaps[min(len(gaps) - 1, len(gaps) * 99 // 100)]
    max_gap = max(_ROOM.max_gap_ms, gaps[-1] * 3 // 2)
    if p50 * 2 >= _FASTEST_TYPIST_MS or max_gap > _LONGEST_GAP_MS:
        return GapReport(p50, p99, None)
    median_gap = max(_ROOM.median_gap_ms, p50 * 3 // 2)
    return GapReport(p50, p99, WedgeTiming(max_gap_ms=max_gap, median_gap_ms=median_gap, silence_ms=max_gap + 20))


def layout_of(text: str) -> Layout:
    """What became of the test code; NOT_SEEN where this is another code."""
    if text == TEST_TEXT:
        return Layout.RIGHT
    if text.upper() == TEST_TEXT:
        return Layout.CASE
    if len(text) == len(TEST_TEXT):
        return Layout.WRONG
    signs, wanted = set(text.upper()), set(TEST_TEXT)
    is_near = len(signs & wanted) > len(wanted) * 3 // 4 and len(text) <= 2 * len(TEST_TEXT)
    return Layout.LOST if is_near else Layout.NOT_SEEN


@dataclass(slots=True)
class _Seen:
    """One scan."""

    prefix: str = ""
    text: str = ""
    suffix: str = ""
    times: list[int] = field(default_factory=list)


class GunLesson:
    """Feed it every key press but auto-repeats, and silences; its findings are about the latest scans."""

    def __init__(self) -> None:
        self._scans: deque[_Seen] = deque(maxlen=WANTED)
        self._open = _Seen()
        self._last_ms = 0
        self._has_just_ended = False

    def key(self, character: str, name: str, at_ms: int) -> bool:
        """Take a key; True where it is the gun's and nobody else may see it.

        Args:
            character: its sign, empty for a key that types none.
            name: of a key that types none: ``Enter``, ``Tab``, ``STX``, ``F9``; empty for what is no gun's.
            at_ms: the event's time; any origin.
        """
        self.silence(at_ms)
        if character == " " and not self._open.text:
            # A person presses the button that has the focus.
            return False
        is_guns = bool(character) or self._named(name, at_ms)
        if character:
            self._open.text += character
            self._open.times.append(at_ms)
            self._has_just_ended = False
        if is_guns:
            self._last_ms = at_ms
        return is_guns

    def silence(self, now_ms: int) -> None:
        """A moment without a key: a scan without suffix has ended, a single key was a person's."""
        if now_ms - self._last_ms >= ENDS_AFTER_MS:
            self._finish()
            self._has_just_ended = False

    def findings(self) -> GunFindings:
        """What was seen so far."""
        if not self._scans:
            return GunFindings()
        report = learn_timing([seen.times for seen in self._scans])
        latest, prefix = self._scans[-1], self._common_prefix()
        advice, values = self._advice(prefix, report.proposal)
        return GunFindings(
            len(self._scans),
            latest.text,
            report.p50_ms,
            report.p99_ms,
            prefix,
            latest.suffix,
            self._layout(),
            advice,
            values,
        )

    def _named(self, name: str, at_ms: int) -> bool:
        if name in _ENDS:
            return self._ended(name, at_ms)
        if name:
            self._finish()
            self._open.prefix = name
        return bool(name)

    def _ended(self, name: str, at_ms: int) -> bool:
        """Enter after a text is the gun's, and so is the line feed right after it; any other is a person's."""
        if not self._open.text:
            return self._has_just_ended
        self._open.suffix = name
        self._open.times.append(at_ms)
        self._has_just_ended = self._finish()
        return self._has_just_ended

    def _finish(self) -> bool:
        """End the open scan; False where it was too short to be one."""
        seen, self._open = self._open, _Seen()
        if len(seen.text) < _SHORTEST:
            return False
        self._scans.append(seen)
        return True

    def _common_prefix(self) -> str:
        prefixes = {seen.prefix for seen in self._scans}
        return prefixes.pop() if len(prefixes) == 1 else ""

    def _layout(self) -> Layout:
        """Of the newest scan that was the test code."""
        found = [layout_of(seen.text) for seen in self._scans]
        return next((layout for layout in reversed(found) if layout is not Layout.NOT_SEEN), Layout.NOT_SEEN)

    def _advice(self, prefix: str, timing: WedgeTiming | None) -> tuple[Advice, dict[str, int | str]]:
        if len(self._scans) < WANTED:
            return Advice.MORE, {}
        if prefix:
            return Advice.PREFIX, {"prefix": prefix}
        if timing is None:
            return Advice.TOO_SLOW, {}
        values: dict[str, int | str] = {
            "prefix": "",
            "max_gap_ms": timing.max_gap_ms,
            "median_gap_ms": timing.median_gap_ms,
            "silence_ms": timing.silence_ms,
        }
        return Advice.TIMING, values
