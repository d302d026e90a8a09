"""Whether a kiosk can work at all: what closes it for good, what closes it for now, and what opens it again.

Apart from the presenter because it is about the lane and not about a customer.
"""

from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict
from pos_client.ui.kiosk.states import Event
from pos_client.usecases.till_view import LaneStatus, Network, TillFault

# The lane itself must not be used any more; only staff can change that.
_FOR_GOOD: Final = frozenset({"device-revoked", "device-forked", "journal-damaged", "schema-too-new"})
# Nothing can be done until the world is better; it says so itself.
_FOR_NOW: Final = frozenset({"disk-full", "storage-unavailable", "cache-missing", "not-enrolled"})


class Health:
    """The lane behind a kiosk.

    Attributes:
        is_dead: only staff, or a new start, can help.
    """

    def __init__(self) -> None:
        self.is_dead = False

    def on_status(self, status: LaneStatus) -> Event | None:
        """The till is alive and has looked around; without data nobody can be served, however well it is."""
        if status.data_as_of is None:
            return Event.BROKE
        return None if self.is_dead or status.network is Network.DISK else Event.MENDED

    def on_verdict(self, verdict: Verdict) -> Event | None:
        """A verdict about the lane itself will be the same for whatever is shown next."""
        if verdict.reason is not Reason.DEVICE_NOT_TRUSTED:
            return None
        self.is_dead = True
        return Event.BROKE

    def on_fault(self, fault: TillFault) -> Event | None:
        """The world said no."""
        self.is_dead = self.is_dead or fault.reason in _FOR_GOOD
        return Event.BROKE if fault.reason in _FOR_GOOD | _FOR_NOW else None

    def on_worker_died(self, worker: str) -> Event | None:
        """A part stands still; without a till there is nothing."""
        if worker != "till":
            return None
        self.is_dead = True
        return Event.BROKE
