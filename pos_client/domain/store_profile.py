"""The store and its people, as the centre's data describes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person at the counter may do."""

    CLERK = "clerk"
    PROMOTER = "promoter"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"

    @property
    def decides(self) -> bool:
        """Whether he may decide what a clerk may not."""
        return self in {Role.SUPERVISOR, Role.MANAGER}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person of this store.

    Attributes:
        id: staff id, written into entries.
        name: what colleagues call him; shown to staff only.
        role: what he may do.
    """

    id: str
    name: str
    role: Role


def is_supervisor(staff: Iterable[StaffMember], staff_id: str) -> bool:
    """Whether one of these people bears this id and may decide what a clerk may not."""
    return any(person.id == staff_id and person.role.decides for person in staff)


@dataclass(frozen=True, slots=True)
class StoreProfile:
    """This store.

    Attributes:
        number: as signed coupons carry it.
        id: the centre's id, for example ``S001``.
        zone: IANA time zone. currency: ISO 4217.
        offline_by_design: the store is never on a network during the day.
        lanes: how many it has; what may be given away alone is shared among them.
    """

    number: int
    id: str
    name: str
    zone: str
    currency: str
    booth: str = ""
    offline_by_design: bool = False
    lanes: int = 1
