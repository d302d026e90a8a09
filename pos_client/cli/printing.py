"""``printer`` and ``print-test``: how the station's receipt printer is, what waits for it, and a page to try it."""

from typing import Annotated, Any

import typer

from .answering import JsonOption, answering, home_of


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="How the receipt printer is, and what waits for it.")(printer)
    app.command("print-test", help="Print a page that shows whether the printer reads Chinese.")(print_test)


def printer(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="Throw away what waits.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Works beside an open window, which goes on printing."""
    with answering(context, as_json=as_json) as answer:
        from pos_client.bootstrap import printing  # noqa: PLC0415 - loads the printer's libraries

        document = printing.printer_now(home_of(context), forget=forget).document()
        answer.give(document, _text(document, answer.language))


def print_test(
    context: typer.Context,
    to: Annotated[str | None, typer.Option("--to", help="socket://HOST:9100, serial:PORT, usb:V:P, file:DIR.")] = None,
    encoding: Annotated[list[str] | None, typer.Option("--encoding", help="GBK, GB18030, UTF-8, RASTER.")] = None,
    all_of_them: Annotated[bool, typer.Option("--all", help="One page in each encoding.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The encoding whose page is readable goes into ``station.toml``."""
    with answering(context, as_json=as_json) as answer:
        from pos_client.bootstrap import printing  # noqa: PLC0415

        wanted = ["GBK", "GB18030", "UTF-8", "RASTER"] if all_of_them else encoding or []
        done = printing.print_test(home_of(context), to, wanted)
        pages = [{"encoding": name, "replaced": replaced} for name, replaced in done]
        answer.give({"printed": pages}, "\n".join(f"{name}: {replaced} ?" for name, replaced in done))


def _text(document: dict[str, Any], language: str) -> str:
    settings = document["printer"]
    lines = [
        f"printer: {settings['to'] or '-'}, {settings['encoding']}, {settings['paper_mm']} mm: {document['state']}"
    ]
    if document["sentence"]:
        lines.append(f"{document['sentence'][language]} {document['next_step'][language]}")
    lines += [f"waiting: {page['receipt']}  {page['at']}" for page in document["waiting"]]
    return "\n".join(lines)
