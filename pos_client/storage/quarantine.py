"""Rows of the centre that were not what the format says: set aside, and their keys count as unknown here.

Apart from reading and installing because both need it: the one fills the table, the other believes nothing that it
names. The table is this lane's own and lies in the cache file, so that a new snapshot begins without it.
"""

import json
from typing import Final

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
        keys: table name and JSON of the key columns.
    """

    def __init__(self, keys: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._keys = keys

    @classmethod
    def of(cls, connection: Connection) -> "Quarantine":
        """What a cache file has set aside."""
        if connection.execute(_EXISTS).fetchone() is None:
            return cls()
        rows = connection.execute("SELECT t, key FROM pull_quarantine").fetchall()
        return cls(frozenset((table, key) for table, key in rows))

    def __len__(self) -> int:
        return len(self._keys)

    def holds(self, table: str, *key: int | str) -> bool:
        """Whether the row of this key is set aside."""
        return bool(self._keys) and (table, key_text(key)) in self._keys

    def concerns_coupon(self, key: int) -> bool:
        """Whether the coupon's own row, or any of its uses, is set aside."""
        if not self._keys:
            return False
        of_use = f"[{key},"
        return self.holds("coupon", key) or any(
            table == "coupon_use" and text.startswith(of_use) for table, text in self._keys
        )


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
