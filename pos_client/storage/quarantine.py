"""Rows of the centre that were not what the format says: set aside, and their keys count as unknown here.

Apart from reading and installing because both need it: the one fills the table, the other believes nothing that it
names. The table is this lane's own and lies in the cache file, so that a new snapshot begins without it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pos_client.domain.errors import SnapshotInvalid

from .connections import Connection

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS pull_quarantine (t TEXT NOT NULL, key TEXT NOT NULL, ver INTEGER NOT NULL,"
    " reason TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (t, key)) WITHOUT ROWID"
)
_EXISTS: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'pull_quarantine'"


class TooManySetAside(SnapshotInvalid):
    """So many rows cannot be read that the old data is worth more."""

    def __init__(self, rows: int) -> None:
        super().__init__("too many rows are not what they should be", problem="malformed", rows=rows)
        self.rows = rows


class Quarantine:
    """What is set aside, in memory: it is empty nearly always, and asked at every look-up.

    Args:
        rows: by table name and JSON of the key columns, the row's columns as they came, believed of nothing but which
            look-ups it may concern.
    """

    def __init__(self, rows: Mapping[tuple[str, str], Mapping[str, Any]] | None = None) -> None:
        self._rows = dict(rows or {})

    @classmethod
    def of(cls, connection: Connection) -> "Quarantine":
        """What a cache file has set aside."""
        if connection.execute(_EXISTS).fetchone() is None:
            return cls()
        rows = connection.execute("SELECT t, key, row FROM pull_quarantine").fetchall()
        return cls({(table, key): _columns(row) for table, key, row in rows})

    def __len__(self) -> int:
        return len(self._rows)

    def holds(self, table: str, *key: int | str) -> bool:
        """Whether the row of this key is set aside."""
        return bool(self._rows) and (table, key_text(key)) in self._rows

    def concerns_coupon(self, key: int) -> bool:
        """Whether the coupon's own row, its place in a pool, or any of its uses, is set aside."""
        if not self._rows:
            return False
        of_use = f"[{key},"
        return (
            self.holds("coupon", key)
            or self.holds("pool_coupon", key)
            or any(table == "coupon_use" and text.startswith(of_use) for table, text in self._rows)
        )

    def concerns_lease(self, campaign: int, serial: int, known: tuple[int, int] | None) -> bool:
        """Whether a lease that is set aside may lend this serial.

        Args:
            campaign: of the coupon.
            serial: of the coupon.
            known: first and last serial of the nearest lease at or before it that is held here. Leases never overlap:
                one that begins before that one ends before it.
        """
        for key, columns in self._of("lease"):
            if not _is_pair_of_numbers(key):
                continue
            number, first = key
            if number != campaign or first > serial or (known and known[0] > first):
                continue
            last = columns.get("last_serial")
            until = last if type(last) is int and last >= first else serial
            if known and known[0] == first:
                until = max(until, known[1])
            if serial <= until:
                return True
        return False

    def names_member(self, column: str, value: int, *, surely: bool) -> bool:
        """Whether a member who is set aside has this value, or, unless ``surely``, may have it.

        Args:
            column: ``key``, ``phone_key``, ``card_key`` or ``tail_key``.
            value: of that column.
            surely: leave out rows whose column hides what it is.
        """
        for key, columns in self._of("member"):
            said = columns.get(column)
            if column == "key":
                said = key[0] if isinstance(key, list) and len(key) == 1 else None
            if said == value if type(said) is int else not surely:
                return True
        return False

    def _of(self, table: str) -> Iterator[tuple[Any, Mapping[str, Any]]]:
        """Key and columns of each row of a table."""
        for (name, text), columns in self._rows.items():
            if name == table:
                yield _loaded(text), columns


def _columns(row: str) -> Mapping[str, Any]:
    """The columns of a row as it was kept; none where it is not even that."""
    document = _loaded(row)
    body = document.get("body") if isinstance(document, dict) else None
    return body if isinstance(body, dict) else {}


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None  # it was longer than what is kept of it


def _is_pair_of_numbers(key: object) -> bool:
    return isinstance(key, list) and len(key) == 2 and all(type(one) is int for one in key)


SET_ASIDE: Final = (
    "INSERT OR REPLACE INTO pull_quarantine (t, key, ver, reason, row) VALUES (:t, :key, :ver, :reason, :row)"
)
TAKE_BACK: Final = "DELETE FROM pull_quarantine WHERE t = ? AND key = ? AND ver <= ?"
"""What is said to the table by whoever applies pages."""
MOST: Final = 100
# One bad row among the few of a small store is more than a hundredth of them, and no reason to stop.
ALWAYS_BEARABLE: Final = 10
_COUNT: Final = "SELECT COUNT(*) FROM pull_quarantine"
_KNOWN: Final = "SELECT (SELECT COUNT(*) FROM coupon) + (SELECT COUNT(*) FROM member)"


def count(connection: Connection) -> int:
    """How many rows are set aside."""
    found = connection.execute(_COUNT).fetchone()
    return int(found[0]) if found else 0


def bearable(connection: Connection) -> int:
    """How many may be set aside before the old data is worth more: 100, or a hundredth of what is known here."""
    found = connection.execute(_KNOWN).fetchone()
    return min(MOST, max(ALWAYS_BEARABLE, int(found[0]) // 100 if found else 0))


def tables(connection: Connection) -> frozenset[str]:
    """Names of the tables with rows that are set aside; empty for a row that names none."""
    return frozenset(row[0] for row in connection.execute("SELECT DISTINCT t FROM pull_quarantine").fetchall())


def key_text(key: object) -> str:
    """Key columns as the table names them."""
    return json.dumps(key, separators=(",", ":"))
