"""Which effect each kind of entry has once it is stored; a kind that is not here is only kept.

Apart from the effects themselves so that there is one place to see them all. An effect may be refused or fail; the
entry stays either way.
"""

from typing import Final

from pos_client.domain.journal_entry import EntryKind

from . import account_effects, booth_effects, purchase_effects, use_effects, void_effects
from .application import Application, Effect, Effects, Outcome
from .entry_facts import EntryFacts, ReadRow


def _voidable(effect: Effect) -> Effect:
    """The effect, and after it that of a void which came before the entry."""

    def both(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
        outcome = effect(work, row, facts, number)
        void_effects.end_waiting(work, row)
        return outcome

    return both


# At a store's own server: it says who holds which use, and counts nothing else.
USES_ONLY: Final[Effects] = {
    EntryKind.REDEEM: _voidable(use_effects.redeem),
    EntryKind.INTENT: _voidable(use_effects.intent),
    EntryKind.VOID: void_effects.void_of_use,
}
EFFECTS: Final[Effects] = {
    EntryKind.REDEEM: _voidable(use_effects.redeem),
    EntryKind.INTENT: _voidable(use_effects.intent),
    EntryKind.VOID: void_effects.void,
    EntryKind.TRANSACTION: _voidable(purchase_effects.transaction),
    EntryKind.EARN: _voidable(account_effects.earn),
    EntryKind.BURN: _voidable(account_effects.burn),
    EntryKind.ISSUE: _voidable(booth_effects.issue),
    EntryKind.HAND_OVER: _voidable(booth_effects.hand_over),
}
