"""``crm-server report NAME``: what a person at the centre wants to know."""

import json
from typing import Annotated

import typer

from crm_server.reports import ReportName
from crm_server.reports import report as made

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened


def report(
    context: typer.Context,
    name: Annotated[ReportName, typer.Argument(help="Which report.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a report; an empty one has no rows."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(lambda connection: made(connection, name, centre.now_ms())).result()
    lines = ["  ".join(f"{field}={_short(value)}" for field, value in row.items()) for row in rows]
    answer(options, rows, lines or [f"{name.value}: nothing"])


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
