# ruff: noqa: S608 - only constants of this module are put together
"""Entries of some days, grouped and counted by the file itself: what charts are drawn from.

Apart from the journal because nothing at the counter asks for it, and a day of thousands of entries is never carried
through Python for a picture.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from pos_client.domain.journal_entry import EntryKind
from pos_client.usecases.day_office import DayGroup

from .connections import Row
from .journal_file import JournalFile

_BODY: Final = "CAST(body AS TEXT)"
# Hours are the store's, and a zone may be off by a quarter: SQL knows quarters of UTC, the use-case knows the zone.
_GROUPS: Final = (
    "SELECT business_date, kind, at_ms / 900000 * 900000, IFNULL(campaign, 0),"
    f" IFNULL(json_extract({_BODY}, '$.promoter'), ''), operator,"
    f" CASE kind WHEN 'reject' THEN IFNULL(json_extract({_BODY}, '$.reason'), '') ELSE '' END,"
    f" CASE kind WHEN 'bind' THEN IFNULL(json_extract({_BODY}, '$.action'), '') ELSE '' END,"
    f" voided, COUNT(*), SUM(IFNULL(json_extract({_BODY}, '$.discount_minor'), 0)), SUM(ABS(amount))"
    " FROM entry INDEXED BY day"
    " WHERE business_date IN (SELECT value FROM json_each(:days))"
    " AND kind IN ('redeem', 'reject', 'bind', 'hand_over')"
    " GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
)


def day_groups(file: JournalFile, days: Sequence[date]) -> Sequence[DayGroup]:
    """Redemptions, refusals, bindings and things handed over of these business days."""
    rows = file.rows(_GROUPS, {"days": json.dumps([day.isoformat() for day in days])})
    return [_group(row) for row in rows]


def _group(row: Row) -> DayGroup:
    day, kind, from_ms, campaign, promoter, operator, reason, action, voided, count, amount_minor, pieces = row
    return DayGroup(
        business_date=date.fromisoformat(day),
        kind=EntryKind(kind),
        from_ms=from_ms,
        campaign=campaign,
        promoter=promoter,
        operator=operator,
        reason=reason,
        action=action,
        is_voided=bool(voided),
        count=count,
        amount_minor=int(amount_minor),
        pieces=int(pieces),
    )
