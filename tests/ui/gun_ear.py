"""Puts the station's wedge classifier behind the port that the window asks, as the composition root does."""

from pos_client.devices.wedge import Fate, KeyAnswer, KeyKind, WedgeClassifier, WedgeTiming
from pos_client.ui.scan.keyboard_wedge import Pressed, Ruling


class GunEar:
    """A ``GunClassifier``."""

    def __init__(self, timing: WedgeTiming | None = None) -> None:
        timing = timing or WedgeTiming()
        self.silence_ms = timing.silence_ms
        self.patience_ms = timing.patience_ms
        self._classifier = WedgeClassifier(timing)

    def key(self, pressed: Pressed, character: str, at_ms: int) -> Ruling:
        """Rule on a key press."""
        return _ruling(self._classifier.key(KeyKind(pressed.value), character, at_ms))

    def silence(self, now_ms: int) -> Ruling:
        """Rule on a moment without a key."""
        return _ruling(self._classifier.silence(now_ms))


def _ruling(answer: KeyAnswer) -> Ruling:
    return Ruling(
        is_guns=answer.fate is Fate.SWALLOW,
        is_in_doubt=answer.fate is Fate.UNDETERMINED,
        begins=answer.begins,
        scanned=answer.burst.text if answer.burst else "",
    )
