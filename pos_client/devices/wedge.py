"""Tells a scanner gun that types like a keyboard from a person who types.

Pure logic on keys and their times, so that ten thousand replayed scans prove it; the Qt event filter in ``ui`` only
translates events and does what the answers say. Rule: UX 1.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from itertools import pairwise
from statistics import median

STX = "\x02"


class KeyKind(StrEnum):
    """What was pressed, as far as it matters here."""

    CHARACTER = "character"
    SUFFIX = "suffix"
    PREFIX = "prefix"
    OTHER = "other"


class Fate(Enum):
    """What is to become of a key."""

    LET_THROUGH = "let-through"
    """A person's key: let it through."""

    SWALLOW = "swallow"
    """The gun's key: nobody else may see it."""

    UNDETERMINED = "undetermined"
    """May begin or continue a scan: let it through, but be ready to take it back."""


@dataclass(frozen=True, slots=True)
class Burst:
    """One scan of the gun.

    Attributes:
        text: what it typed, without prefix and suffix.
        typed: how many of the latest characters were let through as undetermined and must be taken back.
    """

    text: str
    typed: int


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """What to do now: first about the burst and the prefix, which came before, then about the key.

    Attributes:
        fate: of the key that was asked about; LET_THROUGH where none was.
        burst: a scan that ended with this key, or had ended before it.
        begins: a scan may begin with this key: remember what the focused box holds.
        gives_back_prefix: the prefix key that was swallowed a moment ago was a person's: let it act now.
    """

    fate: Fate
    burst: Burst | None = None
    begins: bool = False
    gives_back_prefix: bool = False


@dataclass(frozen=True, slots=True)
class WedgeTiming:
    """How fast a gun is; learned for each station, times in milliseconds.

    Attributes:
        min_length: fewest characters of a scan that is told by its speed.
        max_gap_ms: longest gap between two of its keys.
        median_gap_ms: half of its gaps are not longer than this.
        silence_ms: ends a scan that has no suffix, and a prefix that no scan follows.
        patience_ms: after a prefix and a first character, how long the rest may keep waiting.
    """

    min_length: int = 6
    max_gap_ms: int = 80
    median_gap_ms: int = 35
    silence_ms: int = 100
    patience_ms: int = 1000


