"""A language of words two fifths longer than English, spoken by the whole window: what fits in it fits in most others.

Labels come through a translator of Qt, sentences through the wording's own table; names of people, places and offers
are data and stay as they are.
"""

from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any, Final

from PySide6.QtCore import QTranslator

from pos_client.config.wording import Wording
from pos_client.ui.translations import Translations
from script.clerk_stage import Stage
from script.kiosk_stage import KioskStage

MORE: Final = 0.4
# Codes for the hotline are the same in every language.
_NO_WORDS: Final = frozenset({"code"})
_FILLING: Final = "ŕàțħéŕ ļóñğ ẃóŕðš "


def longer(text: str) -> str:
    """A text two fifths longer, with blanks where a line may break; places for facts stay whole."""
    count = round(len(text) * MORE)
    return text + " " * (count > 0) + "".join(islice(cycle(_FILLING), max(0, count - 1))).rstrip()


class Longer(QTranslator):
    """Lengthens whatever the translators before it say."""

    def __init__(self, before: QTranslator) -> None:
        super().__init__()
        self._before = before

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """It has a word for everything."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """A label, longer."""
        return longer(self._before.translate(context, source, disambiguation, n) or source)


def lengthened(table: Any) -> Any:
    """A table of sentences with each of them longer."""
    if isinstance(table, Mapping):
        return {key: value if key in _NO_WORDS else lengthened(value) for key, value in table.items()}
    return longer(table) if isinstance(table, str) else table


def speak_at_length(stage: Stage) -> None:
    """Let the clerk's window speak so until it is closed."""
    _speak(stage.clerk.translations, stage.clerk.window.page._wording)
    stage.clerk.window.retranslate("en")


def speak_at_length_to_customers(stage: KioskStage) -> None:
    """Let a kiosk speak so until it is closed."""
    _speak(stage.kiosk.translations, stage.kiosk._wording)
    words = stage.presenter._words
    words._table = lengthened(words._table)
    stage.screen.retranslate("en")


def _speak(translations: Translations, wording: Wording) -> None:
    translations._installed.append(Longer(translations._installed[-1]))
    translations._app.installTranslator(translations._installed[-1])
    wording._table = lengthened(wording._table)
