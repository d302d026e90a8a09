"""Who acts when a counter's window opens: whoever logged in last; where no PIN was ever given, the first clerk."""

from pos_client.domain.errors import CacheMissing
from pos_client.domain.store_profile import Role
from pos_client.usecases.desk import Desk
from pos_client.usecases.login import OPERATOR


def first_clerk(desk: Desk) -> str:
    """Staff id of the first clerk; empty before the first data, or where the store has none."""
    try:
        return next((person.id for person in desk.cache.staff() if person.role is Role.CLERK), "")
    except CacheMissing:
        return ""


def who_acts(desk: Desk) -> str:
    """Staff id of whoever acts before anybody has logged in at the window; with PINs nobody is credited by guessing."""
    if desk.is_revoked:
        return ""
    book = desk.pins()
    return desk.journal.meta(OPERATOR) or ("" if book.required or book.records else first_clerk(desk))
