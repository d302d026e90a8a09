"""Every screen in every state that is drawn and tested, by name, and the page that shows them.

Apart from the script that draws because tests walk the same list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from script import (
    basket_screens,
    bind_screens,
    change_screens,
    close_screens,
    dashboard_screens,
    gallery_day_words,
    gallery_kiosk_words,
    gallery_words,
    handover_screens,
    history_screens,
    kiosk_screens,
    network_screens,
    receipt_screens,
    scan_screens,
    settings_screens,
    shift_screens,
    training_screens,
    tray_screens,
)
from script.clerk_stage import SIZES, Play
from script.kiosk_screens import SIZES as KIOSK_SIZES

TALL: Final = (1080, 1920)
# On a narrower window there is nothing of it to be seen.
_WIDE_ONLY: Final = frozenset({"member-feed", "member-feed-empty", "member-feed-busy", "set-photographed"})
NORMAL_TEXT: Final = 100
LOOKS: Final = "深色与大字 · In the dark, and in large text"
_DARK: Final = ("idle", "member", "accepted", "below-threshold", "refused", "offline-stale", "set")
_LARGE: Final = (("idle", 150), ("idle", 200), ("accepted", 150), ("accepted", 200), ("set", 150), ("set", 200))


_CLERKS: Final[tuple[dict[str, Play], ...]] = (
    scan_screens.SCREENS,
    network_screens.SCREENS,
    basket_screens.SCREENS,
    change_screens.SCREENS,
    bind_screens.SCREENS,
    handover_screens.SCREENS,
    shift_screens.SCREENS,
    history_screens.SCREENS,
    receipt_screens.SCREENS,
    tray_screens.SCREENS,
    settings_screens.SCREENS,
    close_screens.SCREENS,
    dashboard_screens.SCREENS,
    training_screens.SCREENS,
)


class Kind(StrEnum):
    """Which window."""

    CLERK = "clerk"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Screen:
    """One state.

    Attributes:
        group: the heading under which it is shown. words: its own, in Chinese and in English.
        play: leads a fresh stage of its kind there.
        dark, text_percent: how it looks there.
    """

    kind: Kind
    group: str
    name: str
    words: tuple[str, str]
    play: Callable[[Any], object]
    dark: bool = False
    text_percent: int = 100

    @property
    def has_own_look(self) -> bool:
        """It is drawn for its look: the state itself is drawn elsewhere."""
        return self.dark or self.text_percent != NORMAL_TEXT

    def file(self, language: str, size: tuple[int, int]) -> str:
        """The name of its picture."""
        return f"{self.kind}-{self.name}-{language}-{size[0]}x{size[1]}.png"


PLAYS: Final[dict[Kind, dict[str, Callable[[Any], object]]]] = {
    Kind.CLERK: {name: play for screens in _CLERKS for name, play in screens.items()},
    Kind.KIOSK: dict(kiosk_screens.SCREENS),
}
SECTIONS: Final = (*gallery_words.CLERK, *gallery_day_words.DAY, *gallery_kiosk_words.KIOSK)


def _all() -> Iterator[Screen]:
    for section in SECTIONS:
        kind, group = Kind(section.kind), _in_both(section.title)
        for name, words in section.states.items():
            yield Screen(kind, group, name, words, PLAYS[kind][name])


def _looks(clerk: dict[str, Screen]) -> Iterator[Screen]:
    for name in _DARK:
        zh, en = clerk[name].words
        words = (f"{zh}，深色", f"{en}, in the dark")
        yield replace(clerk[name], group=LOOKS, name=f"{name}-dark", words=words, dark=True)
    for name, percent in _LARGE:
        zh, en = clerk[name].words
        words = (f"{zh}，字号 {percent}%", f"{en}, text at {percent} %")
        yield replace(clerk[name], group=LOOKS, name=f"{name}-text-{percent}", words=words, text_percent=percent)


def _in_both(words: tuple[str, str]) -> str:
    return " · ".join(words)


_STATES: Final = tuple(_all())
CLERK: Final = {screen.name: screen for screen in _STATES if screen.kind is Kind.CLERK}
KIOSK: Final = {screen.name: screen for screen in _STATES if screen.kind is Kind.KIOSK}
ALL: Final = (*_STATES, *_looks(CLERK))


def sizes_of(screen: Screen) -> tuple[tuple[int, int], ...]:
    """The sizes, in pixels, at which a screen is used."""
    if screen.kind is Kind.KIOSK:
        return KIOSK_SIZES
    if screen.has_own_look:
        return SIZES[:1]
    if screen.name in _WIDE_ONLY:
        return SIZES[1:]
    return (*SIZES, TALL)


def gallery_page() -> str:
    """docs/screens.md: each state in Chinese, with its other pictures behind it."""
    lines = [
        "# Every screen",
        "",
        "Drawn by `script/screenshots` from the real windows; the facts in them are fixed. English and the other sizes",
        "stand behind the words under each picture. The name after them is for `script/screenshots --only NAME`, which",
        "draws it again.",
        "",
        "每个画面一张中文图，图下是英文和其他尺寸的链接，最后是重画它用的名字。",
    ]
    for group in (*(_in_both(section.title) for section in SECTIONS), LOOKS):
        lines += ["", f"## {group}"]
        for screen in (one for one in ALL if one.group == group):
            first, *others = [(lang, size) for size in sizes_of(screen) for lang in ("zh", "en")]
            links = [f"[{lang} {size[0]}×{size[1]}](screenshots/{screen.file(lang, size)})" for lang, size in others]
            lines += [
                "",
                f"### {_in_both(screen.words)}",
                "",
                f"![{_in_both(screen.words)}](screenshots/{screen.file(*first)})",
                "",
                " · ".join(links) + f" <sub>`{screen.name}`</sub>",
            ]
    return "\n".join(lines) + "\n"
