"""``login``, ``logout`` and ``override-challenge``: who stands at the counter, and the head office by telephone."""

from typing import Annotated

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.domain.verdict import Verdict
from pos_client.usecases.authorise import Signature
from pos_client.usecases.login import Login
from pos_client.usecases.overriding import new_challenge

from .answering import JsonOption, answering, home_of, staff_id
from .consent import PinFileOption, pin_of
from .deeds import record


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="From now on this person acts where a command names nobody.")(login)
    app.command(help="Nobody is at the counter.")(logout)
    app.command("override-challenge", help="8 characters to read to the head office by telephone.")(override_challenge)


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


def override_challenge(context: typer.Context, as_json: JsonOption = False) -> None:
    """Good for one answer; the one before is worth nothing any more."""
    with answering(context, as_json=as_json) as answer, bootstrap.writing_lane(home_of(context)) as lane:
        challenge = new_challenge(lane.desk)
        device = lane.desk.identity.device
        answer.give({"challenge": challenge, "device": device}, f"{device}  {challenge[:4]}-{challenge[4:]}")
