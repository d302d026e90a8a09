"""An entry leaves the line when the server refuses it, as if it could never be taken."""

from typing import Any

from faults.weak.switch import Switch, patch


def _apply() -> None:
    from pos_client.domain.errors import ServerRefused  # noqa: PLC0415 - only in a process that is to be weak
    from pos_client.sync import push  # noqa: PLC0415
    from pos_client.sync.outbox_port import RowResult  # noqa: PLC0415

    pusher: Any = push.Pusher
    send = pusher._send  # noqa: SLF001 - what is patched

    def send_or_forget(self: Any, this: Any, batch: Any) -> None:
        try:
            send(self, this, batch)
        except ServerRefused as error:
            if error.status not in {400, 404, 422}:
                raise
            gone = [RowResult(row.epoch, row.seq, row.hash, "accepted") for row in batch.rows]
            self._outbox.record_results(gone)

    patch(pusher, "_send", send_or_forget)


SWITCH = Switch(
    name="delete-on-4xx",
    what="an entry that the server answers with a 4xx leaves the line",
    apply=_apply,
    caught_by={"F5": 1},
    because=("left the line",),
)
