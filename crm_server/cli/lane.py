"""``crm-server lane``: the lanes of the stores."""

from typing import Annotated

import typer

from crm_server.lanes import add_lane, lanes

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened

APP = typer.Typer(name="lane", no_args_is_help=True, help="Lanes, where devices are enrolled.")


@APP.command()
def add(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number.")],
    lane: Annotated[int, typer.Option(min=1, max=9_999, help="Its number in the store.")],
    booth: Annotated[str, typer.Option(help="The store's own unless given.")] = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set up a lane; then mint enrol gives the one-time code for its machine."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        made = centre.database.write(lambda connection: add_lane(connection, store, lane, booth)).result()
    answer(options, made, [f"{made['store']} lane {lane}: {made['booth']}" + ("" if made["added"] else " (as before)")])


@APP.command("list")
def list_(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """All lanes, with the devices that were enrolled at each."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(lanes).result()
    answer(options, rows, [f"{row['store']} lane {row['lane']}  {row['booth']}  {_devices(row)}" for row in rows])


def _devices(row: dict[str, list[dict[str, str]]]) -> str:
    return ", ".join(f"{one['device']} ({one['state']})" for one in row["devices"]) or "no device yet"
