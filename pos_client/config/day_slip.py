"""The day's sheet for paper of 80 mm (42 columns) or 58 mm (32), as rows and as text: what a clerk signs.

Apart from a customer's slip because this one has no goods and no codes. Nothing on it depends on when it is printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.receipt_page import RULE, Row, RowKind, columns_of
from pos_client.domain.report_table import Cell, Table
from pos_client.domain.verdict import Verdict, VerdictKind

from .slip_page import WIDTHS
from .wording import Wording

# The order in which a clerk counts; whatever is not here stands at the end.
_ORDER: Final = (
    *("bought", "paid", "returned", "redeemed", "voided", "tier", "campaign"),
    *("refused", "bind", "issue", "hand_over", "earn", "burn"),
)
_COLUMNS: Final = ("date", "what", "of", "count", "value")
_SAID: Final = frozenset({("tier", "A"), ("tier", "B"), ("tier", "C"), ("bind", "new"), ("bind", "owner")})
_WITH_MONEY: Final = frozenset({"bought", "paid", "returned", "redeemed", "voided", "tier", "campaign"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a day's sheet is of.

    Attributes:
        table: ``BookReport.DAY``. head: number and short hash of the day's last entry, empty where it has none.
        print_no: 1 for the first; every later one is a reprint and says so.
        names: of campaigns by their number and of things by their code, where they are known.
    """

    table: Table
    store: int
    lane: int
    booth: str
    first: date
    last: date
    head: str = ""
    print_no: int = 1
    names: Mapping[str, LocalText] = field(default_factory=dict)


def day_slip(sheet: Sheet, wording: Wording, language: str, paper_mm: int = 80) -> str:
    """The whole sheet in ``zh`` or ``en`` as text; its last line ends with a newline."""
    width = WIDTHS[paper_mm]
    return "".join(f"{_line(row, width).rstrip()}\n" for row in day_rows(sheet, wording, language, paper_mm))


def day_rows(sheet: Sheet, wording: Wording, language: str, paper_mm: int = 80) -> list[Row]:
    """The whole sheet in ``zh`` or ``en`` as rows for a printer; none is wider than the paper."""
    return list(_rows(sheet, wording, language, WIDTHS[paper_mm]))


def _rows(sheet: Sheet, wording: Wording, language: str, width: int) -> Iterator[Row]:
    def say(name: str, **facts: str | int) -> str:
        return wording.of_slip(f"day-{name}", facts).in_language(language)

    yield Row(RowKind.TITLE, say("title"))
    if sheet.print_no > 1:
        reprint = wording.of_slip("reprint", {"count": sheet.print_no - 1})
        yield Row(RowKind.TITLE, reprint.in_language(language))
    days = sheet.first.isoformat() if sheet.first == sheet.last else f"{sheet.first} – {sheet.last}"
    yield Row(RowKind.TEXT, days)
    yield Row(RowKind.TEXT, say("where", store=sheet.store, lane=sheet.lane, booth=sheet.booth))
    found = sorted(sheet.table.documents(), key=lambda row: (_place(str(row["what"])), tuple(map(str, row.values()))))
    before = ""
    for row in found:
        what = str(row["what"])
        if what != before:
            yield RULE
            before = what
        name = say(what)
        if row["of"]:
            name = say("row", what=name, of=_of(row, sheet, wording, language))
        money = wording.money(int(row["value_minor"])) if what in _WITH_MONEY else ""
        yield from _fitted(name, f"{row['count']}  {money}".rstrip(), width)
    yield RULE
    if sheet.head:
        yield Row(RowKind.TEXT, say("head", head=sheet.head))
    yield Row(RowKind.TEXT, "")
    yield Row(RowKind.TEXT, say("signed"))


def _line(row: Row, width: int) -> str:
    if row.kind is RowKind.RULE:
        return "-" * width
    gap = width - columns_of(row.left) - columns_of(row.right)
    if row.kind is RowKind.TITLE:
        return " " * (gap // 2) + row.left
    return row.left + " " * gap + row.right if row.right else row.left


def day_table(sheet: Sheet, wording: Wording, language: str) -> Table:
    """The same rows for a spreadsheet that people open; the last column is money in minor units."""
    columns = tuple(wording.of_slip(f"day-column-{name}", {}).in_language(language) for name in _COLUMNS)
    rows = sorted(sheet.table.documents(), key=lambda row: (_place(str(row["what"])), tuple(map(str, row.values()))))
    return Table(
        wording.of_slip("day-title", {}).in_language(language),
        columns,
        tuple(
            (
                str(row["business_date"]),
                wording.of_slip(f"day-{row['what']}", {}).in_language(language),
                _of(row, sheet, wording, language),
                int(row["count"]),
                int(row["value_minor"]) if str(row["what"]) in _WITH_MONEY else "",
            )
            for row in rows
        ),
    )


def _of(row: Mapping[str, Cell], sheet: Sheet, wording: Wording, language: str) -> str:
    """What a row is of, in people's words; an older lane's word, or a newer one's, as it stands."""
    what, of = str(row["what"]), str(row["of"])
    try:
        if what == "refused":
            return wording.of_verdict(Verdict(VerdictKind.REFUSED, Reason(of)), language).headline
        if (what, of) in _SAID:
            return wording.of_slip(f"day-of-{of.lower()}", {}).in_language(language)
    except (KeyError, ValueError):
        return of
    return sheet.names[of].in_language(language) if of in sheet.names else of


def _place(what: str) -> int:
    return _ORDER.index(what) if what in _ORDER else len(_ORDER)


def _fitted(left: str, right: str, width: int) -> Iterator[Row]:
    """One row, or two where both do not stand side by side; no row is wider than the paper."""
    if columns_of(left) + columns_of(right) < width:
        yield Row(RowKind.TEXT, left, right)
        return
    while columns_of(left) > width:
        end = next(end for end in range(len(left), 0, -1) if columns_of(left[:end]) <= width)
        yield Row(RowKind.TEXT, left[:end])
        left = left[end:]
    yield Row(RowKind.TEXT, left)
    yield Row(RowKind.TEXT, "", right)
