"""What a verdict asks of the cache, beside the same point look-ups in bare SQLite, warm and cold.

The floor runs the very statements of the reader with keys that are already hashed; the reader hashes, parses, decrypts
and joins as well. Cold means that neither SQLite nor the system holds a page of the file.
"""

import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from pysqlite3 import dbapi2

from pos_client.domain import cache_format
from pos_client.domain.codes.signed_coupon import SignedCoupon
from pos_client.domain.keyed_hash import KeyKind, lookup_key
from pos_client.storage import cache_sql
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import SqlCache
from tests import builders as a

GOAL: Final = 3.0
SECRET: Final = a.a_store_secret()
QUICK: Final = (200_000, 100_000)
FULL: Final = (16_000_000, 5_000_000)
WARM_ROUNDS: Final = 5_000
COLD_ROUNDS: Final = 150
CAMPAIGN: Final = 1001
# Every other signed coupon has been used, as late in a campaign.
USED_EVERY: Final = 2


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: a signed coupon, an opaque coupon and a member by phone, each warm and cold."""
    members, coupons = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        # In a process of its own, so that what building needs is not counted as what looking up needs.
        builder = multiprocessing.get_context("spawn").Process(target=build, args=(Path(folder), members, coupons))
        builder.start()
        builder.join()
        file = Path(folder) / "cache-1.db"
        rows = [row for ask in _questions(members, coupons) for row in _measure(file, ask)]
    size = f"{members:,} members, {coupons:,} coupons"
    return {"rows": [row | {"size": size, "rss_mb": _rss_mb()} for row in rows]}


def build(folder: Path, members: int, coupons: int) -> None:
    """Write a cache file of that size, sorted by key as the centre ships it, and make it the one in use."""
    file = a.a_cache_in_use(folder, {"store": [a.store_row()], "offer": [a.offer_row(CAMPAIGN)]}) / "cache-1.db"
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    indexes = [sql for sql in cache_format.DDL if sql.startswith("CREATE INDEX")]
    for sql in indexes:
        connection.execute(f"DROP INDEX {sql.split()[2]}")
    connection.execute("BEGIN")
    connection.executemany(_insert("member", 12), _members(members))
    connection.executemany(_insert("coupon", 12), _coupons(coupons))
    connection.executemany(_insert("coupon_use", 11), _uses(coupons))
    block = a.revoked_row([0])
    connection.execute(_insert("revoked_block", 4), tuple(block.values()))
    lease = a.lease_row(last=coupons)
    connection.execute(_insert("lease", 6), tuple(lease.values()))
    for sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    Attributes:
        ask: by the reader; the number picks which.
        bare: the same look-ups bare: statements and their values.
    """

    name: str
    ask: Callable[[SqlCache, int], object]
    bare: Callable[[int], list[tuple[str, tuple[Any, ...]]]]
    count: int


def _questions(members: int, coupons: int) -> list[Question]:
    return [
        Question(
            "signed coupon", lambda cache, n: cache.signed_coupon(_signed(n), genuine=True), _bare_signed, coupons
        ),
        Question("opaque coupon", lambda cache, n: cache.opaque_coupon(_opaque(n)), _bare_opaque, coupons),
        Question("member by phone", lambda cache, n: cache.member_by_phone(_phone(n)), _bare_member, members),
    ]


def _measure(file: Path, question: Question) -> list[dict[str, Any]]:
    chance = random.Random(1)
    cache = SqlCache(CachePointer(file.parent), SECRET)
    bare = dbapi2.connect(str(file))
    picks = [chance.randrange(question.count) for _ in range(WARM_ROUNDS)]
    for pick in picks:
        _bare(bare, question.bare(pick))
        question.ask(cache, pick)
    floors, times = [], []
    for pick in picks:
        lookups = question.bare(pick)
        floors.append(_seconds(lambda lookups=lookups: _bare(bare, lookups)))  # type: ignore[misc]
        times.append(_seconds(lambda pick=pick: question.ask(cache, pick)))  # type: ignore[misc]
    warm = _row(f"{question.name}, warm", times, floors)
    cache.close()
    bare.close()
    return [warm, _measure_cold(file, question, chance)]


def _measure_cold(file: Path, question: Question, chance: random.Random) -> dict[str, Any]:
    floors, times = [], []
    for _ in range(COLD_ROUNDS):
        lookups = question.bare(chance.randrange(question.count))
        pick = chance.randrange(question.count)
        _forget(file)
        bare = dbapi2.connect(str(file))
        bare.execute(cache_sql.STORE_NAME, (0,)).fetchone()
        floors.append(_seconds(lambda bare=bare, lookups=lookups: _bare(bare, lookups)))  # type: ignore[misc]
        bare.close()
        _forget(file)
        cache = SqlCache(CachePointer(file.parent), SECRET)
        cache.store_name(0)
        times.append(_seconds(lambda cache=cache, pick=pick: question.ask(cache, pick)))  # type: ignore[misc]
        cache.close()
    return _row(f"{question.name}, cold", times, floors)


