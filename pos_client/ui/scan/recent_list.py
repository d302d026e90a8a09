"""The last scans, newest first: did it go through, and has the centre got it?"""

from typing import Final
from zoneinfo import ZoneInfo

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import DeliveryState
from pos_client.ui.scan.rows import Row, RowList
from pos_client.ui.theme import Theme
from pos_client.usecases.till_view import Level, RecentItem

TONE_OF: Final = {
    Level.OK: "on-ok-tint",
    Level.PENDING: "on-pending-tint",
    Level.READY: "on-info-tint",
    Level.MEMBER: "on-info-tint",
    Level.WARN: "on-warn-tint",
    Level.REPEAT: "on-no-tint",
    Level.REPEAT_SELF: "on-warn-tint",
    Level.NO: "on-no-tint",
    Level.SYSTEM: "text-muted",
    Level.UNDONE: "on-info-tint",
}


class RecentList(RowList):
    """Journal lines for people.

    Args:
        longest: how many at most.
    """

    def __init__(self, theme: Theme, wording: Wording, longest: int) -> None:
        super().__init__(theme)
        self._wording = wording
        self._longest = longest
        self._items: tuple[RecentItem, ...] = ()

    def show_items(self, items: tuple[RecentItem, ...], language: str, zone: str) -> None:
        """Show the newest."""
        self._items = items[: self._longest]
        self.show_rows([self._row(item, language, zone) for item in self._items])

    def selected_item(self) -> RecentItem | None:
        """The chosen line."""
        place = self.currentRow()
        return self._items[place] if 0 <= place < len(self._items) else None

    def retranslate(self) -> None:
        """Name itself."""
        self.setAccessibleName(self.tr("Last scans"))

    def _row(self, item: RecentItem, language: str, zone: str) -> Row:
        level = Level.UNDONE if item.undone else item.level
        clock = item.at.astimezone(ZoneInfo(zone)).strftime("%H:%M")
        title = item.headline.in_language(language)
        state = self._state(item)
        value = f"−{self._wording.money(item.value_minor)}" if item.value_minor else ""
        return Row(
            key=str(item.seq),
            icon=f"verdict-{level.value}",
            title=title,
            note=f"{clock} · {state}" if state else clock,
            trailing=value,
            tone=TONE_OF[level],
            is_struck=item.undone,
            spoken=", ".join(part for part in (clock, title, value, state) if part),
        )

    def _state(self, item: RecentItem) -> str:
        if item.undone:
            return self.tr("taken back")
        if item.in_conflict:
            return self.tr("conflict")
        if item.level not in {Level.OK, Level.PENDING}:
            return self.tr("not redeemed")
        return self.tr("uploaded") if item.delivery >= DeliveryState.DELIVERED else self.tr("waiting to upload")
