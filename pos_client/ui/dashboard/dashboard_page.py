"""D1: how today is, in five seconds. Tiles and four charts of a day, or each chart as a table; no customer is named."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.domain.errors import PosError
from pos_client.domain.report_table import csv_bytes
from pos_client.ui.dashboard.chart_panel import ChartPanel
from pos_client.ui.dashboard.charts import Chart
from pos_client.ui.dashboard.day_bar import ChartTabs, DayBar, DeedBar
from pos_client.ui.dashboard.figure_words import FigureWords
from pos_client.ui.dashboard.tiles import Tiles
from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.scan.places import WIDE_FROM
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.usecases.day_figures import DayFigures, figures_of
from pos_client.usecases.day_office import office_of
from pos_client.usecases.day_sums import AskedDay, DaySums, asked_day, day_sums
from pos_client.usecases.desk import Desk
from pos_client.usecases.till_session import TillSession

REFRESH: Final = timedelta(seconds=30)
_CHARTS: Final = 4
_TILES: Final = 5
# Five stand side by side from so many letters' heights on; below that in two rows.
_TILE_EMS: Final = 50


class DashboardPage(Page):
    """The figures of a day."""

    workspace: ClassVar[Workspace] = Workspace.DASHBOARD
    takes_whole = True

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self.figures: DayFigures | None = None
        self.chosen = 0
        self.as_table = False
        self._day: date | None = None
        self._asked_at: datetime | None = None
        self._words = FigureWords(around.wording)
        self.bar = DayBar()
        self.tiles = Tiles(_TILES)
        self.tabs = ChartTabs(_CHARTS)
        self.panels = tuple(ChartPanel(around.theme, self) for _ in range(_CHARTS))
        self.empty = EmptyPanel("calendar")
        self.deeds = DeedBar()
        self._build()
        self._connect()
        self.retranslate("zh")

    def retranslate(self, language: str) -> None:
        """All words in a language."""
        super().retranslate(language)
        self._words.language = language
        self.bar.retranslate()
        self.deeds.retranslate()
        self._show()

    def on_opened(self) -> None:
        """Today, counted now."""
        self._day = None
        self.refresh()

    def on_tick(self) -> None:
        """Count again every half minute, and say how old the figures are."""
        if self._asked_at is None or self.around.now() - self._asked_at >= REFRESH:
            self.refresh()
        self._show_age()

    def type_character(self, character: str) -> bool:
        """1 to 4 choose a chart; T, C and S are the buttons at the foot."""
        if self.figures is not None and self.figures.is_empty:
            return character.lower() in "1234tcs"
        if character in {"1", "2", "3", "4"}:
            self.choose(int(character) - 1)
            return True
        deeds = {"t": self.toggle_table, "c": self.copy, "s": self.save}
        deed = deeds.get(character.lower())
        if deed:
            deed()
        return deed is not None

    def refresh(self) -> None:
        """Count the day again."""
        self._asked_at = self.around.now()
        day = self._day

        def work(desk: Desk, _session: TillSession) -> AskedDay:
            return asked_day(desk, day)

        self.around.line.ask(work, self._on_asked)

    def show_figures(self, figures: DayFigures) -> None:
        """Draw these."""
        self.figures = figures
        self._show()

    def choose(self, place: int) -> None:
        """A chart is meant from now on."""
        self.chosen = place
        self._arrange()

    def toggle_table(self) -> None:
        """The same figures as tables, or as pictures."""
        self.as_table = not self.as_table
        for panel in self.panels:
            panel.show_table(shown=self.as_table)
        self.deeds.show_state(as_table=self.as_table)

    def step_day(self, days: int) -> None:
        """Another day; never one that is to come."""
        if self.figures is None:
            return
        wanted = (self._day or self.figures.today) + timedelta(days=days)
        self._day = None if wanted >= self.figures.today else wanted
        self.refresh()

    def copy(self) -> None:
        """The chosen chart's table, for any spreadsheet."""
        QGuiApplication.clipboard().setText(self.chart.as_text())
        self.deeds.say(self.tr("Copied: {what}").format(what=self.chart.title))

    def save(self) -> None:
        """The chosen chart's table as CSV and as a workbook."""
        chart, figures = self.chart, self.figures
        if figures is None:
            return

        def work(desk: Desk, _session: TillSession) -> str:
            from pos_client.domain.report_workbook import xlsx_bytes  # noqa: PLC0415 - slow to load, rarely asked for

            office, name = office_of(desk.office), f"figures-{figures.day.isoformat()}-{chart.name}"
            office.keep(f"{name}.xlsx", xlsx_bytes(chart.table()))
            return office.keep(f"{name}.csv", csv_bytes(chart.table()))

        self.around.line.ask(work, self._on_saved)

    @property
    def chart(self) -> Chart:
        """The chosen one."""
        return self.panels[self.chosen].bars.chart

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One chart with tabs, two by two, or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _on_asked(self, asked: AskedDay | PosError) -> None:
        """A long day is counted where no deed waits for it."""
        if isinstance(asked, PosError):
            self._on_figures(asked)
        else:
            self.around.line.ask_aside(partial(day_sums, asked), partial(self._on_sums, asked))

    def _on_sums(self, asked: AskedDay, sums: DaySums | PosError) -> None:
        if isinstance(sums, PosError):
            self._on_figures(sums)
            return

        def name(desk: Desk, session: TillSession) -> DayFigures:
            return figures_of(desk, asked, sums, session.operator, session.promoter)

        self.around.line.ask(name, self._on_figures)

    def _on_figures(self, found: DayFigures | PosError) -> None:
        if isinstance(found, PosError):
            line, _ = self.around.wording.of_fault(found)
            self.deeds.say(line.in_language(self.language))
        else:
            self.show_figures(found)

    def _on_saved(self, found: str | PosError) -> None:
        if isinstance(found, PosError):
            line, _ = self.around.wording.of_fault(found)
            self.deeds.say(line.in_language(self.language))
        else:
            self.deeds.say(self.tr("Saved: {file}").format(file=found))

    def _show(self) -> None:
        figures = self.figures
        if figures is None:
            return
        charts = self._words.charts(figures)
        for panel, chart in zip(self.panels, charts, strict=True):
            panel.show_chart(chart)
        self.tabs.show_titles([chart.title for chart in charts])
        self.tiles.show_texts(self._words.tiles(figures))
        self.bar.show_day(self._words.day(figures), is_today=figures.day == figures.today)
        self._show_whether_empty(figures)
        self._show_age()
        self._arrange()

    def _show_whether_empty(self, figures: DayFigures) -> None:
        """An empty day says so; what is done with charts is not offered then."""
        is_today = figures.day == figures.today
        hint = self.tr("They appear by themselves once the counter opens.") if is_today else ""
        self.empty.show_words(self.tr("No figures yet") if is_today else self.tr("Nothing was done on this day"), hint)
        self.middle.setCurrentWidget(self.empty if figures.is_empty else self._charts)
        self.tabs.setDisabled(figures.is_empty)
        self.deeds.set_offered(offered=not figures.is_empty)

    def _show_age(self) -> None:
        if self.figures is not None:
            age_s = int((self.around.now() - self.figures.at).total_seconds())
            self.bar.show_age(self._words.age(self.figures, age_s), is_old=age_s > 2 * REFRESH.total_seconds())

    def _arrange(self) -> None:
        is_tall = self.height() > self.width()
        is_wide = self.width() >= WIDE_FROM
        self.tabs.setVisible(not (is_tall or is_wide))
        self.tabs.choose(self.chosen)
        has_room = not is_tall or self.width() >= _TILE_EMS * self.around.theme.size("body")
        self.tiles.arrange(_TILES if has_room else 3)
        for place, panel in enumerate(self.panels):
            self._grid.addWidget(panel, place // 2 if is_wide else place, place % 2 if is_wide else 0)
            panel.setVisible(is_tall or is_wide or place == self.chosen)
            panel.set_chosen(chosen=place == self.chosen and (is_tall or is_wide))
            panel.bars.set_role("title" if is_tall else "body")
        self._grid.setColumnStretch(1, 1 if is_wide else 0)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        self._charts = QWidget()
        self._grid = QGridLayout(self._charts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self.middle = QStackedWidget()
        self.middle.addWidget(self._charts)
        self.middle.addWidget(self.empty)
        for widget in (self.bar, self.tiles, self.tabs):
            column.addWidget(widget)
        column.addWidget(self.middle, 1)
        column.addWidget(self.deeds)

    def _connect(self) -> None:
        self.bar.stepped.connect(self.step_day)
        self.bar.left.connect(self.around.go_home)
        self.tabs.chosen.connect(self.choose)
        self.deeds.table_asked.connect(self.toggle_table)
        self.deeds.copy_asked.connect(self.copy)
        self.deeds.save_asked.connect(self.save)
        for key, days in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
            QShortcut(QKeySequence(key), self).activated.connect(partial(self.step_day, days))
