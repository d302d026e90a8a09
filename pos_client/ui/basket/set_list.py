"""The coupons of a set as rows: ticked or not, and why, in words.

Apart from the page because the rows keep their places while ticks change, so that nothing moves under a finger.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.domain.business_time import local_date
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, Verdict, VerdictKind
from pos_client.ui.scan.rows import Row
from pos_client.usecases.set_view import CouponSet, SetRow


class SetRows(QObject):
    """Puts a set into rows.

    Args:
        wording: sentences of the reasons. now: aware UTC wall clock.
    """

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._wording, self._now = wording, now
        self._order: list[str] = []

    def rows(self, offered: CouponSet | None, language: str) -> list[Row]:
        """One row a coupon, where it was before."""
        if offered is None or not offered.rows:
            self._order.clear()
            return []
        by_id = {row.outcome.id: row for row in offered.rows}
        self._order = [key for key in self._order if key in by_id]
        self._order += [key for key in by_id if key not in self._order]
        alone = offered.count == 1
        return [self._row(by_id[key], language, alone=alone) for key in self._order]

    def _row(self, row: SetRow, language: str, *, alone: bool) -> Row:
        outcome = row.outcome
        name = outcome.name.in_language(language) if outcome.name else outcome.id
        off = f"−{self._wording.money(outcome.discount_minor)}" if outcome.discount_minor else ""
        if outcome.used:
            note = self._ticked(outcome, language, alone=alone)
            spoken = self.tr("{name}, ticked, {why}, {off}").format(name=name, why=note, off=off)
            return Row(outcome.id, "box-ticked", name, note, off, tone="on-ok-tint", spoken=spoken)
        note = self._why_not(row, language)
        spoken = self.tr("{name}, not ticked, {why}").format(name=name, why=note)
        if outcome.why is Reason.ALREADY_USED:
            return Row("", "verdict-repeat", name, note, tone="on-no-tint", is_struck=True, spoken=spoken)
        icon = "box-empty" if row.can_tick else "box-closed"
        key = outcome.id if row.can_tick else ""
        return Row(key, icon, name, note, is_muted=not row.can_tick, spoken=spoken)

    def _ticked(self, outcome: CouponOutcome, language: str, *, alone: bool) -> str:
        """Why it is among them."""
        if outcome.ends == local_date(self._now(), self._wording.zone):
            return self.tr("Use it now, it ends today")
        ends = self._wording.day(outcome.ends, language) if outcome.ends else ""
        if alone:
            return self.tr("Saves most by itself, until {day}").format(day=ends) if ends else self.tr("Saves most")
        return (
            self.tr("Goes with the others, until {day}").format(day=ends) if ends else self.tr("Goes with the others")
        )

    def _why_not(self, row: SetRow, language: str) -> str:
        if row.is_left_aside:
            return self.tr("Left aside; press Space to use it")
        outcome = row.outcome
        kind = VerdictKind.REFUSED
        verdict = Verdict(kind, outcome.why, outcome.facts, coupons=(outcome,), use=row.use)
        return self._wording.of_verdict(verdict, language, self._now()).line
