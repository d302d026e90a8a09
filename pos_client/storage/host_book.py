"""``host.db``: the host's receipts and what was proposed to it; a file of its own beside the journal, and replaceable.

Apart from the journal because these are another firm's words, not our deeds: losing them costs a comparison, never
money. A file that is damaged is put aside and begun anew.
"""

import json
import threading
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pos_client.domain.business_time import from_ms, to_ms
from pos_client.domain.host_proposal import Proposal, ProposalState
from pos_client.domain.host_receipt import HostReceipt, parse

from .connections import Connection, Row, all_or_nothing
from .side_file import SIDE, SideFile

VERSION: Final = 1
# What makes it the same receipt, however often it is sent, is UNIQUE: numbers begin anew each day on many tills.
_RECEIPT_TABLE: Final = (
    "CREATE TABLE receipt (id INTEGER PRIMARY KEY, till TEXT NOT NULL, receipt_no TEXT NOT NULL, day TEXT NOT NULL,"
    " kind TEXT NOT NULL, total_minor INTEGER NOT NULL, body TEXT NOT NULL, source TEXT NOT NULL,"
    " taken_ms INTEGER NOT NULL, UNIQUE (till, receipt_no, day, kind, total_minor)) STRICT"
)
_PROPOSAL_TABLE: Final = (
    "CREATE TABLE proposal (proposal_id TEXT PRIMARY KEY, state TEXT NOT NULL, made_ms INTEGER NOT NULL,"
    " expires_ms INTEGER NOT NULL, currency TEXT NOT NULL, basket TEXT NOT NULL, discount_minor INTEGER NOT NULL,"
    " total_minor INTEGER NOT NULL, redeems INTEGER NOT NULL, sealed BLOB NOT NULL, till TEXT NOT NULL,"
    " receipt_no TEXT NOT NULL, paid_ms INTEGER, answer BLOB NOT NULL) STRICT, WITHOUT ROWID"
)
_TABLES: Final = (
    _RECEIPT_TABLE,
    "CREATE INDEX receipt_day ON receipt (day)",
    _PROPOSAL_TABLE,
    "CREATE INDEX proposal_state ON proposal (state, made_ms)",
)
_TAKE: Final = (
    "INSERT INTO receipt (till, receipt_no, day, kind, total_minor, body, source, taken_ms)"
    " VALUES (:till, :receipt_no, :day, :kind, :total_minor, :body, :source, :taken_ms) ON CONFLICT DO NOTHING"
)
_OF_DAYS: Final = "SELECT day, body FROM receipt WHERE day BETWEEN :first AND :last ORDER BY day, till, receipt_no, id"
_COUNTS: Final = "SELECT COUNT(*), MAX(taken_ms) FROM receipt"
_PROPOSE: Final = (
    "INSERT INTO proposal VALUES (:proposal_id, :state, :made_ms, :expires_ms, :currency, :basket, :discount_minor,"
    " :total_minor, :redeems, :sealed, :till, :receipt_no, :paid_ms, :answer)"
)
_ONE: Final = "SELECT * FROM proposal WHERE proposal_id = :proposal_id"
_OF_STATE: Final = "SELECT * FROM proposal WHERE state = :state ORDER BY made_ms"
_BEGIN: Final = (
    "UPDATE proposal SET state = 'accepting', till = :till, receipt_no = :receipt_no, paid_ms = :paid_ms"
    " WHERE proposal_id = :proposal_id AND state = 'open'"
)
_END: Final = (
    "UPDATE proposal SET state = :state, answer = :answer, sealed = x'' WHERE proposal_id = :proposal_id"
    " AND state IN ('open', 'accepting')"
)
_LAPSE: Final = "UPDATE proposal SET state = 'lapsed', sealed = x'' WHERE state = 'open' AND made_ms < :before_ms"
# A self-checkout asks at every article; what came to nothing is soon of no use to anybody.
_FORGET: Final = "DELETE FROM proposal WHERE state IN ('lapsed', 'rejected') AND made_ms < :before_ms"
FORGOTTEN_AFTER: Final = timedelta(days=7)


