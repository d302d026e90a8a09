"""Members whom this lane has bound and the data does not know yet: read from the lane's own book, usable at once.

Apart from the cache because they are this lane's own word. As soon as the data has counted the entry, it speaks for
itself, and this module is silent.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from pos_client.domain.codes.phone_number import mask
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.verdict import MemberView

from .desk import Desk
from .ports import CachedMember

LEVEL: Final = "basic"
_MOST: Final = 500
"""More members than one lane binds between two contacts with the centre."""
_NAMES_PHONE: Final = frozenset({"new", "change_phone"})
_CHECKED: Final = frozenset({"new", "owner", "verify"})


def members_by_phone(desk: Desk, e164: str) -> list[CachedMember]:
    """Members bound here under a phone number, each once, the newest first."""
    mark = desk.booth.applied(desk.identity.device)
    account = f"phone:{desk.hasher.phone_key(e164)}"
    found: dict[int, CachedMember] = {}
    for entry in desk.journal.standing(EntryKind.BIND, account, _MOST):
        fields = entry.fields()
        if (entry.epoch, entry.seq) > mark and _phone_of(desk, fields["member_ref"]) in {"", account}:
            found.setdefault(fields["member_number"], _member(desk, fields, mask(e164)))
    return list(found.values())


def member_by_number(desk: Desk, number: int) -> CachedMember | None:
    """A member bound here, by the number that the lane gave him."""
    mark = desk.booth.applied(desk.identity.device)
    for entry in _bindings(desk):
        fields = entry.fields()
        if (entry.epoch, entry.seq) > mark and fields["member_number"] == number:
            return _member(desk, fields, "")
    return None


def member_by_card(desk: Desk, card: str) -> CachedMember | None:
    """A member bound here, by the card that came with his number."""
    pooled = next((one for one in desk.booth.pool_members() if one.card == card), None)
    return member_by_number(desk, pooled.number) if pooled else None


def given_numbers(desk: Desk) -> frozenset[int]:
    """Numbers of the pool that this lane has given away, whether or not the data knows."""
    return frozenset(fields["member_number"] for fields in map(Entry.fields, _bindings(desk)))


def was_checked(desk: Desk, refs: Sequence[str]) -> bool:
    """Whether a one-time code has proven his number on this lane."""
    for fields in map(Entry.fields, _bindings(desk)):
        if fields["member_ref"] in refs:
            if fields["action"] == "change_phone":
                return False
            if fields["action"] in _CHECKED and fields["proof"] == "code":
                return True
    return False


def _bindings(desk: Desk) -> Sequence[Entry]:
    return desk.journal.latest(_MOST, (EntryKind.BIND,))


def _phone_of(desk: Desk, member_ref: str) -> str:
    """The account of the newest phone that this lane wrote down for a member, empty for none."""
    for fields in map(Entry.fields, _bindings(desk)):
        if fields["member_ref"] == member_ref and fields["action"] in _NAMES_PHONE:
            return str(fields["ref"])
    return ""


def _member(desk: Desk, fields: dict[str, Any], masked_phone: str) -> CachedMember:
    """Who the centre says he is, where it said; else what this lane knows."""
    number, ref = fields["member_number"], fields["member_ref"]
    known = desk.cache.member_of_alias(ref) or desk.cache.member_by_number(number)
    if known:
        return known
    view = MemberView(
        ref=ref,
        masked=masked_phone or f"…{number % 10_000:04d}",
        level=LEVEL,
        owner_store=desk.cache.store().name,
        owner_promoter=fields["promoter"],
        since=date.fromisoformat(fields["business_date"]),
    )
    return CachedMember(number, member_tag(number), view, verified=was_checked(desk, (ref,)))
