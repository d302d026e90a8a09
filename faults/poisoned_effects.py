"""A centre whose own code fails on one coupon: by an error it expects of a row, by one it does not, or by dying.

Apart from the row because the centre that dies is a process of its own: ``python -m faults.poisoned_effects DATA PORT``
serves until SIGTERM, and is born again whenever it died, as a service is. It says ``ready`` and its deaths on stdout.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final, cast

import uvicorn
from sqlalchemy.exc import OperationalError

from crm_server.api.application import create_app
from crm_server.application import Application, Effect, Outcome
from crm_server.centre import open_centre
from crm_server.effects import EFFECTS
from crm_server.entry_facts import EntryFacts, ReadRow
from faults.lives import say
from pos_client.domain.journal_entry import EntryKind

POISON: Final = "666-1"
DIED: Final = 9
BORN_AGAIN_S: Final = 0.3


@contextmanager
def poisoned(how: str) -> Iterator[None]:
    """Inside the block this process's centre fails on the poison: ``expected``, ``unexpected`` or ``dies``."""
    effects = cast("MutableMapping[EntryKind, Effect]", EFFECTS)
    real = effects[EntryKind.REDEEM]

    def redeem(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
        if facts.coupon_id == POISON:
            _fail(how)
        return real(work, row, facts, number)

    effects[EntryKind.REDEEM] = redeem
    try:
        yield
    finally:
        effects[EntryKind.REDEEM] = real


def _fail(how: str) -> None:
    if how == "dies":
        os._exit(DIED)
    if how == "unexpected":
        raise OperationalError("an effect", {}, Exception("of which no row can be the cause"))
    raise KeyError("the code that applies is wrong")


def main() -> None:
    """Serve, die, be born again."""
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    child = 0

    def stop(_number: int, _frame: FrameType | None) -> None:
        if child > 0:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _serve(folder, port)
        _, status = os.waitpid(child, 0)
        child = 0
        say({"died": os.waitstatus_to_exitcode(status)})
        time.sleep(BORN_AGAIN_S)


def _serve(folder: Path, port: int) -> None:
    centre = open_centre(folder)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen()
    config: Any = uvicorn.Config(create_app(centre), log_config=None, access_log=False, lifespan="off")
    say({"ready": True})
    with poisoned("dies"):
        uvicorn.Server(config).run(sockets=[listener])
    os._exit(0)


if __name__ == "__main__":
    main()
