"""Fixed facts of the history: a believable hour of deeds of every kind."""

from dataclasses import replace
from datetime import timedelta

from pos_client.domain.journal_entry import DeliveryState, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.usecases.history import Found, HistoryLine
from pos_client.usecases.till_view import Level, RecentItem
from script import screen_facts as facts

_MEMBERS = ("王** 138****1234", "", "李* 159****8801", "陈** 186****3321", "", "赵** 137****0046")
_PROMOTERS = ("小李", "小王", "阿芳")
_WHY = {
    Level.WARN: Reason.BELOW_THRESHOLD.value,
    Level.REPEAT: Reason.ALREADY_USED.value,
    Level.NO: Reason.EXPIRED.value,
}
_CLERKS = ("李敏", "李敏", "周健")


def lines(hours: int = 5) -> tuple[HistoryLine, ...]:
    """Newest first."""
    found = [_line(place, item, hour) for hour in range(hours) for place, item in enumerate(facts.recent())]
    bound = RecentItem(232, facts.NOW, LocalText("会员绑定", "Member bound"), Level.OK)
    return (HistoryLine(bound, EntryKind.BIND, 1, 232, _MEMBERS[3], "", "李敏", "小李", has_slip=True), *found)


def found(total: int = 100_000) -> Found:
    """A page of them; of a few all."""
    return Found(lines()[:total], total, is_last=total < len(lines()))


def found_of(tail: str) -> Found:
    """What a search for the end of a telephone number finds."""
    hits = tuple(line for line in lines() if line.member.endswith(tail))
    return Found(hits, len(hits), is_last=True)


def feed() -> tuple[HistoryLine, ...]:
    """What was done with one member on this lane in two months."""
    told = (
        (231, 0.01, facts.SHAMPOO_10, Level.OK, 1000, EntryKind.REDEEM),
        (230, 0.02, facts.TWO_HUNDRED_OFF_50, Level.WARN, 0, EntryKind.REJECT),
        (201, 9, facts.SAMPLE, Level.OK, 0, EntryKind.HAND_OVER),
        (177, 9, facts.HUNDRED_OFF_20, Level.OK, 0, EntryKind.ISSUE),
        (176, 9, facts.HUNDRED_OFF_20, Level.OK, 2000, EntryKind.REDEEM),
        (175, 9, LocalText("购物", "Purchase"), Level.OK, 0, EntryKind.TRANSACTION),
        (92, 31, facts.HUNDRED_OFF_20, Level.OK, 2000, EntryKind.REDEEM),
        (14, 58, LocalText("会员绑定", "Member bound"), Level.OK, 0, EntryKind.BIND),
    )
    return tuple(_deed(number, *one) for number, one in enumerate(told))


def _deed(place: int, seq: int, days: float, name: LocalText, level: Level, value: int, kind: EntryKind) -> HistoryLine:
    state = DeliveryState.NEW if place == 0 else DeliveryState.DELIVERED
    at = facts.NOW - timedelta(days=days, minutes=7 * place)
    thing = name if kind is EntryKind.HAND_OVER else None
    headline = LocalText("领取", "Handed over") if thing else name
    item = RecentItem(seq, at, headline, level, value, undone=seq == 92, delivery=state)
    return HistoryLine(item, kind, 1, seq, _MEMBERS[0], operator=_CLERKS[place % 3], thing=thing)


def _line(place: int, item: RecentItem, hour: int) -> HistoryLine:
    seq = item.seq - hour * 20
    moved = replace(item, seq=seq, at=item.at - timedelta(minutes=52 * hour))
    member = _MEMBERS[(place + hour) % len(_MEMBERS)]
    is_refused = item.level not in {Level.OK, Level.PENDING}
    return HistoryLine(
        item=moved,
        kind=EntryKind.REJECT if is_refused else EntryKind.REDEEM,
        epoch=1,
        seq=seq,
        member=member,
        member_tail="" if member or place % 2 else "7F3A",
        operator=_CLERKS[place % 3],
        promoter=_PROMOTERS[(place + hour) % 3],
        receipt_no=f"2026112200{seq:04d}" if place % 2 == 0 else "",
        code_tail=f"{7103 + seq:04d}"[-4:],
        reason=_WHY.get(item.level, "accepted"),
        basket_minor=None if is_refused else 13_800,
        has_slip=not is_refused,
    )
