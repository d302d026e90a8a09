"""Changes are numbered by the clock and not in the order of their commits: a clock that steps back hides them."""

import json
import time
from typing import Any

from faults.weak.switch import Switch, patch


def _apply() -> None:
    from crm_server import balances, change_log  # noqa: PLC0415 - only in a process that is to be weak
    from crm_server.schema import CHANGE, CHANGE_HEAD  # noqa: PLC0415

    def append(connection: Any, changes: Any) -> None:
        wanted = list(dict.fromkeys(changes))
        if not wanted:
            return
        cells = balances.cells_of(connection, wanted)
        first = time.time_ns() // 1_000
        last = first + len(wanted) - 1
        connection.execute(CHANGE_HEAD.update().where(CHANGE_HEAD.c.n < last).values(n=last))
        together = any(table == change_log.APPLIED for table, _ in wanted)
        rows = [
            {
                "n": n,
                "t": table,
                "k": json.dumps(key, ensure_ascii=False),
                "through": last if together else n,
                "cells": cells.get((table, key), ""),
            }
            for n, (table, key) in enumerate(wanted, first)
        ]
        connection.execute(CHANGE.insert(), rows)

    patch(change_log, "append", append)


SWITCH = Switch(
    name="timestamp-cursor",
    what="lanes are told of changes by time instead of by commit",
    apply=_apply,
    caught_by={"F9": 1},
    because=("changes were missed",),
)
