"""``crm-server mint``: real codes, and their pictures."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crm_server.code_pictures import write_picture
from crm_server.enrolment import DEFAULT_MINUTES
from crm_server.minting import CodeKind, MintRequest
from crm_server.minting import mint as mint_codes

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened

MOST_CODES = 100_000


def mint(  # noqa: PLR0913, PLR0917 - a command's options
    context: typer.Context,
    kind: Annotated[CodeKind, typer.Argument(help="What to mint.")],
    count: Annotated[int, typer.Option(min=1, max=MOST_CODES)] = 1,
    store: Annotated[str, typer.Option(help="Id or number: home store of coupons, store of members or lanes.")] = "",
    offer: Annotated[str, typer.Option(help="Campaign number or short name.")] = "",
    value_minor: Annotated[int | None, typer.Option(min=0, max=2**32 - 1, help="Value on the coupon, in fen.")] = None,
    member: Annotated[str, typer.Option(help="Card number or reference.")] = "",
    png: Annotated[Path | None, typer.Option(help="Folder for pictures.")] = None,
    days_valid: Annotated[int, typer.Option(min=1, max=3_650)] = 30,
    expired: Annotated[bool, typer.Option("--expired", help="Yesterday was the last day.")] = False,
    opaque: Annotated[bool, typer.Option("--opaque", help="A random id instead of a signed code.")] = False,
    lane: Annotated[int, typer.Option(min=1, help="Lane of an enrolment code.")] = 1,
    minutes: Annotated[int, typer.Option(min=1, help="How long an enrolment code lasts.")] = DEFAULT_MINUTES,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Mint codes; a plain coupon takes 10.00 off, needs no basket and may be redeemed offline."""
    options = merged(context, data, database_url, as_json)
    request = MintRequest(kind, count, store, offer, value_minor, member, days_valid, expired, opaque, lane, minutes)
    with opened(options) as centre:
        codes = centre.database.write(
            lambda connection: mint_codes(connection, centre.keys, request, centre.now())
        ).result()
    if png is not None:
        _draw(codes, png)
    answer(options, codes, [code["code"] for code in codes])


def _draw(codes: list[dict[str, Any]], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place, code in enumerate(codes, 1):
            name = code.get("coupon_id", f"{place:04d}")
            path = folder / f"{code['kind']}-{name}.png"
            write_picture(code["code"], path)
            code["png"] = str(path)
    except OSError as error:
        fail(f"cannot write pictures: {error}")
