"""Whether a journal is whole: every number, every link, every signature, and the columns beside the bytes.

Apart from opening because it walks the whole book, and because it must also work on a file that is damaged. SQLite's
own check sees broken pages but hardly ever a changed byte; the chain sees the byte but not its own missing end, which
only a witness outside the file can name.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos_client.domain import hash_chain
from pos_client.domain.errors import JournalDamaged
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import EntryRef

from . import journal_sql, side_columns
from .connections import Row
from .journal_file import JournalFile, epoch_begins_after, open_for_reading
from .running_counts import CONTACT

_FIRST_COLUMN: Final = 7


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        entries: how many hold, counted up to the first bad one.
        first_bad: the first entry that is wrong or missing; its hash is empty where there is none to name.
        problem: ``gap``, ``previous``, ``body``, ``hash``, ``signature``, ``columns``, ``tail-cut``, ``replaced``,
            ``unreadable`` or ``structure`` (a damaged page that holds no entry); empty where all is well.
    """

    ok: bool
    entries: int
    first_bad: EntryRef | None = None
    problem: str = ""


def verify(path: Path, public_key: bytes, known_head: EntryRef | None = None) -> Verification:
    """Walk a journal from its first entry to its last, beside whoever writes it.

    Args:
        path: the file.
        public_key: the lane's, 32 bytes of Ed25519.
        known_head: the newest entry that somebody else remembers.

    Raises:
        NotEnrolled: there is no file.
        SchemaTooNew, StorageUnavailable.
    """
    try:
        file = open_for_reading(path)
    except JournalDamaged:
        return Verification(ok=False, entries=0, problem="unreadable")
    walk = _Walk(file, Ed25519PublicKey.from_public_bytes(public_key))
    try:
        return walk.run(known_head)
    finally:
        file.close()


@dataclass(frozen=True, slots=True)
class _Bad:
    entry: EntryRef
    problem: str


class _Walk:
    """One walk through one journal."""

    def __init__(self, file: JournalFile, key: Ed25519PublicKey) -> None:
        self._file = file
        self._key = key
        self._epoch, self._seq, self._previous = 0, 0, hash_chain.GENESIS
        self._count = 0
        self._ledger = _Ledger()

    def run(self, known_head: EntryRef | None) -> Verification:
        bad = self._walked() or self._missing_end(known_head) or self._ledger.first_difference()
        if bad:
            return Verification(ok=False, entries=self._count, first_bad=bad.entry, problem=bad.problem)
        whole = self._structure_holds()
        return Verification(ok=whole, entries=self._count, problem="" if whole else "structure")

    def _walked(self) -> _Bad | None:
        try:
            for row in self._file.each(journal_sql.WALK):
                problem = self._problem(row)
                if problem:
                    return problem
                self._count += 1
        except JournalDamaged:
            return _Bad(EntryRef(max(self._epoch, 1), self._seq + 1, ""), "unreadable")
        return None

    def _problem(self, row: Row) -> _Bad | None:
        epoch, seq, entry_hash, body = row[:4]
        if epoch != self._epoch:
            self._begin(epoch)
        if seq != self._seq + 1:
            return _Bad(EntryRef(epoch, self._seq + 1, ""), "gap")
        problem = self._wrong_in(row, body)
        if problem:
            return _Bad(EntryRef(epoch, seq, entry_hash.hex() if isinstance(entry_hash, bytes) else ""), problem)
        self._seq, self._previous = seq, entry_hash
        return None

    def _begin(self, epoch: int) -> None:
        self._epoch, self._seq = epoch, 0
        self._previous = epoch_begins_after(self._file, epoch)

    def _wrong_in(self, row: Row, body: Any) -> str:
        """What is wrong with one row, empty where nothing is."""
        epoch, seq, entry_hash, _, signature, voided, unused = row[:_FIRST_COLUMN]
        fields = _fields(body)
        if fields is None:
            return "body"
        if fields.get("prev") != self._previous.hex():
            return "previous"
        if hash_chain.entry_hash(self._previous, body) != entry_hash:
            return "hash"
        if not self._is_signed(entry_hash, signature):
            return "signature"
        derived = _derived(fields, entry_hash)
        beside = dict(zip(side_columns.NAMES, row[_FIRST_COLUMN:], strict=True))
        if (fields.get("epoch"), fields.get("seq")) != (epoch, seq) or derived is None or derived != beside:
            return "columns"
        if derived["kind"] == EntryKind.VOID:
            self._ledger.taken_back.add((fields.get("target_epoch", epoch), derived["target_seq"]))
        self._ledger.enter(EntryRef(epoch, seq, entry_hash.hex()), derived, bool(voided), bool(unused))
        return ""

    def _is_signed(self, entry_hash: bytes, signature: Any) -> bool:
        try:
            self._key.verify(signature, hash_chain.signed_bytes(entry_hash))
        except (InvalidSignature, TypeError, ValueError):
            return False
        return True

    def _missing_end(self, known: EntryRef | None) -> _Bad | None:
        """An entry that somebody remembers and that is not here (the newest of an older epoch may have been lost)."""
        contact = json.loads(self._file.meta(CONTACT) or "{}")
        if contact and (contact["epoch"], contact["seq"]) > (self._epoch, self._seq):
            return _Bad(EntryRef(contact["epoch"], self._seq + 1, ""), "tail-cut")
        if known is None or known.epoch < self._epoch:
            return None
        found = self._file.row(journal_sql.HASH_OF, {"epoch": known.epoch, "seq": known.seq})
        if found is None:
            last = self._seq if known.epoch == self._epoch else 0
            return _Bad(EntryRef(known.epoch, last + 1, ""), "tail-cut")
        return None if found[0].hex() == known.hash else _Bad(known, "replaced")

    def _structure_holds(self) -> bool:
        """Whether delivery's columns say something that can be, and tables and pages are what they were made as."""
        try:
            no_row_is_odd = self._file.rows(journal_sql.ODD_DELIVERY, {}) == [(0,)]
            is_as_made = _plain(row[0] for row in self._file.rows(journal_sql.DEFINITIONS, {})) == _definitions()
            return no_row_is_odd and is_as_made and self._file.rows("PRAGMA integrity_check(1)", {}) == [("ok",)]
        except JournalDamaged:
            return False


