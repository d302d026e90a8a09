"""What a lane brings to sync, made for one test: a key, clocks that can be set, rows in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pos_client.config.signing_keys import DeviceKey, TrustKeys, parse_trusted_key
from pos_client.domain import hash_chain
from pos_client.domain.batch import Batch, JournalHead, SignedEntry, in_batches
from pos_client.domain.journal_entry import encode_body
from pos_client.storage.cache_installer import PageOutcome
from pos_client.sync.api_client import ApiClient, ApiRequest
from pos_client.sync.outbox_port import RowResult
from pos_client.sync.server_time import ServerTime
from pos_client.sync.signing import RequestSigner
from tests.fakes.desk_fakes import SetClock
from tests.integration.sync.scripted_server import CentreKeys

DEVICE = "d-1"
ASK = ApiRequest("POST", "/v1/journal/batches", body=b'{"a":1}', headers={"Idempotency-Key": "k-1"}, rolls=True)
OLDEST = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


@dataclass
class KeptToken:
    """The session token, in memory."""

    token: str = "t-0"

    def load(self) -> str:
        return self.token

    def save(self, token: str) -> None:
        self.token = token


@dataclass(frozen=True)
class Counts:
    """How much waits."""

    pending: int
    oldest: datetime | None
    stuck: tuple[int, ...]
    conflicts: int


class MemoryOutbox:
    """Fulfils ``Outbox`` without a disk, and remembers everything that was ever said to it."""

    def __init__(self, rows: Sequence[SignedEntry] = ()) -> None:
        self.rows = {(row.epoch, row.seq): row for row in rows}
        self.results: dict[tuple[int, int], RowResult] = {}
        self.stuck: dict[tuple[int, int], str] = {}
        self.sent: list[tuple[int, int]] = []
        self.resent: list[tuple[int, tuple[tuple[int, int], ...]]] = []

    def next_batch(self, max_entries: int, max_bytes: int) -> Batch | None:
        waiting = [row for key, row in sorted(self.rows.items()) if key not in self.results and key not in self.stuck]
        taken = next(in_batches(waiting, max_entries, max_bytes), None)
        return Batch(taken, self.head(taken[0].epoch)) if taken else None

    def stuck_rows(self, limit: int) -> Sequence[SignedEntry]:
        return [self.rows[key] for key in sorted(self.stuck)][:limit]

    def head(self, epoch: int | None = None) -> JournalHead:
        wanted = epoch if epoch is not None else max((key[0] for key in self.rows), default=1)
        seqs = [key for key in self.rows if key[0] == wanted]
        if not seqs:
            return JournalHead(wanted, 0, hash_chain.GENESIS)
        newest = self.rows[max(seqs)]
        return JournalHead(wanted, newest.seq, newest.hash)

    def mark_sent(self, rows: Sequence[SignedEntry]) -> None:
        self.sent += [(row.epoch, row.seq) for row in rows]

    def record_results(self, results: Sequence[RowResult]) -> None:
        for one in results:
            if self.rows[one.epoch, one.seq].hash == one.hash:
                self.results[one.epoch, one.seq] = one
                self.stuck.pop((one.epoch, one.seq), None)

    def mark_stuck(self, row: SignedEntry, reason: str) -> None:
        self.stuck[row.epoch, row.seq] = reason

    def resend(self, epoch: int, ranges: Sequence[tuple[int, int]]) -> int:
        self.resent.append((epoch, tuple(ranges)))
        lost = [key for key in self.results if key[0] == epoch and any(a <= key[1] <= b for a, b in ranges)]
        for key in lost:
            del self.results[key]
        return len(lost)

    def counts(self) -> Counts:
        waiting = [key for key in self.rows if key not in self.results]
        conflicts = sum(one.result == "conflict" for one in self.results.values())
        stuck = tuple(key[1] for key in sorted(self.stuck))
        return Counts(len(waiting), OLDEST if waiting else None, stuck, conflicts)


class MemoryCache:
    """Fulfils ``CacheStore`` without SQLite: keeps what it was given."""

    def __init__(self, folder: Path, cursor: str | None = None, generation: int = 0) -> None:
        self.folder = folder
        self.pages: list[Mapping[str, Any]] = []
        self.installed: list[tuple[bytes, Mapping[str, Any]]] = []
        self._cursor = cursor
        self._generation = generation
        self.highest = generation

    def cursor(self) -> str | None:
        return self._cursor

    def generation(self) -> int:
        return self._generation

    def highest_generation(self) -> int:
        return self.highest

    def set_aside(self) -> int:
        return 0

    def data_as_of(self) -> datetime | None:
        return None

    def part_file(self, generation: int, name: str) -> Path:
        return self.folder / f"{name}-{generation}.part"

    def install_snapshot(self, part: Path, manifest: Mapping[str, Any]) -> None:
        self.installed.append((part.read_bytes(), manifest))
        part.unlink()
        self._cursor, self._generation = manifest["cursor"], manifest["gen"]
        self.highest = max(self.highest, self._generation)

    def apply_page(self, page: Mapping[str, Any], *, overlaps: bool = False) -> PageOutcome:
        self.pages.append(page)
        self._cursor = page["to"]
        return PageOutcome(len(page["rows"]), 0)


def rows(count: int, epoch: int = 1) -> list[SignedEntry]:
    """A chain of entries."""
    signer, previous, found = DeviceKey(bytes(31) + b"\x01"), hash_chain.GENESIS, []
    for seq in range(1, count + 1):
        body = encode_body(
            {"v": 1, "device": DEVICE, "epoch": epoch, "seq": seq, "prev": previous.hex(), "kind": "login"}
        )
        previous = hash_chain.entry_hash(previous, body)
        found.append(SignedEntry(epoch, seq, previous, body, signer.sign(hash_chain.signed_bytes(previous))))
    return found


class LaneParts:
    """One lane's clients, with the centre's keys trusted."""

    def __init__(self, url: str, keys: CentreKeys) -> None:
        self.key = DeviceKey.generate()
        self.clock = SetClock()
        self.token = KeptToken()
        trusted = [parse_trusted_key(one) for one in keys.trust()]
        self.trust = TrustKeys(trusted, lambda: date(2026, 3, 10))
        self.time = ServerTime(self.clock, self.trust.verify_time)
        self.api = self.client(url)

    def client(self, url: str, *, packs: bool | None = None) -> ApiClient:
        signer = RequestSigner(DEVICE, self.key.sign)
        return ApiClient(url, self.time, version="0.1.0", signer=signer, token=self.token, packs=packs)
