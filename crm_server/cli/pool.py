"""``crm-server pool``: what lanes may give out without the network, and whether enough is left of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, Row, select

from crm_server import pools
from crm_server.minting import check_lane, named_campaign, named_store
from crm_server.pools import MEMBERS, Pool
from crm_server.schema import STORE
from pos_client.domain.business_time import day_number, local_date

from .options import DataOption, JsonOption, Options, UrlOption, answer, merged, opened

APP = typer.Typer(name="pool", no_args_is_help=True, help="Coupons and member numbers that are lent to lanes.")

StoreOption = Annotated[str, typer.Option(help="Id or number.")]
LaneOption = Annotated[int, typer.Option(min=1, help="Which lane of the store.")]
CountOption = Annotated[int, typer.Option(min=1, max=10_000, help="How many more.")]


@APP.command()
def coupon(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    offer: Annotated[str, typer.Option(help="Campaign number or slug.")],
    store: StoreOption,
    lane: LaneOption = 1,
    count: CountOption = 20,
    days_valid: Annotated[int, typer.Option(min=1, max=3_660, help="From the day each is signed.")] = 30,
    anywhere: Annotated[
        bool, typer.Option("--anywhere", help="They work in every store, not in this one only.")
    ] = False,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sign coupons of a campaign for a lane to give out; nobody can use them before it does."""
    options = merged(context, data, database_url, as_json)

    def pool(connection: Connection, number: int) -> Pool:
        campaign = named_campaign(connection, offer)[0]
        return Pool(number, lane, campaign, count, days_valid, 0 if anywhere else number)

    _enlarge(options, store, lane, pool)


@APP.command()
def member(
    context: typer.Context,
    store: StoreOption,
    lane: LaneOption = 1,
    count: CountOption = 20,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Reserve numbers, references and cards for members whom a lane binds."""
    options = merged(context, data, database_url, as_json)
    _enlarge(options, store, lane, lambda _connection, number: Pool(number, lane, MEMBERS, count))


@APP.command()
def refill(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fill up every pool that is less than half full; heartbeats and new snapshots do the same."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:

        def job(connection: Connection) -> int:
            stores = connection.execute(select(STORE)).all()
            return sum(
                pools.refill(connection, store.number, today_of(store, centre.now()), centre.now_ms())
                for store in stores
            )

        added = centre.database.write(job).result()
    answer(options, {"added": added}, [f"added {added}"])


@APP.command()
def show(
    context: typer.Context,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """How many are free in each pool; campaign 0 are numbers for new members."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:

        def job(connection: Connection) -> list[dict[str, Any]]:
            stores = connection.execute(select(STORE).order_by(STORE.c.number)).all()
            return [
                row for store in stores for row in pools.pools(connection, store.number, today_of(store, centre.now()))
            ]

        rows = centre.database.read(job).result()
    lines = [
        f"store {row['store']} lane {row['lane']} campaign {row['campaign']}: {row['free']} of {row['size']} free"
        for row in rows
    ]
    answer(options, rows, lines or ["no pools"])


def today_of(store: Row[Any], now: datetime) -> int:
    """The day number in a store's calendar."""
    return day_number(local_date(now, store.zone))


def _enlarge(options: Options, store: str, lane: int, pool: Callable[[Connection, int], Pool]) -> None:
    with opened(options) as centre:

        def job(connection: Connection) -> dict[str, Any]:
            row = named_store(connection, store)
            check_lane(connection, row, lane)
            wanted = pool(connection, row.number)
            free = pools.enlarge(connection, wanted, today_of(row, centre.now()), centre.now_ms())
            return {"store": row.id, "lane": lane, "campaign": wanted.campaign, "added": wanted.size, "free": free}

        made = centre.database.write(job).result()
    what = f"coupons of {made['campaign']}" if made["campaign"] else "member numbers"
    answer(options, made, [f"added {made['added']} {what} for {made['store']} lane {lane}: {made['free']} are free"])
