"""``report``: this lane's own figures of a day or of several, on screen or as a file."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.config.day_slip import Sheet, day_slip
from pos_client.domain.book_reports import BookReport
from pos_client.domain.errors import UsageError
from pos_client.domain.report_table import Table, csv_bytes, json_bytes
from pos_client.usecases.report_book import entries_of, report_of

from .answering import JsonOption, answering, home_of

_MOST_DAYS = 3_700


class ReportFormat(StrEnum):
    """How a report is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    SLIP = "slip"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Figures of this lane's journal, of a day or of several.")(report)


def report(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    name: Annotated[BookReport, typer.Argument(help="Which report.")],
    day: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="The business day; today unless given.")
    ] = "",
    first: Annotated[str, typer.Option("--from", metavar="YYYY-MM-DD", help="First day of several.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="YYYY-MM-DD", help="Last day of several.")] = "",
    file_format: Annotated[ReportFormat, typer.Option("--format", help="Of the file.")] = ReportFormat.CSV,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file.")] = None,
    paper: Annotated[Literal["58", "80"], typer.Option("--paper", help="Width of a slip in mm.")] = "80",
    language: Annotated[Literal["zh", "en"] | None, typer.Option("--language", help="Of a slip.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The same journal gives the same bytes, whenever and wherever; works beside an open window."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        days = _days(lane, day, first, last)
        table = report_of(lane.desk.journal, name, *days, lane.zone)
        slip = ""
        if file_format is ReportFormat.SLIP:
            if name is not BookReport.DAY:
                raise UsageError("only the day's sheet is a slip: report day --format slip")
            slip = day_slip(_sheet(lane, table, days), lane.wording, language or answer.language, int(paper))
        content = slip.encode() if slip else _bytes(table, file_format)
        if out is None and file_format is ReportFormat.XLSX:
            raise UsageError("a workbook needs a file: --out FILE")
        if out is not None:
            bootstrap.write_file(out, content)
        about = {"report": name.value, "from": days[0].isoformat(), "to": days[1].isoformat()}
        document = about | {"rows": table.documents(), "file": str(out) if out else None, "text": slip or None}
        answer.give(document, (slip or content.decode("utf-8-sig")).rstrip("\n") if out is None else str(out))


def _bytes(table: Table, file_format: ReportFormat) -> bytes:
    if file_format is ReportFormat.XLSX:
        from pos_client.domain.report_workbook import xlsx_bytes  # noqa: PLC0415 - slow to load, and rarely asked for

        return xlsx_bytes(table)
    return json_bytes(table) if file_format is ReportFormat.JSON else csv_bytes(table)


def _days(lane: Lane, day: str, first: str, last: str) -> tuple[date, date]:
    if day and (first or last):
        raise UsageError("name a --date, or --from and --to")
    if bool(first) != bool(last):
        raise UsageError("--from and --to belong together")
    today = lane.desk.context(lane.desk.trusted_time()).today if not (day or first) else None
    begins, ends = (_day(first), _day(last)) if first else (today or _day(day),) * 2
    if not 0 <= (ends - begins).days <= _MOST_DAYS:
        raise UsageError(f"--to comes after --from, by at most {_MOST_DAYS} days")
    return begins, ends


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text[:20]} is no day (YYYY-MM-DD)") from error


def _sheet(lane: Lane, table: Table, days: tuple[date, date]) -> Sheet:
    identity = lane.desk.identity
    entries = [(entry.epoch, entry.seq) for entry in entries_of(lane.desk.journal, *days)]
    newest = lane.desk.journal.entry_of(*max(entries)) if entries else None
    head = f"#{newest.seq} {newest.hash.hex()[:8]}" if newest else ""
    return Sheet(table, identity.store, identity.lane, identity.booth, *days, head)
