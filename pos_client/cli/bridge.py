"""``bridge serve``: the host till's way in, on a machine where no window is open."""

import json
import signal
import threading
from types import FrameType
from typing import Annotated, Any

import typer

from pos_client import bootstrap

from .answering import JsonOption, answering, home_of
from .verdict_document import verdict_document


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="The host till's way in: loopback API and drop folder.")
    group.command(help="Serve the host till on 127.0.0.1 until SIGTERM or Ctrl+C.")(serve)
    app.add_typer(group, name="bridge")


def serve(
    context: typer.Context,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65_535, help="0 takes a free one.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The port of station.toml unless told; the answer is printed once it listens."""
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    def announce(document: dict[str, Any]) -> None:
        lines = [f"listening on {document['listening']}", f"token: {document['token_file']}"]
        text = "\n".join([*lines, f"files: {document['drop_folder']}"])
        print(json.dumps(document) if as_json else text, flush=True)

    with answering(context, as_json=as_json):
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, end)
        whole = bootstrap.serve_bridge(home_of(context), port, verdict_document, announce, stop)
        raise typer.Exit(0 if whole else 1)
