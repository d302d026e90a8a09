"""A voice that reads screens out to whoever asked for it; a machine without one is silent and nothing else.

Apart from the screens because speech engines differ by machine and may be missing, and because recorded files may take
their place one day: whoever can ``say`` and ``hush`` will do.
"""

import logging
from typing import Final, Protocol

from PySide6.QtCore import QLocale, QObject

_LOCALES: Final = {
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_log: Final = logging.getLogger(__name__)


class Voice(Protocol):
    """Reads out. No call blocks or raises."""

    def speaks(self, language: str) -> bool:
        """Whether anything would be heard in ``zh`` or ``en``."""

    def say(self, text: str, language: str) -> None:
        """Say this instead of whatever is being said; an empty text says nothing."""

    def hush(self) -> None:
        """Stop at once."""


class SilentVoice:
    """No voice."""

    def speaks(self, language: str) -> bool:
        """Nothing."""
        del language
        return False

    def say(self, text: str, language: str) -> None:
        """Nothing is heard."""

    def hush(self) -> None:
        """There is nothing to stop."""


class QtVoice(QObject):
    """The machine's own speech engine, through QtTextToSpeech; silent in a language that it does not speak.

    Args:
        engine: its name, empty for the system's own.

    Raises:
        ImportError: this machine has no QtTextToSpeech, or no engine.
    """

    def __init__(self, parent: QObject | None = None, engine: str = "") -> None:
        super().__init__(parent)
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - slow to load, and absent on some machines

        named = [engine] if engine else [name for name in QTextToSpeech.availableEngines() if name != "mock"]
        if not named:
            raise ImportError("no speech engine")
        self._speech = QTextToSpeech(named[0], self)
        self._broken = QTextToSpeech.State.Error

    def speaks(self, language: str) -> bool:
        """Whether the engine works and knows the language."""
        return bool(self._spoken(language)) and self._speech.state() is not self._broken

    def say(self, text: str, language: str) -> None:
        """Say this instead of whatever is being said."""
        self.hush()
        if text and self.speaks(language):
            wanted, spoken = _wanted(language), self._spoken(language)
            self._speech.setLocale(wanted if wanted in spoken else spoken[0])
            self._speech.say(text)

    def hush(self) -> None:
        """Stop at once."""
        self._speech.stop()

    def _spoken(self, language: str) -> list[QLocale]:
        wanted = _wanted(language).language()
        return [locale for locale in self._speech.availableLocales() if locale.language() is wanted]


def _wanted(language: str) -> QLocale:
    return _LOCALES["zh" if language.startswith("zh") else "en"]


def find_voice(parent: QObject) -> Voice:
    """The machine's voice, or silence."""
    try:
        return QtVoice(parent)
    except ImportError as missing:
        _log.info("no voice on this machine: %s", missing)
        return SilentVoice()
