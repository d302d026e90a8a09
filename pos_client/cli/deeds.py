"""What all commands that do something at the counter share: who acts, the lane as its writer, the verdict.

Apart from the commands because a verdict must look the same whichever of them gave it.
"""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.domain.verdict import Verdict
from pos_client.usecases.desk import Attribution

from .answering import Answer, home_of
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines


def acting(lane: Lane, operator: str, promoter: str) -> Attribution:
    """Who acts is the store's only clerk where the command names nobody, the credit the station's promoter's."""
    return Attribution(operator or lane.operator, promoter or lane.promoter)


def record(
    context: typer.Context, answer: Answer, deed: Callable[[Lane], Verdict], started: float | None = None
) -> None:
    """Do a deed as this lane's only writer and answer with its verdict; ``started`` where the work began before."""
    begun = perf_counter() if started is None else started
    with bootstrap.writing_lane(home_of(context)) as lane:
        give_verdict(answer, deed(lane), lane.wording, begun)


def give_verdict(answer: Answer, verdict: Verdict, wording: bootstrap.Wording, started: float) -> None:
    """A verdict as document and lines, with its exit code and the time since ``started``."""
    timed = replace(verdict, elapsed_ms=(perf_counter() - started) * 1000)
    text = verdict_lines(timed, wording, answer.language)
    answer.give(verdict_document(timed, wording), text, EXIT_CODES[timed.kind])
