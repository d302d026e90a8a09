"""``crm-server lease`` and ``recall``: lend coupons to a store, and end it."""

from typing import Annotated

import typer

from crm_server.centre import Centre
from crm_server.leases import LeaseTerms
from crm_server.leases import lease as lend
from crm_server.leases import recall as end_leases
from crm_server.minting import named_store
from crm_server.named_coupons import named_coupons
from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened

DAY_MS = 86_400_000
Names = Annotated[list[str], typer.Argument(metavar="CODE_OR_COUPON_ID...", help="Codes, or ids such as 1002-17.")]


def lease(
    context: typer.Context,
    coupons: Names,
    store: Annotated[str, typer.Option(help="Id or number of the store.")],
    days: Annotated[int, typer.Option(min=1, max=365)] = 30,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lend coupons to a store: redeemable there without the network, refused elsewhere meanwhile."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        number, until_ms = _number(centre, store), centre.now_ms() + days * DAY_MS
        terms = LeaseTerms(number, until_ms)
        count = centre.database.write(
            lambda connection: lend(connection, named_coupons(connection, coupons), terms, centre.now_ms())
        ).result()
    until = wire_time(from_ms(until_ms))
    answer(
        options, {"leased": count, "store": number, "until": until}, [f"lent {count} to store {number} until {until}"]
    )


def recall(
    context: typer.Context,
    coupons: Names,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """End leases; the store's lanes know it after their next contact."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        count = centre.database.write(
            lambda connection: end_leases(connection, named_coupons(connection, coupons))
        ).result()
    answer(options, {"recalled": count}, [f"recalled {count}"])


def _number(centre: Centre, store: str) -> int:
    number: int = centre.database.read(lambda connection: named_store(connection, store).number).result()
    return number
