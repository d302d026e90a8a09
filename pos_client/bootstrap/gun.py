"""The station's keyboard gun: its timing from the settings, its classifier behind the window's port."""

from pos_client.config.settings import WedgeSettings
from pos_client.devices.wedge import Fate, KeyAnswer, KeyKind, WedgeClassifier, WedgeTiming
from pos_client.ui.scan.keyboard_wedge import Pressed, Ruling


class Gun:
    """Fulfils the window's ``GunClassifier``."""

    def __init__(self, settings: WedgeSettings) -> None:
        self._timing = WedgeTiming(
            min_length=settings.min_length,
            max_gap_ms=settings.max_gap_ms,
            median_gap_ms=settings.median_gap_ms,
            silence_ms=settings.silence_ms,
        )
        self._classifier = WedgeClassifier(self._timing)

    @property
    def silence_ms(self) -> int:
        """Ends a scan that has no suffix."""
        return self._timing.silence_ms

    @property
    def patience_ms(self) -> int:
        """Ends a scan that began with a prefix."""
        return self._timing.patience_ms

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
