"""A row of the book as the domain knows it.

Apart from the reader because the history reads the same rows by queries of its own.
"""

from pos_client.domain.journal_entry import DeliveryState, Entry, EntryKind

from .connections import Row


def entry_of(row: Row) -> Entry:
    """A row of ``journal_sql.ONE`` as the domain knows it."""
    epoch, seq, entry_hash, body, signature, kind, state, result, voided, holder = row
    return Entry(
        epoch, seq, entry_hash, body, signature, EntryKind(kind), DeliveryState(state), result, bool(voided), holder
    )
