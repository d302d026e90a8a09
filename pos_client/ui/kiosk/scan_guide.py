"""What the scan guide says: where to hold the code, what the camera sees of it, and what helps when nothing is read.

Apart from the presenter because it follows the camera and the clock, and no customer's deed.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pos_client.ui.kiosk.kiosk_view import GuideFacts, Hint
from pos_client.usecases.camera_view import CameraAdvice, CameraState

_HINTS: Final = ((20, Hint.HELP), (12, Hint.PHONE), (6, Hint.RETRY), (0, Hint.SHOW))
_SEES: Final = frozenset({CameraState.STARTING, CameraState.WATCHING})


class ScanGuide:
    """The guide's words.

    Args:
        now_s: a clock that only runs forward, in seconds. show: shows facts that have changed.
    """

    def __init__(self, now_s: Callable[[], float], show: Callable[[GuideFacts], None]) -> None:
        self._now_s, self._show = now_s, show
        self._began_at = now_s()
        self.facts = GuideFacts()

    def begin(self) -> None:
        """Somebody has come to it."""
        self._began_at = self._now_s()
        self._change(replace(self.facts, hint=Hint.SHOW, advice=CameraAdvice.NONE))

    def on_camera(self, state: CameraState) -> None:
        """The camera came or went."""
        self._change(replace(self.facts, has_camera=state in _SEES))

    def on_advice(self, advice: CameraAdvice) -> None:
        """What whoever holds a phone can do."""
        self._change(replace(self.facts, advice=advice))

    def on_tick(self) -> None:
        """A moment has passed while it is shown."""
        waited = self._now_s() - self._began_at
        self._change(replace(self.facts, hint=next(hint for after, hint in _HINTS if waited >= after)))

    def _change(self, facts: GuideFacts) -> None:
        if facts != self.facts:
            self.facts = facts
            self._show(facts)
