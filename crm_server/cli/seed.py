"""``crm-server seed``: a believable shop to try everything with."""

from typing import Annotated, Any

import typer

from crm_server.seed.shop import CODE_MINUTES, SMALL_SHARE, SeedRequest, seed_shop

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened


def seed(
    context: typer.Context,
    small: Annotated[bool, typer.Option("--small", help="A tenth of the members and coupons.")] = False,
    pins: Annotated[
        bool, typer.Option("--pins", help="Give all staff the PINs of practice, which are no secret.")
    ] = False,
    minutes: Annotated[int, typer.Option(min=1, help="How long the enrolment codes last.")] = CODE_MINUTES,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make the shop (once), build its snapshots, print stores, lanes, staff and one enrolment code a lane."""
    options = merged(context, data, database_url, as_json)
    with opened(options) as centre:
        shop = seed_shop(centre, SeedRequest(SMALL_SHARE if small else 1, minutes, pins))
    answer(options, shop, _lines(shop))


def _lines(shop: dict[str, Any]) -> list[str]:
    headline = "made a new shop" if shop["seeded"] else "the shop was there already; fresh enrolment codes:"
    return [
        headline,
        *(f"store  {store['id']}  {store['name']}" for store in shop["stores"]),
        *(f"lane   {lane['store']} lane {lane['lane']}  enrol with {lane['enrol_code']}" for lane in shop["lanes"]),
        *map(_person, shop["staff"]),
        *(
            f"offer  {offer['number']}  {offer['name']['zh']}  (offline: {offer['offline']})"
            for offer in shop["campaigns"]
        ),
        f"{shop['members']} members, {shop['coupons']} coupons",
    ]


def _person(person: dict[str, Any]) -> str:
    pin = f"  PIN {person['pin']}" if "pin" in person else ""
    return f"staff  {person['id']}  {person['name']}  {person['role']}{pin}"
