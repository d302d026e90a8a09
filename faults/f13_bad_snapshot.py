"""F13: snapshots that are not what they should be, and a lane that dies at each step of taking one in.

Whatever comes, the old data serves on, no file is half in use, and no older one ever comes back; the next good snapshot
is taken. The centre's own key signs altered manifests again, as if the centre had a bug.
"""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pysqlite3 import dbapi2

from crm_server import snapshots
from faults.interposer import Answered, Asked, Interposer
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.verdict import VerdictKind
from pos_client.usecases.transaction import Request

STORE: Final = 1
LONG_AGO: Final = "2020-01-01T00:00:00.000Z"
Manifest = dict[str, Any]


@dataclass
class Spoiler:
    """Gives the lane a lost cursor, so that it takes a snapshot, and alters what then comes.

    Attributes:
        file: alters the whole file; the manifest then names the altered one where ``is_promised``.
        manifest: alters the manifest before it is signed again. after: the same, after it was signed.
    """

    shop: Stage
    lost: bool = False
    file: Callable[[bytes], bytes] | None = None
    is_promised: bool = False
    manifest: Callable[[Manifest], None] | None = None
    after: Callable[[Manifest], None] | None = None
    instead: Answered | None = None
    _altered: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, asked: Asked, answered: Answered) -> Answered:
        """As the interposer wants it."""
        if asked.path == "/v1/changes" and self.lost:
            self.lost = False
            body = {"type": "urn:rdm:cursor-expired", "title": "gone", "status": 410, "retry": "never"}
            headers = tuple(one for one in answered.headers if one[0].lower() != "content-type")
            return Answered(410, (*headers, ("Content-Type", "application/problem+json")), json.dumps(body).encode())
        if asked.path == "/v1/snapshots/current" and answered.status == 200:
            return self._manifest(answered)
        if asked.path.endswith("/cache.db") and self.file is not None:
            return self._piece(asked, answered)
        return answered

    def _manifest(self, answered: Answered) -> Answered:
        if self.instead is not None:
            return replace(answered, body=self.instead.body)
        document = json.loads(answered.body)
        if self.file is not None:
            content = self._whole(document)
            if self.is_promised:
                document["files"][0] |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        if self.manifest is not None:
            self.manifest(document)
        unsigned = {name: value for name, value in document.items() if name not in {"sig", "key_id"}}
        signed = self.shop.shop.centre.keys.sign_document(DocumentPurpose.MANIFEST, unsigned)
        if self.after is not None:
            self.after(signed)
        return replace(answered, body=json.dumps(signed).encode())

    def _whole(self, document: Manifest) -> bytes:
        path = snapshots.file_path(self.shop.folder / "crm", int(document["gen"]), STORE)
        assert self.file is not None
        self._altered[str(document["gen"])] = self.file(path.read_bytes())
        return self._altered[str(document["gen"])]

    def _piece(self, asked: Asked, answered: Answered) -> Answered:
        content = self._altered[asked.path.split("/")[3]]
        first, last = (int(place) for place in asked.header("Range").removeprefix("bytes=").split("-"))
        return replace(
            answered, status=206, headers=_ranged(answered, first, len(content)), body=content[first : last + 1]
        )


def _ranged(answered: Answered, first: int, size: int) -> tuple[tuple[str, str], ...]:
    kept = tuple(one for one in answered.headers if one[0].lower() != "content-range")
    return (*kept, ("Content-Range", f"bytes {first}-{size - 1}/{size}"))


def _bit(dice: random.Random) -> Callable[[bytes], bytes]:
    def flip(content: bytes) -> bytes:
        changed = bytearray(content)
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        return bytes(changed)

    return flip