class SqlHostBook:
    """The host's receipts and proposals. Every method may be called from any thread; a change is on disk on return.

    Args:
        connection: used by nothing else.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._guard = threading.RLock()

    def take(self, receipts: Iterable[HostReceipt], source: str, now: datetime) -> int:
        """Keep receipts, all of them or none; how many were new. The same receipt again changes nothing."""
        with self._transaction() as connection:
            return sum(connection.execute(_TAKE, _receipt_row(one, source, now)).rowcount for one in receipts)

    def receipts(self, first: date, last: date) -> Sequence[HostReceipt]:
        """The receipts of some days, both included."""
        found = self._rows(_OF_DAYS, {"first": first.isoformat(), "last": last.isoformat()})
        return [replace(parse(json.loads(body), "UTC"), day=date.fromisoformat(day)) for day, body in found]

    def receipts_kept(self) -> tuple[int, datetime | None]:
        """How many there are, and when the newest came in."""
        count, newest = self._rows(_COUNTS, {})[0]
        return int(count), None if newest is None else from_ms(newest)

    def propose(self, proposal: Proposal) -> None:
        """Keep a new proposal."""
        with self._transaction() as connection:
            connection.execute(_PROPOSE, _proposal_row(proposal))

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        found = self._rows(_ONE, {"proposal_id": proposal_id})
        return _proposal_of(found[0]) if found else None

    def unfinished(self) -> Sequence[Proposal]:
        """Those that the host has accepted and the counter has not written, oldest first."""
        return [_proposal_of(row) for row in self._rows(_OF_STATE, {"state": ProposalState.ACCEPTING.value})]

    def begin_accept(self, proposal_id: str, receipt: HostReceipt, now: datetime) -> None:
        """Keep the host's word, with its receipt, before the counter tries to write ours."""
        with self._transaction() as connection:
            known = {"proposal_id": proposal_id, "till": receipt.till, "receipt_no": receipt.receipt_no}
            connection.execute(_BEGIN, known | {"paid_ms": to_ms(receipt.at)})
            connection.execute(_TAKE, _receipt_row(receipt, "accept", now))

    def end(self, proposal_id: str, state: ProposalState, answer: bytes) -> None:
        """Write down what became of it, with the sealed answer; its codes are wiped."""
        with self._transaction() as connection:
            connection.execute(_END, {"proposal_id": proposal_id, "state": state.value, "answer": answer})

    def lapse(self, before: datetime) -> int:
        """Wipe the codes of what was proposed before that and never answered; how many there were.

        What came to nothing a week before that is forgotten altogether.
        """
        with self._transaction() as connection:
            connection.execute(_FORGET, {"before_ms": to_ms(before - FORGOTTEN_AFTER)})
            return connection.execute(_LAPSE, {"before_ms": to_ms(before)}).rowcount

    def close(self) -> None:
        """Close the file."""
        with self._guard, SIDE:
            self._connection.close()

    def _rows(self, sql: str, values: Mapping[str, Any]) -> list[Row]:
        with self._guard, SIDE:
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Generator[Connection, None, None]:
        with self._guard, SIDE, all_or_nothing(self._connection):
            yield self._connection


def open_host_book(path: Path) -> SqlHostBook:
    """Open the file, made if there is none; a damaged one is put aside.

    Raises:
        SchemaTooNew: a newer program wrote it. DiskFull, StorageUnavailable.
    """
    return SqlHostBook(SideFile(path, _TABLES, VERSION).open())


def _receipt_row(receipt: HostReceipt, source: str, now: datetime) -> dict[str, Any]:
    return {
        "till": receipt.till,
        "receipt_no": receipt.receipt_no,
        "day": receipt.day.isoformat(),
        "kind": receipt.kind.value,
        "total_minor": receipt.total_minor,
        "body": json.dumps(receipt.as_document(), ensure_ascii=False),
        "source": source,
        "taken_ms": to_ms(now),
    }


def _proposal_row(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal_id": proposal.proposal_id,
        "state": proposal.state.value,
        "made_ms": to_ms(proposal.made_at),
        "expires_ms": to_ms(proposal.expires_at),
        "currency": proposal.currency,
        "basket": json.dumps(proposal.basket, ensure_ascii=False),
        "discount_minor": proposal.discount_minor,
        "total_minor": proposal.total_minor,
        "redeems": int(proposal.redeems),
        "sealed": proposal.sealed,
        "till": proposal.till,
        "receipt_no": proposal.receipt_no,
        "paid_ms": None if proposal.paid_at is None else to_ms(proposal.paid_at),
        "answer": proposal.answer,
    }


def _proposal_of(row: Row) -> Proposal:
    known, state, made, expires, currency, basket, off, total, redeems, sealed, till, number, paid, answer = row
    return Proposal(
        proposal_id=known,
        state=ProposalState(state),
        made_at=from_ms(made),
        expires_at=from_ms(expires),
        currency=currency,
        basket=json.loads(basket),
        discount_minor=off,
        total_minor=total,
        redeems=bool(redeems),
        sealed=bytes(sealed),
        till=till,
        receipt_no=number,
        paid_at=None if paid is None else from_ms(paid),
        answer=bytes(answer),
    )
