"""``void``: take a redemption back, or cancel a claim that came to nothing."""

from typing import Annotated

import typer

from pos_client.bootstrap import Lane
from pos_client.domain.verdict import Verdict

from .answering import JsonOption, answering, staff_id
from .consent import PinFileOption, SupervisorOption, signature
from .deeds import acting, record


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Take a redemption back.")(void)


def void(
    context: typer.Context,
    seq: Annotated[int, typer.Argument(help="Number of the entry.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written down.")],
    operator: Annotated[str, typer.Option("--operator", help="Staff id of who acts.", callback=staff_id)] = "",
    supervisor: SupervisorOption = "",
    pin_file: PinFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add an entry that takes another one back; the coupon can be used again on this lane at once."""
    with answering(context, as_json=as_json) as answer:

        def deed(lane: Lane) -> Verdict:
            who = signature(lane, supervisor, pin_file)
            return lane.void(seq, reason[:200], acting(lane, operator, ""), who)

        record(context, answer, deed)
