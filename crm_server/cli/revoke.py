"""``crm-server revoke``: take back coupons, a campaign, or a device."""

from typing import Annotated

import typer
from sqlalchemy import Connection

from crm_server.named_coupons import named_coupons
from crm_server.revocations import revoke_campaign, revoke_coupons, revoke_device

from .options import DataOption, JsonOption, UrlOption, answer, fail, merged, opened


def revoke(
    context: typer.Context,
    coupons: Annotated[list[str] | None, typer.Argument(metavar="[CODE_OR_COUPON_ID]...")] = None,
    device: Annotated[str, typer.Option(help="A device instead of coupons.")] = "",
    campaign: Annotated[int, typer.Option(min=0, help="All coupons issued so far of a campaign.")] = 0,
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Revoke; lanes hear of it at their next contact."""
    options = merged(context, data, database_url, as_json)
    if [bool(coupons), bool(device), bool(campaign)].count(True) != 1:
        fail("name coupons, or one --device, or one --campaign", exit_code=2)

    def job(connection: Connection) -> int:
        if device:
            revoke_device(connection, device)
            return 1
        if campaign:
            return revoke_campaign(connection, campaign)
        return revoke_coupons(connection, named_coupons(connection, coupons or []))

    with opened(options) as centre:
        count = centre.database.write(job).result()
    what = "device" if device else "coupons"
    answer(options, {"revoked": count, "what": what}, [f"revoked {count} {what}"])