def _definitions() -> set[str]:
    """The tables and indexes of a journal of this version."""
    from .schema import ddl  # noqa: PLC0415 - SQLAlchemy is needed only here

    return _plain(statement for statement in ddl() if statement.lstrip().startswith("CREATE"))


def _plain(statements: Iterable[str]) -> set[str]:
    """Statements without the spaces that two writers of SQL put differently."""
    return {"".join(statement.split()) for statement in statements}


class _Ledger:
    """What later entries say about earlier ones, against the two columns that keep it."""

    def __init__(self) -> None:
        self._marked: dict[tuple[int, int], tuple[EntryRef, str, str, bool, bool]] = {}
        self.taken_back: set[tuple[Any, Any]] = set()
        self._redeemed: set[str] = set()

    def enter(self, ref: EntryRef, columns: side_columns.Columns, voided: bool, unused: bool) -> None:  # noqa: FBT001
        kind, claim = columns["kind"], columns["claim_id"]
        if kind in {EntryKind.INTENT, EntryKind.REDEEM} or voided or unused:
            self._marked[ref.epoch, ref.seq] = (ref, kind, claim, voided, unused)
        if kind == EntryKind.REDEEM and columns["intent_seq"] is not None:
            self._redeemed.add(claim)

    def first_difference(self) -> _Bad | None:
        """The first entry whose columns say something else than the entries that followed it."""
        for number, (ref, kind, claim, voided, unused) in self._marked.items():
            taken_back = number in self.taken_back
            is_open = kind == EntryKind.INTENT and claim not in self._redeemed
            is_unused = is_open or (taken_back and kind in {EntryKind.INTENT, EntryKind.REDEEM})
            if (voided, unused) != (taken_back, is_unused):
                return _Bad(ref, "columns")
        return None


def _fields(body: Any) -> dict[str, Any] | None:
    """A body, read; None where it is none."""
    try:
        fields = json.loads(body) if isinstance(body, bytes) else None
    except ValueError:
        return None
    return fields if isinstance(fields, dict) else None


def _derived(fields: dict[str, Any], entry_hash: bytes) -> side_columns.Columns | None:
    """The columns of a body, None where a lane never wrote it."""
    try:
        return side_columns.derive(fields, entry_hash)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def genuine_rows(rows: Iterator[Row], public_key: bytes) -> Iterator[Row]:
    """Rows (epoch, seq, hash, body, signature) whose signature is good; each stands alone."""
    key = Ed25519PublicKey.from_public_bytes(public_key)
    for row in rows:
        fields = _fields(row[3])
        if fields is None:
            continue
        try:
            entry_hash = hash_chain.entry_hash(bytes.fromhex(fields["prev"]), row[3])
            key.verify(row[4], hash_chain.signed_bytes(entry_hash))
        except (InvalidSignature, KeyError, TypeError, ValueError):
            continue
        # The number that was signed: the columns beside it may be what is damaged.
        yield (fields["epoch"], fields["seq"], entry_hash, *row[3:])
