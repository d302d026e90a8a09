"""A camera's frames made into codes, news and advice: the whole line from one picture to what is to be told.

Apart from the worker, which has the thread, the device and its faults; so a film, a test and a benchmark can walk the
same line at their own pace.
"""

from dataclasses import dataclass

from pos_client.scanner.advice import Advice, Adviser
from pos_client.scanner.agreement import Agreement
from pos_client.scanner.debounce import Debounce
from pos_client.scanner.decoders.port import Decoder
from pos_client.scanner.frame import Detection, Frame
from pos_client.scanner.live_cascade import LiveCascade
from pos_client.scanner.mounting import Mounting
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.symbology import LIVE, Symbologies

_IDLE_GAP_S = 0.5
_HELD_UP_S = 10.0
"""A code in view for longer lies there: it keeps nobody awake."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one frame.

    Attributes:
        frame: as it was looked at: turned upright and cut.
        codes: what is in view, believed or not.
        news: of these, what is to be told now, nearest the middle first.
        advice: what to tell whoever holds the code.
    """

    frame: Frame
    codes: tuple[Detection, ...]
    news: tuple[Detection, ...]
    advice: Advice


class LiveLine:
    """The line of one source.

    Args:
        decoders: by name, those that this machine has.
        symbologies: kinds in use.
        mounting: how the camera hangs.
        idle_after_s: after so long without movement or code only two frames a second are looked at.
    """

    def __init__(
        self,
        decoders: dict[str, Decoder],
        symbologies: Symbologies = LIVE,
        mounting: Mounting | None = None,
        idle_after_s: float = 60.0,
    ) -> None:
        self._mounting = mounting or Mounting()
        self._idle_after_s = idle_after_s
        self._scenery = Scenery()
        self._cascade = LiveCascade(decoders, self._scenery, symbologies)
        self._agreement = Agreement()
        self._debounce = Debounce()
        self._adviser = Adviser()
        self._looked_s = float("-inf")

    def take(self, given: Frame) -> Looked | None:
        """Look at one frame; None where the line is idle and looked only whether anything moves."""
        frame = self._mounting.applied(given)
        self._scenery.watch(frame)
        if self.is_idle(frame.monotonic_s) and frame.monotonic_s - self._looked_s < _IDLE_GAP_S:
            return None
        self._looked_s = frame.monotonic_s
        self._cascade.look(frame, self._agreement)
        codes = self._agreement.codes(frame.monotonic_s)
        news = self._debounce.news(frame.monotonic_s, codes, *frame.grey.shape)
        if any(self._debounce.shown_s(code.text, frame.monotonic_s) < _HELD_UP_S for code in codes):
            self._scenery.wake(frame.monotonic_s)
        advice = self._adviser.advise(frame, codes, self._scenery, flickers=self._debounce.flickers)
        return Looked(frame, tuple(codes), tuple(news), advice)

    def is_idle(self, now_s: float) -> bool:
        """Tell whether nothing has moved and no code was held up for long."""
        return self._scenery.quiet_s(now_s) > self._idle_after_s
