"""Snapshots: a store's whole cache as one ready SQLite file with a signed manifest, kept by its checksum.

Apart from the pages because a file can be carried by any HTTP cache, and because building one takes time.
"""

import hashlib
import json
import os
import shutil
import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pysqlite3.dbapi2
from sqlalchemy import Connection, Row, func, insert, select

from pos_client.domain.business_time import day_number, local_date, to_ms
from pos_client.domain.cache_format import DDL, FILE_NAME, KEY_COLUMNS, SCHEMA_VERSION
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose

from . import change_log, leases, policies, pools, store_sums
from .centre import Centre
from .changes import cursor_text
from .issuing import coupon_text
from .row_source import StoreView, store_view
from .schema import META, SNAPSHOT, STORE
from .store_view import all_rows

MIN_CLIENT: Final = "0.1.0"
# A lane that starts from a snapshot reads the changes since; past this many a new file is the shorter way.
CHANGES_BEFORE_REBUILD: Final = 5_000
GENERATIONS_KEPT: Final = 3
_READ_BYTES: Final = 1 << 20
_BUILDING: Final[defaultdict[str, threading.Lock]] = defaultdict(threading.Lock)


@dataclass(frozen=True, slots=True)
class Built:
    """A snapshot that is ready: its generation and its signed manifest."""

    gen: int
    manifest: dict[str, Any]


def current(connection: Connection, store: int) -> Built | None:
    """The newest snapshot of a store."""
    row = _newest(connection, store)
    return Built(row.gen, json.loads(row.manifest)) if row else None


def is_due(connection: Connection, store: int, now_ms: int) -> bool:
    """Whether a store has no snapshot, or one that is too far back, that no page leads on from, or half run out."""
    row = _newest(connection, store)
    if row is None or change_log.head(connection) - row.n > CHANGES_BEFORE_REBUILD:
        return True
    half_ms = policies.current_limits(connection).hard_age_s * 500
    return bool(row.n + 1 < change_log.oldest(connection)) or now_ms - row.issued_ms > half_ms


def file_path(folder: Path, gen: int, store: int) -> Path:
    """Where a generation's file lies."""
    return folder / "snapshots" / str(gen) / f"store-{store}" / FILE_NAME


def sums_path(connection: Connection, folder: Path, store: int) -> Path | None:
    """Where the sums of a store's newest generation lie; None before the first."""
    row = _newest(connection, store)
    return file_path(folder, row.gen, store).with_name(store_sums.FILE_NAME) if row else None


def build(centre: Centre, store: int, *, only_if_due: bool = False) -> Built:
    """Build a store's next snapshot; threads that ask for the same one wait for it.

    Returns:
        The new one, or with ``only_if_due`` the one that another thread has built meanwhile.
    """
    with _BUILDING[f"{centre.instance}.{store}"]:
        now_ms = centre.now_ms()
        if only_if_due and not centre.database.read(lambda connection: is_due(connection, store, now_ms)).result():
            present = centre.database.read(lambda connection: current(connection, store)).result()
            if present:
                return present
        centre.database.write(lambda connection: _tidy(connection, centre, store)).result()
        gen = centre.database.write(lambda connection: _take_generation(connection, centre.now_ms())).result()
        built = centre.database.read(lambda connection: _write_file(connection, centre, store, gen)).result()
        centre.database.write(lambda connection: _publish(connection, built)).result()
    _drop_old(centre, store)
    return Built(gen, built.manifest)


@dataclass(frozen=True, slots=True)
class _File:
    gen: int
    store: int
    number: int
    issued_ms: int
    manifest: dict[str, Any]


def _tidy(connection: Connection, centre: Centre, store: int) -> None:
    leases.drop_expired(connection, centre.now_ms())
    change_log.prune(connection, centre.now_ms())
    zone: str = connection.execute(select(STORE.c.zone).where(STORE.c.number == store)).scalar_one()
    pools.refill(connection, store, day_number(local_date(centre.now(), zone)), centre.now_ms())


def _newest(connection: Connection, store: int) -> Row[Any] | None:
    return connection.execute(
        select(SNAPSHOT).where(SNAPSHOT.c.store == store).order_by(SNAPSHOT.c.gen.desc()).limit(1)
    ).one_or_none()