def _by_sql(folder: Path, statement: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        path = folder / "altered.db"
        path.write_bytes(content)
        connection = dbapi2.connect(str(path))
        connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()

    return change


def _spoilt(shop: Stage, dice: random.Random, old: Answered) -> dict[str, Spoiler]:
    """Every way to be wrong, by name."""
    folder = shop.folder

    def made(**how: Any) -> Spoiler:
        return Spoiler(shop, lost=True, **how)

    def set_to(**fields: Any) -> Callable[[Manifest], None]:
        return lambda manifest: manifest.update(fields)

    def of_file(**fields: Any) -> Callable[[Manifest], None]:
        return lambda manifest: manifest["files"][0].update(fields)

    return {
        "one bit": made(file=_bit(dice)),
        "one bit, promised so": made(
            file=lambda content: content[:100] + b"\xff" * 400 + content[500:], is_promised=True
        ),
        "truncated, promised so": made(file=lambda content: content[: len(content) // 2], is_promised=True),
        "not SQLite at all, promised so": made(file=lambda _content: b"<html>" * 500, is_promised=True),
        "another hash": made(manifest=of_file(sha256="0" * 64)),
        "another length": made(manifest=of_file(bytes=4096)),
        "a column too few": made(file=_by_sql(folder, "ALTER TABLE offer DROP COLUMN body"), is_promised=True),
        "a table too many": made(file=_by_sql(folder, "CREATE TABLE more (a)"), is_promised=True),
        "a trigger": made(
            file=_by_sql(folder, "CREATE TRIGGER t AFTER INSERT ON coupon BEGIN DELETE FROM coupon; END"),
            is_promised=True,
        ),
        "a row too few": made(file=_by_sql(folder, "DELETE FROM store WHERE number = 1"), is_promised=True),
        "another schema": made(manifest=set_to(schema=99)),
        "another store's": made(manifest=set_to(store=2)),
        "needs a newer program": made(manifest=set_to(min_client="99.0")),
        "run out": made(manifest=set_to(hard_until=LONG_AGO)),
        "an older generation": made(instead=old),
        "generation going back": made(manifest=set_to(gen=1)),
        "altered after it was signed": made(after=set_to(issued_at=LONG_AGO)),
        "no signature": made(after=lambda manifest: manifest.pop("sig")),
    }


def run(order: Order) -> Outcome:
    """Every way to be wrong, again and again; then a death at every step."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop, Interposer(shop.shop.url) as between:
        home = shop.enrolled(1, between.url)
        old = next(answered for asked, answered in between.kept if asked.path == "/v1/snapshots/current")
        codes = shop.coupons(1, is_opaque=True)
        lane = OpenLane.open(home)
        lane.sync()
        for _ in range(order.amount):
            for name, spoiler in _spoilt(shop, dice, old).items():
                between.alter = spoiler
                _refused(shop, lane, name, codes[0], counts, promises)
        between.alter = Spoiler(shop, lost=True)
        _good(shop, lane, counts, promises)
        lane.close()
        order.say("dying at every step of a swap")
        _die_at_each_step(shop, between, home, codes[0], order.amount, counts, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _newer(shop: Stage) -> int:
    return snapshots.build(shop.shop.centre, STORE).gen


def _refused(shop: Stage, lane: OpenLane, name: str, code: str, counts: Counter[str], promises: Promises) -> None:
    """The lane says no, and everything is as before."""
    _newer(shop)
    before = _standing(lane)
    report = lane.side.parts.puller.run()
    counts["bad_snapshots"] += 1
    counts["refused"] += report.error is not None
    promises.hold(report.error is not None, f"{name}: it was taken")
    promises.hold(_standing(lane) == before, f"{name}: {before} became {_standing(lane)}")
    _serves(lane, name, code, promises)


def _standing(lane: OpenLane) -> tuple[object, ...]:
    cache = lane.side.cache
    return cache.generation(), cache.cursor(), cache.highest_generation(), lane.files.pointer.current()


def _serves(lane: OpenLane, name: str, code: str, promises: Promises) -> None:
    """The data in use is whole and answers."""
    current = lane.files.pointer.current()
    promises.hold(current is not None, f"{name}: no data is in use")
    if current is not None:
        check = rows(current.path, "PRAGMA quick_check")
        promises.hold(check == [{"quick_check": "ok"}], f"{name}: the data in use is damaged: {check}")
    verdict = lane.till.check(Request([code]))
    promises.hold(verdict.kind is VerdictKind.READY, f"{name}: a good coupon is {verdict.kind} {verdict.reason}")


def _good(shop: Stage, lane: OpenLane, counts: Counter[str], promises: Promises) -> None:
    wanted = _newer(shop)
    report = lane.side.parts.puller.run()
    counts["good_after"] += report.generation == wanted
    promises.hold(report.generation == wanted, f"a good snapshot was not taken: {report}")


def _die_at_each_step(
    shop: Stage, between: Interposer, home: Path, code: str, rounds: int, counts: Counter[str], promises: Promises
) -> None:
    """From the first line of fetching to the last of swapping: each in a full run, some of them in a quick one."""
    with subprocess.Popen(
        [sys.executable, "-m", "faults.swap_steps", str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()

        def dies_at(step: int) -> str:
            assert process.stdin is not None
            assert process.stdout is not None
            between.alter = Spoiler(shop, lost=True)
            process.stdin.write(f"{step}\n")
            process.stdin.flush()
            said = process.stdout.readline()
            if said.startswith("lines"):
                process.stdout.readline()
            return said

        _newer(shop)
        lines = int(dies_at(0).split()[1])
        counts["lines_of_a_swap"] = lines
        stride = 1 if rounds > 1 else max(1, lines // 20)
        for step in range(1, lines + 1, stride):
            wanted, before = _newer(shop), _generation(home)
            counts["deaths"] += dies_at(step).startswith("ended 9")
            _after_a_death(home, step, code, before, wanted, promises)
        process.stdin.close()


def _generation(home: Path) -> int:
    lane = OpenLane.open(home)
    found = lane.side.cache.highest_generation()
    lane.close()
    return found


def _after_a_death(home: Path, step: int, code: str, before: int, wanted: int, promises: Promises) -> None:
    lane = OpenLane.open(home)
    generation = lane.side.cache.generation()
    promises.hold(
        generation in {before, wanted}, f"death at line {step}: generation {generation}, not {before}, {wanted}"
    )
    promises.hold(lane.side.cache.highest_generation() >= before, f"death at line {step}: it fell")
    _serves(lane, f"death at line {step}", code, promises)
    lane.close()


ROW = Row(
    name="F13",
    what="bad snapshots, and death at each step of the swap",
    method="18 ways to be wrong, signed by the centre's key where that is worse; os._exit at every line of the swap",
    reach="the old data serves on, 0 half files, 0 roll-backs; the next good one is taken",
    unit="rounds of all ways",
    amounts=Amounts(full=10, quick=1, ci=0),
    run=run,
)
