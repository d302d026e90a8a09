"""Did it go through? What a person looks for among the deeds of this lane, told without a code, phone or name in clear.

Apart from the lane's status because that tells the newest few lines all the time, and this any line when it is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pos_client.domain.business_time import local_date
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText

from .desk import Desk
from .hand_over import HandOver, thing_named
from .history_port import HistoryFilter
from .lane_status import recent_item
from .till_view import Level, RecentItem

PAGE: Final = 100
_TAIL_DIGITS: Final = 4
_MOST_NAMESAKES: Final = 20
_CODE_SHOWN: Final = 4
_NAMED: Final = {
    EntryKind.TRANSACTION: LocalText("购物", "Purchase"),
    EntryKind.BIND: LocalText("会员绑定", "Member bound"),
    EntryKind.HAND_OVER: LocalText("领取", "Handed over"),
}
_A_COUPON: Final = LocalText("优惠券", "Coupon")
_WITH_SLIP: Final = frozenset({EntryKind.REDEEM, EntryKind.TRANSACTION, EntryKind.HAND_OVER, EntryKind.BIND})


@dataclass(frozen=True, slots=True)
class HistoryAsk:
    """What is looked for: a text in the box, and chips that are on; ``in_conflict`` asks for nothing else beside it.

    Attributes:
        member: reference of the one member whose deeds are meant. masked: what he is called then.
    """

    text: str = ""
    today: bool = True
    mine: bool = False
    waiting: bool = False
    undone: bool = False
    in_conflict: bool = False
    member: str = ""
    masked: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One deed.

    Attributes:
        item: as the list of last scans shows it. kind: what it was.
        epoch, seq: its number.
        member: masked, empty for nobody. member_tail: the end of a member's number where the lane knows no more.
        operator, promoter: names. receipt_no: whole, empty without one. code_tail: the end of the coupon's number.
        reason: key of its sentence, empty where nothing was decided.
        basket_minor: what was bought for, None where not known.
        has_slip: a slip can be made of it.
        owed: things it entitles to that nobody has handed over yet. thing: what was handed over.
    """

    item: RecentItem
    kind: EntryKind
    epoch: int
    seq: int
    member: str = ""
    member_tail: str = ""
    operator: str = ""
    promoter: str = ""
    receipt_no: str = ""
    code_tail: str = ""
    reason: str = ""
    basket_minor: int | None = None
    has_slip: bool = False
    owed: tuple[LocalText, ...] = ()
    thing: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of lines, newest first; ``total`` of all pages, counted with the first one only (else None)."""

    lines: tuple[HistoryLine, ...] = ()
    total: int | None = None
    is_last: bool = True


def search(
    desk: Desk, operator: str, ask: HistoryAsk, before: tuple[int, int] | None = None, limit: int = PAGE
) -> Found:
    """The lines beyond an entry (epoch, seq), newest first; from the newest where ``before`` is None.

    Raises:
        StorageUnavailable: the book cannot be read now.
    """
    names = {person.id: person.name for person in desk.cache.staff()}
    if ask.in_conflict:
        # Few, and known to the journal by themselves: one page holds them all.
        lost = [entry for entry in reversed(desk.journal.conflicts()) if not entry.voided]
        return Found(tuple(_line(desk, entry, operator, names) for entry in lost), len(lost))
    asked = _filter(desk, operator, ask)
    entries = desk.journal.history.page(asked, before, limit)
    total = desk.journal.history.count(asked) if before is None else None
    lines = tuple(_line(desk, entry, operator, names) for entry in entries)
    return Found(lines, total, is_last=len(entries) < limit)


def of_member(desk: Desk, operator: str, member: str, limit: int) -> tuple[HistoryLine, ...]:
    """The newest deeds of one member on this lane, and coupons that were given to him with them.

    They are not counted, since nobody turns these pages.

    Raises:
        StorageUnavailable: the book cannot be read now.
    """
    names = {person.id: person.name for person in desk.cache.staff()}
    deeds = desk.journal.history.page(HistoryFilter(member=member), None, limit)
    newest_first = sorted((*deeds, *_given_with(desk, deeds)), key=lambda one: (one.epoch, one.seq), reverse=True)
    return tuple(_line(desk, entry, operator, names) for entry in newest_first[:limit])


def _given_with(desk: Desk, deeds: Sequence[Entry]) -> list[Entry]:
    """Coupons that purchases and bindings among these deeds gave."""
    purchases = dict.fromkeys(str(entry.fields().get("txn") or "") for entry in deeds)
    return [
        entry for txn in purchases if txn for entry in desk.journal.of_purchase(txn) if entry.kind is EntryKind.ISSUE
    ]


def _filter(desk: Desk, operator: str, ask: HistoryAsk) -> HistoryFilter:
    text = ask.text.strip()
    wanted = text.casefold()
    people = [one.id for one in desk.cache.staff() if wanted and (wanted in one.id.casefold() or wanted in one.name)]
    today = local_date(desk.trusted_time().now, desk.cache.store().zone) if ask.today else None
    return HistoryFilter(
        text=text,
        operators=tuple(people),
        members=tuple(_members(desk, text)),
        day=today,
        operator=operator if ask.mine else "",
        waiting=ask.waiting,
        undone=ask.undone,
        member=ask.member,
    )


def _members(desk: Desk, text: str) -> Sequence[str]:
    """Whoever's phone ends so."""
    if len(text) != _TAIL_DIGITS or not text.isdecimal():
        return ()
    return [member.view.ref for member in desk.cache.members_by_tail(text, _MOST_NAMESAKES)]