def _take_generation(connection: Connection, now_ms: int) -> int:
    """The next generation of all stores together, used up even where the building fails.

    It never falls below the clock's seconds: lanes refuse a generation that is not newer than all they have seen, and a
    server that was restored from a backup must still be able to give them one.
    """
    taken: str | None = connection.execute(
        select(META.c.value).where(META.c.name == "generation").with_for_update()
    ).scalar()
    gen = max(int(taken or 0) + 1, now_ms // 1000)
    if taken is None:
        connection.execute(insert(META).values(name="generation", value=str(gen)))
    else:
        connection.execute(META.update().where(META.c.name == "generation").values(value=str(gen)))
    return gen


def _write_file(connection: Connection, centre: Centre, store: int, gen: int) -> _File:
    """Fill the file under another name, put it on disk, then give it its name."""
    number, now = change_log.head(connection), centre.now()
    limits = policies.current_limits(connection)
    meta = {
        "schema": str(SCHEMA_VERSION),
        "generation": str(gen),
        "issued_at": wire_time(now),
        "cursor": cursor_text(centre.instance, number),
        "store": str(store),
        "soft_until": wire_time(now + timedelta(seconds=limits.soft_age_s)),
        "hard_until": wire_time(now + timedelta(seconds=limits.hard_age_s)),
    }
    path = file_path(centre.folder, gen, store)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    view = store_view(connection, store, partial(coupon_text, centre.keys))
    counts, sums = _fill(connection, view, part, number, meta)
    content = _content(part) | {"rows": counts, "set_sum": sums}
    part.replace(path)
    manifest = {
        **{name: meta[name] for name in ("issued_at", "soft_until", "hard_until", "cursor")},
        "gen": gen,
        "store": store,
        "schema": SCHEMA_VERSION,
        "min_client": MIN_CLIENT,
        "files": [content],
        "policy_ver": policies.current_version(connection),
    }
    signed = centre.keys.sign_document(DocumentPurpose.MANIFEST, manifest)
    return _File(gen, store, number, to_ms(now), signed)


def _content(part: Path) -> dict[str, Any]:
    """Name, size and checksum as the manifest says them."""
    return {"name": FILE_NAME, "bytes": part.stat().st_size, "sha256": _checksum(part)}


def _fill(
    connection: Connection, view: StoreView, part: Path, number: int, meta: dict[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Write all rows; how many each table has, and its sum."""
    counts: dict[str, int] = {}
    beside = part.with_name(store_sums.FILE_NAME)
    beside.unlink(missing_ok=True)
    sums = store_sums.FreshSums(beside, number)
    file = pysqlite3.dbapi2.connect(str(part))
    try:
        # Half a file is never used, so nothing but the finished one needs to be on disk.
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        file.execute("BEGIN")
        for statement in DDL:
            file.execute(statement)
        for table in KEY_COLUMNS:
            counts[table] = 0
            for cells in all_rows(connection, view, table):
                row = {**cells, "ver": number}
                names, places = ", ".join(row), ", ".join("?" * len(row))
                file.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608
                sums.add(table, cells)
                counts[table] += 1
        file.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
        file.commit()
        return counts, sums.finish()
    finally:
        file.close()
        sums.close()


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.fsync(file.fileno())
        while chunk := file.read(_READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _publish(connection: Connection, file: _File) -> None:
    connection.execute(
        insert(SNAPSHOT).values(
            gen=file.gen,
            store=file.store,
            n=file.number,
            issued_ms=file.issued_ms,
            sha256=file.manifest["files"][0]["sha256"],
            manifest=json.dumps(file.manifest, ensure_ascii=False),
        )
    )


def _drop_old(centre: Centre, store: int) -> None:
    """Delete files of generations that no lane should still be fetching."""
    gens = centre.database.read(
        lambda connection: list(
            connection.execute(
                select(SNAPSHOT.c.gen).where(SNAPSHOT.c.store == store).order_by(SNAPSHOT.c.gen.desc())
            ).scalars()
        )
    ).result()
    for gen in gens[GENERATIONS_KEPT:]:
        shutil.rmtree(file_path(centre.folder, gen, store).parent, ignore_errors=True)


def checksum_of(connection: Connection, gen: int, store: int) -> str | None:
    """Checksum of a generation's file; None where there was none for this store."""
    found: str | None = connection.execute(
        select(SNAPSHOT.c.sha256).where(SNAPSHOT.c.gen == gen, SNAPSHOT.c.store == store)
    ).scalar()
    return found


def newest_generation(connection: Connection, store: int) -> int:
    """The newest generation's number, 0 before the first."""
    return connection.execute(select(func.max(SNAPSHOT.c.gen)).where(SNAPSHOT.c.store == store)).scalar() or 0
