"""What waits to be handed over at this counter, as a screen shows it, and the deeds of the hand that gives it.

Apart from ``hand_over`` because that records one thing; this joins what is held for the customer who stands here, what
earlier deeds of the day entitle to, and what lies here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.effects import Gift, Reservation, Sample
from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import StaffMember, is_supervisor
from pos_client.domain.verdict import Verdict, VerdictKind

from .accounts import Accounts, StockLeft
from .authorise import Signature, pin_refusal
from .desk import Attribution, Desk
from .hand_over import HandOver, HandOverRequest, Owed
from .redeem import REDEEMED
from .thing_names import thing_names
from .things_at_hand import Promised, held_since, promised
from .till_session import TillSession
from .till_view import TillAnswer

DAYS: Final = 2
MOST_GIVEN: Final = 12
Thing = Gift | Sample | Reservation


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody is to get.

    Attributes:
        seq: the entry that entitles to it, 0 for the coupon that is held now.
        left: of it at this booth, None where nobody counts.
        since: of the right, aware UTC; None for the one that is held now.
    """

    seq: int
    item: str
    name: LocalText
    quantity: int = 1
    left: int | None = None
    is_low: bool = False
    is_sample: bool = False
    since: datetime | None = None

    @property
    def is_out(self) -> bool:
        """There are not enough of it here."""
        return self.left is not None and self.left < self.quantity


@dataclass(frozen=True, slots=True)
class StockRow:
    """What lies here of a thing, by the name people know."""

    item: str
    name: LocalText
    left: int
    is_low: bool


@dataclass(frozen=True, slots=True)
class GivenRow:
    """What was handed over today, when (aware UTC) and by whom."""

    name: LocalText
    at: datetime
    operator: str


@dataclass(frozen=True, slots=True)
class HandingFacts:
    """All of it.

    Attributes:
        waiting: what is held now first, then the oldest right first.
        held_until: how long what is held stays held, aware UTC; None where nothing is.
        data_as_of: how old the centre's figures of the stock are.
        supervisors: who may agree to another thing.
    """

    waiting: tuple[Waiting, ...] = ()
    held_until: datetime | None = None
    stock: tuple[StockRow, ...] = ()
    given: tuple[GivenRow, ...] = ()
    data_as_of: datetime | None = None
    supervisors: tuple[StaffMember, ...] = ()


def handing_facts(desk: Desk, session: TillSession) -> HandingFacts:
    """Look. Raises CacheMissing before the first data."""
    time = desk.trusted_time()
    today = desk.context(time).today
    left = {one.item: one for one in Accounts(desk).stock()}
    held, until = _held(desk, session, left)
    owed = [one for back in reversed(range(DAYS)) for one in HandOver(desk).owed(today - timedelta(days=back))]
    names = thing_names(desk)
    rows = (
        StockRow(one.item, names.get(one.item, _plain(one.item)), one.quantity, one.is_low) for one in left.values()
    )
    freshness = desk.cache.freshness()
    return HandingFacts(
        (*held, *(_owed(one, left) for one in owed)),
        until,
        tuple(sorted(rows, key=lambda row: (not row.is_low, row.left, row.item))),
        _given(desk, names),
        freshness.as_of if freshness else None,
        tuple(person for person in desk.cache.staff() if is_supervisor(desk.cache.staff(), person.id)),
    )


def give(desk: Desk, session: TillSession, thing: Waiting) -> TillAnswer | None:
    """The customer has it in his hand. None where it is not held any more.

    Raises:
        DiskFull, StorageUnavailable: nothing was recorded.
    """
    if not thing.seq:
        return session.confirm(0)
    return session.say(HandOver(desk)(HandOverRequest(thing.seq, thing.item), _by(session)))


def give_instead(desk: Desk, session: TillSession, thing: Waiting, item: str, who: Signature) -> TillAnswer | None:
    """Another thing for it, which a supervisor agrees to; nothing is redeemed before he is believed."""
    request = HandOverRequest(thing.seq, thing.item, item, who.staff_id, who.pin)
    if thing.seq:
        return session.say(HandOver(desk)(request, _by(session)))
    nobody = _nobody(desk, thing, who)
    if nobody:
        return session.say(nobody)
    answer = session.confirm(0)
    if answer is None or answer.verdict.entry is None or answer.verdict.kind not in REDEEMED:
        return answer
    handed = HandOver(desk)(replace(request, seq=answer.verdict.entry.seq), _by(session))
    if handed.kind is not VerdictKind.ACCEPTED:
        return session.say(handed)
    # F8 takes the coupon's redemption back, and with it what was given for it.
    return replace(answer, verdict=replace(answer.verdict, notices=handed.notices, rewards=handed.rewards))


def give_later(_desk: Desk, session: TillSession, thing: Waiting) -> TillAnswer:
    """Not today: a coupon is let go, any other right stands as it is."""
    if not thing.seq:
        session.let_go()
    verdict = Verdict(VerdictKind.READY, Reason.THING_LATER, {"item": thing.name})
    return session.say(verdict)


def _by(session: TillSession) -> Attribution:
    return Attribution(session.operator, session.promoter, "window")


def _nobody(desk: Desk, thing: Waiting, who: Signature) -> Verdict | None:
    if not is_supervisor(desk.cache.staff(), who.staff_id):
        return Verdict(VerdictKind.SUPERVISOR, Reason.SWAP_NEEDS_SUPERVISOR, {"item": thing.name})
    return pin_refusal(desk, who)


def _held(desk: Desk, session: TillSession, left: dict[str, StockLeft]) -> tuple[list[Waiting], datetime | None]:
    if session.held is None:
        return [], None
    since = held_since(desk, session.held)
    until = since + timedelta(seconds=desk.trade().hold_s) if since else None
    return [_now(one, left) for one in promised(desk, session.held)], until


def _now(one: Promised, left: dict[str, StockLeft]) -> Waiting:
    return _waiting(0, one.thing, left, None)


def _owed(owed: Owed, left: dict[str, StockLeft]) -> Waiting:
    return _waiting(owed.right.seq, owed.gift, left, datetime.fromisoformat(owed.right.fields()["at"]))


def _waiting(seq: int, thing: Thing, left: dict[str, StockLeft], since: datetime | None) -> Waiting:
    stock = left.get(thing.item)
    return Waiting(
        seq,
        thing.item,
        thing.name,
        getattr(thing, "quantity", 1),
        stock.quantity if stock else None,
        bool(stock and stock.is_low),
        isinstance(thing, Sample),
        since,
    )


def _plain(item: str) -> LocalText:
    return LocalText(item, item)


def _given(desk: Desk, names: dict[str, LocalText]) -> tuple[GivenRow, ...]:
    people = {person.id: person.name for person in desk.cache.staff()}
    today = desk.context(desk.trusted_time()).today.isoformat()
    rows: list[GivenRow] = []
    handed: Sequence[dict[str, str]] = [
        entry.fields() for entry in desk.journal.latest(MOST_GIVEN, (EntryKind.HAND_OVER,)) if not entry.voided
    ]
    for fields in handed:
        if fields["business_date"] == today:
            name = names.get(fields["item"], _plain(fields["item"]))
            by = people.get(fields["operator"], fields["operator"])
            rows.append(GivenRow(name, datetime.fromisoformat(fields["at"]), by))
    return tuple(rows)
