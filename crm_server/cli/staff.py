"""``crm-server staff``: who works where, a PIN for whoever decides, and who has left."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from crm_server import staff
from crm_server.staff import PinRefused

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened

APP = typer.Typer(no_args_is_help=True, help="The people of the stores, and their PINs.")
USAGE: Final = 2
_LONGEST: Final = 40
PersonArgument = Annotated[str, typer.Argument(help="Staff id.", metavar="ID")]
PinFileOption = Annotated[
    Path | None, typer.Option("--pin-file", help="Read the PIN from this file, not from a prompt.")
]


@APP.command("list")
def list_(
    context: typer.Context, data: DataOption = None, database_url: UrlOption = None, as_json: JsonOption = False
) -> None:
    """Everybody, with store, role, and whether there is a PIN."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        people = centre.database.read(staff.everybody).result()
    answer(options, {"staff": people}, [_line(person) for person in people])


@APP.command("set-pin")
def set_pin(
    context: typer.Context,
    person: PersonArgument,
    pin_file: PinFileOption = None,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """At least six digits, never as an argument; lanes know it after their next contact."""
    options = merged(context, data, database_url, as_json)
    pin = _from_file(pin_file) if pin_file else _typed(person)
    with opened(options) as centre:
        try:
            centre.database.write(lambda connection: staff.set_pin(connection, person, pin, centre.now_ms())).result()
        except PinRefused as refused:
            fail(str(refused), USAGE)
    answer(options, {"staff": person, "has_pin": True}, [f"{person} has a new PIN"])


@APP.command()
def retire(
    context: typer.Context,
    person: PersonArgument,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Somebody has left: neither his id nor his PIN is worth anything from the lanes' next contact on."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        centre.database.write(lambda connection: staff.retire(connection, person, centre.now_ms())).result()
    answer(options, {"staff": person, "at_work": False}, [f"{person} has left"])


def override_answer(
    context: typer.Context,
    device: Annotated[str, typer.Argument(help="The lane's device id.")],
    challenge: Annotated[str, typer.Argument(help="The 8 characters that the store reads out.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """What to answer a store by telephone, so that its lane allows one purchase; good once."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        said = centre.database.read(lambda connection: staff.answer_of(connection, device, challenge)).result()
    answer(options, {"device": device, "answer": said}, [f"{said[:4]}-{said[4:]}"])


def _line(person: dict[str, Any]) -> str:
    marks = [] if person["at_work"] else ["has left"]
    marks += ["PIN"] if person["has_pin"] else []
    parts = (person["id"], person["name"], person["role"], person["store"] or "all stores", *marks)
    return "  ".join(parts)


def _from_file(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as lines:
            return lines.readline(_LONGEST).strip()
    except (OSError, UnicodeDecodeError):
        fail(f"{file.name} cannot be read", USAGE)


def _typed(person: str) -> str:
    if not sys.stdin.isatty():
        fail("there is nobody to ask for the PIN; name a --pin-file", USAGE)
    pin = getpass(f"new PIN of {person}: ", stream=sys.stderr)
    if getpass("once more: ", stream=sys.stderr) != pin:
        fail("the two are not the same", USAGE)
    return pin
