"""Entries of programs that do not exist yet, put into a real lane's journal: well signed, and of any version."""

import sqlite3
from pathlib import Path

from pysqlite3 import dbapi2

from pos_client.bootstrap.lane import LaneFiles
from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import encode_body

_PUT = (
    "INSERT INTO entry (epoch, seq, hash, body, sig, kind, at_ms, business_date, operator, member_ref, value_minor,"
    " tier, claim_id) VALUES (?, ?, ?, ?, ?, 'login', 0, '', '', '', 0, '', '')"
)
_LAST = "SELECT epoch, seq, hash FROM entry ORDER BY epoch DESC, seq DESC LIMIT 1"
Row = tuple[int, str, bytes]


def write(home: Path, count: int, version: int) -> None:
    """Append entries of a body version to a closed journal."""
    files = LaneFiles.of(home)
    sign = files.credentials.device_key(files.device).sign
    connection = dbapi2.connect(str(files.home.journal))
    epoch, seq, previous = connection.execute(_LAST).fetchone()
    for number in range(seq + 1, seq + 1 + count):
        fields = {"v": version, "device": files.device, "epoch": epoch, "seq": number, "prev": previous.hex()}
        about = {"kind": "login", "at": "2026-03-10T04:00:00.000Z", "store": 1, "lane": 1, "operator": "E1001"}
        body = encode_body(fields | about | ({"of_tomorrow": [1, {"zh": "新"}]} if version > 1 else {}))
        previous = hash_chain.entry_hash(previous, body)
        row = (epoch, number, previous, body, sign(hash_chain.signed_bytes(previous)))
        connection.execute(_PUT, row)
    connection.commit()
    connection.close()


def make_newer(home: Path) -> None:
    """Let the file say that a program of the year after next wrote it, with a column more."""
    connection = dbapi2.connect(str(home / "journal.db"))
    connection.execute("ALTER TABLE entry ADD COLUMN of_tomorrow TEXT")
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()


def in_journal(home: Path) -> list[Row]:
    """Number, hash and exact bytes of every entry."""
    return _read(home / "journal.db", "SELECT seq, hash, body FROM entry ORDER BY epoch, seq", ())


def at_centre(data: Path, device: str) -> list[Row]:
    """The same of what the centre stored."""
    return _read(data / "crm.db", "SELECT seq, hash, body FROM inbox WHERE device = ? ORDER BY epoch, seq", (device,))


def results_at_centre(data: Path, device: str) -> dict[str, int]:
    """How many entries by result and reason."""
    connection = sqlite3.connect(f"file:{data / 'crm.db'}?mode=ro", uri=True)
    asked = "SELECT result || ':' || reason, COUNT(*) FROM inbox WHERE device = ? GROUP BY 1"
    found: dict[str, int] = dict(connection.execute(asked, (device,)).fetchall())
    connection.close()
    return found


def _read(path: Path, asked: str, values: tuple[str, ...]) -> list[Row]:
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    rows = connection.execute(asked, values).fetchall()
    connection.close()
    return [(row[0], row[1] if isinstance(row[1], str) else row[1].hex(), row[2]) for row in rows]
