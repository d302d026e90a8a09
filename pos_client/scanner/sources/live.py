"""What gives pictures without end, read by a thread of its own that keeps the newest one only.

Apart from the kinds of source because what blocks, buffers old pictures and answers a pulled plug with silence is the
same with all of them: a camera, a network camera, a pipe. All that ends here.
"""

import logging
from threading import Condition, Thread
from time import monotonic
from typing import Final, Protocol

import numpy as np

from pos_client.domain.errors import CameraTrouble, CameraUnavailable
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.sources.exposure import exposed

_CLOSING_S: Final = 0.8
_SAMPLED: Final = 16
_FLAT: Final = 3.0
_GONE: Final = frozenset({CameraTrouble.NO_CAMERA, CameraTrouble.NO_SUCH_DEVICE})
_log = logging.getLogger(__name__)


class Feed(Protocol):
    """A kind of source: opened, read and closed by one thread, which may be kept waiting; ``check`` is not."""

    @property
    def name(self) -> str:
        """What it is, as it may be shown: without user, password and path of an address."""
        ...

    def check(self) -> None:
        """Say at once what can be said without opening it. Raises CameraUnavailable."""
        ...

    def open(self) -> None:
        """Begin. Raises CameraUnavailable."""
        ...

    def next(self, *, is_wanted: bool) -> Pixels | None:
        """Wait a little for the next picture; None for none yet. Raises CameraUnavailable when there will be none.

        Args:
            is_wanted: somebody waits for it; otherwise it may be dropped unopened, which spares an idle counter the
                work of thirty pictures a second.
        """
        ...

    def close(self) -> None:
        """Let go; also after a failed ``open``."""
        ...


class LiveSource:
    """A feed as a ``FrameSource``.

    Args:
        feed: not opened yet.
        stale_s: without a new picture for so long it counts as lost.
        first_s: likewise before the first picture; opening takes longer than going on.
        frozen_s: a picture that stays the same to the last bit for so long is one that a driver repeats; None where
            that is nothing unusual. A lens with a lid on shows such a picture rightly: a flat one does not count.
    """

    has_ended = False

    def __init__(
        self, feed: Feed, *, stale_s: float = 5.0, first_s: float = 5.0, frozen_s: float | None = None
    ) -> None:
        self._feed = feed
        self._stale_s = stale_s
        self._first_s = first_s
        self._frozen = _Frozen(frozen_s) if frozen_s else None
        self._grabber: _Grabber | None = None
        self._number = 0
        self._newest_s = 0.0
        self._is_fresh = True
        self._has_worked = False

    @property
    def name(self) -> str:
        """What it is, as it may be shown."""
        return self._feed.name

    def open(self) -> None:
        """Begin to open and read it (see ``FrameSource``); what takes time is told by ``read``."""
        self.close()
        if self._grabber is not None:
            raise CameraUnavailable(f"{self.name} still hangs", CameraTrouble.STALLED)
        try:
            self._feed.check()
        except CameraUnavailable as missing:
            raise self._told(missing) from missing
        self._grabber = _Grabber(self._feed)
        self._newest_s, self._is_fresh = monotonic(), True
        self._grabber.start()

    def read(self, timeout_s: float) -> Frame | None:
        """Return the newest picture (see ``FrameSource``)."""
        if self._grabber is None:
            raise CameraUnavailable(f"{self.name} is not open")
        picture = self._grabber.newest(timeout_s)
        if picture is not None:
            return self._taken(picture, monotonic())
        if self._grabber.lost is not None:
            raise self._told(self._grabber.lost)
        if monotonic() - self._newest_s > (self._first_s if self._is_fresh else self._stale_s):
            raise CameraUnavailable(f"{self.name} gives no new picture", CameraTrouble.STALLED)
        return None

    def close(self) -> None:
        """Let go of it; one that hangs in its driver is left to itself, and not opened again before it lets go."""
        if self._grabber is not None and self._grabber.stop():
            self._grabber = None

    def _taken(self, picture: Pixels, now_s: float) -> Frame:
        if self._is_fresh:
            _log.info("%s gives %d x %d pixels", self.name, picture.shape[1], picture.shape[0])
            if self._frozen is not None:
                self._frozen.forget()
        self._newest_s, self._is_fresh, self._has_worked = now_s, False, True
        if self._frozen is not None and self._frozen.is_frozen(picture, now_s):
            raise CameraUnavailable(f"{self.name} repeats one picture", CameraTrouble.STALLED)
        self._number += 1
        return exposed(picture, self._number, now_s)

    def _told(self, lost: CameraUnavailable) -> CameraUnavailable:
        """What is not there after it has worked was unplugged."""
        is_gone = self._has_worked and lost.trouble in _GONE
        return CameraUnavailable(lost.detail, CameraTrouble.UNPLUGGED if is_gone else lost.trouble)


class _Grabber(Thread):
    """Keeps the newest picture of a feed. A daemon: a driver that hangs must not keep the program from ending."""

    def __init__(self, feed: Feed) -> None:
        super().__init__(name=f"grabber of {feed.name}", daemon=True)
        self.lost: CameraUnavailable | None = None
        self._feed = feed
        self._changed = Condition()
        self._newest: Pixels | None = None
        self._is_wanted = True
        self._stopped = False

    def run(self) -> None:
        """Open and read until stopped or lost."""
        lost = CameraUnavailable(f"{self._feed.name} was closed")
        try:
            self._feed.open()
            while not self._stopped:
                self._keep(self._feed.next(is_wanted=self._is_wanted))
        except CameraUnavailable as unavailable:
            lost = unavailable
        finally:
            self._feed.close()
            with self._changed:
                self.lost = lost
                self._changed.notify_all()

    def newest(self, timeout_s: float) -> Pixels | None:
        """Take the newest picture, waiting for one if need be."""
        with self._changed:
            self._is_wanted = True
            self._changed.wait_for(lambda: self._newest is not None or self.lost is not None, timeout_s)
            picture, self._newest = self._newest, None
            self._is_wanted = False
            return picture

    def stop(self) -> bool:
        """End soon; False where it hangs."""
        self._stopped = True
        self.join(_CLOSING_S)
        return not self.is_alive()

    def _keep(self, picture: Pixels | None) -> None:
        if picture is None:
            return
        with self._changed:
            self._newest = picture
            self._changed.notify_all()


class _Frozen:
    """Tells a driver that repeats its last picture: a sensor's noise never comes twice."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._sample: Pixels | None = None
        self._since_s = 0.0

    def forget(self) -> None:
        """Begin anew."""
        self._sample = None

    def is_frozen(self, picture: Pixels, now_s: float) -> bool:
        """Whether nothing has changed for too long; looks at a few thousand pixels only."""
        sample = picture[::_SAMPLED, ::_SAMPLED]
        if self._sample is None or not np.array_equal(sample, self._sample):
            # A copy: a view would keep the whole picture in memory.
            self._sample, self._since_s = sample.copy(), now_s
            return False
        return now_s - self._since_s > self._limit_s and float(sample.std()) > _FLAT
