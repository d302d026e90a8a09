"""A call whose caller never waits longer than he said, whatever the network does.

Apart from the client because ``requests`` bounds a single socket operation only: name look-up, a body that comes one
byte a second and a list of dead addresses each escape its timeouts. The call runs in a thread of its own; who gives up
walks away from it.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import Final, TypeVar

from pos_client.domain.errors import PosError

LOOK_EVERY_S: Final = 0.1
T = TypeVar("T")


class Abandoned(Exception):
    """The time was up, or the caller was told to stop."""


class ErrandDied(RuntimeError):
    """The call ended by an error that is no fault of the world; its traceback went to the crash hook."""


def start(call: Callable[[], T]) -> "Future[T]":
    """Run ``call`` in a thread that does not keep the program alive."""
    future: Future[T] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except PosError as error:
            future.set_exception(error)
        finally:
            # A bug goes on to threading.excepthook; whoever waits here must not wait for ever.
            if not future.done():
                future.set_exception(ErrandDied())

    threading.Thread(target=work, name="errand", daemon=True).start()
    return future


def never() -> bool:
    """Nobody asks to stop."""
    return False


def wait(
    future: "Future[T]", budget_s: float, stopping: Callable[[], bool] = never, look_every_s: float = LOOK_EVERY_S
) -> T:
    """The result of an errand; ``stopping`` is asked that often.

    Raises:
        Abandoned: after ``budget_s`` seconds, or soon after ``stopping`` says so.
        PosError: what the call raised.
    """
    ends = time.monotonic() + budget_s
    while True:
        left = ends - time.monotonic()
        try:
            return future.result(timeout=max(0.0, min(left, look_every_s)))
        except NotYet as not_yet:
            # A PosError is no TimeoutError, so this is the waiting that ended and not the call.
            if left <= 0 or stopping():
                raise Abandoned from not_yet
