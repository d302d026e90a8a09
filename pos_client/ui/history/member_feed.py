"""What was done with the member in hand on this lane, newest first, beside his coupons where the window is wide.

Apart from the history because nobody searches here: it is asked by itself, after the verdict is painted, and never
holds one up. Its room is there before its rows are, so that nothing moves when they come.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.domain.journal_entry import EntryKind
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.empty_panel import EmptyPanel
from pos_client.ui.fitting import FittedLabel
from pos_client.ui.history.history_words import HistoryWords
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.scan.scan_page import ScanPage
from pos_client.ui.theme import Theme
from pos_client.ui.translations import Translations
from pos_client.usecases.desk import Desk
from pos_client.usecases.history import HistoryLine, of_member
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import Customer, LaneStatus

LONGEST: Final = 20
# The verdict is painted by then; whoever scans fast is asked about only when he pauses.
_ASK_AFTER_MS: Final = 120


class MemberFeed(QFrame):
    """Deeds of one member, and where they were done.

    Signals:
        opened: somebody pressed a row; the whole of it stands in the history.

    Args:
        line: asks the desk. now: aware UTC wall clock.
    """

    opened = Signal()

    def __init__(self, theme: Theme, wording: Wording, line: AsksDesk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._line, self._wording, self._now = line, wording, now
        self._words = HistoryWords(wording, self)
        self._member = ""
        self._number = 0
        self._lines: tuple[HistoryLine, ...] = ()
        self._is_answered = self._has_fault = False
        self._lane = LaneStatus()
        self.title, self.where = FittedLabel("body"), FittedLabel("caption")
        self.deeds = RowList(theme)
        self.nothing = EmptyPanel("history")
        for label in (self.nothing.words, self.nothing.hint):
            label.set_lines(4)
        self.deeds.chosen.connect(lambda _key: self.opened.emit())
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ASK_AFTER_MS)
        self._soon.timeout.connect(self.ask)
        self._build()

    @Slot(object)
    def show_customer(self, customer: Customer) -> None:
        """Who is in hand; what belonged to somebody else goes at once."""
        member = customer.member.view.ref if customer.member else ""
        if member != self._member:
            self._member = member
            self._forget()
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Something was done with him, or he has just come: ask soon."""
        if self._member and self.isVisible():
            self._soon.start()

    def ask(self) -> None:
        """Ask now; an answer for somebody who has gone, or older than a newer question, is dropped."""
        self._number += 1
        member = self._member

        def member_feed_asked(desk: Desk, session: TillSession) -> tuple[HistoryLine, ...]:
            return of_member(desk, session.operator, member, LONGEST)

        self._line.ask(member_feed_asked, partial(self._take, self._number))

    @Slot(object)
    def show_status(self, status: LaneStatus) -> None:
        """Which lane this is."""
        self._lane = status
        self._name_place()

    def retranslate(self, language: str) -> None:
        """All words in a language."""
        self._words.language = language
        self.title.setText(self.tr("Done on this lane"))
        self._name_place()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The window was made wide, or the clerk came back to the coupons: it may have gone on meanwhile."""
        super().showEvent(event)
        self.refresh()

    def _take(self, number: int, found: tuple[HistoryLine, ...] | PosError) -> None:
        if number != self._number:
            return
        self._is_answered, self._has_fault = True, isinstance(found, PosError)
        if not isinstance(found, PosError):
            self._lines = found
        self._show()

    def _forget(self) -> None:
        """Nothing of a customer stays when he goes, and no answer of his comes in any more."""
        self._number += 1
        self._soon.stop()
        self._lines, self._is_answered, self._has_fault = (), False, False
        self._show()

    def _show(self) -> None:
        self.deeds.setAccessibleName(self.tr("What was done with this member on this lane"))
        self.deeds.show_rows([self._row(line) for line in self._lines])
        self.deeds.setVisible(bool(self._lines))
        self.nothing.setVisible(self._is_answered and not self._lines)
        if self._has_fault:
            self.nothing.show_words(self.tr("The book does not answer now."), self.tr("Scanning goes on as ever."))
        else:
            self.nothing.show_words(
                self.tr("Nothing of this member on this lane yet."),
                self.tr("What is redeemed, given or bought here will stand here."),
            )

    def _row(self, line: HistoryLine) -> Row:
        """No amount at the right: it would take the room of who did it, and a coupon's name tells it."""
        icon, tone = self._words.icon(line)
        when, value = self._words.moment(line, with_day=True), self._words.value(line)
        title, deed = (line.thing or line.item.headline).in_language(self._words.language), self._deed(line)
        return Row(
            key=f"{line.epoch}-{line.seq}",
            icon=icon,
            title=title,
            note=" · ".join(part for part in (self._when(line), deed, line.operator) if part),
            tone=tone,
            is_struck=line.item.undone,
            spoken=", ".join(part for part in (title, deed, value, when, line.operator) if part),
        )

    def _when(self, line: HistoryLine) -> str:
        """The clock of today, else the day: at which minute of an older day is nobody's question here."""
        zone = ZoneInfo(self._wording.zone)
        at = line.item.at.astimezone(zone)
        return at.strftime("%H:%M" if at.date() == self._now().astimezone(zone).date() else "%m-%d")

    def _deed(self, line: HistoryLine) -> str:
        """What happened to it; a purchase and a binding say so in their own name."""
        if line.item.undone:
            return self.tr("taken back")
        if line.thing is not None:
            return line.item.headline.in_language(self._words.language)
        if line.kind is EntryKind.ISSUE:
            return self.tr("given")
        if line.kind is EntryKind.REDEEM:
            return self.tr("redeemed")
        return self.tr("not redeemed") if line.kind is EntryKind.REJECT else ""

    def _name_place(self) -> None:
        store = "·".join(part for part in (self._lane.store_name, self._lane.booth) if part)
        lane = self.tr("lane {number}").format(number=self._lane.lane) if self._lane.lane else ""
        self.where.setText(" ".join(part for part in (store, lane) if part))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 8)
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.where)
        column.addSpacing(6)
        column.addWidget(self.deeds, 1)
        column.addWidget(self.nothing, 1)
        column.addStretch(0)


def feed_beside(page: ScanPage, feed: MemberFeed, translations: Translations) -> MemberFeed:
    """Give the scan screen a feed; it hears what the screen hears, and a row of it leads where "records" leads."""
    page.places.set_feed(feed)
    page.customer_shown.connect(feed.show_customer)
    page.answer_shown.connect(feed.refresh)
    page.status_shown.connect(feed.show_status)
    feed.opened.connect(page.home.card.records_asked)
    translations.changed.connect(feed.retranslate)
    feed.retranslate(translations.language)
    return feed
