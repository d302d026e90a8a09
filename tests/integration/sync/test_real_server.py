"""Sync against the real server and on real files: what is lost, doubled, copied or rolled back on the way."""

import gzip
import shutil
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from pos_client import bootstrap
from pos_client.bootstrap.fencing import SESSION_TOKEN
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.domain.errors import DeviceForked, ServerUnreachable
from pos_client.domain.journal_entry import EntryKind
from pos_client.storage.journal import SqlJournal
from pos_client.sync.api_client import ApiRequest, encode
from pos_client.sync.one_round import SyncReport, sync_once
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy
from tests.fakes.shop import Shop


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Shop, None, None]:
    """One seeded server for all tests of this module; each enrols a lane of its own."""
    made = Shop(tmp_path_factory.mktemp("shop"))
    made.open()
    yield made
    made.close()


@pytest.fixture
def proxy(shop: Shop) -> Generator[FaultProxy, None, None]:
    """Between a lane and the server; without faults until a test asks for some."""
    with FaultProxy(shop.server.url, seed=7) as running:
        yield running


@dataclass
class OpenLane:
    """A lane whose journal is open, with its sync side."""

    home: Path
    journal: SqlJournal
    side: SyncSide

    @classmethod
    def open(cls, home: Path, **options: Any) -> "OpenLane":
        files = LaneFiles.of(home)
        journal = files.open_journal("command", 1.0)
        return cls(home, journal, sync_side(files, journal, **options))

    def close(self) -> None:
        self.side.parts.api.close()
        self.side.cache.close()
        self.journal.close()

    def write(self, count: int) -> None:
        for _ in range(count):
            LaneEntries(LaneFiles.of(self.home), self.journal).write(EntryKind.LOGIN)

    def sync(self) -> SyncReport:
        return sync_once(self.side.parts)


