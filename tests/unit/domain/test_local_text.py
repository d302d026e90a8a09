"""Texts in the two languages of the counter."""

from typing import Any

import pytest

from pos_client.domain.local_text import LocalText, parse


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("满减", LocalText("满减", "满减")),
        ({"zh": "满减", "en": "off"}, LocalText("满减", "off")),
        ({"zh": "满减"}, LocalText("满减", "满减")),
        ({"en": "off"}, LocalText("off", "off")),
        ({}, LocalText("", "")),
    ],
    ids=str,
)
def test_reading(document: Any, text: LocalText) -> None:
    assert text == parse(document)
    assert text == parse(text.as_json())


@pytest.mark.parametrize(("tag", "words"), [("zh_CN", "满减"), ("zh", "满减"), ("en_GB", "off"), ("fr", "off")])
def test_languages(tag: str, words: str) -> None:
    assert words == LocalText("满减", "off").in_language(tag)
