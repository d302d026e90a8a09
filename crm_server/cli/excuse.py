"""``crm-server excuse``: a lane that need not close a day, and why."""

from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from crm_server.closing_report import Missed
from crm_server.closing_report import excuse as excused
from crm_server.minting import named_store
from crm_server.store_closing import give_back

from .options import DataOption, JsonOption, UrlOption, answer, merged, opened


def excuse(
    context: typer.Context,
    store: Annotated[str, typer.Option(help="Id or number.")],
    lane: Annotated[int, typer.Option(min=1, max=999_999)],
    date: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day.")],
    reason: Annotated[str, typer.Option(help="Why it is not closed.")],
    data: DataOption = None,
    database_url: UrlOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a lane's missing close as settled; the report of closings names the reason."""
    options = merged(context, data, database_url, as_json)
    day = date.date()

    def job(connection: Connection) -> int:
        number: int = named_store(connection, store).number
        excused(connection, Missed(number, lane, day), reason[:200], centre.now_ms())
        give_back(connection, number, [day.isoformat()], centre.now_ms())
        return number

    with opened(options) as centre:
        number = centre.database.write(job).result()
    made = {"store": number, "lane": lane, "business_date": day.isoformat(), "reason": reason[:200]}
    answer(options, made, [f"store {number}, lane {lane}: {day} is excused"])
