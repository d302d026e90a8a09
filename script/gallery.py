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
    handover_screens,
    history_screens,
    kiosk_screens,
    network_screens,
    receipt_screens,
    scan_screens,
    settings_screens,
    shift_screens,
    tray_screens,
)
from script.clerk_stage import SIZES
from script.kiosk_screens import SIZES as KIOSK_SIZES

TALL: Final = (1080, 1920)
NORMAL_TEXT: Final = 100
LOOKS: Final = "In the dark, and in large text"
_DARK: Final = ("idle", "member", "accepted", "below-threshold", "refused", "offline-stale", "set")
_LARGE: Final = (("idle", 150), ("idle", 200), ("accepted", 150), ("accepted", 200), ("set", 150), ("set", 200))


class Kind(StrEnum):
    """Which window."""

    CLERK = "clerk"
    KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Screen:
    """One state.

    Attributes:
        group: the heading under which it is shown.
        play: leads a fresh stage of its kind there.
        dark, text_percent: how it looks there.
    """

    kind: Kind
    group: str
    name: str
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


GROUPS: Final = (
    (Kind.CLERK, "Scanning", scan_screens.SCREENS),
    (Kind.CLERK, "The network: why, and what to do", network_screens.SCREENS),
    (Kind.CLERK, "Choosing: members, coupons, what is taken back", basket_screens.SCREENS),
    (Kind.CLERK, "New members", bind_screens.SCREENS),
    (Kind.CLERK, "Another phone number", change_screens.SCREENS),
    (Kind.CLERK, "Things that change hands", handover_screens.SCREENS),
    (Kind.CLERK, "Who is at the counter, and what a supervisor allows", shift_screens.SCREENS),
    (Kind.CLERK, "What was done", history_screens.SCREENS),
    (Kind.CLERK, "Receipts", receipt_screens.SCREENS),
    (Kind.CLERK, "Put aside", tray_screens.SCREENS),
    (Kind.CLERK, "Settings and checks", settings_screens.SCREENS),
    (Kind.CLERK, "The day's end", close_screens.SCREENS),
    (Kind.CLERK, "The day in figures", dashboard_screens.SCREENS),
    (Kind.KIOSK, "The kiosk", kiosk_screens.SCREENS),
)


def _all() -> Iterator[Screen]:
    for kind, group, screens in GROUPS:
        for name, play in screens.items():
            yield Screen(kind, group, name, play)


def _looks(clerk: dict[str, Screen]) -> Iterator[Screen]:
    for name in _DARK:
        yield replace(clerk[name], group=LOOKS, name=f"{name}-dark", dark=True)
    for name, percent in _LARGE:
        yield replace(clerk[name], group=LOOKS, name=f"{name}-text-{percent}", text_percent=percent)


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
    return (*SIZES, TALL)


def gallery_page() -> str:
    """docs/screens.md: each state in Chinese, with its other pictures behind it."""
    lines = [
        "# Every screen",
        "",
        "Drawn by `script/screenshots` from the real windows; the facts in them are fixed. English and the other sizes",
        "stand behind the words under each picture.",
    ]
    for group in (*(group for _kind, group, _screens in GROUPS), LOOKS):
        lines += ["", f"## {group}"]
        for screen in (one for one in ALL if one.group == group):
            first, *others = [(lang, size) for size in sizes_of(screen) for lang in ("zh", "en")]
            links = [f"[{lang} {size[0]}×{size[1]}](screenshots/{screen.file(lang, size)})" for lang, size in others]
            lines += [
                "",
                f"### {screen.name}",
                "",
                f"![{screen.name}](screenshots/{screen.file(*first)})",
                "",
                " · ".join(links),
            ]
    return "\n".join(lines) + "\n"
