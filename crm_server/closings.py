"""Closes of lanes' days: the answer to each, signed, and an agreement kept for ever.

Apart from the recount because this writes. An agreement is of entries that never change, so the first one stands: the
same close asked again gets the same bytes.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, and_, insert, or_, select, update

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose

from . import store_closing
from .devices import Caller
from .keys import KeyRing
from .problems import Problem
from .recount import Recount
from .schema import CLOSING

AGREED: Final = "agreed"
DISAGREED: Final = "disagreed"
_NAMED: Final = (
    "epoch", "seq", "hash", "of_epoch", "business_date", "first_seq", "last_seq", "head_hash",
)  # fmt: skip

Answer = dict[str, Any]


def standing_answer(connection: Connection, caller: Caller, asked: Mapping[str, Any]) -> Answer | None:
    """The agreement that was given before, None where there is none.

    Raises:
        Problem: closing-exists, batch-malformed (an epoch that the device never had).
    """
    if max(asked["epoch"], asked["of_epoch"]) > caller.epoch or asked["of_epoch"] > asked["epoch"]:
        raise Problem("closing-malformed", "the device never had this epoch")
    if asked["first_seq"] > asked["last_seq"] + 1 or (asked["of_epoch"], asked["last_seq"]) >= (
        asked["epoch"],
        asked["seq"],
    ):
        raise Problem("closing-malformed", "a close is about entries before it")
    for row in connection.execute(_overlapping(caller.device, asked)):
        if (row.epoch, row.seq, row.hash) != (asked["epoch"], asked["seq"], asked["hash"]):
            other = {"epoch": row.epoch, "seq": row.seq, "hash": row.hash, "business_date": row.business_date}
            raise Problem("closing-exists", other={**other, "first_seq": row.first_seq, "last_seq": row.last_seq})
        answer: Answer = json.loads(row.answer)
        return answer
    return None


def answer_of(keys: KeyRing, caller: Caller, asked: Mapping[str, Any], counted: Recount, now_ms: int) -> Answer:
    """The signed answer to a close."""
    document = {
        "state": AGREED if counted.agrees else DISAGREED,
        "device": caller.device,
        "store": caller.store,
        "lane": caller.lane,
        **{name: asked[name] for name in _NAMED},
        "entries": counted.entries,
        "missing": [list(pair) for pair in counted.missing],
        "entry_missing": counted.entry_missing,
        "differences": [difference.as_document() for difference in counted.differences],
        "conflicts": counted.conflicts,
        "quarantined": counted.quarantined,
        "forked": counted.forked,
        "beyond": counted.beyond,
        "at": wire_time(from_ms(now_ms)),
    }
    return keys.sign_document(DocumentPurpose.CLOSING, document)


def keep(connection: Connection, caller: Caller, asked: Mapping[str, Any], answer: Answer, now_ms: int) -> Answer:
    """Write an answer down; an agreement that stood before is given instead.

    Raises:
        Problem: closing-exists: another close of the range was agreed to meanwhile.
    """
    before = standing_answer(connection, caller, asked)
    if before is not None:
        return before
    values = {
        "hash": asked["hash"],
        "of_epoch": asked["of_epoch"],
        "first_seq": asked["first_seq"],
        "last_seq": asked["last_seq"],
        "business_date": asked["business_date"],
        "state": answer["state"],
        "answer": json.dumps(answer, ensure_ascii=False),
        "answered_ms": now_ms,
    }
    key = (CLOSING.c.device == caller.device) & (CLOSING.c.epoch == asked["epoch"]) & (CLOSING.c.seq == asked["seq"])
    if connection.execute(update(CLOSING).where(key).values(values)).rowcount == 0:
        named = {"device": caller.device, "epoch": asked["epoch"], "seq": asked["seq"], "asked_ms": now_ms}
        connection.execute(insert(CLOSING).values(named | values))
    if answer["state"] == AGREED:
        store_closing.give_back(connection, caller.store, store_closing.days_of(asked), now_ms)
    return answer


def _overlapping(device: str, asked: Mapping[str, Any]) -> Any:
    """Agreed closes of the same entry, or of a part of the same range."""
    same_entry = and_(CLOSING.c.epoch == asked["epoch"], CLOSING.c.seq == asked["seq"])
    same_range = and_(
        CLOSING.c.of_epoch == asked["of_epoch"],
        CLOSING.c.first_seq <= asked["last_seq"],
        CLOSING.c.last_seq >= asked["first_seq"],
    )
    return (
        select(CLOSING)
        .where(CLOSING.c.device == device, CLOSING.c.state == AGREED, or_(same_entry, same_range))
        .order_by(CLOSING.c.epoch, CLOSING.c.seq)
    )