def _line(desk: Desk, entry: Entry, operator: str, names: dict[str, str]) -> HistoryLine:
    fields = entry.fields()
    ref, number = str(fields.get("member_ref") or ""), int(fields.get("member_number") or 0)
    known = desk.cache.member_by_number(number) if number else None
    return HistoryLine(
        item=_item(desk, entry, fields, operator),
        kind=entry.kind,
        epoch=entry.epoch,
        seq=entry.seq,
        member=known.view.masked if known else "",
        member_tail=ref[-_CODE_SHOWN:],
        operator=names.get(fields["operator"], str(fields["operator"])),
        promoter=names.get(fields.get("promoter", ""), str(fields.get("promoter") or "")),
        receipt_no=str(fields.get("receipt_no") or fields.get("basket_ref") or ""),
        code_tail=str(fields.get("coupon_id") or "")[-_CODE_SHOWN:],
        reason=str(fields.get("reason") or ""),
        basket_minor=fields.get("basket_minor"),
        has_slip=entry.kind in _WITH_SLIP and _is_meant(desk, entry),
        owed=tuple(one.gift.name for one in HandOver(desk).owed_by(entry)),
        thing=thing_named(desk, fields) if entry.kind is EntryKind.HAND_OVER else None,
    )


def _item(desk: Desk, entry: Entry, fields: dict[str, Any], operator: str) -> RecentItem:
    if entry.kind in {EntryKind.REDEEM, EntryKind.REJECT}:
        item = recent_item(entry, operator)
        return replace(item, can_undo=item.can_undo and _is_meant(desk, entry))
    return RecentItem(
        entry.seq,
        datetime.fromisoformat(fields["at"]),
        _given_name(desk, fields) if entry.kind is EntryKind.ISSUE else _NAMED[entry.kind],
        Level.UNDONE if entry.voided else Level.OK,
        undone=entry.voided,
        in_conflict=entry.result == "conflict",
        delivery=entry.state,
    )


def _given_name(desk: Desk, fields: dict[str, Any]) -> LocalText:
    offer = desk.cache.offer(int(fields["campaign"]))
    return offer.name if offer else _A_COUPON


def _is_meant(desk: Desk, entry: Entry) -> bool:
    """Whether its number alone names it; what an older epoch did under the same number is the centre's to take back."""
    named = desk.journal.entry(entry.seq)
    return named is not None and named.epoch == entry.epoch
