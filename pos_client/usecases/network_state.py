"""The one state of the network that is shown, from the facts that decide it (UX 5.18).

Apart from what the window is shown because it is a rule, and the table of states is tested against it.
"""

from dataclasses import dataclass
from typing import Final

from .till_view import Network


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """The facts that decide the network's state."""

    since_contact_s: float | None
    data_age_s: float | None
    slow: bool = False
    syncing: bool = False
    conflicts: int = 0
    clock_suspect: bool = False
    disk_low: bool = False
    offline_by_design: bool = False


CONTACT_S: Final = 40
_FRESH_S: Final = 4 * 3600
_EXPIRED_S: Final = 24 * 3600


def network_state(facts: NetworkFacts) -> Network:
    """The one state to show: what needs a person first, then what is happening, then what is so (UX 5.18)."""
    urgent = (
        (facts.disk_low, Network.DISK),
        (facts.clock_suspect, Network.CLOCK),
        (facts.conflicts > 0, Network.CONFLICT),
        (facts.syncing, Network.SYNCING),
    )
    first = next((state for holds, state in urgent if holds), None)
    if first:
        return first
    if facts.since_contact_s is not None and facts.since_contact_s <= CONTACT_S:
        return Network.SLOW if facts.slow else Network.ONLINE
    if facts.offline_by_design:
        return Network.OFFLINE_STORE
    return _by_age(facts.data_age_s)


def _by_age(age_s: float | None) -> Network:
    if age_s is None or age_s > _EXPIRED_S:
        return Network.OFFLINE_EXPIRED
    return Network.OFFLINE_FRESH if age_s < _FRESH_S else Network.OFFLINE_STALE