class WedgeClassifier:
    """Answers for each key press whether it is the gun's.

    Feed it every key press but auto-repeats, in order, with the event's own time; and call ``silence`` about
    ``timing.silence_ms`` after the latest key, again after ``timing.patience_ms``. Earlier or later calls do no harm.

    Args:
        timing: of this station's gun.
    """

    def __init__(self, timing: WedgeTiming | None = None) -> None:
        self._timing = timing or WedgeTiming()
        self._text: list[str] = []
        self._times: list[int] = []
        self._last_ms = 0
        self._is_prefixed = False

    def key(self, kind: KeyKind, character: str, at_ms: int) -> KeyAnswer:
        """Answer for one key press.

        Args:
            kind: PREFIX for the station's prefix key and for STX, SUFFIX for Enter and Tab, CHARACTER for what types a
                printable sign, OTHER for the rest. Shift, Ctrl and the like pressed alone are not to be fed.
            character: the sign, where there is one.
            at_ms: the event's time; any origin.
        """
        earlier = self.silence(at_ms)
        if kind is KeyKind.PREFIX:
            now = self._begin_prefixed(at_ms)
        elif self._is_prefixed:
            now = self._prefixed_key(kind, character, at_ms)
        elif kind is KeyKind.CHARACTER:
            now = self._timed_character(character, at_ms)
        else:
            now = self._timed_end(kind, at_ms)
        return KeyAnswer(
            now.fate, earlier.burst or now.burst, now.begins, earlier.gives_back_prefix or now.gives_back_prefix
        )

    def silence(self, now_ms: int) -> KeyAnswer:
        """Answer for a moment without a key: a scan without suffix has ended, a prefix was a person's."""
        silent_ms = now_ms - self._last_ms
        if self._is_prefixed:
            return self._prefixed_silence(silent_ms)
        if not self._text or silent_ms < self._timing.silence_ms:
            return KeyAnswer(Fate.LET_THROUGH)
        burst = self._timed_burst()
        self._forget()
        return KeyAnswer(Fate.LET_THROUGH, burst)

    def _begin_prefixed(self, at_ms: int) -> KeyAnswer:
        burst = Burst("".join(self._text), 0) if self._is_prefixed and self._text else None
        self._forget()
        self._is_prefixed, self._last_ms = True, at_ms
        return KeyAnswer(Fate.SWALLOW, burst)

    def _prefixed_key(self, kind: KeyKind, character: str, at_ms: int) -> KeyAnswer:
        self._last_ms = at_ms
        if kind is KeyKind.CHARACTER:
            self._text.append(character)
            return KeyAnswer(Fate.SWALLOW)
        if kind is KeyKind.OTHER:
            return KeyAnswer(Fate.SWALLOW)
        text = "".join(self._text)
        self._forget()
        return KeyAnswer(Fate.SWALLOW, Burst(text, 0) if text else None)

    def _prefixed_silence(self, silent_ms: int) -> KeyAnswer:
        if self._text and silent_ms >= self._timing.patience_ms:
            burst = Burst("".join(self._text), 0)
            self._forget()
            return KeyAnswer(Fate.LET_THROUGH, burst)
        if not self._text and silent_ms >= self._timing.silence_ms:
            self._forget()
            return KeyAnswer(Fate.LET_THROUGH, gives_back_prefix=True)
        return KeyAnswer(Fate.LET_THROUGH)

    def _timed_character(self, character: str, at_ms: int) -> KeyAnswer:
        if self._text and at_ms - self._last_ms > self._timing.max_gap_ms:
            self._forget()
        begins = not self._text
        self._text.append(character)
        self._times.append(at_ms)
        self._last_ms = at_ms
        return KeyAnswer(Fate.UNDETERMINED, begins=begins)

    def _timed_end(self, kind: KeyKind, at_ms: int) -> KeyAnswer:
        in_time = at_ms - self._last_ms <= self._timing.max_gap_ms
        burst = self._timed_burst() if kind is KeyKind.SUFFIX and in_time else None
        self._forget()
        return KeyAnswer(Fate.SWALLOW if burst else Fate.LET_THROUGH, burst)

    def _timed_burst(self) -> Burst | None:
        """Judge the characters so far; each gap was checked when its key came."""
        if len(self._text) < self._timing.min_length:
            return None
        gaps = [later - earlier for earlier, later in pairwise(self._times)]
        if median(gaps) > self._timing.median_gap_ms:
            return None
        return Burst("".join(self._text), len(self._text))

    def _forget(self) -> None:
        self._text.clear()
        self._times.clear()
        self._is_prefixed = False


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


_FASTEST_TYPIST_MS = 90


def learn_timing(scans: Sequence[Sequence[int]]) -> GapReport:
    """Propose a station's timing from test scans.

    Args:
        scans: the key times of each scan, in milliseconds, suffix included.

    Raises:
        ValueError: no scan has two keys.
    """
    gaps = sorted(later - earlier for times in scans for earlier, later in pairwise(times))
    if not gaps:
        raise ValueError("a gap needs two keys")
    p50, p99 = gaps[len(gaps) // 2], gaps[min(len(gaps) - 1, len(gaps) * 99 // 100)]
    if p50 * 2 >= _FASTEST_TYPIST_MS:
        return GapReport(p50, p99, None)
    max_gap = max(80, gaps[-1] * 3 // 2)
    return GapReport(
        p50, p99, WedgeTiming(max_gap_ms=max_gap, median_gap_ms=max(35, p50 * 3 // 2), silence_ms=max_gap + 20)
    )
