"""Who stands at the counter until staff log in by PIN: the store's first clerk."""

from pos_client.domain.errors import CacheMissing
from pos_client.domain.store_profile import Role
from pos_client.usecases.desk import Desk


def first_clerk(desk: Desk) -> str:
    """Staff id of the first clerk; empty before the first data, or where the store has none."""
    try:
        return next((person.id for person in desk.cache.staff() if person.role is Role.CLERK), "")
    except CacheMissing:
        return ""
