"""A text in the two languages of the counter, Chinese first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LocalText:
    """The same words in Chinese and English."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        """``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}

    def in_language(self, language: str) -> str:
        """The words for a language tag such as ``zh_CN`` or ``en``."""
        return self.zh if language.startswith("zh") else self.en


def parse(document: Mapping[str, Any] | str) -> LocalText:
    """Read a text; a bare string stands for both languages.

    Raises:
        TypeError: neither a text nor an object of texts.
    """
    if isinstance(document, str):
        return LocalText(document, document)
    if not isinstance(document, Mapping):
        raise TypeError("a text is a string or an object of languages")
    chinese = document.get("zh", document.get("en", ""))
    english = document.get("en", chinese)
    if not isinstance(chinese, str) or not isinstance(english, str):
        raise TypeError("a text's languages are strings")
    return LocalText(chinese, english)
