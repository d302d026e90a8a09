"""``cameras``: which cameras there are, which one is the station's, what it gives, and choosing another."""

import sys
from typing import Annotated, Any

import typer

from .answering import JsonOption, answering, home_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="List the cameras, try the station's own one, or choose another.")(cameras)


def cameras(
    context: typer.Context,
    use: Annotated[
        str, typer.Option("--use", help="Make this the station's: camera:NAME, rtsp://USER@HOST/PATH, none, …")
    ] = "",
    password: Annotated[
        bool, typer.Option("--password", help="Ask for the network camera's password; it is kept as a secret.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """What is there, what was chosen, and whether it works now."""
    with answering(context, as_json=as_json) as answer:
        from pos_client.bootstrap import cameras as station  # noqa: PLC0415 - loads OpenCV

        home = home_of(context)
        if use:
            station.use_source(home, use)
        if password:
            station.keep_camera_password(home, _typed_password())
        document = station.cameras(home).document()
        answer.give(document, _text(document, answer.language))


def _typed_password() -> str:
    """Typed unseen, or the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, default="", show_default=False, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def _text(document: dict[str, Any], language: str) -> str:
    lines = [_camera_line(camera, language) for camera in document["cameras"]]
    chosen = document["chosen"]
    if chosen["works"]:
        wished, given = chosen["wished"], chosen["given"]
        state = f"{_size(given)} (asked for {_size(wished)})"
    else:
        state = _sentence(chosen, language) or ("✓" if chosen["in_window"] else "-")
    lines.append(f"camera.source = {chosen['source']}: {state}")
    return "\n".join(lines)


def _camera_line(camera: dict[str, Any], language: str) -> str:
    sizes = " ".join(f"{width}x{height}" for width, height in camera["sizes"])
    state = "✓" if camera["can_open"] else _sentence(camera, language)
    return f"{camera['index']}  {camera['source']}  {camera['path'] or ''}  {sizes}  {state}"


def _size(mode: dict[str, int]) -> str:
    return f"{mode['width']} x {mode['height']}, {mode['fps']}/s"


def _sentence(told: dict[str, Any], language: str) -> str:
    if told["trouble"] is None:
        return ""
    return f"{told['sentence'][language]} {told['next_step'][language]}"
