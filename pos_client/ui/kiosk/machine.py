"""The kiosk's clockwork: where it is, until when, and what it waits for. It knows no Qt and no clock of its own.

Apart from the widgets so that a fake clock can prove what a customer must be able to rely on: whatever happens or fails
to happen, time alone leads back to the first screen, and nothing of anybody stays behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_client.ui.kiosk.states import LAYER_OF, LEAVES, STEPS, WIPES, Effect, Event, Place

_NO_SCAN: Final = frozenset({Place.OUT_OF_ORDER})
# Nobody loses these by a scan or a wipe: staff is at the machine, or was asked to come.
_STAYS_WHEN_BROKEN: Final = frozenset({Place.STAFF, Place.HELP})
_CLOSED_TO_CUSTOMERS: Final = frozenset({Place.STAFF, Place.STILL_THERE})
_BY_HAND: Final = frozenset(
    {
        Event.BEGUN,
        Event.ASKED,
        Event.PHONE_ASKED,
        Event.COUPONS_ASKED,
        Event.ANOTHER,
        Event.BACK,
        Event.DONE,
    }
)
_LAST_CALL_S: Final = 10


class Wait(StrEnum):
    """A piece of hardware (or another thread) that was asked for something; each has a watchdog."""

    TILL = "till"
    CAMERA = "camera"
    PRINTER = "printer"
    FINGER = "finger"
    DESK = "desk"


# While a finger rests on a result or its paper is under way, it stays.
_HOLDS_RESULT: Final = frozenset({Wait.FINGER, Wait.PRINTER})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds.

    Attributes:
        idle_s, slow_idle_s: until "still there?"; the second with large text or voice.
        ring_s: to answer that. ok_s, other_s: a result stays. farewell_s: until the wipe after "done".
        help_s: on the help screen; longer, since a clerk is on his way. staff_s: on the staff's.
        till_s, camera_s, printer_s: until these are taken for silent.
        finger_s: a finger that is never lifted is a fault of the panel, and holds nothing any longer.
    """

    idle_s: float = 45
    slow_idle_s: float = 75
    ring_s: float = 25
    ok_s: float = 8
    other_s: float = 15
    farewell_s: float = 5
    help_s: float = 180
    staff_s: float = 30
    till_s: float = 8
    camera_s: float = 10
    printer_s: float = 10
    finger_s: float = 60


