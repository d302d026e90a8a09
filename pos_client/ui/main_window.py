"""The frame around every screen: upper edge, banner, the screen, function keys; and which key means what.

Apart from the scan screen so that later screens stand in the same frame with the same keys.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_client.config.wording import Wording
from pos_client.ui.banner import Banner
from pos_client.ui.crash_panel import CrashPanel
from pos_client.ui.desk_line import AsksDesk, NoDesk
from pos_client.ui.function_bar import FunctionBar
from pos_client.ui.history.asked_records import asked_records
from pos_client.ui.history.member_feed import MemberFeed, feed_beside
from pos_client.ui.line_above import line_above
from pos_client.ui.network.asked_why import asked_why
from pos_client.ui.page_stack import PageStack
from pos_client.ui.scan.places import WIDE_FROM
from pos_client.ui.scan.scan_page import ScanPage
from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.screen import Page, Surroundings
from pos_client.ui.screens import INSIDE_KEYS, KEYS, PAGES
from pos_client.ui.theme import Theme
from pos_client.ui.till_port import Till
from pos_client.ui.top_bar import TopBar
from pos_client.ui.training_stripe import TrainingStripe
from pos_client.ui.translations import Translations
from pos_client.ui.tray.bring_back import bring_back
from pos_client.usecases.till_view import LaneStatus

_TICK_MS: Final = 250
_OPENS: Final = {
    "F1": Workspace.HELP,
    "F2": Workspace.CODE,
    "F3": Workspace.AMOUNT,
    "F7": Workspace.PROMOTER,
    "Ctrl+G": Workspace.GUN,
}


class MainWindow(QWidget):
    """The clerk's window.

    Signals:
        closed: it was closed; whoever opened it ends the threads.
        text_size_changed: the clerk's percentage. volume_asked: 0 to 1, the clerk's.

    Args:
        till: takes the deeds.
        theme, translations, wording: looks and words.
        now: aware UTC wall clock.
        line: asks the desk for the screens beside the scan loop; without it there are none.
    """

    closed = Signal()
    text_size_changed = Signal(int)
    volume_asked = Signal(float)

    def __init__(
        self,
        till: Till,
        theme: Theme,
        translations: Translations,
        wording: Wording,
        now: Callable[[], datetime],
        line: AsksDesk | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        # A digit must arrive as a digit, whatever input method is switched on; nothing here takes free text.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        # The keyboard belongs to the window itself until somebody goes to a widget with Tab.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self._theme = theme
        self._translations = translations
        self.top_bar = TopBar(wording, now)
        self.banner = Banner(wording, now)
        self.crash = CrashPanel()
        self.page = ScanPage(theme, wording, now)
        self.presenter = ScanPresenter(till, self.page, now)
        self.body = PageStack(self.page, PAGES if line else (), self._around(line or NoDesk(), till, wording, now))
        self.body.made.connect(self._on_page)
        self.presenter.screens.known = frozenset(self.body.workspaces)
        self.body.make_early()
        self.function_bar = FunctionBar({workspace: KEYS[workspace] for workspace in self.body.workspaces})
        self._build(is_training=line is not None and line.tools.training)
        self._connect()
        if line is not None:
            self.page.undo_shown.connect(partial(self.page.undo_panel.ask, line))
            self.feed = feed_beside(self.page, MemberFeed(theme, wording, line, now), translations)
        self._bind_keys()
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.retranslate(translations.language)

    @Slot(str)
    def retranslate(self, language: str) -> None:
        """Every word in a language, at once and without losing anything."""
        self.setWindowTitle(self.tr("POS Client"))
        self.top_bar.retranslate(language)
        self.banner.retranslate(language)
        self.crash.retranslate()
        self.function_bar.retranslate(language)
        self.page.retranslate(language)
        self.body.retranslate(language)
        self.presenter.show_everything()

    @Slot(str, str)
    def show_failure(self, worker: str, what: str) -> None:
        """A worker has died."""
        self.crash.show_failure(worker, what)
        self._line.setCurrentIndex(1)

    @Slot()
    def tick(self) -> None:
        """A moment has passed: clock, ages and the ring of the undo button."""
        self.top_bar.tick()
        self.banner.retranslate(self._translations.language)
        self.presenter.on_tick()
        self.body.tick()

    def lock(self) -> None:
        """Hide what is shown until somebody says who he is; where there is no such screen, nothing happens."""
        if Workspace.SHIFT in self.body.workspaces and self.presenter.workspace is not Workspace.SHIFT:
            self.presenter.open(Workspace.SHIFT)

    def step_text(self, steps: int) -> None:
        """Larger or smaller text; 0 is its normal size."""
        self.text_size_changed.emit(self._theme.step_text(steps))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose sizes and arrangement for the new width."""
        super().resizeEvent(event)
        self._theme.set_wide(wide=event.size().width() >= WIDE_FROM)
        self.page.places.arrange(event.size().width(), event.size().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget wanted; Enter is the one blue button, Esc leads back to scanning."""
        deeds: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: self._on_enter,
            Qt.Key.Key_Enter: self._on_enter,
            Qt.Key.Key_Escape: self._on_escape,
            Qt.Key.Key_Backspace: self.presenter.backspace,
            Qt.Key.Key_Delete: self.presenter.detach_member,
        }
        deed = deeds.get(event.key())
        if deed:
            deed()
        elif (
            event.text() and event.text().isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.presenter.type_character(event.text())
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever opened it."""
        self._clock.stop()
        self.closed.emit()
        super().closeEvent(event)

    def _around(self, line: AsksDesk, till: Till, wording: Wording, now: Callable[[], datetime]) -> Surroundings:
        presenter = self.presenter
        return Surroundings(
            self._theme,
            wording,
            now,
            line,
            presenter.open,
            presenter.go_home,
            presenter.on_scanned,
            self.page.play,
            till,
            presenter.expect,
            answer=presenter.on_own_answer,
            speak=self._translations.use,
            set_volume=self.volume_asked.emit,
            undo=presenter.undo,
            photo=self.page.photo,
            tray=presenter.tray,
            bring_back=partial(bring_back, presenter),
        )

    def _build(self, *, is_training: bool) -> None:
        column = QVBoxLayout(self)
        # The words shrink to the window, so it need not grow with them.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if is_training:
            column.addWidget(TrainingStripe())
        column.addWidget(self.top_bar)
        # One place for both: nothing below ever moves, and a part that stands still is the more urgent news.
        over, self._line = line_above(self.banner, self.crash, self.body)
        column.addLayout(over, 1)
        column.addWidget(self.function_bar)

    def _connect(self) -> None:
        page, presenter = self.page, self.presenter
        self._translations.changed.connect(self.retranslate)
        page.status_shown.connect(self._on_status)
        page.workspace_shown.connect(self._on_workspace)
        self.volume_asked.connect(self.body.tell_volume)
        page.verdict.confirmed.connect(presenter.enter)
        page.verdict.undo_asked.connect(presenter.undo)
        page.verdict.opened.connect(presenter.open)
        page.home.asked.connect(presenter.open)
        page.home.card.amount_asked.connect(lambda: presenter.open(Workspace.AMOUNT))
        page.home.card.set_asked.connect(lambda: presenter.open(Workspace.BASKET))
        page.home.card.detach_asked.connect(presenter.detach_member)
        page.home.card.coupon_chosen.connect(presenter.choose_coupon)
        page.home.card.records_asked.connect(partial(asked_records, self.body, presenter))
        page.home.card.number_asked.connect(lambda: presenter.open(Workspace.PHONE))
        page.home.card.code_asked.connect(lambda: presenter.open(Workspace.BIND))
        for entry in (page.code_entry, page.amount_entry):
            entry.typed.connect(presenter.type_character)
            entry.erased.connect(presenter.backspace)
            entry.cleared.connect(presenter.clear_entry)
            entry.entered.connect(presenter.enter)
            entry.left.connect(presenter.go_home)
        for panel in (page.undo_panel, page.promoters, page.help, page.gun):
            panel.left.connect(presenter.go_home)
        page.undo_panel.chosen.connect(presenter.undoing.choose)
        page.undo_panel.entered.connect(presenter.enter)
        page.promoters.chosen.connect(presenter.choose_promoter)
        self._connect_edges(presenter)

    def _connect_edges(self, presenter: ScanPresenter) -> None:
        self.top_bar.promoter_asked.connect(lambda: presenter.open(Workspace.PROMOTER))
        self.top_bar.sync_asked.connect(presenter.sync_now)
        for edge in (self.top_bar.sync_asked, self.banner.asked):
            edge.connect(lambda: asked_why(self.body, presenter, presenter.status.network))
        self.top_bar.gun_asked.connect(lambda: presenter.open(Workspace.GUN))
        self.function_bar.opened.connect(presenter.open)
        self.function_bar.undo_asked.connect(presenter.undo)
        self.function_bar.language_asked.connect(self._translations.toggle)
        self.function_bar.text_stepped.connect(self.step_text)

    def _bind_keys(self) -> None:
        for key, workspace in _OPENS.items():
            self._bind(key, partial(self.presenter.open, workspace))
        for workspace in self.body.workspaces:
            self._bind(KEYS[workspace], partial(self.presenter.open, workspace))
        if Workspace.RECEIPT in self.body.workspaces:
            # F9 is also the prefix that most guns are given; then it is theirs.
            self._bind("Ctrl+P", partial(self.presenter.open, Workspace.RECEIPT))
        self._bind("F8", self.presenter.undo)
        for key in {*INSIDE_KEYS} - {KEYS[workspace] for workspace in self.body.workspaces}:
            self._bind(key, lambda: None)
        self._bind("Ctrl+H", partial(asked_records, self.body, self.presenter))
        self._bind("Ctrl+L", self._translations.toggle)
        self._bind("F11", self.page.whole.toggle)
        for key, steps in {"Ctrl+=": 1, "Ctrl++": 1, "Ctrl+-": -1, "Ctrl+0": 0}.items():
            self._bind(key, partial(self.step_text, steps))

    def _bind(self, key: str, deed: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self.body.take_key(key) or deed())

    def _on_enter(self) -> None:
        """The chosen row, where the arrows lead; otherwise the blue button of what is open."""
        coupons = self.page.home.card.coupons
        if self.presenter.workspace is Workspace.GUN:
            self.page.gun.press_save()
        elif coupons.hasFocus() and not self.presenter.customer.awaits_confirm:
            coupons.press_current()
        else:
            self.presenter.enter()

    def _on_escape(self) -> None:
        """One step back inside of a screen that has steps; else back to scanning."""
        if not self.presenter.screens.escaped(self.presenter.workspace):
            self.presenter.go_home()

    @Slot(object)
    def _on_page(self, page: Page) -> None:
        self.presenter.screens[page.workspace] = page

    @Slot(object)
    def _on_workspace(self, workspace: Workspace) -> None:
        is_locked = workspace is Workspace.SHIFT and workspace in self.body.workspaces
        self.function_bar.set_locked(locked=is_locked)
        self.top_bar.set_locked(locked=is_locked)

    @Slot(object)
    def _on_status(self, status: LaneStatus) -> None:
        self.top_bar.show_status(status)
        self.banner.show_status(status)
