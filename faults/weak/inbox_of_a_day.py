"""The centre forgets after 24 hours which entries it has: what comes again later is new to it."""

from typing import Any

from faults.weak.switch import Switch, patch

DAY_MS = 86_400_000


def _apply() -> None:
    from crm_server import inbox  # noqa: PLC0415 - only in a process that is to be weak
    from crm_server.schema import INBOX  # noqa: PLC0415

    weak: Any = inbox
    store = weak.store_batch

    def store_and_forget(connection: Any, caller: Any, batch: Any, effects: Any, now_ms: int) -> Any:
        # Renamed, since other tables point to a row: to the centre an entry under another number is not there.
        connection.execute(
            INBOX.update().where(INBOX.c.received_ms < now_ms - DAY_MS).values(epoch=INBOX.c.epoch + 900)
        )
        return store(connection, caller, batch, effects, now_ms)

    from crm_server.api import batches  # noqa: PLC0415

    patch(inbox, "store_batch", store_and_forget)
    for name, value in vars(batches).items():
        if value is store:
            patch(batches, name, store_and_forget)


SWITCH = Switch(
    name="inbox-of-a-day",
    what="the centre knows an entry again only within 24 hours",
    apply=_apply,
    caught_by={"F4": 80},
    because=("counted twice", "undelivered", "beyond the limits", "lost"),
)
