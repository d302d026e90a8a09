"""``login`` and ``logout``: who stands at the counter, also while a command names nobody."""

from typing import Annotated

import typer

from pos_client.bootstrap import Lane
from pos_client.domain.verdict import Verdict
from pos_client.usecases.authorise import Signature
from pos_client.usecases.login import Login

from .answering import JsonOption, answering, staff_id
from .consent import PinFileOption, pin_of
from .deeds import record


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command(help="From now on this person acts where a command names nobody.")(login)
    app.command(help="Nobody is at the counter.")(logout)


def login(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="Staff id.", metavar="ID", callback=staff_id)],
    pin_file: PinFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Whoever has a PIN must give it."""
    with answering(context, as_json=as_json) as answer:

        def deed(lane: Lane) -> Verdict:
            return Login(lane.desk)(Signature(person, pin_of(lane, person, pin_file)))

        record(context, answer, deed)


def logout(context: typer.Context, as_json: JsonOption = False) -> None:
    """The store's only clerk still acts where nobody is named."""
    with answering(context, as_json=as_json) as answer:
        record(context, answer, lambda lane: Login(lane.desk).out())
