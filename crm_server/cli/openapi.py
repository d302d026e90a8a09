"""``crm-server openapi``: write the published contract, or check that the written one is current."""

import json
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from .options import JsonOption, answer, fail, merged


def openapi(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The file.")] = Path("docs/openapi.yaml"),
    write: Annotated[bool, typer.Option("--write/--check", help="Write it, or only compare.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write docs/openapi.yaml, or say whether it is what this server does."""
    options = merged(context, None, None, as_json)
    text = contract_text()
    if write:
        path.write_text(text, encoding="utf-8")
    elif not path.is_file() or path.read_text(encoding="utf-8") != text:
        fail(f"{path} is not current; run: crm-server openapi --write {path}")
    answer(options, {"path": str(path), "current": True}, [f"{path} is current"])


def contract_text() -> str:
    """The contract as YAML."""
    from crm_server.api.contract import contract  # noqa: PLC0415 - the web's libraries are slow to load

    # Parts that operations share are written out: an anchor in a contract helps nobody who reads it.
    document = json.loads(json.dumps(contract()))
    text: str = _yaml().safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return text


def _yaml() -> ModuleType:
    try:
        import yaml  # noqa: PLC0415 - only developers write the contract; a server needs no YAML
    except ModuleNotFoundError:
        fail("PyYAML is needed for this command: pip install -r requirements-dev.lock")
    return yaml
