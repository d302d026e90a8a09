"""What a deed's state is called, and what colour and shape say the same.

Apart from table and detail because both, and the exported file, say it in the same words.
"""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import DeliveryState
from pos_client.ui.scan.recent_list import TONE_OF
from pos_client.usecases.history import HistoryLine
from pos_client.usecases.till_view import Level


class HistoryWords(QObject):
    """Words of one deed; each call answers in the present language.

    Args:
        wording: money.
    """

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.language = "zh"

    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return (
            self.tr("Time"),
            self.tr("Member"),
            self.tr("What"),
            self.tr("Off"),
            self.tr("Promoter"),
            self.tr("State"),
        )

    def cells(self, line: HistoryLine, *, with_day: bool) -> tuple[str, ...]:
        """The words of one row."""
        return (
            self.moment(line, with_day=with_day),
            self.member(line),
            line.item.headline.in_language(self.language),
            self.value(line),
            line.promoter,
            self.state(line),
        )

    def moment(self, line: HistoryLine, *, with_day: bool) -> str:
        """Clock, and the day before it where it matters."""
        local = line.item.at.astimezone(ZoneInfo(self._wording.zone))
        return local.strftime("%m-%d %H:%M" if with_day else "%H:%M:%S")

    def full_moment(self, line: HistoryLine) -> str:
        """Day and clock, as a file says them."""
        return line.item.at.astimezone(ZoneInfo(self._wording.zone)).strftime("%Y-%m-%d %H:%M:%S")

    def member(self, line: HistoryLine) -> str:
        """Masked, or the end of his number where this lane knows no more."""
        if line.member or not line.member_tail:
            return line.member
        return self.tr("member …%1").replace("%1", line.member_tail)

    def value(self, line: HistoryLine) -> str:
        """What the customer saved."""
        return f"−{self._wording.money(line.item.value_minor)}" if line.item.value_minor else ""

    def state(self, line: HistoryLine) -> str:
        """How it stands: one word or two."""
        item = line.item
        if item.undone:
            return self.tr("taken back")
        if item.in_conflict:
            return self.tr("conflict")
        if item.level not in {Level.OK, Level.PENDING}:
            return self.tr("not redeemed")
        if line.owed:
            return self.tr("to hand over")
        return self.tr("uploaded") if item.delivery >= DeliveryState.DELIVERED else self.tr("waiting")

    def owed(self, line: HistoryLine) -> str:
        """What is still to be handed over."""
        return self.tr(", ").join(name.in_language(self.language) for name in line.owed)

    def sentence(self, line: HistoryLine) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in self.cells(line, with_day=True) if part)

    @staticmethod
    def icon(line: HistoryLine) -> tuple[str, str]:
        """Name of the shape, and of its colour."""
        item = line.item
        level = Level.UNDONE if item.undone else Level.REPEAT if item.in_conflict else item.level
        if level is Level.OK and item.delivery < DeliveryState.DELIVERED:
            level = Level.PENDING
        return f"verdict-{level.value}", TONE_OF[level]
