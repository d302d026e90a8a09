"""The words of the figures: tiles, titles and columns in the clerk's language; numbers are the use-case's.

Apart from the page so that it only arranges.
"""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from pos_client.config.wording import Wording
from pos_client.ui.dashboard.charts import Chart, amount_chart, hour_chart, reason_chart
from pos_client.ui.dashboard.tiles import TileText
from pos_client.usecases.day_figures import DayFigures
from pos_client.usecases.day_sums import WEEKS


class FigureWords(QObject):
    """Says figures.

    Attributes:
        language: ``zh`` or ``en``.
    """

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.language = "zh"

    def charts(self, figures: DayFigures) -> tuple[Chart, ...]:
        """The four, in the order of their keys."""
        count, money = self.tr("Redeemed"), self._wording.money
        off = self.tr("Money off")
        hours = (self.tr("Hour"), count, self.tr("Usual on this weekday"))
        return (
            hour_chart(figures, self.tr("By hour"), hours, self._usual(), self._hour_now(figures)),
            amount_chart(
                "campaigns", self.tr("By campaign"), 2, (self.tr("Campaign"), count, off),
                figures.campaigns, money, self.language,
            ),
            amount_chart(
                "promoters", self.tr("By promoter"), 3, (self.tr("Promoter"), count, off),
                figures.promoters, money, self.language, self._band(figures),
            ),
            reason_chart(
                figures, self.tr("Why refused"), (self.tr("Reason"), self.tr("Refused"), self.tr("Code")),
                self._wording, self.language,
            ),
        )  # fmt: skip

    def tiles(self, figures: DayFigures) -> tuple[TileText, ...]:
        """The five."""
        back = self.tr("{count} taken back").format(count=figures.taken_back) if figures.taken_back else ""
        money = self.tr("{money} off").format(money=self._wording.money(figures.value_minor))
        waits = self.tr("waiting to be sent") if figures.pending else self.tr("all at head office")
        return (
            TileText(self.tr("Redeemed"), f"{figures.redeemed}", self._joined(money, back)),
            TileText(self.tr("Bound"), f"{figures.bound}"),
            TileText(self.tr("Handed over"), f"{figures.handed_over}"),
            TileText(
                self.tr("Refusal rate"),
                f"{figures.refusal_percent:.1f}%",
                self.tr("{count} refused").format(count=figures.refused),
            ),
            TileText(self.tr("To sync"), f"{figures.pending}", waits, "warn" if figures.pending else ""),
        )

    def day(self, figures: DayFigures) -> str:
        """Which day."""
        words = self._wording.day(figures.day, self.language)
        return self.tr("Today, {day}").format(day=words) if figures.day == figures.today else words

    def age(self, figures: DayFigures, age_s: int) -> str:
        """When it was counted, and how long ago that is once it matters."""
        at = self._wording.moment(figures.at, self.language, figures.at)
        if age_s <= 60:
            return self.tr("As of {time}").format(time=at)
        age = self._wording.age(age_s, self.language)
        return self.tr("As of {time}, {age} ago").format(time=at, age=age)

    def _usual(self) -> str:
        return self.tr("Bars: this day. Dashed line with dots: mean of the same weekday over {weeks} weeks.").format(
            weeks=WEEKS
        )

    def _hour_now(self, figures: DayFigures) -> int:
        """The hour that has begun; of a day that is over the last."""
        return figures.at.astimezone(ZoneInfo(self._wording.zone)).hour if figures.day == figures.today else 23

    def _band(self, figures: DayFigures) -> str:
        band = figures.band
        if band is None:
            return ""
        words = {1: self.tr("front third"), 2: self.tr("middle third"), 3: self.tr("last third")}
        return self.tr("You: {place} of {count}").format(place=words[band.third], count=band.of)

    def _joined(self, one: str, other: str) -> str:
        return self.tr("{one}; {other}").format(one=one, other=other) if other else one
