"""``crm-server report NAME``: what a person at the centre wants to know."""

import csv
import io
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from crm_server.conflict_work import totals
from crm_server.reports import COLUMNS, ReportName
from crm_server.reports import report as made

from .conflicts import total_lines
from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened


def report(
    context: typer.Context,
    name: Annotated[ReportName, typer.Argument(help="Which report.")],
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write it to this file as CSV too.")] = None,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a report; an empty one has no rows."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(lambda connection: made(connection, name, centre.now_ms())).result()
    if csv_file is not None:
        _write(csv_file, csv_text(rows, COLUMNS.get(name, ())))
    lines = ["  ".join(f"{field}={_short(value)}" for field, value in row.items()) for row in rows]
    if name is ReportName.CONFLICTS and rows:
        lines += total_lines(totals(rows))
    answer(options, rows, lines or [f"{name.value}: nothing"])


def csv_text(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """RFC 4180 but for the line's end, which is LF: names first, then the rows in their order, the same each time."""
    names = columns or tuple(rows[0] if rows else ())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")


def _cell(value: object) -> object:
    return value if isinstance(value, str | int) else json.dumps(value, ensure_ascii=False)


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
