"""``run`` and ``demo``: the window, and the whole product on one machine in one command."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from pos_client import bootstrap

from .answering import JsonOption, answering, home_of
from .demonstration import demo as run_demo
from .practice import practise
from .verdict_document import verdict_document

_SOURCES: Final = "camera:0, camera:NAME, rtsp://…, http://…, fifo:PATH, file:VIDEO, folder:DIR or none."
SourceOption = Annotated[str | None, typer.Option("--source", help=_SOURCES)]


class Mode(StrEnum):
    """Who stands before the window."""

    CLERK = "clerk"
    KIOSK = "kiosk"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Open the window.")(run)
    app.command(help="Server, seeded shop, enrolled lane and window on this machine.")(demo)


def run(
    context: typer.Context,
    mode: Annotated[Mode, typer.Option("--mode", help="Who stands before the window.")] = Mode.CLERK,
    source: SourceOption = None,
    training: Annotated[bool, typer.Option("--training", help="Practise: data of its own, nothing counts.")] = False,
) -> None:
    """The counter's window, or a kiosk, until it is closed."""
    with answering(context, as_json=False) as answer:
        if training:
            answer.exit_code = practise(home_of(context), source)
            return
        kind = bootstrap.WindowKind(mode.value)
        answer.exit_code = bootstrap.run_window(home_of(context), source, verdict_document, kind)


def demo(
    context: typer.Context,
    headless: Annotated[bool, typer.Option("--headless", help="Play the pictures without a display.")] = False,
    home: Annotated[Path | None, typer.Option("--home", help="Where the demo keeps its files.")] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="The server's port; 0 takes a free one.")] = 0,
    source: SourceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Everything on loopback; a second start takes up where the first one left."""
    with answering(context, as_json=as_json) as answer:
        result = run_demo(home or home_of(context), port, source, headless=headless)
        answer.give(result.document, result.text, result.exit_code)
