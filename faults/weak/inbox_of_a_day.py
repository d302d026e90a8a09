"""The centre forgets after 24 hours which entries it has: what comes again later is new to it."""

from typing import Any

from faults.weak.switch import Switch, patch

DAY_MS = 86_400_000


def _apply() -> None:
    from crm_server import inbox  # noqa: PLC0415 - only in a process that is to be weak
    from crm_server.api import journal  # noqa: PLC0415
    from crm_server.schema import INBOX  # noqa: PLC0415

    store: Any = inbox.store_batch
    # Renamed, since other tables point to a row: to the centre an entry of another epoch is another entry.
    forget = INBOX.update().values(epoch=INBOX.c.epoch + 900)

    def store_and_forget(connection: Any, caller: Any, batch: Any, effects: Any, now_ms: int) -> Any:
        connection.execute(forget.where(INBOX.c.received_ms < now_ms - DAY_MS))
        return store(connection, caller, batch, effects, now_ms)

    patch(inbox, "store_batch", store_and_forget)
    patch(journal, "store_batch", store_and_forget)


SWITCH = Switch(
    name="inbox-of-a-day",
    what="the centre knows an entry again only within 24 hours",
    apply=_apply,
    caught_by={"F4": 80},
    because=("counted twice", "undelivered", "beyond the limits", "lost"),
)