class Machine:
    """The one state machine.

    Attributes:
        silent: what the last tick gave up waiting for.

    Args:
        now_s: a clock that only runs forward, in seconds.
        limits: how long everything may take.
    """

    def __init__(self, now_s: Callable[[], float], limits: Limits | None = None) -> None:
        self._now_s = now_s
        self.limits = limits or Limits()
        self.base = Place.ATTRACT
        self.layers: tuple[Place, ...] = ()
        self.is_slow = False
        self.is_good = False
        self._since = now_s()
        self._farewell_at: float | None = None
        self._waits: dict[Wait, float] = {}
        self.silent: frozenset[Wait] = frozenset()
        self._chimed_last = False

    @property
    def top(self) -> Place:
        """What is shown."""
        return self.layers[-1] if self.layers else self.base

    @property
    def is_called(self) -> bool:
        """Whether the help screen lies anywhere over the base."""
        return Place.HELP in self.layers

    def handle(self, event: Event) -> tuple[Effect, ...]:
        """Take a step; an event that means nothing here changes nothing."""
        if event is Event.BROKE:
            return self._break()
        if event is Event.SCANNED:
            return self._scanned()
        if event in LAYER_OF:
            return self._cover(LAYER_OF[event])
        if event is Event.EXPIRED:
            return self._expire()
        if (self.top, event) in LEAVES:
            return self._uncover(event)
        return self._step(event)

    def touch(self) -> None:
        """The customer is there: what waits for him begins anew. A goodbye is never put off, nor is the ring."""
        if self.top not in {Place.FAREWELL, Place.STILL_THERE, Place.CHECKING}:
            self._since = self._now_s()

    def tick(self) -> tuple[Effect, ...]:
        """Time has passed."""
        done: list[Effect] = []
        self.silent = frozenset(wait for wait, until in self._waits.items() if self._now_s() >= until)
        for wait in self.silent:
            del self._waits[wait]
            done += self._silent(wait)
        if self._farewell_at is not None and self._now_s() >= self._farewell_at:
            done += self.handle(Event.FAREWELL_OVER) if self.base is Place.FAREWELL else ()
        if (left := self.left_s()) is not None and left <= 0:
            done += self._time_is_up()
        return (*done, *self._last_call())

    def rested_s(self) -> float:
        """Seconds since anything happened here."""
        return self._now_s() - self._since

    def left_s(self) -> float | None:
        """Seconds until what is shown goes by itself; None where it stays."""
        if _HOLDS_RESULT & set(self._waits) and self.top is Place.RESULT:
            return self._limit(Place.RESULT)
        limit = self._limit(self.top)
        return None if limit is None else limit - (self._now_s() - self._since)

    def share_left(self) -> float:
        """Of the time that what is shown has, from 1 down to 0."""
        limit, left = self._limit(self.top), self.left_s()
        return 1.0 if not limit or left is None else max(0.0, min(1.0, left / limit))

    def expect(self, wait: Wait) -> None:
        """Something was asked of a piece of hardware."""
        own = {
            Wait.CAMERA: self.limits.camera_s,
            Wait.PRINTER: self.limits.printer_s,
            Wait.FINGER: self.limits.finger_s,
        }
        self._waits[wait] = self._now_s() + own.get(wait, self.limits.till_s)

    def heard(self, wait: Wait) -> bool:
        """It answered; False where nobody waited for it any more."""
        was_waited_for = self._waits.pop(wait, None) is not None
        if wait in _HOLDS_RESULT:
            self.touch()
        return was_waited_for

    def _limit(self, place: Place) -> float | None:
        limits = self.limits
        idle = limits.slow_idle_s if self.is_slow else limits.idle_s
        return {
            Place.GUIDE: idle,
            Place.PHONE: idle,
            Place.COUPONS: idle,
            Place.ACCESS: idle,
            Place.HELP: limits.help_s,
            Place.STILL_THERE: limits.ring_s,
            Place.STAFF: limits.staff_s,
            Place.RESULT: limits.ok_s if self.is_good else limits.other_s,
        }.get(place)

    def _time_is_up(self) -> tuple[Effect, ...]:
        ends = {Place.STILL_THERE: Event.EXPIRED, Place.STAFF: Event.STAFF_LEFT, Place.RESULT: Event.RESULT_OVER}
        return self.handle(ends.get(self.top, Event.IDLE))

    def _silent(self, wait: Wait) -> tuple[Effect, ...]:
        if wait is Wait.TILL:
            return self.handle(Event.NO_ANSWER)
        if wait in _HOLDS_RESULT:
            self.touch()
        return ()

    def _last_call(self) -> tuple[Effect, ...]:
        is_last = self.top is Place.STILL_THERE and (self.left_s() or 0) <= _LAST_CALL_S
        rings = is_last and not self._chimed_last
        self._chimed_last = is_last
        return (Effect.CHIME,) if rings else ()

    def _scanned(self) -> tuple[Effect, ...]:
        if Place.STAFF in self.layers or self.base in _NO_SCAN:
            return ()
        self.layers = ()
        return self._enter(Place.CHECKING)

    def _break(self) -> tuple[Effect, ...]:
        if self.base is Place.OUT_OF_ORDER:
            return ()
        self.layers = tuple(layer for layer in self.layers if layer in _STAYS_WHEN_BROKEN)
        self._enter(Place.OUT_OF_ORDER)
        return (Effect.WIPE,)

    def _cover(self, layer: Place) -> tuple[Effect, ...]:
        is_closed = self.top in _CLOSED_TO_CUSTOMERS and layer in {Place.ACCESS, Place.HELP}
        if layer in self.layers or is_closed:
            return ()
        self.layers = (*self.layers, layer)
        self._since = self._now_s()
        if layer is Place.STILL_THERE:
            return (Effect.CHIME,)
        return (Effect.CALL,) if layer is Place.HELP else ()

    def _uncover(self, event: Event) -> tuple[Effect, ...]:
        self.layers = self.layers[:-1]
        self._since = self._now_s()
        return (Effect.WITHDRAW,) if event is Event.HELP_CANCELLED else ()

    def _expire(self) -> tuple[Effect, ...]:
        """Nobody is there any more."""
        if self.top is not Place.STILL_THERE:
            return ()
        self.layers = ()
        self._enter(self.base if self.base is Place.OUT_OF_ORDER else Place.ATTRACT)
        return Effect.WIPE, Effect.WITHDRAW

    def _step(self, event: Event) -> tuple[Effect, ...]:
        target = STEPS.get((self.base, event))
        # Whoever looks at a layer does not press what lies below it; till, time and repair reach the base at any time.
        if target is None or (self.layers and event in _BY_HAND):
            return ()
        return self._enter(target)

    def _enter(self, target: Place) -> tuple[Effect, ...]:
        before, self.base = self.base, target
        self._since = self._now_s()
        self._farewell_at = self._since + self.limits.farewell_s if target is Place.FAREWELL else None
        self._waits.pop(Wait.TILL, None)
        self._waits.pop(Wait.FINGER, None)
        if target is Place.CHECKING:
            self.expect(Wait.TILL)
        wipes = (before, target) in WIPES
        if wipes:
            self.layers = tuple(layer for layer in self.layers if layer is not Place.ACCESS)
        return (Effect.WIPE,) if wipes else ()
