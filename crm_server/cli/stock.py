"""``crm-server stock``: what lies at the booths to be handed over."""

from typing import Annotated

import typer

from crm_server import stocks
from crm_server.minting import named_store
from crm_server.stocks import Counted

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened

APP = typer.Typer(name="stock", no_args_is_help=True, help="Things at the booths.")


@APP.command("set")
def set_(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number.")],
    booth: Annotated[str, typer.Option(help="As its lanes name it.")],
    item: Annotated[str, typer.Option(help="As the offers name it.")],
    quantity: Annotated[int, typer.Option(min=0, max=1_000_000, help="How many somebody counted.")],
    low: Annotated[int, typer.Option(min=0, max=1_000_000, help="At so many and below, bring more.")] = 0,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a count over; what is handed over later is taken off it."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        centre.database.write(
            lambda connection: stocks.set_stock(
                connection, Counted(named_store(connection, store).number, booth, item, quantity, low)
            )
        ).result()
    made = {"store": store, "booth": booth, "item": item, "quantity": quantity, "low": low}
    answer(options, made, [f"{booth}: {quantity} of {item}"])


@APP.command()
def show(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number; all stores unless given.")] = "",
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """What lies where."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(
            lambda connection: stocks.stock(connection, named_store(connection, store).number if store else None)
        ).result()
    lines = [
        f"{row['store']}  {row['booth']}  {row['item']}: {row['quantity']}{'  (low)' if row['is_low'] else ''}"
        for row in rows
    ]
    answer(options, rows, lines or ["nothing was counted"])
