"""Who may take a kiosk back from the customers: somebody of the store who has a PIN and proves it.

Apart from logging in because here nobody is believed without a PIN, even in a store where a clerk may act without one:
the machine stands among strangers.
"""

from dataclasses import dataclass
from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import Role
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature
from .desk import Desk
from .login import Login

_MAY_LEAVE: Final = frozenset({Role.CLERK, Role.SUPERVISOR, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Keeper:
    """One who may: a staff id, and as much of the name as colleagues need and strangers do not."""

    id: str
    masked: str


class LeaveKiosk:
    """Ends the kiosk for somebody who proves who he is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keepers(self) -> tuple[Keeper, ...]:
        """Who may leave. Raises CacheMissing before the first data."""
        pins = self._desk.pins()
        staff = [person for person in self._desk.cache.staff() if person.role in _MAY_LEAVE and pins.has(person.id)]
        return tuple(Keeper(person.id, person.name[:1] + "*" * max(1, len(person.name) - 1)) for person in staff)

    def __call__(self, who: Signature) -> Verdict:
        """Log this person in, which is an entry; he acts from now on.

        Raises:
            DiskFull, StorageUnavailable: the kiosk stays. CacheMissing: nobody is known here.
        """
        if who.staff_id not in {keeper.id for keeper in self.keepers()}:
            return Verdict(VerdictKind.REFUSED, Reason.PIN_NOT_SET)
        return Login(self._desk)(who)
