"""Turns the token table into Fusion with one style sheet: the only place that sets a style sheet.

Apart from the widgets so that colour, size and contrast are decided, and tested, in one table.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

TEXT_STEPS: Final = (100, 125, 150, 175, 200)
_TOKEN: Final = re.compile(r"@([a-z][a-z0-9-]*)")
# The first that this machine has. Noto's plain family would be its Japanese cut: SC is asked for by name.
FAMILIES: Final = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
MONO_FAMILIES: Final = (
    "DejaVu Sans Mono",
    "Cascadia Mono",
    "Consolas",
    "Menlo",
    "Liberation Mono",
    "WenQuanYi Micro Hei Mono",
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The parsed table of ``resources/styles/tokens.toml``."""

    colour: Mapping[str, Mapping[str, str]]
    verdict: Mapping[str, Mapping[str, str]]
    type: Mapping[str, Mapping[str, int]]
    space: Mapping[str, int]

    @classmethod
    def load(cls, resources: Path) -> "Tokens":
        """Read the table from the resources folder."""
        table: dict[str, Any] = tomllib.loads((resources / "styles" / "tokens.toml").read_text("utf-8"))
        return cls(table["colour"], table["verdict"], table["type"], table["space"])


class Theme(QObject):
    """Light or dark, compact or wide, and the clerk's text size.

    Signals:
        changed: the sheet was set anew; whoever paints by hand should paint again.
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, *, dark: bool = False, text_percent: int = 100) -> None:
        super().__init__()
        self._app = app
        self.tokens = Tokens.load(resources)
        self._base = (resources / "styles" / "base.qss").read_text("utf-8")
        self._table = "dark" if dark else "light"
        self._sizes = "compact"
        self.text_percent = text_percent

    def apply(self) -> None:
        """Set style, palette, font and sheet of the whole application."""
        self._app.setStyle("Fusion")
        self._app.setPalette(self._palette())
        font = QFont(self.family)
        font.setPixelSize(self.size("body"))
        font.setFeature(QFont.Tag("tnum"), 1)
        self._app.setFont(font)
        self._app.setStyleSheet(self.sheet())
        self.changed.emit()

    def set_wide(self, *, wide: bool) -> None:
        """Choose the sizes of a wide window."""
        self._use(self._table, "wide" if wide else "compact")

    def set_kiosk(self, *, large: bool, contrast: bool) -> None:
        """Choose the sizes of a kiosk, and the colours that its customer asked for."""
        self._use("contrast" if contrast else "light", "kiosk-large" if large else "kiosk")

    def _use(self, table: str, sizes: str) -> None:
        if (table, sizes) != (self._table, self._sizes):
            self._table, self._sizes = table, sizes
            self.apply()

    def step_text(self, steps: int) -> int:
        """Make the text larger or smaller by steps, 0 for its normal size; returns the percentage."""
        place = TEXT_STEPS.index(self.text_percent) + steps if steps else 0
        self.text_percent = TEXT_STEPS[max(0, min(place, len(TEXT_STEPS) - 1))]
        self.apply()
        return self.text_percent

    def colour(self, name: str) -> QColor:
        """A token of the current light or dark table."""
        return QColor(self._colours()[name])

    def verdict_colour(self, panel: str, part: str) -> QColor:
        """``panel``, ``text``, ``edge`` or ``bubble`` of a verdict's colour."""
        return QColor(self.tokens.verdict[panel][part])

    def size(self, role: str) -> int:
        """Pixels of a text role at the clerk's text size."""
        return round(self.tokens.type[self._sizes][role] * self.text_percent / 100)

    def set_text(self, percent: int) -> None:
        """Use a text size, or the nearest one that there is."""
        nearest = min(TEXT_STEPS, key=lambda step: abs(step - percent))
        if nearest != self.text_percent:
            self.text_percent = nearest
            self.apply()

    @property
    def family(self) -> str:
        """The font that has Chinese and Latin in one hand."""
        return font_family()

    def sheet(self) -> str:
        """The style sheet with every token filled in. Raises KeyError for a token that the table lacks."""
        values = self._values()
        return _TOKEN.sub(lambda match: values[match.group(1)], self._base)

    def _values(self) -> dict[str, str]:
        sizes = {role: f"{self.size(role)}px" for role in self.tokens.type["compact"]}
        space = {name: f"{pixels}px" for name, pixels in self.tokens.space.items()}
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono = _first_present(MONO_FAMILIES, fixed)
        return {**self._colours(), **sizes, **space, "font-family": f'"{self.family}"', "mono-family": f'"{mono}"'}

    def _colours(self) -> Mapping[str, str]:
        return self.tokens.colour[self._table]

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "bg",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "brand",
            QPalette.ColorRole.HighlightedText: "on-brand",
            QPalette.ColorRole.AlternateBase: "brand-tint",
            QPalette.ColorRole.Link: "brand-ink",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        return palette


def mark(widget: QWidget, **properties: str) -> None:
    """Set properties that the sheet reads and let it look again; a property that is unchanged costs nothing."""
    changed = {name: value for name, value in properties.items() if widget.property(name) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed:
        # A rule may reach the children by this widget's property, so they have to be asked again too.
        for touched in (widget, *widget.findChildren(QWidget)):
            touched.style().unpolish(touched)
            touched.style().polish(touched)


def font_family() -> str:
    """The first of our fonts that this machine has; an application must be there."""
    return _first_present(FAMILIES, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))


def _first_present(wanted: tuple[str, ...], otherwise: QFont) -> str:
    return next((name for name in wanted if name in _present()), otherwise.family())


@cache
def _present() -> frozenset[str]:
    return frozenset(QFontDatabase.families())
