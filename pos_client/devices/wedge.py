"""Tells a scanner gun that types like a keyboard from a person who types.

Pure logic on keys and their times, so that ten thousand replayed scans prove it; the Qt event filter in ``ui`` only
translates events and does what the answers say. Rule: UX 1.5.
"""

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
    """What to do now: first about the burst, which came before, then about the key.

    Attributes:
        fate: of the key that was asked about; LET_THROUGH where none was.
        burst: a scan that ended with this key, or had ended before it.
        begins: a scan may begin with this key: remember what the focused box holds.
    """

    fate: Fate
    burst: Burst | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class WedgeTiming:
    """How fast a gun is; learned for each station, times in milliseconds.

    Attributes:
        min_length: fewest characters of a scan that is told by its speed.
        max_gap_ms: longest gap between two of its keys.
        median_gap_ms: half of its gaps are not longer than this.
        silence_ms: ends a scan that has no suffix.
        prefix_ms: after a prefix alone, how long its scan may keep waiting.
        patience_ms: after a prefix and a first character, how long the rest may keep waiting.
        tail_ms: after the last key of a scan, how long other keys are still the gun's: a second suffix (CR and LF), or
            one that comes late. No person answers what a scan has shown so soon.
    """

    min_length: int = 6
    max_gap_ms: int = 80
    median_gap_ms: int = 35
    silence_ms: int = 100
    prefix_ms: int = 300
    patience_ms: int = 1000
    tail_ms: int = 200


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
        self._tail_ends_ms: int | None = None

    @property
    def is_prefixed(self) -> bool:
        """Whether every key now belongs to a scan that began with a prefix."""
        return self._is_prefixed

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
        if now.burst is not None:
            self._begin_tail(at_ms)
        return KeyAnswer(now.fate, earlier.burst or now.burst, now.begins)

    def silence(self, now_ms: int) -> KeyAnswer:
        """Answer for a moment without a key: a scan without suffix has ended, a prefix was a person's."""
        silent_ms = now_ms - self._last_ms
        burst = self._prefixed_silence(silent_ms) if self._is_prefixed else self._timed_silence(silent_ms)
        if burst is not None:
            self._begin_tail(self._last_ms)
        return KeyAnswer(Fate.LET_THROUGH, burst)

    def _begin_prefixed(self, at_ms: int) -> KeyAnswer:
        before = Burst("".join(self._text), 0) if self._is_prefixed and self._text else None
        burst = before if self._is_prefixed else self._timed_burst()
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

    def _prefixed_silence(self, silent_ms: int) -> Burst | None:
        if silent_ms < (self._timing.patience_ms if self._text else self._timing.prefix_ms):
            return None
        burst = Burst("".join(self._text), 0) if self._text else None
        self._forget()
        return burst

    def _timed_silence(self, silent_ms: int) -> Burst | None:
        if not self._text or silent_ms < self._timing.silence_ms:
            return None
        burst = self._timed_burst()
        self._forget()
        return burst

    def _begin_tail(self, last_ms: int) -> None:
        self._tail_ends_ms = last_ms + max(self._timing.tail_ms, 2 * self._timing.silence_ms)

    def _is_tail(self, at_ms: int) -> bool:
        return self._tail_ends_ms is not None and at_ms < self._tail_ends_ms

    def _timed_character(self, character: str, at_ms: int) -> KeyAnswer:
        if self._text and at_ms - self._last_ms > self._timing.max_gap_ms:
            self._forget()
        begins = not self._text
        self._tail_ends_ms = None
        self._text.append(character)
        self._times.append(at_ms)
        self._last_ms = at_ms
        return KeyAnswer(Fate.UNDETERMINED, begins=begins)

    def _timed_end(self, kind: KeyKind, at_ms: int) -> KeyAnswer:
        in_time = at_ms - self._last_ms <= self._timing.max_gap_ms
        burst = self._timed_burst() if kind is KeyKind.SUFFIX and in_time else None
        self._forget()
        return KeyAnswer(Fate.SWALLOW if burst or self._is_tail(at_ms) else Fate.LET_THROUGH, burst)

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
