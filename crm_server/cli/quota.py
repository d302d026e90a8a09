"""``crm-server quota``: shares of limited campaigns that stores are given in advance."""

from typing import Annotated, Any

import typer

from crm_server import policies, quota_shares
from crm_server.minting import named_store

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened

APP = typer.Typer(name="quota", no_args_is_help=True, help="Shares of limited campaigns.")

CampaignOption = Annotated[int, typer.Option(min=1, help="Number of a campaign with total_uses.")]
StoreOption = Annotated[str, typer.Option(help="Id or number.")]


@APP.command()
def share(
    context: typer.Context,
    campaign: CampaignOption,
    store: StoreOption,
    count: Annotated[int, typer.Option(min=1, max=1 << 53, help="Uses to set aside for the store.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set uses aside for a store; the centre itself has that many fewer to give."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        row = centre.database.write(
            lambda connection: quota_shares.give(
                connection,
                campaign,
                named_store(connection, store).number,
                count,
                policies.current_limits(connection).lane_percent,
            )
        ).result()
    answer(options, row, [_line(row)])


@APP.command("return")
def return_(
    context: typer.Context,
    campaign: CampaignOption,
    store: StoreOption,
    count: Annotated[
        int | None, typer.Option(min=1, help="How many at most; all that is not used unless given.")
    ] = None,
    with_lanes: Annotated[bool, typer.Option(help="The lanes' own parts too.")] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask for what a store has not used; it comes back when the store's server has confirmed it."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        row = centre.database.write(
            lambda connection: quota_shares.take_back(
                connection, campaign, named_store(connection, store).number, count, with_lanes=with_lanes
            )
        ).result()
    answer(options, row, [_line(row)])


@APP.command()
def show(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """What centre and stores hold of each limited campaign."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        rows = centre.database.read(quota_shares.shown).result()
    answer(options, rows, [_line(row) for row in rows] or ["no limited campaign was used or shared"])


def _line(row: dict[str, Any]) -> str:
    who = f"store {row['store']}" if row["store"] else "centre"
    lanes = ", ".join(f"lane {lane} {part}" for lane, part in row["lanes"].items())
    back = f", {row['coming_back']} asked back" if row["coming_back"] else ""
    held = f"campaign {row['campaign']}  {who}: {row['left']} left of {row['granted']}{back}"
    return f"{held} (of these alone: {lanes})" if lanes else held
