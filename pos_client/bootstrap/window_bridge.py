"""The host till's bridge beside a window: one till thread for clerk and host, one shelf of events for both."""

import logging
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

from pos_client.bridge.events import EventShelf, masked, shown
from pos_client.domain.errors import PosError
from pos_client.ui.worker_thread import Worker
from pos_client.usecases.desk import Attribution
from pos_client.usecases.till_lane import Listener, TillLane
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import Customer, LaneStatus, TillAnswer, TillFault

from .host_till import SOURCE, LaneTill, VerdictDocument
from .lane import Lane

LOG: Final = logging.getLogger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a bridge beside a window works with.

    Attributes:
        lane: open, and used on the till's thread alone.
        till, session: the thread, and who stands at the counter.
        wake: asks for a sync soon.
        document: a verdict as JSON.
    """

    lane: Lane
    till: TillLane
    session: TillSession
    wake: Callable[[], None]
    document: VerdictDocument


@contextmanager
def bridge_beside(beside: Beside, window: Listener) -> Generator[dict[str, Worker], None, None]:
    """The workers of the bridge where the settings want one; the window hears the till either way.

    A port that cannot be had, or a file that cannot be opened, is a worker that dies at once: the clerk sees it, and
    the counter works on.
    """
    settings = beside.lane.files.settings.bridge
    if not settings.enabled:
        beside.till.listen(window)
        yield {}
        return
    from .bridging import open_bridge  # noqa: PLC0415 - the web's libraries are loaded for the bridge alone

    try:
        opened = open_bridge(beside.lane.files, _till(beside), settings.port)
        bridge = opened.__enter__()
    except PosError as fault:
        beside.till.listen(window)
        yield {"bridge": _Dead(fault)}
        return
    try:
        beside.till.listen(_Both(window, bridge.events, beside))
        yield {"bridge": bridge, "host-drop": bridge.drop}
    finally:
        opened.__exit__(None, None, None)


def _till(beside: Beside) -> LaneTill:
    def credit(_lane: Lane) -> Attribution:
        return Attribution(beside.session.operator, beside.session.promoter, SOURCE)

    def lane() -> "nullcontext[Lane]":
        return nullcontext(beside.lane)

    return LaneTill(lane, lane, TillTurns(beside.till), beside.document, credit, beside.wake)


class TillTurns:
    """The till's own thread as the bridge is given turns on it."""

    def __init__(self, till: TillLane) -> None:
        self._till = till

    def submit(self, work: Callable[[], Result]) -> "Future[Result]":
        """Have it done in its turn; what it raises is for whoever waits."""
        future: Future[Result] = Future()

        def deed() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(work())
            except Exception as error:  # noqa: BLE001 - a border of threads: whoever waits raises it again
                future.set_exception(error)

        self._till.do(deed)
        return future


class _Dead:
    """A worker that could not be made."""

    def __init__(self, fault: PosError) -> None:
        self._fault = fault

    def run(self, stop: threading.Event) -> None:
        """Say so; ``stop`` is of no use to it. Raises what was in its way."""
        if not stop.is_set():
            raise self._fault


class _Both:
    """Tells the window all, and the shelf what a customer's screen may show."""

    def __init__(self, window: Listener, events: EventShelf, beside: Beside) -> None:
        self._window, self._events, self._beside = window, events, beside
        self._shown: tuple[dict[str, Any] | None, int | None] = (None, None)

    def on_answer(self, answer: TillAnswer) -> None:
        """A verdict."""
        self._window.on_answer(answer)
        self._events.tell("verdict", **shown(self._beside.document(answer.verdict, self._beside.lane.wording)))

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand changed."""
        self._window.on_customer(customer)
        member = masked(asdict(customer.member.view)) if customer.member else None
        if (member, customer.amount_minor) != self._shown:
            self._shown = (member, customer.amount_minor)
            self._events.tell("customer", member=member, amount_minor=customer.amount_minor)

    def on_status(self, status: LaneStatus) -> None:
        """For the window alone."""
        self._window.on_status(status)

    def on_fault(self, fault: TillFault) -> None:
        """For the window alone."""
        self._window.on_fault(fault)
