"""Pages of changes after a cursor."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy import Connection

from crm_server import snapshots
from crm_server.changes import LARGEST_PAGE, PageRequest, signed_page

from .documents import JsonObject, Reply, Signed
from .problem_replies import refusals
from .request_signature import ActiveCaller
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/changes", tags=["changes"])


class ChangedRow(Reply):
    """A row as it is now, or with ``del`` a row that is gone; ``ver`` grows with every change of it.

    ``k`` holds the key columns (``pos_client.domain.cache_format.KEY_COLUMNS``), ``body`` all others but ``ver``.
    """

    t: str
    k: list[int | str]
    ver: int
    del_: bool | None = Field(default=None, alias="del")
    body: JsonObject | None = None


class Page(Signed):
    """Everything after ``from``; ``issued_at`` says how fresh the data is once the last page is applied.

    ``sums`` of the last page: each table's sum once it is applied (``pos_client.domain.cache_format.row_sum``).
    """

    from_: str = Field(alias="from")
    to: str
    rows: list[ChangedRow]
    more: bool
    issued_at: str
    store: int
    sums: dict[str, str] | None = None


@ROUTER.get(
    "",
    response_model=Page,
    response_model_exclude_unset=True,
    responses=refusals("body-malformed", "cursor-bad", "cursor-expired"),
)
async def changes(
    caller: ActiveCaller,
    centre: CentreHere,
    cursor: Annotated[str, Query(max_length=60)],
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = LARGEST_PAGE,
) -> Page:
    """The page after a cursor; more than ``limit`` only to keep together what one commit counted."""
    wanted = PageRequest(cursor, limit, caller.store)

    def page(connection: Connection) -> dict[str, Any]:
        sums = snapshots.sums_path(connection, centre.folder, wanted.store)
        return signed_page(connection, centre.keys, centre.instance, wanted, centre.now_ms(), sums)

    document = await reading(centre, page)
    return Page.model_validate(document)
