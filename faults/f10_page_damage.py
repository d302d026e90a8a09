"""F10: bits flip, pages are zeroed, the file is cut, yesterday's log lies beside it: a damaged journal is seen at once.

What of a damage matters is found without the program: a damage is *live* where the rows that SQLite reads are others
than before, or its own check complains. Each live one must be seen when the lane starts; every entry that can still be
read must get into the file that is carried away; and nobody may begin a new book over it.
"""

import hashlib
import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pysqlite3 import dbapi2

from faults.lives import CLERK
from faults.ready_shop import ReadyShop
from faults.row import Amounts, Order, Outcome, Row
from pos_client import bootstrap
from pos_client.bootstrap.doctoring import verify_lane
from pos_client.bootstrap.lane import LaneFiles
from pos_client.domain.errors import PosError
from pos_client.storage.lock import COMMAND
from pos_client.usecases.transaction import Request

COUPONS, SESSIONS = 90, 6
PAGE = 2048
WORKERS = 2
# What the server said beside its result, for people: nothing is decided by it, and nothing in the file vouches for it.
_ONLY_SAID = frozenset({"server_ref", "holder", "reason"})
Entries = dict[int, tuple[bytes, bytes]]


@dataclass(frozen=True)
class Book:
    """A journal to be damaged.

    Attributes:
        home: of its lane. entries: body and signature by row. fingerprint: of all that is read.
        logs: write-ahead logs of earlier moments.
    """

    home: Path
    entries: Entries
    fingerprint: str
    logs: Sequence[Path]


@dataclass(frozen=True)
class Damage:
    """What is done to the file, and with which dice."""

    kind: str
    seed: int


