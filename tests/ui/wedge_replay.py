"""Replays a gun among a person's keys, on the real window, by the keys' own times: nobody waits.

A scan is one case of a table (gap, prefix, suffix, focus, input method); a person types digits now and then, at the
speed of people. What came out is counted as the counter would feel it: lost, mistaken, pressed, overwritten.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice, product
from random import Random

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent

from pos_client.devices.gun_lesson import learn_timing
from pos_client.domain.scan import ScanSource
from pos_client.ui.scan.scan_view import Workspace
from script import screen_facts as facts

from .gun_desk import Desk

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GAPS = (0, 5, 20, 35, 50, 80)
# At fifty milliseconds a gun is as slow as a quick typist: nobody can tell them apart without the prefix.
SLOW = frozenset({50, 80})
PREFIXES = ("none", "F9", "STX")
SUFFIXES = (Qt.Key.Key_Return, Qt.Key.Key_Tab, None)
PLACES = ("nowhere", "phone box", "button", "list")
PERSON_MS = (60, 120)
# No person reads a verdict and hits the next key sooner than this.
AFTER_A_SCAN_MS = 150


@dataclass(frozen=True, slots=True)
class Shot:
    """One way a scan comes: milliseconds between its keys, what stands before and after it, and what is going on."""

    gap_ms: int
    prefix: str
    suffix: Qt.Key | None
    place: str
    composing: bool


@dataclass(slots=True)
class Outcome:
    """What came of a replay.

    Attributes:
        scans: how many were shot.
        lost: scans that were not heard. mistaken: what was heard and nobody shot, a person's keys among them.
        pressed: buttons that were. overwritten: half-typed numbers that did not stand there any more.
        in_order: the scans came in the order in which they were shot.
    """

    scans: int = 0
    lost: int = 0
    mistaken: int = 0
    pressed: int = 0
    overwritten: list[tuple[str, str]] = field(default_factory=list)
    in_order: bool = True


def every_shot() -> list[Shot]:
    """All cases that a station can be asked to tell from a person."""
    cases = product(GAPS, PREFIXES, SUFFIXES, PLACES, (False, True))
    return [Shot(*case) for case in cases if case[1] != "none" or case[0] not in SLOW]


def learned(gap_ms: int, jitter_ms: int) -> dict[str, int]:
    """The limits that the scanner test of a station proposes after five scans of such a gun."""
    chance = Random(gap_ms)
    scans: list[list[int]] = []
    for _ in range(5):
        times = [0]
        for _ in range(20):
            times.append(times[-1] + chance.randint(gap_ms - jitter_ms, gap_ms + jitter_ms))
        scans.append(times)
    proposal = learn_timing(scans).proposal
    assert proposal is not None
    return {
        "max_gap_ms": proposal.max_gap_ms,
        "median_gap_ms": proposal.median_gap_ms,
        "silence_ms": proposal.silence_ms,
    }


class Replay:
    """A gun and a person at one counter.

    Args:
        desk: the window.
        chance: what is drawn.
    """

    def __init__(self, desk: Desk, chance: Random) -> None:
        desk.window.activateWindow()
        desk.qtbot.waitUntil(desk.window.isActiveWindow)
        self._desk = desk
        self._chance = chance
        self._half = ""
        self._expected: list[tuple[object, ...]] = []
        self._outcome = Outcome()

    def run(self, count: int) -> Outcome:
        """Shoot so many scans, each case in its turn, with a person's keys in between."""
        for shot in islice(cycle(self._shuffled(every_shot())), count):
            if self._chance.random() < 0.4:
                self._person_types()
            self._go_to(shot.place)
            self._shoot(shot)
            self._look()
        return self._counted()

    def person_alone(self, digits: int) -> Outcome:
        """So many digits of a person who types numbers and deletes them, and no gun at all."""
        while digits > 0:
            digits -= self._person_types()
            self._desk.key(Qt.Key.Key_ScrollLock, "", 400)
            self._look()
        return self._counted()

    def _shuffled(self, shots: Sequence[Shot]) -> list[Shot]:
        return self._chance.sample(shots, len(shots))

    def _person_types(self) -> int:
        desk = self._desk
        desk.presenter.go_home()
        desk.presenter.clear_entry()
        if self._chance.random() < 0.5:
            desk.presenter.open(Workspace.CODE)
        # Eleven would be a telephone number, and looked up.
        self._half = "".join(self._chance.choices("0123456789", k=self._chance.randint(1, 10)))
        desk.time_ms += AFTER_A_SCAN_MS
        for digit in self._half:
            desk.type(digit, self._chance.randint(*PERSON_MS))
        return len(self._half)

    def _go_to(self, place: str) -> None:
        desk = self._desk
        if place == "phone box" and desk.presenter.workspace is not Workspace.CODE:
            desk.presenter.open(Workspace.CODE)
        if place == "list":
            self._show_list()
        focused = desk.focus(place)
        if focused is None:
            desk.window.setFocus()
        assert (focused or desk.window).hasFocus()

    def _show_list(self) -> None:
        """The member's coupons, where the arrow keys would choose one."""
        self._desk.presenter.go_home()
        if self._desk.presenter.customer.member is None:
            self._desk.presenter.on_answer(facts.member_found())

    def _shoot(self, shot: Shot) -> None:
        desk, chance = self._desk, self._chance
        text = "".join(chance.choices(SIGNS, k=chance.randint(6, 40)))
        # Sooner than this a person's last digit and a gun's first are one burst, but for a prefix between them.
        desk.time_ms += chance.randint(90, 2_000) if shot.prefix == "none" else chance.randint(5, 2_000)
        self._begin(shot.prefix)
        for place, sign in enumerate(text):
            if shot.composing and place in {0, len(text) // 2}:
                self.compose()
            desk.type(sign, self._gap(shot.gap_ms) if place or shot.prefix != "none" else 0)
        if shot.suffix is not None:
            desk.key(shot.suffix, "\t" if shot.suffix is Qt.Key.Key_Tab else "\r", self._gap(shot.gap_ms))
        # Any later key tells that there was a silence; this one means nothing to anybody.
        desk.key(Qt.Key.Key_ScrollLock, "", 1_100 if shot.suffix is None and shot.prefix != "none" else 400)
        desk.settle()
        self._expected.append(("scan", text, ScanSource.WEDGE))

    def _begin(self, prefix: str) -> None:
        if prefix == "F9":
            self._desk.key(Qt.Key.Key_F9, "", 0)
        elif prefix == "STX":
            self._desk.key(Qt.Key.Key_B, "\x02", 0, held=Qt.KeyboardModifier.ControlModifier)

    def _gap(self, gap_ms: int) -> int:
        """The gap with a keyboard's and a busy machine's jitter, a quarter of it either way."""
        return max(0, gap_ms + self._chance.randint(-(gap_ms // 4), gap_ms // 4))

    def compose(self) -> None:
        """An input method is in the middle of a word, and puts one down."""
        target = QGuiApplication.focusObject()
        QCoreApplication.sendEvent(target, QInputMethodEvent("ni hao", []))
        done = QInputMethodEvent("", [])
        done.setCommitString("你好")
        QCoreApplication.sendEvent(target, done)

    def _look(self) -> None:
        shown = self._desk.presenter.entries.code.text
        if shown != self._half:
            self._outcome.overwritten.append((self._half, shown))

    def _counted(self) -> Outcome:
        deeds, shot = list(self._desk.till.deeds), self._expected
        outcome = self._outcome
        outcome.scans = len(shot)
        outcome.lost = sum((Counter(shot) - Counter(deeds)).values())
        outcome.mistaken = sum((Counter(deeds) - Counter(shot)).values())
        outcome.in_order = deeds == shot
        outcome.pressed = len(self._desk.pressed)
        return outcome