def _bare(connection: Any, lookups: list[tuple[str, tuple[Any, ...]]]) -> None:
    for sql, values in lookups:
        connection.execute(sql, values).fetchall()


def _bare_signed(number: int) -> list[tuple[str, tuple[Any, ...]]]:
    key = lookup_key(SECRET, KeyKind.COUPON_ID, f"{CAMPAIGN}-{number}")
    block, bit = divmod(number, cache_format.SERIALS_PER_BLOCK)
    return [
        (cache_sql.COUPON, (key,)),
        *_bare_offer(key),
        (cache_sql.REVOKED_BYTE, (bit // 8 + 1, CAMPAIGN, block)),
        (cache_sql.LEASE, (CAMPAIGN, number)),
    ]


def _bare_opaque(number: int) -> list[tuple[str, tuple[Any, ...]]]:
    key = lookup_key(SECRET, KeyKind.COUPON_ID, f"c{number}")
    return [
        (cache_sql.COUPON, (lookup_key(SECRET, KeyKind.COUPON_CODE, _opaque(number)),)),
        *_bare_offer(key),
        (cache_sql.LEASE, (CAMPAIGN, number)),
    ]


def _bare_offer(key: int) -> list[tuple[str, tuple[Any, ...]]]:
    return [(cache_sql.OFFER, (CAMPAIGN,)), (cache_sql.USES, (key,))]


def _bare_member(number: int) -> list[tuple[str, tuple[Any, ...]]]:
    key = lookup_key(SECRET, KeyKind.PHONE, _phone(number))
    return [(cache_sql.MEMBER_BY_PHONE, (key,)), (cache_sql.STORE_NAME, (a.STORE,))]


def _signed(number: int) -> SignedCoupon:
    return SignedCoupon(1, CAMPAIGN, number, 2192, 2556, a.STORE, 0, 0, 0)


def _opaque(number: int) -> str:
    # 28 characters, as the router hands them on; the check character is the router's business.
    return f"C{number:026d}X"


def _phone(number: int) -> str:
    return f"+86138{number:08d}"


def _members(count: int) -> Iterator[tuple[Any, ...]]:
    keys = _sorted_keys(KeyKind.MEMBER_NUMBER, count, str)
    for key, number in keys:
        row = a.member_row(SECRET, number, phone=_phone(number))
        assert row["key"] == key
        yield tuple(row.values())


def _coupons(count: int) -> Iterator[tuple[Any, ...]]:
    """Opaque ones; signed coupons need no row."""
    row = a.coupon_row(SECRET, text="x")
    for key, number in _sorted_keys(KeyKind.COUPON_CODE, count, _opaque):
        yield tuple((row | {"key": key, "coupon_id": f"c{number}", "serial": number}).values())


def _uses(count: int) -> Iterator[tuple[Any, ...]]:
    row = a.use_row(SECRET)
    for key, number in _sorted_keys(KeyKind.COUPON_ID, count // USED_EVERY, lambda n: f"{CAMPAIGN}-{n * USED_EVERY}"):
        yield tuple((row | {"key": key, "store": a.STORE, "seq": number}).values())


def _sorted_keys(kind: KeyKind, count: int, text: Callable[[int], str]) -> Iterator[tuple[int, int]]:
    keys = np.fromiter((lookup_key(SECRET, kind, text(number)) for number in range(count)), np.int64, count)
    for number in np.argsort(keys):
        yield int(keys[number]), int(number)


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _forget(file: Path) -> None:
    """Have the system drop the file's pages."""
    handle = os.open(file, os.O_RDONLY)
    os.fsync(handle)
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(handle)


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _row(work: str, measured: list[float], floor: list[float]) -> dict[str, Any]:
    ours, bare = statistics.median(measured), statistics.median(floor)
    return {
        "work": f"offline look-up: {work}",
        "measured": f"p50 {ours * 1e6:.0f} us, p99 {_p99(measured) * 1e6:.0f} us",
        "floor": f"the same look-ups bare: p50 {bare * 1e6:.0f} us, p99 {_p99(floor) * 1e6:.0f} us",
        "ratio": round(ours / bare, 2),
        "goal": f"<= {GOAL}, p99 <= 20 ms",
        "rounds": len(measured),
    }


def _p99(times: list[float]) -> float:
    return sorted(times)[len(times) * 99 // 100]


def _rss_mb() -> int:
    """Resident memory of this process, reader and floor together."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000
