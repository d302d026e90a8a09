"""Points that were paid with and were not there: which entry took a member's balance below nothing, and by how much.

Apart from the deficits because those say who owes today, and this says where it happened. Movements count in the order
in which the centre took them over, never in that of anybody's clock.
"""

import json
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from pos_client.domain.journal_entry import EntryKind

from .schema import INBOX, LEDGER, MEMBER
from .trade_facts import POINTS

_BALANCE: Final = func.sum(LEDGER.c.delta).over(partition_by=LEDGER.c.member_number, order_by=LEDGER.c.id)
_MOVED: Final = (
    select(LEDGER.c.id, LEDGER.c.inbox_id, LEDGER.c.member_number, LEDGER.c.delta, LEDGER.c.at_ms)
    .add_columns(_BALANCE.label("balance"))
    .where(LEDGER.c.account == POINTS, LEDGER.c.member_number != 0)
    .subquery()
)


def overdrawn(connection: Connection) -> list[tuple[Row[Any], dict[str, Any], int, int]]:
    """Entries that paid with points beyond the balance: row, body, points beyond it, what they were worth."""
    query = (
        select(_MOVED, *(INBOX.c[name] for name in ("device", "epoch", "seq", "hash", "body", "voided", "received_ms")))
        .add_columns(MEMBER.c.points.label("points_now"), MEMBER.c.ref)
        .join(INBOX, INBOX.c.id == _MOVED.c.inbox_id)
        .join(MEMBER, MEMBER.c.number == _MOVED.c.member_number)
        .where(INBOX.c.kind == EntryKind.BURN.value, _MOVED.c.delta < 0, _MOVED.c.balance < 0)
        .order_by(_MOVED.c.id)
    )
    found = []
    for row in connection.execute(query):
        body = json.loads(row.body)
        paid = -int(row.delta)
        excess = min(-int(row.balance), paid)
        found.append((row, body, excess, int(body.get("value_minor") or 0) * excess // paid))
    return found
