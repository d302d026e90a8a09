"""Find members by code, card, phone number, or the last four digits of it.

Four digits name a dozen strangers, so whoever looks that way is counted: a lane must not become a way to page through
the members.
"""

from datetime import timedelta
from typing import Final

from pos_client.domain.codes.decimal_token import is_decimal
from pos_client.domain.keyed_hash import KeyKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from .desk import Desk
from .lookup_port import Lookups
from .recognise import IN_DOUBT, MemberShown, NotUsable, recognise

MOST_FOUND: Final = 10
TAIL_DIGITS: Final = 4
_WINDOW: Final = timedelta(hours=1)


def is_tail(text: str) -> bool:
    """Whether a text is the last four digits of a number, and nothing else."""
    return len(text) == TAIL_DIGITS and is_decimal(text)


class FindMember:
    """Answers with masked members only."""

    def __init__(self, desk: Desk, lookups: Lookups) -> None:
        self._desk = desk
        self._lookups = lookups

    def __call__(self, text: str, operator: str = "") -> Verdict:
        """``members-found`` with ``members``, or why there are none.

        Args:
            text: as scanned or typed.
            operator: staff id of who asks.

        Raises:
            CacheMissing: no data was ever fetched.
            DiskFull, StorageUnavailable: four digits, and the look could not be counted.
        """
        if is_tail(text):
            return self._by_tail(text, operator)
        shown = recognise(self._desk, text, self._desk.trusted_time())
        if isinstance(shown, NotUsable):
            return shown.verdict
        if not isinstance(shown, MemberShown):
            return Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN)
        return _found((shown.view, *(one.view for one in shown.others)))

    def _by_tail(self, digits: str, operator: str) -> Verdict:
        limit, now = self._desk.trade().tail_lookups, self._desk.trusted_time().now
        if not self._lookups.admit(self._counted_as(operator), now, _WINDOW, limit):
            return Verdict(VerdictKind.REFUSED, Reason.LOOKUP_LIMIT, {"limit": limit})
        found = self._desk.cache.members_by_tail(digits, MOST_FOUND)
        if not found and self._desk.cache.member_in_doubt(KeyKind.PHONE_TAIL, digits):
            return IN_DOUBT
        return _found(tuple(one.view for one in found))

    def _counted_as(self, operator: str) -> str:
        """Whose look it is; an id that nobody of this store has is no way to a count of its own."""
        return operator if any(person.id == operator for person in self._desk.cache.staff()) else ""


def _found(views: tuple[MemberView, ...]) -> Verdict:
    if not views:
        return Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN)
    return Verdict(VerdictKind.READY, Reason.MEMBERS_FOUND, {"count": len(views)}, members=views)
