"""Rows of a page of changes: sorted into what is applied and what is not what the format says.

Apart from applying because it is pure: no file is touched. One bad row must never stop the others.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pos_client.domain import cache_format
from pos_client.domain.signed_document import from_base64

from .cache_shape import TableShape, shapes
from .offer_shelf import parsed
from .quarantine import key_text

MAX_TEXT: Final = 65_536
_INT64: Final = 1 << 63
Values = dict[str, Any]


class Malformed(ValueError):
    """A row is not what the format says; the text is why."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that cannot be applied, as the quarantine keeps it."""

    table: str
    key: str
    version: int
    reason: str
    row: str

    def values(self) -> Values:
        """For ``quarantine.SET_ASIDE``."""
        return {"t": self.table, "key": self.key, "ver": self.version, "reason": self.reason, "row": self.row}


@dataclass(slots=True)
class SortedRows:
    """What a page comes to, by table; rows in the order of their keys, one a key.

    Attributes:
        upserts: whole rows. tombstones: keys and ``ver``.
    """

    upserts: dict[str, list[Values]] = field(default_factory=dict)
    tombstones: dict[str, list[Values]] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Change:
    shape: TableShape
    key: tuple[Any, ...]
    version: int
    values: Values
    is_tombstone: bool


def sort_out(rows: Iterable[object]) -> SortedRows:
    """Sort a page's rows; of several for one key the one with the highest ``ver`` counts."""
    newest: dict[tuple[str, tuple[Any, ...]], _Change] = {}
    result = SortedRows()
    for row in rows:
        try:
            change = _change(row)
        except Malformed as malformed:
            result.set_aside.append(_set_aside(row, str(malformed)))
            continue
        known = newest.get((change.shape.name, change.key))
        if known is None or known.version <= change.version:
            newest[change.shape.name, change.key] = change
    # In the order of the file: half the time, and each page of it is touched once.
    for (table, _), change in sorted(newest.items(), key=lambda item: item[0]):
        kind = result.tombstones if change.is_tombstone else result.upserts
        kind.setdefault(table, []).append(change.values)
    return result


def _change(row: object) -> _Change:
    if not isinstance(row, Mapping):
        raise Malformed("no object")
    shape = shapes().get(row["t"]) if isinstance(row.get("t"), str) else None
    if shape is None:
        raise Malformed("unknown table")
    named = _named(row.get("k"), shape)
    version = _value("ver", row.get("ver"), "INTEGER")
    if row.get("del") is True:
        return _Change(shape, tuple(named.values()), version, named | {"ver": version}, is_tombstone=True)
    values = _whole_row(row.get("body"), shape, named | {"ver": version})
    return _Change(shape, tuple(named.values()), version, values, is_tombstone=False)


def _named(key: object, shape: TableShape) -> Values:
    if not isinstance(key, list) or len(key) != len(shape.keys):
        raise Malformed("no key of this table")
    return {column: _value(column, value, shape.columns[column]) for column, value in zip(shape.keys, key, strict=True)}


def _whole_row(body: object, shape: TableShape, given: Values) -> Values:
    """All columns; what a newer server sends beside them is passed over."""
    if not isinstance(body, Mapping):
        raise Malformed("no body")
    blobs = cache_format.BLOB_COLUMNS.get(shape.name, ())
    values = dict(given)
    for column, declared in shape.columns.items():
        if column in given:
            continue
        if column not in body:
            raise Malformed(f"{column} is missing")
        values[column] = _blob(column, body[column]) if column in blobs else _value(column, body[column], declared)
    if shape.name == "offer" and parsed(values["number"], values["body"]) is None:
        raise Malformed("no offer")
    return {column: values[column] for column in shape.columns}


def _value(column: str, value: object, declared: str) -> Any:
    if declared == "INTEGER":
        if type(value) is not int or not -_INT64 <= value < _INT64:
            raise Malformed(f"{column} is no whole number")
    elif not isinstance(value, str) or len(value) > MAX_TEXT or not _is_storable(value):
        raise Malformed(f"{column} is no text")
    return value


def _is_storable(text: str) -> bool:
    """JSON can carry lone surrogates, which no file can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _blob(column: str, value: object) -> bytes:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Malformed(f"{column} is no base64")
    try:
        return from_base64(value)
    except ValueError as error:
        raise Malformed(f"{column} is no base64") from error


def _set_aside(row: object, reason: str) -> SetAside:
    fields = row if isinstance(row, Mapping) else {}
    table, version = fields.get("t"), fields.get("ver")
    return SetAside(
        table=table[:64] if isinstance(table, str) and _is_storable(table[:64]) else "",
        key=key_text(fields.get("k"))[:1024],
        version=version if type(version) is int and 0 <= version < _INT64 else 0,
        reason=reason,
        row=json.dumps(row)[:MAX_TEXT],
    )
