"""What devices, window and bootstrap say to each other about scanner guns, as plain values: no room knows another.

There are two kinds of gun: one that types like a keyboard and can only be recognised, and one on a serial line, which
has a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

TEST_TEXT = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What the test code says: every sign that our own codes are made of, each once."""


class GunState(StrEnum):
    """The serial line."""

    NONE = "none"
    OPENING = "opening"
    CONNECTED = "connected"
    ABSENT = "gun-absent"
    DENIED = "gun-denied"
    BUSY = "gun-busy"
    LOST = "gun-lost"


@dataclass(frozen=True, slots=True)
class GunReport:
    """The serial line now.

    Attributes:
        state: where it is a fault, its value is the key of its sentence in ``[fault.*]``.
        port: as the settings name it.
    """

    state: GunState = GunState.NONE
    port: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether somebody has to do something."""
        return self.state not in {GunState.NONE, GunState.OPENING, GunState.CONNECTED}


class Layout(StrEnum):
    """What became of the test code on its way through the keyboard."""

    NOT_SEEN = "not-seen"
    RIGHT = "right"
    CASE = "case"
    """Small letters for large ones: Caps Lock, or the gun's own setting."""

    WRONG = "wrong"
    """Other signs: the keyboard layout here is not the one that the gun types for."""

    LOST = "lost"
    """Signs are missing or doubled: the gun types too fast for this machine."""


class Advice(StrEnum):
    """What the test ends in."""

    MORE = "more"
    PREFIX = "prefix"
    """It begins with a key of its own: certain, whatever its speed."""

    TIMING = "timing"
    """It is told by its speed."""

    TOO_SLOW = "too-slow"
    """As slow as a person: it needs a prefix."""


@dataclass(frozen=True, slots=True)
class GunFindings:
    """What a scanner test has seen so far; times in milliseconds.

    Attributes:
        scans: how many. latest: the text of the newest one.
        p50_ms, p99_ms: of the gaps between keys.
        prefix, suffix: names of the keys that stood before and after the text, empty for none.
        values: what would be written into ``[wedge]``; empty where nothing can be proposed yet.
    """

    scans: int = 0
    latest: str = ""
    p50_ms: int = 0
    p99_ms: int = 0
    prefix: str = ""
    suffix: str = ""
    layout: Layout = Layout.NOT_SEEN
    advice: Advice = Advice.MORE
    values: Mapping[str, int | str] = field(default_factory=dict)


class GunBench(Protocol):
    """The scanner test behind the window's panel."""

    wanted: int

    def begin(self) -> None:
        """Forget what was seen."""

    def key(self, character: str, name: str, at_ms: int) -> bool:
        """A key during the test: its sign, else its name (``F9``, ``STX``, ``Enter``, ``Tab``); True for the gun's."""

    def silence(self, now_ms: int) -> None:
        """No key for a while: a scan may have ended."""

    def findings(self) -> GunFindings:
        """What was seen."""

    def save(self) -> None:
        """Write the proposal into the station's settings and use it from now on.

        Raises:
            SettingsInvalid, StorageUnavailable, DiskFull: nothing was changed.
        """
