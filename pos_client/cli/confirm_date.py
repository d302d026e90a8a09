"""``confirm-date``: a supervisor says which day it is, after this machine's clock leapt ahead without a server."""

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Annotated

import typer

from pos_client import bootstrap

from .answering import JsonOption, answering, home_of, staff_id
from .consent import PinFileOption, pin_of
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="confirm-date", help="A supervisor confirms today's date.")(confirm_date)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a date looks like 2026-03-18") from None


def confirm_date(
    context: typer.Context,
    day: Annotated[date, typer.Argument(help="Today, as YYYY-MM-DD.", parser=_day, metavar="DATE")],
    operator: Annotated[str, typer.Option("--operator", help="Staff id of the supervisor.", callback=staff_id)],
    pin_file: PinFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Written down once; coupons are then judged by this machine's clock again."""
    with answering(context, as_json=as_json) as answer:
        started = perf_counter()
        with bootstrap.writing_lane(home_of(context)) as lane:
            verdict = lane.confirm_date(day, operator, pin_of(lane, operator, pin_file))
            verdict = replace(verdict, elapsed_ms=(perf_counter() - started) * 1000)
            text = verdict_lines(verdict, lane.wording, answer.language)
            answer.give(verdict_document(verdict, lane.wording), text, EXIT_CODES[verdict.kind])
