"""Options that every command takes, and how every command opens the centre and answers.

Apart from the commands so that ``crm-server --data DIR seed`` and ``crm-server seed --data DIR`` are the same.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from sqlalchemy.exc import DBAPIError

from crm_server.centre import Centre, open_centre
from crm_server.embedded_database import SqliteTooOld
from crm_server.migrations import DatabaseTooNew
from crm_server.problems import Problem

DEFAULT_DATA = Path("crm-data")

DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of database, keys and snapshots.")]
UrlOption = Annotated[str | None, typer.Option("--database-url", help="postgresql:// URL of the tables.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@dataclass(frozen=True)
class Options:
    """What was said before or after the command's name."""

    data: Path = DEFAULT_DATA
    database_url: str | None = None
    as_json: bool = False


def merged(context: typer.Context, data: Path | None, url: str | None, as_json: bool) -> Options:
    """The command's own options over those that stand before its name."""
    before = context.obj if isinstance(context.obj, Options) else Options()
    chosen = replace(before, as_json=before.as_json or as_json)
    chosen = replace(chosen, data=data) if data is not None else chosen
    return replace(chosen, database_url=url) if url is not None else chosen


@contextmanager
def opened(options: Options) -> Iterator[Centre]:
    """The centre, opened and closed again; faults of the world become one line and exit code 1."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        centre = _opened_any(options)
    except (SqliteTooOld, DatabaseTooNew, OSError) as error:
        fail(str(error))
    except DBAPIError as error:
        fail(f"the database cannot be opened: {str(error.orig).splitlines()[0]}")
    try:
        yield centre
    except Problem as problem:
        fail(problem.detail)
    except DBAPIError as error:
        fail(f"the database refused: {str(error.orig).splitlines()[0]}")
    finally:
        centre.close()


def _opened_any(options: Options) -> Centre:
    """The centre of a folder; a store server's folder is opened as what it is, and gets no keys of a centre."""
    from crm_server.store_role import identity  # noqa: PLC0415

    if not identity.is_there(options.data):
        return open_centre(options.data, options.database_url)
    from crm_server.store_role.store_server import open_store  # noqa: PLC0415 - its libraries take long to load

    store = open_store(options.data, options.database_url)
    store.cache.close()
    return store.centre


def answer(options: Options, document: Any, lines: list[str]) -> None:
    """Print the result: the document as JSON, or lines for people."""
    if options.as_json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        print("\n".join(lines))


def fail(sentence: str, exit_code: int = 1) -> NoReturn:
    """One clear sentence on stderr, then the end."""
    print(f"crm-server: {sentence}", file=sys.stderr)
    raise typer.Exit(exit_code)
