"""Find members by code, card, phone number, or the last four digits of it.

Four digits name a dozen strangers, so whoever looks that way is counted: a lane must not become a way to page through
the members.
"""

import json
from datetime import timedelta
from typing import Final

from pos_client.domain.business_time import to_ms
from pos_client.domain.codes.decimal_token import is_decimal
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from .desk import Desk
from .recognise import MemberShown, NotUsable, recognise

MOST_FOUND: Final = 10
TAIL_DIGITS: Final = 4
_WINDOW: Final = timedelta(hours=1)
_REMEMBERED: Final = "tail_lookups"


def is_tail(text: str) -> bool:
    """Whether a text asks by the last four digits, which writes down that somebody asked."""
    return len(text) == TAIL_DIGITS and is_decimal(text)


class FindMember:
    """Answers with masked members only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, text: str, operator: str = "") -> Verdict:
        """``members-found`` with ``members``, or why there are none.

        Args:
            text: as scanned or typed.
            operator: staff id of who asks.

        Raises:
            CacheMissing: no data was ever fetched.
            JournalHeld: four digits, and another program writes this lane's book.
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
        limit = self._desk.trade().tail_lookups
        if not self._may_look(operator, limit):
            return Verdict(VerdictKind.REFUSED, Reason.LOOKUP_LIMIT, {"limit": limit})
        return _found(tuple(one.view for one in self._desk.cache.members_by_tail(digits, MOST_FOUND)))

    def _may_look(self, operator: str, limit: int) -> bool:
        """Count this look; kept beside the entries, so that a restart forgets nothing."""
        journal, now_ms = self._desk.journal, to_ms(self._desk.trusted_time().now)
        since = now_ms - _WINDOW // timedelta(milliseconds=1)
        known: dict[str, list[int]] = json.loads(journal.meta(_REMEMBERED) or "{}")
        recent = {who: [at for at in looks if since < at <= now_ms] for who, looks in known.items()}
        own = recent.get(operator, [])
        if len(own) >= limit:
            return False
        journal.remember(
            _REMEMBERED, json.dumps({who: looks for who, looks in recent.items() if looks} | {operator: [*own, now_ms]})
        )
        return True


def _found(views: tuple[MemberView, ...]) -> Verdict:
    if not views:
        return Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN)
    return Verdict(VerdictKind.READY, Reason.MEMBERS_FOUND, {"count": len(views)}, members=views)
