"""What a chart shows, without a widget: the picture and the table are drawn from this one value, so they cannot differ.

Apart from the painting so that figures can be tested as figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_client.config.wording import Wording
from pos_client.domain.reasons import Reason
from pos_client.domain.report_table import Table
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.day_figures import Amount, DayFigures


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar.

    Attributes:
        label: what it is of. value: its length. text: the number that stands on it.
        usual: the point of the line over it, None for none.
        more: what the table has beside, such as money.
    """

    label: str
    value: int
    text: str
    usual: float | None = None
    more: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        name: stable, of files. title: in the clerk's words. series: which colour and pattern, 1 to 4.
        columns: heads of its table.
        upright: bars that stand, as hours do; else bars that lie.
        note: a line under the title, or empty.
    """

    name: str
    title: str
    series: int
    columns: tuple[str, ...]
    bars: tuple[ChartBar, ...]
    upright: bool = False
    note: str = ""

    def rows(self) -> list[tuple[str, ...]]:
        """The same as rows of a table."""
        return [tuple(part for part in _cells(bar, len(self.columns))) for bar in self.bars]

    def table(self) -> Table:
        """The same for a file."""
        return Table(self.name, self.columns, tuple(self.rows()))

    def as_text(self) -> str:
        """The same for the clipboard: tabs and lines."""
        return "\n".join("\t".join(row) for row in (self.columns, *self.rows())) + "\n"


def hour_chart(figures: DayFigures, title: str, columns: tuple[str, ...], note: str, hour_now: int) -> Chart:
    """Redemptions per hour; an hour after ``hour_now`` has no number yet. ``note`` says what the line is."""
    bars = [
        ChartBar(
            f"{one.hour}:00",
            one.count,
            f"{one.count}" if one.count or one.hour <= hour_now else "–",
            one.usual,
            _mean(one.usual),
        )
        for one in figures.hours
    ]
    has_line = any(one.usual is not None for one in figures.hours)
    return Chart("hours", title, 1, columns, tuple(bars), upright=True, note=note if has_line else "")


def amount_chart(
    name: str,
    title: str,
    series: int,
    columns: tuple[str, ...],
    amounts: Sequence[Amount],
    money: Callable[[int], str],
    language: str,
    note: str = "",
) -> Chart:
    """Redemptions by something, most first."""
    bars = [
        ChartBar(one.of.in_language(language), one.count, f"{one.count}", more=money(one.value_minor))
        for one in amounts
    ]
    return Chart(name, title, series, columns, tuple(bars), note=note)


def reason_chart(figures: DayFigures, title: str, columns: tuple[str, ...], wording: Wording, language: str) -> Chart:
    """Refusals by reason, with the code that everybody can name."""
    bars = []
    for reason, count in figures.reasons:
        label, code = _reason(reason, wording, language)
        bars.append(ChartBar(label, count, f"{count}", more=code))
    return Chart("refusals", title, 4, columns, tuple(bars))


def _reason(reason: str, wording: Wording, language: str) -> tuple[str, str]:
    try:
        words = wording.of_verdict(Verdict(VerdictKind.REFUSED, Reason(reason)), language)
    except (KeyError, ValueError):
        # An older lane's word, or a newer one's: it is shown as it stands.
        return reason, ""
    return words.headline, words.code


def _cells(bar: ChartBar, count: int) -> tuple[str, ...]:
    return (bar.label, bar.text, bar.more)[:count]


def _mean(usual: float | None) -> str:
    return "" if usual is None else f"{usual:.1f}"
