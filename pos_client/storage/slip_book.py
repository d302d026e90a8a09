"""``slips.db``: codes of coupons that were given out, sealed, and how often each slip was printed; replaceable.

Apart from the journal because an entry never holds a code, and from the cache because the centre takes a code out of
the pool as soon as it hears that it was given: whoever prints a minute later still needs it.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from pos_client.domain.business_time import day_number
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.domain.verdict import EntryRef
from pos_client.usecases.booth_port import PooledCoupon

from .connections import Connection, all_or_nothing
from .sealed_column import SealedColumn
from .side_file import SIDE, SideFile

_TABLE: Final = "issued_code"
_PRINTED: Final = (
    "CREATE TABLE printed (epoch INTEGER NOT NULL, seq INTEGER NOT NULL, times INTEGER NOT NULL,"
    " PRIMARY KEY (epoch, seq)) STRICT, WITHOUT ROWID"
)
_TABLES: Final = (
    f"CREATE TABLE {_TABLE} (key INTEGER PRIMARY KEY, sealed BLOB NOT NULL, last_day INTEGER NOT NULL) STRICT",
    _PRINTED,
)
_KEEP: Final = f"INSERT OR REPLACE INTO {_TABLE} VALUES (?, ?, ?)"  # noqa: S608 - a constant of this module
_FORGET: Final = f"DELETE FROM {_TABLE} WHERE last_day < ?"  # noqa: S608
_CODE: Final = f"SELECT sealed FROM {_TABLE} WHERE key = ?"  # noqa: S608
_COUNT: Final = (
    "INSERT INTO printed VALUES (:epoch, :seq, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
)


class SqlSlipBook:
    """The ``SlipBook`` port on a file that any program of this lane may use at any time, also beside a window.

    It is opened for each call, because days may pass between two of them.

    Args:
        path: of the file; made when something is to be kept.
        store_secret: 32 bytes.
    """

    def __init__(self, path: Path, store_secret: bytes) -> None:
        # A print that a power cut forgets costs nothing; a clerk who waits for the disk does.
        self._file = SideFile(path, _TABLES, is_synced=False)
        self._secret = store_secret
        self._column = SealedColumn(store_secret, _TABLE)

    def keep_codes(self, coupons: Sequence[PooledCoupon], today: date) -> None:
        """Keep the codes of coupons that are about to be given out; those whose last day is over are forgotten."""
        with self._opened() as connection, SIDE, all_or_nothing(connection):
            connection.execute(_FORGET, (day_number(today),))
            connection.executemany(_KEEP, map(self._row, coupons))

    def code_of(self, coupon_id: str) -> str:
        """A code that was kept, empty where it is not known (any more)."""
        if not self._file.path.exists():
            return ""
        key = self._key(coupon_id)
        with self._opened() as connection, SIDE:
            row = connection.execute(_CODE, (key,)).fetchone()
        return self._column.opened(key, bytes(row[0])) if row else ""

    def count_print(self, entry: EntryRef) -> int:
        """Another slip of this entry is printed: which one it is, 1 for the first."""
        with self._opened() as connection, SIDE, all_or_nothing(connection):
            row = connection.execute(_COUNT, {"epoch": entry.epoch, "seq": entry.seq}).fetchone()
            return int(row[0]) if row else 1

    @contextmanager
    def _opened(self) -> Generator[Connection, None, None]:
        connection = self._file.open()
        try:
            yield connection
        finally:
            with SIDE:
                connection.close()

    def _key(self, coupon_id: str) -> int:
        return lookup_key(self._secret, KeyKind.COUPON_ID, coupon_id)

    def _row(self, coupon: PooledCoupon) -> tuple[int, bytes, int]:
        key = self._key(coupon.coupon_id)
        return key, self._column.sealed(key, coupon.text), day_number(coupon.last_day)
