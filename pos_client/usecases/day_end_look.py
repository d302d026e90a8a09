"""Makes the look at the end of a day out of the journal, the cache and what was typed so far. Nothing is written here.

Apart from the deed because every step and every second of an upload looks, and one of them signs.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from pos_client.domain.book_reports import BookReport
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.report_table import Table

from .close_day import PAPER_STUBS, CloseDay, CloseRequest, DayView, Miscounted
from .closing_port import KeptClose
from .day_count import Doubt
from .day_end_facts import Block, Closed, Conflict, DayEndFacts, Difference, ToCount, Upload
from .day_end_state import DayEndState
from .day_figures import NOBODY, Amount
from .day_office import office_of
from .day_sums import BOUND
from .desk import Desk
from .report_book import entries_of, report_of
from .thing_names import thing_names

_CAN_UNDO: Final = frozenset({EntryKind.REDEEM, EntryKind.TRANSACTION, EntryKind.HAND_OVER})


class DayEndLook:
    """Looks.

    Args:
        desk: this lane, with its office. operator: staff id of the clerk.
    """

    def __init__(self, desk: Desk, operator: str) -> None:
        self._desk = desk
        self._operator = operator
        self._office = office_of(desk.office)
        self._names = thing_names(desk)

    def facts(self, state: DayEndState) -> DayEndFacts:
        """Everything of this moment.

        Raises:
            UsageError: the clock stands before the last day. CacheMissing: before the first data.
        """
        desk = self._desk
        view = self.day(state)
        staff = desk.cache.staff()
        facts = DayEndFacts(
            state=state,
            day=view.day,
            at=desk.trusted_time().now,
            to_count=self._to_count(),
            open_intents=len(view.intents),
            upload=self.upload(state, view),
            conflicts=tuple(self._conflict(one, state) for one in view.doubts),
            store=desk.identity.store,
            lane=desk.identity.lane,
            booth=desk.identity.booth,
            clerk=next((person for person in staff if person.id == self._operator), None),
            clerk_has_pin=desk.pins().has(self._operator),
            supervisors=tuple(one for one in staff if one.role.decides and one.id != self._operator),
            pins=frozenset(one.id for one in staff if desk.pins().has(one.id)),
            is_quiet=all(one.is_quiet for one in view.ranges),
        )
        return _with_blocks(self._counted(facts, view) if state.is_counted else facts)

    def day(self, state: DayEndState) -> DayView:
        """The day as closing it would see it."""
        close = CloseDay(self._desk, self._office.days, self._office.compare_host)
        return close.look(CloseRequest(counted=state.counted if state.is_counted else None))

    def upload(self, state: DayEndState, view: DayView | None = None) -> Upload:
        """How the delivery goes; without a view cheap enough for every second."""
        delivery, waiting = self._office.delivery(), self._office.next_waiting()
        pending, _ = self._desk.journal.undelivered()
        causes = [doubt.cause.value for doubt in view.doubts] if view else []
        stuck = causes.count("stuck-here")
        return Upload(
            pending=pending,
            whole=max(state.whole, pending),
            disagreed=len(causes) - stuck if view else len(self._desk.journal.conflicts()),
            stuck=stuck,
            is_held=delivery.is_held,
            has_contact=delivery.has_contact,
            trouble=delivery.trouble,
            next_at=waiting.at if waiting else None,
            next_kind=waiting.kind if waiting else None,
            next_name=self._campaign(waiting.campaign) if waiting and waiting.campaign else None,
        )

    def closed(self, state: DayEndState) -> Closed | None:
        """The day that was closed since this end of a day was begun; None while none was."""
        kept = newest(self._office.days.closes())
        if kept is None or (kept.close.epoch, kept.close.seq) <= state.after:
            return None
        entry = self._desk.journal.entry_of(kept.close.epoch, kept.close.seq)
        fields = entry.fields() if entry else {}
        totals = fields.get("totals", [])
        pending, _ = self._desk.journal.undelivered()
        return Closed(
            date.fromisoformat(kept.close.business_date),
            kept.close.epoch,
            kept.close.seq,
            redeemed=_count(totals, EntryKind.REDEEM),
            bound=_count([line for line in totals if line.get("verdict") in BOUND], EntryKind.BIND),
            sealed=0 if self._office.delivery().has_contact else min(pending, int(fields.get("undelivered") or 0)),
        )

    def sheet(self, day: date) -> tuple[Table, str]:
        """The day's figures for its slip, and number and short hash of its last entry."""
        journal = self._desk.journal
        table = report_of(journal, BookReport.DAY, day, day, self._desk.cache.store().zone)
        entries = [(entry.epoch, entry.seq) for entry in entries_of(journal, day, day)]
        last = journal.entry_of(*max(entries)) if entries else None
        return table, f"#{last.seq} {last.hash.hex()[:8]}" if last else ""

    def names(self, table: Table) -> dict[str, LocalText]:
        """Of its campaigns by their number and of its things by their code; only what the cache knows."""
        numbers = {str(row["of"]) for row in table.documents() if row["what"] == "campaign"}
        found = {number: self._campaign(int(number)) for number in numbers if number.isdecimal()}
        return {number: name for number, name in found.items() if name.zh != number} | dict(self._names)

    def _counted(self, facts: DayEndFacts, view: DayView) -> DayEndFacts:
        """With everything that is not told before the count."""
        table, head = self.sheet(view.day)
        return replace(
            facts,
            differences=tuple(self._difference(one) for one in view.miscounted),
            host=dict(view.host.causes) if view.host else {},
            campaigns=self._campaigns(view),
            promoters=self._promoters(view),
            table=table,
            head=head,
            names=self.names(table),
        )

    def _to_count(self) -> tuple[ToCount, ...]:
        lines = self._desk.booth.stock(self._desk.identity.booth)
        things = [ToCount(line.item, self._name(line.item)) for line in lines]
        return (*things, ToCount(PAPER_STUBS)) if self._desk.trade().paper.is_taken else tuple(things)

    def _difference(self, one: Miscounted) -> Difference:
        name = None if one.item == PAPER_STUBS else self._name(one.item)
        return Difference(one.item, name, one.expected, one.counted)

    def _conflict(self, doubt: Doubt, state: DayEndState) -> Conflict:
        entry = self._desk.journal.entry_of(doubt.epoch, doubt.seq)
        fields = entry.fields() if entry else {}
        holder: Mapping[str, Any] = json.loads(doubt.holder) if doubt.holder else {}
        key = f"{doubt.epoch}/{doubt.seq}"
        campaign = int(fields.get("campaign") or 0)
        return Conflict(
            key=key,
            at=_moment(fields.get("at")),
            kind=doubt.kind,
            name=self._campaign(campaign) if campaign else LocalText(doubt.coupon_id, doubt.coupon_id),
            member=self._member(fields),
            value_minor=doubt.value_minor,
            cause=doubt.cause.value,
            holder_at=_moment(holder.get("at")),
            holder_place=str(holder.get("store_name") or holder.get("store") or ""),
            can_undo=self._can_undo(doubt, entry),
            decision=state.decisions.get(key),
        )

    def _can_undo(self, doubt: Doubt, entry: Entry | None) -> bool:
        current = self._desk.identity.epoch
        return entry is not None and not entry.voided and entry.kind in _CAN_UNDO and doubt.epoch == current

    def _member(self, fields: Mapping[str, Any]) -> str:
        number = int(fields.get("member_number") or 0)
        known = self._desk.cache.member_by_number(number) if number else None
        return known.view.masked if known else ""

    def _campaigns(self, view: DayView) -> tuple[Amount, ...]:
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
        for line in (line for one in view.ranges for line in one.totals.lines if line.kind == EntryKind.REDEEM):
            sums[line.campaign][0] += line.count
            sums[line.campaign][1] += line.value_minor
        order = sorted(sums, key=lambda number: (-sums[number][0], number))
        return tuple(Amount(self._campaign(number), *sums[number]) for number in order)

    def _promoters(self, view: DayView) -> tuple[Amount, ...]:
        people = {person.id: person.name for person in self._desk.cache.staff()}
        sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for one in view.ranges:
            for staff_id, (count, value) in one.promoters.items():
                sums[staff_id][0] += count
                sums[staff_id][1] += value
        found = []
        for who in sorted(sums, key=lambda one: (-sums[one][0], one)):
            name = people.get(who, who)
            found.append(Amount(LocalText(name, name) if name else NOBODY, *sums[who]))
        return tuple(found)

    def _campaign(self, number: int) -> LocalText:
        offer = self._desk.cache.offer(number) if number else None
        return offer.name if offer else LocalText(f"{number}", f"{number}")

    def _name(self, item: str) -> LocalText:
        return self._names.get(item) or LocalText(item, item)


def newest(closes: Sequence[KeptClose]) -> KeptClose | None:
    """The close that was written last."""
    return max(closes, key=lambda kept: (kept.close.epoch, kept.close.seq), default=None)


def _with_blocks(facts: DayEndFacts) -> DayEndFacts:
    state, found = facts.state, []
    if not state.is_counted or facts.open_intents:
        found.append(Block.COUNT)
    if facts.upload.pending > facts.upload.stuck and facts.upload.has_contact and not facts.upload.trouble:
        found.append(Block.UNSENT)
    if facts.undecided:
        found.append(Block.CONFLICTS)
    if facts.needs_reason and not state.reason:
        found.append(Block.REASON)
    return replace(facts, blocks=tuple(found))


def _count(totals: Sequence[Mapping[str, Any]], kind: EntryKind) -> int:
    return sum(int(line["count"]) for line in totals if line.get("kind") == kind)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
