"""``close-day`` and ``closings``: end a day with an agreement of three books, and see where closed days stand."""

from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from pos_client import bootstrap
from pos_client.domain.errors import UsageError
from pos_client.usecases.close_day import CloseRequest, DayView
from pos_client.usecases.desk import Attribution

from .answering import JsonOption, answering, home_of, staff_id
from .closing_lines import standing_line, view_document, view_lines
from .consent import PinFileOption, pin_of
from .progress_bar import ProgressBar
from .verdict_document import EXIT_CODES

DateOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="The day it is about; that of the last deed unless told."),
]


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command(name="close-day", help="Close the day; exit 0 closed, 10 a supervisor must agree, 20 not finished.")(
        close_day
    )
    app.command(help="Closed days and where they stand.")(closings)


def close_day(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    date: DateOption = None,
    receipts: Annotated[
        list[Path] | None, typer.Option("--receipts", help="The host's receipts (CSV, JSON); may be repeated.")
    ] = None,
    counted: Annotated[
        list[str] | None, typer.Option("--count", help="ITEM=NUMBER as somebody counted it; may be repeated.")
    ] = None,
    operator: Annotated[str, typer.Option("--operator", help="Staff id of who closes.", callback=staff_id)] = "",
    supervisor: Annotated[
        str, typer.Option("--supervisor", help="Staff id of who takes the differences.", callback=staff_id)
    ] = "",
    pin_file: PinFileOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Why there are differences; it is written down.")] = "",
    cancel_intents: Annotated[
        bool, typer.Option("--cancel-intents", help="End what was begun and not finished.")
    ] = False,
    show: Annotated[bool, typer.Option("--show", help="Only look: no entry is written.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The cut is the newest entry; selling goes on after it. Works without a network."""
    with answering(context, as_json=as_json) as answer:
        started = perf_counter()
        request = CloseRequest(
            day=date.date() if date else None,
            attribution=Attribution(operator),
            supervisor=supervisor,
            pin="" if show else _pin(context, supervisor, pin_file),
            reason=reason,
            cancel_intents=cancel_intents,
            counted=_counted(counted),
        )
        view, file = _done(context, request, receipts or [], show=show, quiet=as_json)
        document = view_document(view, bootstrap.wording()) | {
            "file": str(file) if file else None,
            "elapsed_ms": round((perf_counter() - started) * 1000, 2),
        }
        lines = view_lines(view, bootstrap.wording(), answer.language)
        answer.give(document, "\n".join(lines), EXIT_CODES[view.verdict.kind])


def closings(
    context: typer.Context,
    date: DateOption = None,
    file: Annotated[Path | None, typer.Option("--file", help="Write the three books of --date to this file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Newest first: closed, delivered, disagreed or agreed."""
    with answering(context, as_json=as_json) as answer:
        if file is not None:
            if date is None:
                raise UsageError("--file needs a --date")
            bootstrap.write_books(home_of(context), date.date(), file)
        rows = bootstrap.closings(home_of(context))
        wanted = [row for row in rows if date is None or row["business_date"] == date.date().isoformat()]
        document = {"closings": wanted, "file": str(file) if file else None}
        lines = [standing_line(row, bootstrap.wording(), answer.language) for row in wanted]
        answer.give(document, "\n".join(lines))


def _pin(context: typer.Context, supervisor: str, pin_file: Path | None) -> str:
    if not supervisor:
        return ""
    with bootstrap.reading_lane(home_of(context)) as lane:
        return pin_of(lane, supervisor, pin_file)


def _done(
    context: typer.Context, request: CloseRequest, receipts: list[Path], *, show: bool, quiet: bool
) -> tuple[DayView, Path | None]:
    home = home_of(context)
    with ProgressBar(quiet=quiet) as bar:
        if show:
            return bootstrap.look_at_day(home, request, receipts, bar), None
        return bootstrap.close_day(home, request, receipts, bar)


def _counted(given: list[str] | None) -> dict[str, int] | None:
    if given is None:
        return None
    found = {}
    for text in given:
        item, _, number = text.rpartition("=")
        if not item or len(item) > 40 or not number.isascii() or not number.isdecimal() or len(number) > 9:
            raise UsageError(f"--count is ITEM=NUMBER, not {text[:40]}")
        found[item] = int(number)
    return found