@pytest.fixture
def lane(
    shop: Shop, proxy: FaultProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Generator[OpenLane, None, None]:
    """A lane that was enrolled just now and reaches the server through the proxy."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    home = tmp_path / "lane"
    code = shop.mint("enrol", 1, "--store", "S001", "--lane", "1")[0]
    bootstrap.enrol(home, proxy.url, code)
    opened = OpenLane.open(home)
    yield opened
    opened.close()


def held_by_server(shop: Shop, lane: OpenLane) -> list[tuple[int, str]]:
    """Number and hash of every entry of this lane's first epoch that the server holds."""
    connection = dbapi2.connect(f"file:{shop.root / 'crm' / 'crm.db'}?mode=ro", uri=True)
    device = LaneFiles.of(lane.home).device
    try:
        asked = "SELECT seq, hash FROM inbox WHERE device = ? AND epoch = 1 ORDER BY seq"
        return [(row[0], row[1]) for row in connection.execute(asked, (device,))]
    finally:
        connection.close()


def written_by(lane: OpenLane) -> list[tuple[int, str]]:
    """Number and hash of every entry of the first epoch."""
    entries = [entry for entry in lane.journal.latest(100_000) if entry.epoch == 1]
    return sorted((entry.seq, entry.hash.hex()) for entry in entries)


def test_everything_arrives_once_and_a_second_sync_changes_nothing(shop: Shop, lane: OpenLane) -> None:
    lane.write(450)

    first, second = lane.sync(), lane.sync()

    assert (first.errors, first.push.accepted) == ((), 451)
    assert (second.errors, second.push.pushed, second.pull.rows) == ((), 0, 0)
    assert held_by_server(shop, lane) == written_by(lane)


@pytest.mark.parametrize(
    "mix",
    [
        FaultMix(drop_request=0.05, drop_reply=0.20),
        FaultMix(double_request=0.30),
        FaultMix(cut_reply=0.30),
        FaultMix(drop_request=0.05, drop_reply=0.2, double_request=0.05, cut_reply=0.05, delay_reply=0.05, delay_s=0.1),
    ],
    ids=["dropped", "doubled", "cut", "all-of-it"],
)
def test_whatever_happens_on_the_way_each_entry_arrives_once(
    shop: Shop, proxy: FaultProxy, lane: OpenLane, mix: FaultMix
) -> None:
    proxy.mix = mix
    for _ in range(12):
        lane.write(5)
        lane.sync()
    proxy.mix = NO_FAULTS

    last = lane.sync()

    assert last.errors == ()
    assert lane.side.outbox.counts().pending == 0
    assert held_by_server(shop, lane) == written_by(lane)


def test_packed_batches_arrive_as_well(shop: Shop, lane: OpenLane) -> None:
    lane.write(250)
    lane.close()
    packing = OpenLane.open(lane.home, packs=True)

    report = packing.sync()
    packing.close()

    assert (report.errors, report.push.accepted) == ((), 251)
    assert len(held_by_server(shop, lane)) == 252


def test_a_server_that_is_away_costs_nothing_but_time(shop: Shop, proxy: FaultProxy, lane: OpenLane) -> None:
    proxy.mix = FaultMix(drop_request=1.0)
    lane.write(3)

    away = lane.sync()
    proxy.mix = NO_FAULTS
    back = lane.sync()

    assert [one.reason for one in away.errors] == ["server-unreachable"] * 3
    assert lane.side.outbox.counts().stuck == ()
    assert (back.errors, back.push.accepted) == ((), 4)


def test_a_copied_home_is_noticed_at_its_first_contact_and_goes_on(lane: OpenLane, tmp_path: Path) -> None:
    lane.sync()
    lane.close()
    shutil.copytree(lane.home, tmp_path / "copy")

    original, copy = OpenLane.open(lane.home), OpenLane.open(tmp_path / "copy")
    first = original.sync()
    second = original.sync()
    cloned = copy.sync()
    fenced = original.sync()
    for one in (original, copy):
        one.close()

    assert [report.errors for report in (first, second, cloned, fenced)] == [(), (), (), ()]
    assert [report.new_epoch for report in (first, second, cloned, fenced)] == [0, 0, 2, 3]


def test_an_old_copy_of_a_lane_is_noticed_and_goes_on_in_a_new_epoch(
    shop: Shop, lane: OpenLane, tmp_path: Path
) -> None:
    lane.sync()
    lane.close()
    shutil.copytree(lane.home, tmp_path / "backup")
    lost = OpenLane.open(lane.home)
    lost.write(5)
    lost.sync()
    lost.close()

    restored = OpenLane.open(tmp_path / "backup")
    known = restored.journal.head()
    report = restored.sync()
    gap = restored.journal.entry(1)
    restored.close()

    newest = held_by_server(shop, lane)[-1]
    assert known is not None
    assert gap is not None
    fields = gap.fields()
    assert (report.errors, report.new_epoch, gap.epoch, gap.kind) == ((), 2, 2, EntryKind.RESYNC_GAP)
    assert (fields["old_epoch"], fields["last_seq"], fields["last_hash"]) == (1, known.seq, known.hash)
    assert (fields["server_seq"], fields["server_hash"], fields["prev"]) == (*newest, newest[1])
    assert newest[0] == known.seq + 5


def test_a_heartbeat_of_a_copy_raises_its_own_error(lane: OpenLane) -> None:
    lane.sync()
    lane.journal.remember(SESSION_TOKEN, "a-token-of-another-machine")

    with pytest.raises(DeviceForked):
        lane.side.parts.beat()


def test_a_packed_answer_is_bounded_by_what_it_unpacks_to(lane: OpenLane) -> None:
    api, policy = lane.side.parts.api, ApiRequest("GET", "/v1/policy")
    plain = encode(api.ask(policy).document)
    bound = len(plain) - 1
    assert len(gzip.compress(plain)) < bound

    with pytest.raises(ServerUnreachable) as raised:
        api.ask(replace(policy, max_bytes=bound))

    assert raised.value.facts["cause"] == "not-ours"
