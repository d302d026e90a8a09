"""``crm-server policy show`` and ``policy set``: what the centre has settled for all lanes, and a new version of it."""

import json
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from crm_server import policies
from crm_server.policy_document import PolicyInvalid
from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened

APP = typer.Typer(no_args_is_help=True, help="The signed policy: limits, rhythm of sync, points, credit, paper.")
MOST_BYTES: Final = 1 << 23
USAGE: Final = 2


@APP.command()
def show(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print the policy in force; what it prints as JSON under ``policy`` can be changed and set."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        found = centre.database.read(policies.in_force).result()
    document = _document(found)
    answer(options, document, _lines(document))


@APP.command("set")
def set_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="JSON with limits, sync or trade; what it leaves out stays in force.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Issue the next policy; lanes fetch it after their next heartbeat."""
    options = merged(context, data, database_url, as_json)
    said = _read(file)
    with opened(options) as centre:
        try:
            found = centre.database.write(
                lambda connection: policies.issue_changed(connection, said, centre.now_ms())
            ).result()
        except PolicyInvalid as invalid:
            fail(f"{file.name}: {invalid}", USAGE)
    document = _document(found)
    answer(options, document, _lines(document))


def _read(file: Path) -> Any:
    try:
        if file.stat().st_size > MOST_BYTES:
            fail(f"{file.name} is larger than {MOST_BYTES >> 20} MiB", USAGE)
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        fail(f"{file.name} cannot be read ({error.strerror})", USAGE)
    except (ValueError, RecursionError):
        fail(f"{file.name} is not JSON", USAGE)


def _document(found: policies.InForce) -> dict[str, Any]:
    return {"ver": found.ver, "issued_at": wire_time(from_ms(found.issued_ms)), "policy": found.document}


def _lines(document: dict[str, Any]) -> list[str]:
    lines = [f"policy {document['ver']} of {document['issued_at']}"]
    for section, fields in document["policy"].items():
        lines += [f"  {section}.{name} = {_short(value)}" for name, value in fields.items()]
    return lines


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 100 else f"{text[:99]}…"
