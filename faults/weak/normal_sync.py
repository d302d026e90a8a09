"""Commits return before they are on the disk: ``synchronous=NORMAL`` for the journal."""

from typing import Any

from faults.weak.switch import Switch, patch


def _apply() -> None:
    from pos_client.storage import connections, journal_file  # noqa: PLC0415 - only in a process that is to be weak

    strong = connections.open_writer

    def open_writer(path: Any, **options: Any) -> Any:
        return strong(path, **options | {"full_sync": False})

    patch(journal_file, "open_writer", open_writer)


SWITCH = Switch(
    name="normal-sync",
    what="a commit returns before it is on the disk (synchronous=NORMAL)",
    apply=_apply,
    caught_by={"F3": 100},
    because=("redemptions lost",),
)
