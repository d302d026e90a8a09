"""Whether the cache still is what the centre thinks it is: a sum for each table, carried on with every page.

Apart from applying pages because it decides nothing there: rows are read before and after, and what they add up to is
compared with what the page's signature says (PROTOCOL 3.5). Where it differs, the file serves on and is fetched anew.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pos_client.domain.cache_format import changed_sum, row_sum

from .cache_shape import shapes
from .connections import Connection
from .page_rows import SortedRows

SUMS: Final = "sums"
DISTRUSTED: Final = "distrusted"
REFETCHED: Final = "refetched"
Totals = dict[str, str]
Shares = dict[str, list[int]]


def promised(manifest: Mapping[str, Any], name: str) -> str:
    """The sums of a manifest's file as ``meta`` keeps them; empty where the centre says none."""
    for file in manifest["files"]:
        found = file.get("set_sum") if file["name"] == name else None
        if isinstance(found, Mapping):
            return json.dumps({str(table): str(total) for table, total in found.items()})
    return ""


def totals_of(meta: Mapping[str, str]) -> Totals | None:
    """The sums that a file has come to; None where its centre never said any."""
    text = meta.get(SUMS)
    return dict(json.loads(text)) if text else None


def shares(connection: Connection, rows: SortedRows) -> Shares:
    """What the rows that a page names add to the sums as they stand now."""
    return {table: list(_shares(connection, table, rows)) for table in {*rows.upserts, *rows.tombstones}}


def carried_on(totals: Totals, gone: Shares, come: Shares) -> Totals:
    """The sums after a page."""
    changed = {table: changed_sum(totals.get(table, ""), gone[table], come[table]) for table in gone}
    return totals | changed


def drifted(totals: Totals, page: Mapping[str, Any], unsure: frozenset[str]) -> tuple[str, ...]:
    """Tables whose sum is not the page's; those with rows that were set aside cannot be compared.

    Args:
        totals: after the page.
        page: its signed document; only the last page says sums.
        unsure: tables with rows that were set aside.
    """
    said = page.get(SUMS)
    if not isinstance(said, Mapping) or "" in unsure:
        return ()
    return tuple(
        sorted(table for table in totals if table in said and said[table] != totals[table] and table not in unsure)
    )


def _shares(connection: Connection, table: str, rows: SortedRows) -> Iterator[int]:
    shape = shapes()[table]
    columns = list(shape.columns)
    where = " AND ".join(f"{key} = :{key}" for key in shape.keys)
    asked = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - our own names
    for one in (*rows.upserts.get(table, ()), *rows.tombstones.get(table, ())):
        found = connection.execute(asked, {key: one[key] for key in shape.keys}).fetchone()
        if found is not None:
            yield row_sum(table, dict(zip(columns, found, strict=True)))