def run(order: Order) -> Outcome:
    """Damage, start, export, compare; each damage to a copy of its own."""
    book = _written(order)
    kinds = {"flip": order.amount, "zero": order.amount // 10, "cut": order.amount // 10, "old_log": order.amount // 20}
    damages = [Damage(kind, order.seed * 100_000 + n) for kind, count in kinds.items() for n in range(max(2, count))]
    jobs = [(book, damages[one::WORKERS], order.folder / f"damaged-{one}") for one in range(WORKERS)]
    order.say(f"a journal of {len(book.entries)} entries; {len(damages)} damages")
    with ProcessPoolExecutor(WORKERS, get_context("fork")) as pool:
        counts = sum(pool.map(_tried_all, jobs), Counter[str]())
    names = [f"{kind}_{what}" for kind in kinds for what in ("done", "live", "seen")]
    promises = {
        "unseen": "damages to live bytes that nobody saw",
        "started_over": "books that were begun anew over a damaged one",
        "not_exported": "entries that can be read and were not carried away",
        "bugs": "starts that died of a bug",
    }
    figures = {name: counts[name] for name in (*names, "seen_by_opening", "seen_by_walking", "exports", *promises)}
    return Outcome(figures, tuple(f"{counts[name]} {what}" for name, what in promises.items() if counts[name]))


def _written(order: Order) -> Book:
    """A lane that redeems for some days; while it does, the log beside its journal is kept now and then."""
    shop = ReadyShop(order.folder / "shop")
    home, logs = shop.lane(0).home, []
    os.environ["POS_CLIENT_KEYRING"] = "file"
    shop.open()
    try:
        codes = shop.take(COUPONS)
        for number in range(SESSIONS):
            with bootstrap.writing_lane(home) as lane:
                for code in codes[number::SESSIONS]:
                    lane.redeem(Request([code], attribution=CLERK))
                logs.append(shutil.copy(home / "journal.db-wal", order.folder / f"wal-{number}"))
            bootstrap.sync(home, push=True, pull=False)
    finally:
        shop.close()
    file = home / "journal.db"
    return Book(home, _entries(file), _all_rows(file), [Path(log) for log in logs])


def _tried_all(job: tuple[Book, Sequence[Damage], Path]) -> Counter[str]:
    book, damages, folder = job
    counts: Counter[str] = Counter()
    for damage in damages:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(
            book.home, folder, ignore=shutil.ignore_patterns("*.ballast", "logs", "cache*", "*-wal", "*-shm")
        )
        _DAMAGES[damage.kind](folder / "journal.db", book, random.Random(damage.seed))
        counts.update(_tried(folder, book, damage.kind))
    return counts


def _tried(home: Path, book: Book, kind: str) -> Counter[str]:
    """One damaged journal: is it seen, is it left alone, is what can be read carried away?"""
    counts = Counter({f"{kind}_done": 1})
    aside = home.with_name(home.name + "-aside")
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(home, aside)
    is_live = _all_rows(aside / "journal.db") != book.fingerprint
    readable = _entries(aside / "journal.db")
    intact = {row for row, content in readable.items() if book.entries.get(row) == content}
    counts[f"{kind}_live"] += is_live
    try:
        seen = _seen(home)
    except Exception:  # noqa: BLE001 - whatever is not the program's own word is a bug, and counted
        counts["bugs"] += 1
        return counts
    counts[f"seen_by_{seen}"] += bool(seen) and is_live
    counts[f"{kind}_seen"] += bool(seen) and is_live
    counts["unseen"] += is_live and not seen
    counts["started_over"] += len(_entries(home / "journal.db")) < len(readable)
    if seen:
        counts["exports"] += 1
        counts["not_exported"] += len(intact - _exported(home))
    return counts


def _seen(home: Path) -> str:
    """Start as the program does: open the book to write it, then walk it from end to end."""
    try:
        files = LaneFiles.of(home)
        files.open_journal(COMMAND, 0.0).close()
    except PosError:
        return "opening"
    try:
        return "" if verify_lane(files).ok else "walking"
    except PosError:
        return "walking"


def _exported(home: Path) -> set[int]:
    """Rows in the file that is carried away; a sequence number is a row's number here, since there is one epoch."""
    out = home / "carried.rdj"
    try:
        bootstrap.export_journal(home, out, plain=True)
    except PosError:
        return set()
    return {entry["seq"] for line in out.read_text().splitlines() for entry in json.loads(line)["entries"]}


def _flip(file: Path, _book: Book, dice: random.Random) -> None:
    content = bytearray(file.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


def _zero(file: Path, _book: Book, dice: random.Random) -> None:
    content = bytearray(file.read_bytes())
    page = dice.randrange(len(content) // PAGE)
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    file.write_bytes(content)


def _cut(file: Path, _book: Book, dice: random.Random) -> None:
    os.truncate(file, dice.randrange(file.stat().st_size))


def _old_log(file: Path, book: Book, dice: random.Random) -> None:
    shutil.copy(dice.choice(book.logs[:-1]), file.with_name(file.name + "-wal"))


_DAMAGES: dict[str, Callable[[Path, Book, random.Random], None]] = {
    "flip": _flip,
    "zero": _zero,
    "cut": _cut,
    "old_log": _old_log,
}


def _all_rows(file: Path) -> str:
    """A fingerprint of everything that SQLite reads out of a file, and of its own check; its complaint where it cannot.

    Bytes that stand in no row are not in it: a flip there harms nobody.
    """
    connection = dbapi2.connect(str(file))
    connection.text_factory = bytes
    try:
        digest = hashlib.sha256()
        tables = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            names = [row[1].decode() for row in connection.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{name}"' for name in names if name not in _ONLY_SAID)
            for row in connection.execute(f'SELECT {kept} FROM "{table}"'):
                digest.update(repr(row).encode())
        digest.update(repr(connection.execute("PRAGMA user_version").fetchone()).encode())
        digest.update(repr(connection.execute("PRAGMA integrity_check(3)").fetchall()).encode())
        digest.update(repr(connection.execute("SELECT * FROM sqlite_schema").fetchall()).encode())
        return digest.hexdigest()
    except (dbapi2.Error, UnicodeDecodeError) as error:
        return str(error)
    finally:
        connection.close()


def _entries(file: Path) -> Entries:
    """Body and signature of every entry that can be read, row by row."""
    connection = dbapi2.connect(str(file))
    found: Entries = {}
    try:
        row = connection.execute("SELECT max(rowid) FROM entry").fetchone()
        highest = min(row[0] or 0, 100_000)
    except dbapi2.Error:
        highest = file.stat().st_size // 256
    for number in range(1, highest + 1):
        try:
            row = connection.execute("SELECT body, sig FROM entry WHERE rowid = ?", (number,)).fetchone()
        except dbapi2.Error:
            continue
        if row:
            found[number] = row
    connection.close()
    return found


ROW = Row(
    name="F10",
    what="damaged pages of the journal",
    method="one bit flipped, a page zeroed (a tenth as many), the file cut (a tenth), an earlier day's write-ahead log "
    "laid beside it (a twentieth), each to a copy; then the lane starts (opens the book, walks it) and exports",
    reach="every damage that changes a row (but for what the server said beside its result) or SQLite's own check is "
    "seen at the start; every entry that can be read is carried away; never a new book over a damaged one",
    unit="flips",
    amounts=Amounts(full=1_000, quick=250, ci=30),
    run=run,
    quick_s=40,
)
