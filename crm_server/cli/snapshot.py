"""``crm-server snapshot``: build the stores' data files now."""

from typing import Annotated

import typer
from sqlalchemy import select

from crm_server import snapshots
from crm_server.minting import named_store
from crm_server.schema import STORE

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened


def snapshot(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number; all stores unless given.")] = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build a new generation of one store's data, or of all."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        numbers: list[int] = centre.database.read(
            lambda connection: (
                [named_store(connection, store).number]
                if store
                else list(connection.execute(select(STORE.c.number)).scalars())
            )
        ).result()
        built = [snapshots.build(centre, number).manifest for number in numbers]
    lines = [f"store {one['store']}: generation {one['gen']}, {one['files'][0]['bytes']} bytes" for one in built]
    answer(options, built, lines or ["no stores; run seed first"])
