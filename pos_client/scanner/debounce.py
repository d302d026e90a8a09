"""One scan for one showing of a code, however many frames saw it.

Apart from ``agreement``, which asks whether a text is right; this asks whether it is news.
"""

from dataclasses import dataclass

from pos_client.scanner.frame import Detection
from pos_client.scanner.region import distance_from_centre


@dataclass(slots=True)
class _Showing:
    seen_s: float
    told_s: float | None = None


class Debounce:
    """Tells each showing of a code once.

    Args:
        gone_s: a code out of sight for so long is shown anew when it comes back.
        again_s: the same text is told at most once in this time, however it flickers.
    """

    def __init__(self, gone_s: float = 1.5, again_s: float = 2.0) -> None:
        self._gone_s = gone_s
        self._again_s = again_s
        self._showings: dict[str, _Showing] = {}

    def news(self, monotonic_s: float, codes: list[Detection], height: int, width: int) -> list[Detection]:
        """Return the believed codes that were not told yet, nearest the middle of the picture first.

        Args:
            monotonic_s: when the frame was taken.
            codes: what is in view, believed or not; an unbelieved sighting keeps a showing alive all the same.
            height: of the frame, in pixels.
            width: of the frame, in pixels.
        """
        self._forget(monotonic_s)
        fresh = []
        for code in codes:
            showing = self._showings.setdefault(code.text, _Showing(monotonic_s))
            showing.seen_s = monotonic_s
            if code.believed and showing.told_s is None:
                showing.told_s = monotonic_s
                fresh.append(code)
        return sorted(fresh, key=lambda code: distance_from_centre(code.corners, height, width))

    def _forget(self, now_s: float) -> None:
        for text, showing in list(self._showings.items()):
            told_long_ago = showing.told_s is None or now_s - showing.told_s > self._again_s
            if told_long_ago and now_s - showing.seen_s > self._gone_s:
                del self._showings[text]
