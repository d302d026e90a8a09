"""Cuts what comes over a gun's line into texts, or into named reasons why something is none.

Pure and apart from the line: bytes may come in any pieces, torn, doubled, garbled or without end, and half a code must
never pass for a whole one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 8192
"""Bytes. The largest QR code holds 7,089 digits."""

SUFFIXES: Final = {
    "ENTER": (b"\r", b"\n"),
    "CR": (b"\r",),
    "LF": (b"\n",),
    "CRLF": (b"\r\n",),
    "TAB": (b"\t",),
    "ETX": (b"\x03",),
    "NONE": (),
}
"""What ends a scan: ``ENTER`` is CR, LF or both, ``NONE`` a silence."""

# Separators inside of GS1 and ISO 15434 codes, and line ends inside of a vCard; all others come from a wrong speed.
_CONTROLS_OF_CODES: Final = frozenset("\x1c\x1d\x1e\x1f\x04\t\r\n")


class Trouble(StrEnum):
    """Why something was no text."""

    GARBLED = "garbled"
    """Not decodable, or control characters in it: another speed, another encoding, a bad cable."""

    TOO_LONG = "too-long"
    UNFINISHED = "unfinished"
    """Silence came before the end sign."""

    NO_PREFIX = "no-prefix"


@dataclass(frozen=True, slots=True)
class LineHabits:
    """How a gun sends.

    Attributes:
        suffix: one of ``SUFFIXES``. prefix: what stands before every text, empty for nothing.
        encoding: ``UTF-8`` or ``GB18030``, strictly: what is not in it is garbled. There is no second guess, since
            nearly any bytes are GB18030 of something, and a wrong text is worse than a second try.
        silence_s: ends a text that has no suffix.
        patience_s: how long a suffix may be waited for.
        stall_s: what still comes so soon after a text that was given up is the rest of it.
    """

    suffix: str = "ENTER"
    prefix: str = ""
    encoding: str = "UTF-8"
    silence_s: float = 0.3
    patience_s: float = 1.0
    stall_s: float = 3.0


class LineText:
    """Feed it bytes as they come.

    Args:
        habits: of the gun.
    """

    def __init__(self, habits: LineHabits | None = None) -> None:
        self._habits = habits or LineHabits()
        self._ends = SUFFIXES[self._habits.suffix]
        self._prefix = self._habits.prefix.encode(self._habits.encoding)
        self._held = b""
        self._latest_s = 0.0
        self._is_skipping = False
        self._skips_for_s = 0.0

    def fed(self, data: bytes, now_s: float) -> list[str | Trouble]:
        """What ended with these bytes; empty bytes are a moment of silence."""
        found = self._after_silence(now_s)
        if not data:
            return found
        self._latest_s = now_s
        *whole, self._held = self._cut(self._held + data)
        found += [text for piece in whole for text in self._ended(piece)]
        if len(self._held) > LONGEST:
            found += self._too_long()
        return found

    def _after_silence(self, now_s: float) -> list[str | Trouble]:
        silent_s = now_s - self._latest_s
        if self._is_skipping:
            self._is_skipping = silent_s < self._skips_for_s
            return []
        if not self._held or silent_s < (self._habits.patience_s if self._ends else self._habits.silence_s):
            return []
        held, self._held = self._held.strip(b"\r\n"), b""
        if not held or not self._ends:
            return list(self._ended(held))
        self._skip(self._habits.stall_s)
        return [Trouble.UNFINISHED]

    def _skip(self, at_most_s: float) -> None:
        """Let the rest of a text go by, up to its end or a silence."""
        self._is_skipping, self._skips_for_s = True, at_most_s

    def _cut(self, data: bytes) -> list[bytes]:
        """Whole pieces, and at the end what is not whole yet."""
        for end in self._ends[1:]:
            data = data.replace(end, self._ends[0])
        return data.split(self._ends[0]) if self._ends else [data]

    def _too_long(self) -> list[str | Trouble]:
        """Say so once, and let the rest of it go by, whatever its length."""
        self._held = b""
        was_skipping = self._is_skipping
        self._skip(self._habits.patience_s)
        return [] if was_skipping else [Trouble.TOO_LONG]

    def _ended(self, piece: bytes) -> Iterator[str | Trouble]:
        if self._is_skipping:
            self._is_skipping = False
            return
        if not piece:
            return
        # What stands before the first prefix is noise; a second one in the text is not decodable or its own.
        start = piece.find(self._prefix)
        after = piece[start + len(self._prefix) :].strip(b"\r\n")
        if start < 0:
            yield Trouble.NO_PREFIX
        elif len(after) > LONGEST:
            yield Trouble.TOO_LONG
        elif after:
            yield self._decoded(after)

    def _decoded(self, piece: bytes) -> str | Trouble:
        try:
            text = piece.decode(self._habits.encoding)
        except UnicodeDecodeError:
            return Trouble.GARBLED
        is_clean = all(sign.isprintable() or sign in _CONTROLS_OF_CODES for sign in text)
        return text if is_clean else Trouble.GARBLED
