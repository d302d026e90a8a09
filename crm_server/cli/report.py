"""``crm-server report NAME``: what a person at the centre wants to know, on screen or as a file for others."""

import csv
import io
import json
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from crm_server.centre import Centre
from crm_server.conflict_work import totals
from crm_server.lane_books import Range
from crm_server.minting import named_store
from crm_server.reports import COLUMNS, ReportName
from crm_server.reports import table as made
from pos_client.domain.business_time import to_ms
from pos_client.domain.report_table import Table, csv_bytes, harmless, json_bytes

from .conflicts import total_lines
from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened

_DAY = "YYYY-MM-DD"


class FileFormat(StrEnum):
    """How a file for others is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def report(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    name: Annotated[ReportName, typer.Argument(help="Which report.")],
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write it to this file as plain CSV too.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file, as --format says.")] = None,
    file_format: Annotated[FileFormat, typer.Option("--format", help="Of --out.")] = FileFormat.CSV,
    first: Annotated[str, typer.Option("--from", metavar=_DAY, help="First business day.")] = "",
    last: Annotated[str, typer.Option("--to", metavar=_DAY, help="Last business day.")] = "",
    store: Annotated[str, typer.Option("--store", help="Id or number.")] = "",
    lane: Annotated[int | None, typer.Option("--lane", help="Number in its store.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar=_DAY, help="As on this day, not today.")] = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a report; an empty one has no rows."""
    options = merged(context, data, database_url, as_json)
    first, last = _day(first), _day(last)
    at_noon = datetime.combine(date.fromisoformat(_day(as_of)), time(12), UTC) if as_of else None
    with opened(options) as centre:
        now_ms = to_ms(at_noon) if at_noon else centre.now_ms()
        table, rows = _made(centre, name, (first, last, store, lane), now_ms)
    if csv_file is not None:
        _write(csv_file, csv_text(rows, COLUMNS.get(name, ())).encode())
    if out is not None:
        _write(out, _content(table, file_format))
    lines = ["  ".join(f"{field}={_short(value)}" for field, value in row.items()) for row in rows]
    if name is ReportName.CONFLICTS and rows:
        lines += total_lines(totals(rows))
    answer(options, rows, lines or [f"{name.value}: nothing"])


def _made(
    centre: Centre, name: ReportName, asked: tuple[str, str, str, int | None], now_ms: int
) -> tuple[Table, list[dict[str, Any]]]:
    first, last, store, lane = asked

    def read(connection: Any) -> tuple[Table, list[dict[str, Any]]]:
        number = named_store(connection, store).number if store else None
        return made(connection, name, Range(first, last, number, lane), now_ms)

    return centre.database.read(read).result()


def csv_text(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """RFC 4180 but for the line's end, which is LF: names first, then the rows in their order, the same each time."""
    names = columns or tuple(rows[0] if rows else ())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _content(table: Table, file_format: FileFormat) -> bytes:
    if file_format is FileFormat.XLSX:
        from pos_client.domain.report_workbook import xlsx_bytes  # noqa: PLC0415 - slow to load, and rarely asked for

        return xlsx_bytes(table)
    return json_bytes(table) if file_format is FileFormat.JSON else csv_bytes(table)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        fail(f"{text[:20]} is no day ({_DAY})", 2)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
