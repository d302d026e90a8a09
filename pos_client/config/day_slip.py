"""The day's sheet as text for a printer of 80 mm (42 columns) or 58 mm (32): what a clerk signs in the evening.

Apart from a customer's slip because this one has no goods and no codes. Nothing on it depends on when it is printed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pos_client.domain.report_table import Table

from .slip_page import columns_of
from .wording import Wording

WIDTHS: Final = {80: 42, 58: 32}
# The order in which a clerk counts; whatever is not here stands at the end.
_ORDER: Final = (
    *("bought", "paid", "returned", "redeemed", "voided", "tier", "campaign"),
    *("refused", "bind", "issue", "hand_over", "earn", "burn"),
)
_WITH_MONEY: Final = frozenset({"bought", "paid", "returned", "redeemed", "voided", "tier", "campaign"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a day's sheet is of.

    Attributes:
        table: ``BookReport.DAY``. head: number and short hash of the day's last entry, empty where it has none.
    """

    table: Table
    store: int
    lane: int
    booth: str
    first: date
    last: date
    head: str = ""


def day_slip(sheet: Sheet, wording: Wording, language: str, paper_mm: int = 80) -> str:
    """The whole sheet in ``zh`` or ``en``; its last line ends with a newline."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(sheet, wording, language, WIDTHS[paper_mm]))


def _lines(sheet: Sheet, wording: Wording, language: str, width: int) -> Iterator[str]:
    def say(name: str, **facts: str | int) -> str:
        return wording.of_slip(f"day-{name}", facts).in_language(language)

    title = say("title")
    yield " " * ((width - columns_of(title)) // 2) + title
    yield sheet.first.isoformat() if sheet.first == sheet.last else f"{sheet.first} – {sheet.last}"
    yield say("where", store=sheet.store, lane=sheet.lane, booth=sheet.booth)
    rows = sorted(sheet.table.documents(), key=lambda row: (_place(str(row["what"])), tuple(map(str, row.values()))))
    before = ""
    for row in rows:
        what = str(row["what"])
        if what != before:
            yield "-" * width
            before = what
        name = say(what) + (f" {row['of']}" if row["of"] else "")
        money = wording.money(int(row["value_minor"])) if what in _WITH_MONEY else ""
        yield from _fitted(name, f"{row['count']}  {money}".rstrip(), width)
    yield "-" * width
    if sheet.head:
        yield say("head", head=sheet.head)
    yield ""
    yield say("signed")


def _place(what: str) -> int:
    return _ORDER.index(what) if what in _ORDER else len(_ORDER)


def _fitted(left: str, right: str, width: int) -> Iterator[str]:
    """One line, or two where both do not stand side by side; no line is wider than the paper."""
    gap = width - columns_of(left) - columns_of(right)
    if gap >= 1:
        yield left + " " * gap + right
        return
    while columns_of(left) > width:
        end = next(end for end in range(len(left), 0, -1) if columns_of(left[:end]) <= width)
        yield left[:end]
        left = left[end:]
    yield left
    yield " " * (width - columns_of(right)) + right
