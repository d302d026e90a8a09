"""Looks at the shared folder on a thread of its own, so that a slow share never holds up a window.

Apart from the folder because that one is about files and this one about time: what a window asks is answered from
memory, what it does is done in its turn, and what others did is known half a second later.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Protocol

from pos_client.usecases.assistance import AssistanceCall, AssistanceCalls

_LOOK_EVERY_S: Final = 0.4
# A share that hangs answers nothing at all; whoever was there when it last did may be anywhere.
_BELIEVED_S: Final = 5.0


class SharedCalls(AssistanceCalls, Protocol):
    """Calls that lie somewhere else, and may be out of reach."""

    def is_there(self) -> bool:
        """Whether they can be reached now."""

    def is_finished(self, call: AssistanceCall) -> bool:
        """Whether a clerk said that this one was helped."""


class CallWatch:
    """Fulfils ``AssistanceCalls`` from memory, and is the worker that keeps that memory.

    A call that this window made stays until somebody answers it or takes it back: one that never arrived, or was lost
    with the share, is made again as soon as there is a way.

    Args:
        folder: the calls themselves, which may be slow or away.
        now_s: seconds of a clock that only runs forward.
    """

    def __init__(self, folder: SharedCalls, now_s: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._now_s = folder, now_s
        self._deeds: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._open: dict[int, AssistanceCall] = {}
        # By kiosk; None for one that asks no more.
        self._own: dict[int, AssistanceCall | None] = {}
        self._is_attended, self._looked_s = False, now_s()

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; deeds that were queued before are done first."""
        while not stop.is_set():
            self._work()
            try:
                self._deeds.get(timeout=_LOOK_EVERY_S)()
            except queue.Empty:
                continue
        self._work()

    def call(self, call: AssistanceCall) -> None:
        """A kiosk asks."""
        with self._lock:
            self._open[call.kiosk] = call
            self._own[call.kiosk] = call
        self._deeds.put(lambda: self._folder.call(call))

    def withdraw(self, kiosk: int) -> None:
        """A kiosk asks no more."""
        with self._lock:
            self._open.pop(kiosk, None)
            self._own[kiosk] = None
        self._deeds.put(lambda: self._folder.withdraw(kiosk))

    def of(self, kiosk: int) -> AssistanceCall | None:
        """How a kiosk's call stands."""
        with self._lock:
            return self._open.get(kiosk)

    def open(self) -> Sequence[AssistanceCall]:
        """All that wait, the oldest first."""
        with self._lock:
            return sorted(self._open.values(), key=lambda call: (call.at, call.kiosk))

    def take(self, call: AssistanceCall, by: str) -> None:
        """A clerk is on the way."""
        with self._lock:
            self._open[call.kiosk] = replace(call, taken_by=by)
        self._deeds.put(lambda: self._folder.take(call, by))

    def finish(self, call: AssistanceCall) -> None:
        """A clerk has helped."""
        with self._lock:
            self._open.pop(call.kiosk, None)
        self._deeds.put(lambda: self._folder.finish(call))

    def attend(self, station: int, now: datetime) -> None:
        """A clerk's window listens."""
        self._deeds.put(lambda: self._folder.attend(station, now))

    def is_attended(self, now: datetime) -> bool:
        """Whether any clerk's window listened at the last look, which was not long ago."""
        del now
        with self._lock:
            return self._is_attended and self._now_s() - self._looked_s <= _BELIEVED_S

    def _work(self) -> None:
        """Do what is queued, then look: a look before would bring back what has just been done."""
        while not self._deeds.empty():
            self._deeds.get()()
        is_there, found = self._folder.is_there(), {call.kiosk: call for call in self._folder.open()}
        found = self._put_right(found) if is_there else found
        is_attended = is_there and self._folder.is_attended(datetime.now(UTC))
        with self._lock:
            if is_there and self._deeds.empty():
                self._open = found
            self._is_attended, self._looked_s = is_attended, self._now_s()

    def _put_right(self, found: dict[int, AssistanceCall]) -> dict[int, AssistanceCall]:
        """What lies there once this window's own word has been said again wherever it was lost."""
        with self._lock:
            own = dict(self._own)
        for kiosk, call in own.items():
            lies = found.get(kiosk)
            if call is None and lies is not None:
                self._folder.withdraw(kiosk)
                del found[kiosk]
            elif call is not None and (lies is None or lies.id != call.id):
                if self._folder.is_finished(call):
                    self._forget(kiosk, call)
                else:
                    self._folder.call(call)
                    found[kiosk] = call
        return found

    def _forget(self, kiosk: int, call: AssistanceCall) -> None:
        """A clerk has helped; unless the kiosk called anew meanwhile."""
        with self._lock:
            if self._own.get(kiosk) is call:
                del self._own[kiosk]
