"""The end of a day in five steps that can be left and gone on with: each change is kept before it is shown.

Apart from closing itself, which is one deed: here a person counts, waits for the delivery, decides and signs, and may
be cut off anywhere. What was signed is found in the journal, so a kill right after it closes no day twice.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict

from .authorise import Signature, pin_refusal, supervisor_refusal
from .close_day import CloseDay, CloseRequest
from .day_end_facts import Block, DayEndFacts
from .day_end_look import DayEndLook, newest
from .day_end_state import DayEndState, Decision, Step, forget, load, save
from .day_office import CarriedFile, office_of
from .deciding import cancel_intent
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .void import Void

_UNDO_REASON: Final = "day-end-conflict"
# Before which of the steps what must be done.
_BEFORE: Final = {
    Block.COUNT: Step.UPLOAD,
    Block.CONFLICTS: Step.DIFFERENCES,
    Block.REASON: Step.SIGN,
}


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: the clerk by his PIN, a supervisor by id and PIN; empty for none."""

    clerk_pin: str = field(default="", repr=False)
    supervisor: str = ""
    supervisor_pin: str = field(default="", repr=False)


class DayEnd:
    """The end of a day at one lane.

    Args:
        desk: this lane, with its office. operator: staff id of the clerk.

    Every method raises DiskFull or StorageUnavailable where what it kept is not on disk, CacheMissing before the first
    data, and UsageError where no day is closed at this desk.
    """

    def __init__(self, desk: Desk, operator: str) -> None:
        self._desk = desk
        self._operator = operator
        self._office = office_of(desk.office)
        self._look = DayEndLook(desk, operator)

    def open(self) -> DayEndFacts:
        """Where somebody left off, or a new end of a day."""
        state = load(self._desk.journal)
        if state is None:
            state = self._fresh()
            save(self._desk.journal, state)
        return self._facts(state)

    def progress(self, state: DayEndState) -> DayEndFacts:
        """The same step, looked at again. Writes nothing."""
        return self._look.facts(state)

    def change(self, state: DayEndState) -> DayEndFacts:
        """Something was typed or decided, or another step was gone to; it is kept first.

        The count that is done is never taken out again, whatever the screen says: it would not be blind any more.
        """
        kept = load(self._desk.journal) or self._fresh()
        if kept.is_counted:
            state = replace(state, counted=kept.counted, is_counted=True)
        facts = self._facts(state)
        step = self._reachable(facts, state.step)
        if step is not state.step:
            facts = self._facts(state.at(step))
        elif step is Step.UPLOAD and not state.whole:
            facts = self._facts(replace(state, whole=facts.upload.pending))
        save(self._desk.journal, facts.state)
        return facts

    def cancel_begun(self, state: DayEndState) -> DayEndFacts:
        """End what was begun and not finished."""
        time = self._desk.trusted_time()
        writer = EntryWriter(self._desk, time, self._desk.context(time), Attribution(self._operator))
        for intent in self._desk.journal.open_intents():
            cancel_intent(self._desk, writer, intent, None, "day-closed")
            self._desk.claims.release(intent.claim_id, "day-closed")
        return self.change(state)

    def hold_delivery(self, state: DayEndState, *, held: bool) -> DayEndFacts:
        """Pause the delivery, or go on."""
        self._office.hold_delivery(held=held)
        return self._look.facts(state)

    def carry_out(self, state: DayEndState) -> CarriedFile:
        """What waits, as a file for a stick."""
        return self._office.carry_out(self._look.day(state).day)

    def sign(self, state: DayEndState, who: Signatures) -> DayEndFacts:
        """Close the day; ``closed`` says that it is, ``refusal`` or ``blocks`` why it is not."""
        facts = self.change(state.at(Step.SIGN))
        if facts.closed or facts.blocks or facts.state.step is not Step.SIGN:
            return facts
        refusal = self._refusal(facts, who) or self._take_back(facts, who) or self._close(facts, who)
        return replace(facts, refusal=refusal) if refusal else self._facts(facts.state)

    def finish(self) -> None:
        """The last page was left: the next end of a day begins anew."""
        state = load(self._desk.journal)
        if state is not None and self._look.closed(state) is not None:
            forget(self._desk.journal)
        self._office.hold_delivery(held=False)

    def _facts(self, state: DayEndState) -> DayEndFacts:
        closed = self._look.closed(state)
        if closed is None:
            return self._look.facts(state)
        table, head = self._look.sheet(closed.day)
        facts = self._look.facts(state.at(Step.DONE))
        return replace(
            facts, closed=closed, day=closed.day, table=table, head=head, names=self._look.names(table), blocks=()
        )

    def _fresh(self) -> DayEndState:
        last = newest(self._office.days.closes())
        after = (last.close.epoch, last.close.seq) if last else (0, 0)
        began = self._desk.trusted_time().now
        return DayEndState(after=after, began_ms=round(began.timestamp() * 1000))

    def _reachable(self, facts: DayEndFacts, wanted: Step) -> Step:
        """The step that is wanted, or the one at which something must be done first."""
        first = [needed for block, needed in _BEFORE.items() if block in facts.blocks]
        return min([wanted, *(Step(needed - 1) for needed in first)])

    def _refusal(self, facts: DayEndFacts, who: Signatures) -> Verdict | None:
        if facts.clerk_has_pin:
            nobody = pin_refusal(self._desk, Signature(self._operator, who.clerk_pin))
            if nobody:
                return nobody
        if not facts.supervisors and not facts.needs_reason:
            # A store without anybody who decides: its clerk signs alone, and head office reads what he signed.
            return None
        signature = Signature(who.supervisor, who.supervisor_pin)
        return supervisor_refusal(self._desk, signature, other_than=self._operator)

    def _take_back(self, facts: DayEndFacts, who: Signatures) -> Verdict | None:
        """What was decided to be taken back, before the cut; one that is taken back already stays so."""
        asked = [one for one in facts.conflicts if one.decision is Decision.UNDO and one.can_undo]
        signature = Signature(who.supervisor, who.supervisor_pin)
        for one in asked:
            seq = int(one.key.partition("/")[2])
            verdict = Void(self._desk)(seq, _UNDO_REASON, Attribution(self._operator), signature)
            if verdict.reason is not Reason.VOIDED:
                return verdict
        return None

    def _close(self, facts: DayEndFacts, who: Signatures) -> Verdict | None:
        state = facts.state
        request = CloseRequest(
            attribution=Attribution(self._operator),
            supervisor=who.supervisor,
            pin=who.supervisor_pin,
            reason=_said(state, facts),
            counted=state.counted,
        )
        close = CloseDay(self._desk, self._office.days, self._office.compare_host)
        view = close(request)
        return None if view.entries else view.verdict


def _said(state: DayEndState, facts: DayEndFacts) -> str:
    """Reason, decisions and note as they stand in the entry, in this order: the first is never cut off."""
    decided = [f"{one.key}={one.decision.value}" for one in facts.conflicts if one.decision]
    return "; ".join(part for part in (state.reason, *decided, state.note) if part)
