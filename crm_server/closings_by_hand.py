"""Answers to closes that came by file: nobody asks, so every close of a store's lanes is answered that is here.

Apart from the resource because the close is read from the lane's signed entry itself.
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from pos_client.domain.closings.close import TOLD
from pos_client.domain.journal_entry import EntryKind

from .centre import Centre
from .closings import Answer, answer_of, keep, standing_answer
from .devices import Caller
from .problems import Problem
from .recount import recount
from .schema import DEVICE, INBOX, STORE

_CLOSES: Final = (
    select(INBOX.c.epoch.label("of"), INBOX.c.seq, INBOX.c.hash, INBOX.c.body, DEVICE, STORE.c.zone)
    .join(DEVICE, DEVICE.c.id == INBOX.c.device)
    .join(STORE, STORE.c.number == DEVICE.c.store)
    .where(
        INBOX.c.kind == EntryKind.CLOSE_DAY.value,
        INBOX.c.received_ms >= bindparam("since"),
        DEVICE.c.store == bindparam("of_store"),
    )
    .order_by(INBOX.c.id)
)
_NUMBERS: Final = ("of_epoch", "first_seq", "last_seq")
Asked = tuple[Caller, dict[str, Any]]


def answers_by_hand(centre: Centre, store: int, since_ms: int) -> list[Answer]:
    """Signed answers to the closes of a store that were stored since a moment; agreements are kept."""
    closes = centre.database.read(partial(_closes, store=store, since_ms=since_ms)).result()
    answers = []
    for caller, asked in closes:
        try:
            answers.append(_answered(centre, caller, asked))
        except Problem:
            # Another close of the range stands, or its numbers are no close's: the report of closings shows it.
            continue
    return answers


def _answered(centre: Centre, caller: Caller, asked: Mapping[str, Any]) -> Answer:
    before = centre.database.read(lambda job: standing_answer(job, caller, asked)).result()
    if before is not None:
        return before
    counted = centre.database.read(lambda job: recount(job, caller.device, asked)).result()
    now_ms = centre.now_ms()
    answer = answer_of(centre.keys, caller, asked, counted, now_ms)
    return centre.database.write(lambda job: keep(job, caller, asked, answer, now_ms)).result()


def _closes(connection: Connection, store: int, since_ms: int) -> list[Asked]:
    found = []
    for row in connection.execute(_CLOSES, {"of_store": store, "since": since_ms}):
        body = json.loads(row.body)
        told = {name: body.get(name) for name in TOLD}
        if all(type(told[name]) is int for name in _NUMBERS) and isinstance(told["business_date"], str):
            caller = Caller(row.id, row.store, row.lane, row.zone, row.epoch, row.state)
            found.append((caller, told | {"epoch": row.of, "seq": row.seq, "hash": row.hash}))
    return found
