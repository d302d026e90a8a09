"""How a store looks at the centre's tables, and where the rows of a cache table come from.

Apart from the views themselves because there is one of the shop and one of the booths.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, Connection, Row, Select, select

from pos_client.domain.keyed_hash import KeyKind, column_context, column_key, lookup_key

from .schema import STORE

SIGNED: Final = "signed_coupon"
OPAQUE: Final = "opaque_coupon"

Key = tuple[Any, ...]
Cells = dict[str, Any]
AnyRow = Row[Any]
CodeOf = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class StoreView:
    """Which store looks, and with which secret.

    Attributes:
        stores: numbers of the stores of its region, whose members its lanes may meet.
        code_of: the text of an issued coupon's code, given its row.
    """

    number: int
    secret: bytes
    stores: frozenset[int]
    cipher: AESGCM
    code_of: CodeOf

    def key(self, kind: KeyKind, text: str) -> int:
        """The store's 64-bit key of a text."""
        return lookup_key(self.secret, kind, text)

    def sealed(self, table: str, key: int, text: str) -> bytes:
        """A text that only lanes of this store can read: nonce, then AES-GCM, bound to its row."""
        nonce = os.urandom(12)
        return nonce + self.cipher.encrypt(nonce, text.encode(), column_context(table, key))

    def holds(self, home_store: int | None) -> bool:
        """Whether a coupon of that home store can be used here; None stands for a coupon without a row."""
        return home_store in {None, 0, self.number}


def store_view(connection: Connection, store: int, code_of: CodeOf) -> StoreView:
    """The view of one store."""
    row = connection.execute(select(STORE.c.secret, STORE.c.region).where(STORE.c.number == store)).one()
    stores = connection.execute(select(STORE.c.number).where(STORE.c.region == row.region)).scalars()
    return StoreView(store, row.secret, frozenset(stores), AESGCM(column_key(row.secret)), code_of)


@dataclass(frozen=True)
class Source:
    """Where a cache table's rows come from.

    Attributes:
        rows: the query of all rows. key: the columns that name a row in the change log.
        cells: the cache's columns of a row (without ``ver``), or None where this store does not get it.
    """

    rows: Select[Any]
    key: tuple[ColumnElement[Any], ...]
    cells: Callable[[StoreView, AnyRow], Cells | None]
