"""C12: every part of the counter with a light, and beside them the chosen one with its test and what mends it.

Whoever stands at the counter may look what is the matter and test it. What is changed, and what the settings are,
stands behind a supervisor's PIN (``setup_steps``).
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.domain.scan import Scan
from pos_client.ui.bridges import CameraPicture
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.key_button import KeyButton
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.settings.check_detail import CheckDetail
from pos_client.ui.settings.check_line import CheckLine
from pos_client.ui.settings.check_tile import CheckTile
from pos_client.ui.settings.check_words import CheckWords
from pos_client.ui.settings.setup_side import SetupSide
from pos_client.ui.settings.setup_steps import SetupStep
from pos_client.ui.turning_row import Part, TurningRow
from pos_client.usecases.machine_checks import Finding, Light
from pos_client.usecases.printing_port import PrinterReport, PrinterState
from pos_client.usecases.till_view import LaneStatus, Network

# The order in which a clerk would look; what a machine names beside these follows.
_ORDER: Final = (
    "network",
    "server",
    "store-server",
    "data",
    "clock",
    "camera",
    "gun",
    "printer",
    "sound",
    "disk",
    "journal",
    "program",
)
_OWN: Final = "sound"
_PAPER: Final = "printer"
_UNDER_WAY: Final = frozenset({PrinterState.NONE, PrinterState.STARTING, PrinterState.PRINTING})
_COLUMNS: Final = 2
# On a tall screen tiles stay tiles, and what is left is below them.
_TILES_SHARE: Final = 1_000
_TILE_MOST: Final = 140
_ARROWS: Final = {
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}
_FAR: Final = "network"
_AWAY: Final = frozenset({Network.SLOW, Network.OFFLINE_FRESH, Network.OFFLINE_STALE, Network.OFFLINE_EXPIRED})
# Of use to the technician alone: told with the others by the command, and not here.
_NOT_SHOWN: Final = frozenset({"sqlite", "enrolment", "key", "decoders"})


class SettingsPage(Page):
    """What works and what does not."""

    workspace = Workspace.SETTINGS
    takes_whole = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        checks = around.line.tools.checks
        known = {*(checks.names() if checks else ()), _OWN} - _NOT_SHOWN
        parts = [part for part in _ORDER if part in known] + sorted(known - {*_ORDER})
        self._line = CheckLine(checks, self) if checks else None
        self.words = CheckWords(self)
        self.tiles = {part: CheckTile(around.theme, part) for part in parts}
        self.setup = SetupSide(around, self)
        self.detail = CheckDetail(around.theme, self.words, around.now, has_bench=self.setup.has_bench)
        self.side = QStackedWidget()
        self.title, self.summary = FittedLabel("title"), FittedLabel("muted")
        self.all, self.leave = KeyButton("", "A", "syncing"), KeyButton("", "Esc")
        self.change = KeyButton("", "S", "key")
        self.chosen = parts[0]
        self._is_away = False
        self._build()
        self._connect()
        self.retranslate("zh")

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.title.setText(self.tr("Is everything in order?"))
        self.all.set_words(self.tr("Test all"))
        self.leave.set_words(self.tr("Back to scanning"))
        self.change.set_words(self.tr("Settings"))
        self.detail.retranslate()
        self.setup.panel.retranslate(language)
        for part in self.tiles:
            self._show(part)

    def on_opened(self) -> None:
        """Look at everything that was never looked at, and at what was not in order."""
        for part, tile in self.tiles.items():
            if tile.finding.light is not Light.GOOD:
                self._look(part)
        self.choose(_FAR if self._is_away and _FAR in self.tiles else self.chosen)

    def on_status(self, status: LaneStatus) -> None:
        """Where nobody is reached, the way there is what is looked at first."""
        self._is_away = status.network in _AWAY

    def on_left(self) -> None:
        """Silence, and nobody is believed any more."""
        self.detail.stop()
        self.setup.steps.leave()
        self._show_side()

    def on_tick(self) -> None:
        """Digits and signatures are forgotten."""
        if self._is_setting_up:
            self.setup.steps.tick()
            self._show_side()

    def take_scan(self, scan: Scan) -> bool:
        """A supervisor's badge, while it is asked for."""
        took = self.setup.steps.took(scan)
        self._show_side()
        return took

    def on_picture(self, picture: CameraPicture) -> None:
        """The camera's test is its picture."""
        self.detail.show_picture(picture)

    def on_sound(self, *, can_be_heard: bool) -> None:
        """A loudspeaker came or went."""
        self.take(_OWN, Finding(Light.GOOD if can_be_heard else Light.BAD))

    def on_printer(self, report: PrinterReport) -> None:
        """What the printer says of itself, without being asked."""
        if report.state not in _UNDER_WAY:
            detail = f"{report.place}: {report.state.value}; {report.waiting} waiting"
            self.take(_PAPER, Finding(Light.WARN if report.is_fault else Light.GOOD, detail))

    def type_character(self, character: str) -> bool:
        """T tests the chosen part, A all of them, P prints the strip, S opens the settings; digits choose."""
        deeds = {"t": self.test, "a": self.test_all, "p": self.print_strip, "s": self.open_settings}
        deed = deeds.get(character.casefold())
        if self._is_setting_up and character.casefold() != "p":
            self.setup.steps.type(character)
            self._show_side()
        elif deed:
            deed()
        elif self.chosen == _OWN:
            self.detail.play_number(character)
        return True

    def backspace(self) -> bool:
        """One digit of the PIN less."""
        self.setup.steps.erase()
        self._show_side()
        return True

    def enter(self) -> bool:
        """The one blue button."""
        focused = self.focusWidget()
        if self._is_setting_up:
            self.setup.enter()
        elif isinstance(focused, CheckTile) and focused.part != self.chosen:
            self.choose(focused.part)
        else:
            self.test()
        return True

    def escape(self) -> bool:
        """One step back in the settings."""
        went = self.setup.steps.back()
        self._show_side()
        return went

    def print_strip(self) -> None:
        """The printer's test, in place of its details."""
        if self.setup.has_bench and self.setup.steps.step in {SetupStep.CLOSED, SetupStep.STRIP}:
            self.choose(_PAPER if _PAPER in self.tiles else self.chosen)
            self.setup.open_strip()
            self._show_side()

    def open_settings(self) -> None:
        """What may be changed here, for whoever may."""
        self.setup.open_choices()
        self._show_side()

    def choose(self, part: str) -> None:
        """Show this part in full; what was being changed is left."""
        self.chosen = part
        while self.setup.steps.back():
            pass
        self._show_side()
        for name, tile in self.tiles.items():
            tile.setChecked(name == part)
        self.detail.stop()
        self.detail.show_part(part, self.tiles[part].finding)

    def test(self) -> None:
        """Test the chosen part."""
        if self.chosen == _OWN:
            self.detail.play_all()
        else:
            self._look(self.chosen)

    def test_all(self) -> None:
        """Test them all."""
        for part in self.tiles:
            self._look(part)

    def take(self, part: str, finding: Finding) -> None:
        """What a look found."""
        if part in self.tiles:
            self.tiles[part].finding = finding
            self._show(part)

    @property
    def _is_setting_up(self) -> bool:
        return self.setup.steps.step is not SetupStep.CLOSED

    def _show_side(self) -> None:
        if self._is_setting_up:
            self.setup.show()
        self.side.setCurrentWidget(self.setup.panel if self._is_setting_up else self.detail)

    def _step(self, tiles: int) -> None:
        """Another tile, by an arrow."""
        parts = list(self.tiles)
        place = parts.index(self.chosen) + tiles
        if 0 <= place < len(parts) and not self._is_setting_up:
            self.choose(parts[place])

    def _look(self, part: str) -> None:
        if self._line is not None and part != _OWN:
            self.take(part, Finding(Light.LOOKING, self.tiles[part].finding.detail))
            self._line.look(part)

    def _show(self, part: str) -> None:
        tile = self.tiles[part]
        tile.show_words(self.words.name(part), self.words.light(tile.finding.light))
        if part == self.chosen:
            self.detail.show_part(part, tile.finding)
        wrong = sum(tile.finding.light in {Light.WARN, Light.BAD} for tile in self.tiles.values())
        well = all(tile.finding.light is Light.GOOD for tile in self.tiles.values())
        if wrong:
            self.summary.setText(self.tr("%n thing(s) to look at", "", wrong))
        else:
            self.summary.setText(self.tr("Everything is in order.") if well else "")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.summary)
        head.addLayout(words, 1)
        for button in (self.change, self.all, self.leave):
            head.addWidget(button)
        tiles = QWidget()
        grid = QGridLayout(tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, tile in enumerate(self.tiles.values()):
            tile.setMaximumHeight(_TILE_MOST)
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            grid.setRowStretch(place // _COLUMNS, _TILES_SHARE)
        grid.setRowStretch(grid.rowCount(), 1)
        self.side.addWidget(self.detail)
        self.side.addWidget(self.setup.panel)
        self.change.setVisible(self.setup.has_choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(TurningRow((Part(tiles, 11, 9), Part(self.side, 9, 11)), 12), 1)

    def _connect(self) -> None:
        for part, tile in self.tiles.items():
            tile.clicked.connect(lambda _=False, chosen=part: self.choose(chosen))
        self.detail.tested.connect(self.test)
        self.detail.played.connect(self.around.play)
        self.detail.gun_asked.connect(lambda: self.around.open(Workspace.GUN))
        self.detail.strip_asked.connect(self.print_strip)
        self.setup.panel.left.connect(self.escape)
        self.change.clicked.connect(self.open_settings)
        for key, tiles in _ARROWS.items():
            QShortcut(QKeySequence(key), self).activated.connect(lambda tiles=tiles: self._step(tiles))
        self.all.clicked.connect(self.test_all)
        self.leave.clicked.connect(self.around.go_home)
        if self._line is not None:
            self._line.found.connect(self.take)
