"""``crm-server store-restored`` and ``store-open``: what to do when a store server's tables were put back.

Both work beside the running server, which sees in the tables what they did.
"""

from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from crm_server.schema import STAFF

from .options import DataOption, JsonOption, Options, UrlOption, answer, fail, merged, opened

USAGE = 2
SUPERVISOR = "supervisor"


def store_restored(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that the tables were restored, or a standby took over: no grant until all lanes told what they hold."""
    from crm_server.store_role import identity, joining, rebuilding  # noqa: PLC0415 - its libraries take long to load
    from crm_server.store_role.upstream import UpstreamSilent  # noqa: PLC0415

    options = _of_store(merged(context, data, database_url, as_json))
    known = identity.read(options.data)
    with opened(options) as centre:
        epoch = centre.database.write(
            lambda job: rebuilding.take_new_epoch(job, "restored", centre.now_ms(), known.store_epoch)
        ).result()
        identity.note_epoch(options.data, epoch)
        said: dict[str, Any] = centre.database.read(joining.last_announced).result()
    try:
        told = bool(said) and joining.announce_again(options.data, said, epoch)
    except (UpstreamSilent, joining.JoinRefused):
        told = False
    document = {"store_epoch": epoch, "rebuilding": True, "centre_told": told}
    words = "the centre knows" if told else "the centre will be told once it answers"
    answer(options, document, [f"rebuilding under epoch {epoch}; {words}"])


def store_open(
    context: typer.Context,
    supervisor: Annotated[str, typer.Option(help="Staff id of the supervisor who says so.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Grant again although not all lanes have told what they hold; who said so is kept."""
    from crm_server.store_role import rebuilding  # noqa: PLC0415

    options = _of_store(merged(context, data, database_url, as_json))
    with opened(options) as centre:
        if not centre.database.read(lambda job: _is_supervisor(job, supervisor)).result():
            fail(f"{supervisor} is no supervisor of this store", USAGE)
        awaited = centre.database.read(rebuilding.lanes_awaited).result()
        was = centre.database.read(rebuilding.why_rebuilding).result()
        if was:
            centre.database.write(lambda job: rebuilding.open_again(job, supervisor)).result()
    document = {"open": True, "was_rebuilding": bool(was), "lanes_not_heard": awaited if was else []}
    missing = ", ".join(map(str, awaited))
    answer(options, document, [f"open; not heard from lane {missing}" if was and awaited else "open"])


def _of_store(options: Options) -> Options:
    from crm_server.store_role import identity  # noqa: PLC0415

    if not identity.is_there(options.data):
        fail(f"{options.data} is no store server's folder", USAGE)
    return options


def _is_supervisor(connection: Connection, staff: str) -> bool:
    return connection.execute(select(STAFF.c.role).where(STAFF.c.id == staff)).scalar() == SUPERVISOR
