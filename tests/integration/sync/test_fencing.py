"""Going over to a new epoch on real files and against the real server: broken off anywhere, and while a till writes."""

import shutil
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Self

import pytest

from pos_client import bootstrap
from pos_client.bootstrap.fencing import SESSION_TOKEN, Fence
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.config import enrolment
from pos_client.domain.errors import DeviceForked, ServerUnreachable
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.verdict import EntryRef
from pos_client.storage.journal import SqlJournal
from pos_client.sync.enrol import EpochAnswer, new_epoch
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.sync.worker import Rhythm, SyncWorker
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy
from tests.fakes.shop import Shop

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("fencing")

FORKED = DeviceForked("device-forked", status=409, problem="device-forked", retry="reenrol")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Generator[Shop, None, None]:
    made = Shop(tmp_path_factory.mktemp("shop"))
    made.open()
    yield made
    made.close()


@pytest.fixture
def proxy(shop: Shop) -> Generator[FaultProxy, None, None]:
    with FaultProxy(shop.server.url, seed=7) as running:
        yield running


@pytest.fixture
def home(shop: Shop, proxy: FaultProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lane that was enrolled just now."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    bootstrap.enrol(tmp_path / "lane", proxy.url, shop.mint("enrol", 1, "--store", "S001", "--lane", "1")[0])
    return tmp_path / "lane"


class Opened:
    """A home, its journal and its sync side."""

    def __init__(self, home: Path) -> None:
        self.files = LaneFiles.of(home)
        self.journal: SqlJournal = self.files.open_journal("command", 1.0)
        self.side: SyncSide = sync_side(self.files, self.journal)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.side.parts.api.close()
        self.side.cache.close()
        self.journal.close()

    def last(self) -> EntryRef:
        head = self.journal.outbox.head()
        return EntryRef(head.epoch, head.seq, head.hash.hex())

    def granted(self) -> EpochAnswer:
        return new_epoch(self.side.parts.api, self.files.device, "device-forked", self.last())


def twin_of(home: Path) -> Path:
    """The same disk in a second machine, which has spoken since: this one's token is void."""
    twin = home.with_name("twin")
    shutil.copytree(home, twin)
    for _ in range(2):
        assert bootstrap.sync(twin, push=True, pull=False)["errors"] == []
    return twin


def test_granted_and_never_heard_of_it_asks_again(home: Path) -> None:
    with Opened(home) as lane:
        lane.granted()

    report = bootstrap.sync(home, push=True, pull=True)

    assert (report["errors"], report["new_epoch"]) == ([], 3)
    assert enrolment.read(home / "enrolment.json").epoch == 3
    assert bootstrap.verify_journal(home).ok


def test_begun_and_not_enrolled_goes_on_where_the_journal_is(home: Path) -> None:
    with Opened(home) as lane:
        last, answer = lane.last(), lane.granted()
        draft = LaneEntries(lane.files, lane.journal).draft(
            EntryKind.RESYNC_GAP, old_epoch=last.epoch, last_seq=last.seq, server_seq=answer.server_head.seq
        )
        before = bytes.fromhex(answer.server_head.hash)
        lane.journal.begin_epoch(answer.epoch, before, draft, {SESSION_TOKEN: answer.session_token})
    behind = enrolment.read(home / "enrolment.json").epoch

    report = bootstrap.sync(home, push=True, pull=True)

    assert (behind, enrolment.read(home / "enrolment.json").epoch) == (1, 2)
    assert (report["errors"], report["new_epoch"]) == ([], None)
    assert bootstrap.verify_journal(home).ok


def test_a_round_takes_one_epoch_and_a_lost_answer_none(home: Path, proxy: FaultProxy) -> None:
    twin = twin_of(home)
    with Opened(home) as lane:
        proxy.mix = FaultMix(drop_reply=1.0)
        with pytest.raises(ServerUnreachable):
            lane.side.parts.take_epoch(FORKED)
        proxy.mix = NO_FAULTS
        still = lane.journal.epoch
        taken = lane.side.parts.take_epoch(FORKED)
        with pytest.raises(DeviceForked):
            lane.side.parts.take_epoch(FORKED)

    assert still == 1
    assert taken > 2
    assert bootstrap.sync(twin, push=True, pull=False)["new_epoch"] == taken + 1


def test_after_its_wait_a_lane_may_go_over_again(home: Path) -> None:
    passed = [0.0]
    with Opened(home) as lane:
        fence = Fence(lane.files, lane.journal, lane.side.parts.api, 600.0, lambda: passed[0])
        first = fence(FORKED)
        passed[0] = 601.0

        assert (first, fence(FORKED)) == (2, 3)


def test_what_the_old_epoch_holds_is_delivered_in_the_new_one(home: Path) -> None:
    twin_of(home)
    with Opened(home) as lane:
        for _ in range(3):
            LaneEntries(lane.files, lane.journal).write(EntryKind.LOGIN)

    report = bootstrap.sync(home, push=True, pull=True)
    with bootstrap.reading_lane(home) as reading:
        waiting = reading.overview().undelivered
        told = [notice for notice in reading.overview().notices if notice.reason == "new-epoch"]

    assert (report["errors"], report["new_epoch"], waiting) == ([], 2, 0)
    assert report["pushed"] >= 4
    assert [notice.facts["epoch"] for notice in told] == [2]


@pytest.mark.expects_log("this lane goes on in epoch 2")
def test_a_window_goes_over_while_its_till_writes(home: Path) -> None:
    twin_of(home)
    said: list[SyncStatus] = []
    stop, calm = threading.Event(), threading.Event()
    with Opened(home) as lane:

        def hear(status: SyncStatus) -> None:
            said.append(status)
            if lane.journal.epoch == 2 and status.phase is SyncPhase.IDLE and status.pending == 0:
                calm.set()

        def till() -> None:
            for _ in range(40):
                LaneEntries(lane.files, lane.journal).write(EntryKind.LOGIN)
                worker.wake()

        worker = SyncWorker(lane.side.parts, lane.side.outbox, lane.side.time, Rhythm(0.2, 3_600, 3_600), hear)
        threads = [threading.Thread(target=worker.run, args=(stop,)), threading.Thread(target=till)]
        for thread in threads:
            thread.start()
        threads[1].join()
        assert calm.wait(60), said[-3:]
        stop.set()
        threads[0].join()
        epochs = {entry.epoch for entry in lane.journal.latest(1_000, [EntryKind.LOGIN])}

    assert epochs <= {1, 2}
    assert enrolment.read(home / "enrolment.json").epoch == 2
    assert not any(status.phase is SyncPhase.NEEDS_EPOCH for status in said)
    assert bootstrap.verify_journal(home).ok
