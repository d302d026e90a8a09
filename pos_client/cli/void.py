"""``void``: take a redemption back, or cancel a claim that came to nothing."""

from dataclasses import replace
from time import perf_counter
from typing import Annotated

import typer

from pos_client import bootstrap
from pos_client.usecases.desk import Attribution

from .answering import JsonOption, answering, home_of, staff_id
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Take a redemption back.")(void)


def void(
    context: typer.Context,
    seq: Annotated[int, typer.Argument(help="Number of the entry.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written down.")],
    operator: Annotated[str, typer.Option("--operator", help="Staff id of who acts.", callback=staff_id)] = "",
    as_json: JsonOption = False,
) -> None:
    """Add an entry that takes another one back; the coupon can be used again on this lane at once."""
    with answering(context, as_json=as_json) as answer:
        started = perf_counter()
        with bootstrap.writing_lane(home_of(context)) as lane:
            verdict = lane.void(seq, reason[:200], Attribution(operator or lane.operator, lane.promoter))
            verdict = replace(verdict, elapsed_ms=(perf_counter() - started) * 1000)
            text = verdict_lines(verdict, lane.wording, answer.language)
            answer.give(verdict_document(verdict, lane.wording), text, EXIT_CODES[verdict.kind])
