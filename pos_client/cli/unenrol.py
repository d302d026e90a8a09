"""``unenrol``: this machine stops being a lane; refused while anything is undelivered."""

from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from pos_client import bootstrap

from .answering import JsonOption, answering, home_of
from .consent import PinFileOption, SupervisorOption, signature
from .deeds import give_verdict


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Stop being a lane; the book is kept.")(unenrol)


def unenrol(
    context: typer.Context,
    export: Annotated[Path | None, typer.Option("--export", help="Write what is undelivered to this file.")] = None,
    supervisor: SupervisorOption = "",
    pin_file: PinFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delivers first; where that cannot be, only a supervisor's export lets this machine go."""
    with answering(context, as_json=as_json) as answer:
        started, who = perf_counter(), None
        if supervisor:
            with bootstrap.reading_lane(home_of(context)) as lane:
                who = signature(lane, supervisor, pin_file)
        left = bootstrap.unenrol(home_of(context), export, who)
        give_verdict(answer, left.verdict, bootstrap.wording(), started)
        answer.document |= {
            "centre_told": left.told,
            "journal": str(left.kept) if left.kept else None,
            "file": str(left.file) if left.file else None,
        }
