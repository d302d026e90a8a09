"""How each hop of the way to the centre is, from what the lane knows of itself; it knows no Qt.

Apart from the page so that the rule can be read and tested in one place: a hop is called broken only where something
says so, those before it are known to be whole, and of those behind it nobody knows.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from pos_client.usecases.network_state import CONTACT_S
from pos_client.usecases.till_view import LaneStatus, Network
from pos_client.usecases.way_out import Hop


class HopState(StrEnum):
    """How a hop is."""

    GOOD = "good"
    FAILS = "fails"
    UNKNOWN = "unknown"
    RESTS = "rests"


@dataclass(frozen=True, slots=True)
class WayView:
    """The way as it is told.

    Attributes:
        failing: the hop that fails, None where none does or nobody knows.
        hops: each hop, from the counter outwards.
        is_heard: the centre was heard a moment ago.
    """

    failing: Hop | None
    hops: tuple[tuple[Hop, HopState], ...]
    is_heard: bool


WAY: Final = (Hop.LOCAL, Hop.STORE, Hop.OURS)
"""What is drawn; a certificate that proves nothing stands where our server does, with words of its own."""


def way_view(status: LaneStatus, now: datetime) -> WayView:
    """The way, as far as the lane's status tells it."""
    at = status.last_contact
    is_heard = at is not None and (now - at).total_seconds() <= CONTACT_S
    if status.network is Network.OFFLINE_STORE:
        # Nobody expects a line by day: what does not answer is not broken.
        return WayView(None, tuple((hop, HopState.RESTS) for hop in WAY), is_heard)
    failing = _failing(status)
    if failing is None:
        state = HopState.GOOD if is_heard else HopState.UNKNOWN
        return WayView(None, tuple((hop, state) for hop in WAY), is_heard)
    is_reached = failing is Hop.CERTIFICATE
    place = len(WAY) - 1 if is_reached else WAY.index(failing)
    states = (HopState.GOOD,) * place + (HopState.FAILS,) + (HopState.UNKNOWN,) * (len(WAY) - place - 1)
    return WayView(failing, tuple(zip(WAY, states, strict=True)), is_heard)


def _failing(status: LaneStatus) -> Hop | None:
    """The hop that fails; where the store's own server answers, this machine's cable is whole."""
    return Hop.STORE if status.hop is Hop.LOCAL and status.store_server else status.hop
