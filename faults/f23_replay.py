"""F23: requests that were recorded on their way, sent again: as they were, altered, renamed, with an old nonce.

A day of a lane is recorded: claims, deliveries, heartbeats, reads. Afterwards the state of the centre may not change by
anything that is sent, but for the list of nonces that were used up.
"""

import base64
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from faults.interposer import Asked, Interposer
from faults.row import Amounts, Order, Outcome, Row
from faults.stage import OpenLane, Promises, Stage, stage
from faults.tables import rows
from pos_client.usecases.desk import Attribution
from tests.fakes.lane_client import LaneClient

COUPONS: Final = 4
SIGNATURE: Final = ("signature", "signature-input", "content-digest")
# A used nonce stays used, whatever became of the request; so a table of them grows.
GROWS: Final = frozenset({"nonce"})
Attempt = tuple[str, Asked]


def run(order: Order) -> Outcome:
    """Record, repeat in every way, compare the centre's tables."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder) as shop, Interposer(shop.shop.url) as between:
        home = shop.enrolled(1, between.url)
        other = shop.shop.lane(lane=2)
        for number in range(order.amount):
            recorded = _a_day(shop, between, home)
            order.say(f"day {number}: {len(recorded)} requests recorded")
            nonce = _used_nonce(other)
            before = _state(shop)
            for asked in recorded:
                for name, forged in _attempts(asked, other, nonce, dice):
                    _sent_again(between, name, forged, counts, promises)
            counts["recorded"] += len(recorded)
            changed = sorted(table for table, digest in _state(shop).items() if before[table] != digest)
            promises.hold(not changed, f"day {number}: changed by what was sent again: {changed}")
        _goes_on(home, promises)
    return Outcome(dict(counts), tuple(promises.broken))


def _a_day(shop: Stage, between: Interposer, home: Path) -> list[Asked]:
    """Every signed request of a lane that redeems, takes back and syncs."""
    between.kept.clear()
    lane = OpenLane.open(home)
    verdicts = lane.redeem(shop.coupons(COUPONS))
    entry = verdicts[0].entry
    assert entry is not None
    lane.till.void(entry.seq, "customer", Attribution("E1001"))
    lane.sync()
    lane.close()
    return [asked for asked, _answered in between.kept if asked.header("Signature")]


def _attempts(asked: Asked, other: LaneClient, nonce: str, dice: random.Random) -> Iterator[Attempt]:
    yield "as it was", asked
    yield "another path", replace(asked, target=asked.target.replace("/v1/", "/v1/./", 1))
    yield "another query", replace(asked, target=asked.target + ("&" if "?" in asked.target else "?") + "limit=1")
    yield "another method", replace(asked, method="DELETE" if asked.method == "PUT" else "PUT")
    if asked.body:
        yield "another body", replace(asked, body=_altered(asked.body, dice))
        yield "another body and digest", _with_digest(replace(asked, body=_altered(asked.body, dice)))
        yield "no body", replace(asked, body=b"")
    yield "unsigned", _without(asked, *SIGNATURE)
    for name, key, keyid in (
        ("a stranger's key under the lane's name", Ed25519PrivateKey.generate(), _keyid(asked)),
        ("another lane's key under the lane's name", other.key, _keyid(asked)),
        ("a stranger's key under its own name", Ed25519PrivateKey.generate(), "d-nobody"),
    ):
        yield name, _signed(asked, key, keyid, other)
    yield "another lane's nonce of before", _signed(asked, other.key, other.device, other, nonce=nonce)
    late = other.clock() - timedelta(minutes=6)
    yield "six minutes old", _signed(asked, other.key, other.device, other, created=late)


def _altered(body: bytes, dice: random.Random) -> bytes:
    """One bit of what was said, inside the packing where there is one."""
    plain = bytearray(gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body)
    plain[dice.randrange(len(plain))] ^= 1 << dice.randrange(7)
    return gzip.compress(bytes(plain)) if body.startswith(b"\x1f\x8b") else bytes(plain)


def _with_digest(asked: Asked) -> Asked:
    digest = base64.b64encode(sha256(asked.body).digest()).decode()
    kept = tuple(one for one in asked.headers if one[0].lower() != "content-digest")
    return replace(asked, headers=(*kept, ("Content-Digest", f"sha-256=:{digest}:")))


def _without(asked: Asked, *names: str) -> Asked:
    return replace(asked, headers=tuple(one for one in asked.headers if one[0].lower() not in names))


def _keyid(asked: Asked) -> str:
    return asked.header("Signature-Input").split('keyid="')[1].split('"')[0]


def _used_nonce(other: LaneClient) -> str:
    """A nonce that this lane used a moment ago."""
    nonce = other.heartbeat().request.headers["Signature-Input"]
    return str(nonce).split('nonce="')[1].split('"')[0]


def _signed(asked: Asked, key: Ed25519PrivateKey, keyid: str, other: LaneClient, **how: object) -> Asked:
    """The same request with a new signature of somebody else."""
    bare = _without(asked, *SIGNATURE)
    prepared = requests.Request(
        asked.method, f"http://centre{asked.target}", dict(bare.headers), data=asked.body or None
    ).prepare()
    signer = LaneClient(key=key, device=keyid, clock=other.clock)
    signer.sign(prepared, **how)  # type: ignore[arg-type]
    headers = tuple((name, str(value)) for name, value in prepared.headers.items() if name.lower() != "content-length")
    return replace(asked, headers=headers)


def _sent_again(between: Interposer, name: str, forged: Asked, counts: Counter[str], promises: Promises) -> None:
    answered = between.ask(forged)
    counts["sent"] += 1
    counts["refused"] += 400 <= answered.status < 500
    problem = json.loads(answered.body).get("type", "") if answered.body else ""
    promises.hold(
        400 <= answered.status < 500, f"{name}: {forged.method} {forged.path} was answered {answered.status} {problem}"
    )


def _state(shop: Stage) -> dict[str, str]:
    """A digest of every table of the centre."""
    tables = [str(row["name"]) for row in rows(shop.database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: sha256(repr(rows(shop.database, f"SELECT * FROM {table}")).encode()).hexdigest()
        for table in tables
        if table not in GROWS
    }


def _goes_on(home: Path, promises: Promises) -> None:
    """The lane itself was not disturbed: it is neither fenced off nor refused."""
    lane = OpenLane.open(home)
    report = lane.sync()
    lane.close()
    promises.hold((report.errors, report.new_epoch) == ((), 0), f"the lane itself: {report.errors} {report.new_epoch}")


ROW = Row(
    name="F23",
    what="recorded requests are sent again, altered or under another name",
    method="a proxy records a lane's requests and repeats each in a dozen ways",
    reach="100 % refused, the centre's tables unchanged, the lane not disturbed",
    unit="days recorded",
    amounts=Amounts(full=10, quick=2, ci=1),
    run=run,
)
