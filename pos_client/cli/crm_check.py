"""``crm-check``: whether a server in any language keeps the contract that lanes rely on."""

import io
from collections import Counter
from typing import Annotated, Any

import typer

from pos_client.bootstrap import crm_checking

from .answering import JsonOption, answering

HELP = """Run the conformance cases of docs/openapi.yaml against a server.

With --role store a store's own server is checked: what x-served-by says that it answers itself, with its own key.
Without a code only what needs no device is asked. With --code the check enrols a lane, writes a journal full of
redemptions that never happened, and leaves the device forked: give codes of throw-away lanes on a test server.
Exit code 0: none failed (skipped ones are allowed); 1: some failed, or nobody answers."""
_MARKS = {"pass": "[green]pass[/]", "fail": "[bold red]FAIL[/]", "skipped": "[dim]skipped[/]"}
_WIDTH = 140


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crm-check", help=HELP)(crm_check)


def crm_check(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The server's address: http(s)://host[:port].")],
    code: Annotated[
        list[str] | None, typer.Option("--code", help="Enrolment code of a throw-away lane; twice for two lanes.")
    ] = None,
    coupon: Annotated[
        list[str] | None, typer.Option("--coupon", help="A signed coupon that may be used up, for the claims.")
    ] = None,
    role: Annotated[
        crm_checking.Role, typer.Option(help="store: a store's own server, asked what it answers itself.")
    ] = crm_checking.Role.CENTRAL,
    as_json: JsonOption = False,
) -> None:
    """Ask all cases, and say which the server does not keep."""
    with answering(context, as_json=as_json) as answer:
        cases = [result.document() for result in crm_checking.crm_check(url, code or (), coupon or (), role)]
        document = _document(url, cases)
        answer.give(document, _text(document), 1 if document["failed"] else 0)


def _document(url: str, cases: list[dict[str, Any]]) -> dict[str, Any]:
    counts = Counter(case["result"] for case in cases)
    return {
        "url": url,
        "passed": counts["pass"],
        "failed": counts["fail"],
        "skipped": counts["skipped"],
        "cases": cases,
    }


def _text(document: dict[str, Any]) -> str:
    from rich.console import Console  # noqa: PLC0415 - drawn by this command alone
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("result", "case", "checks", "observed")
    for case in document["cases"]:
        table.add_row(_MARKS[case["result"]], case["id"], escape(case["checks"]), escape(case["detail"]))
    out = io.StringIO()
    console = Console(file=out, width=_WIDTH, force_terminal=Console().is_terminal)
    console.print(table)
    console.print("{passed} passed, {failed} failed, {skipped} skipped".format(**document), highlight=False)
    return out.getvalue().rstrip()
