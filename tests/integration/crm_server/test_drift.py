"""A lane whose copy is not what the centre thinks it is says so, and fetches the whole again by itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from crm_server import change_log, snapshots
from crm_server.minting import CodeKind
from crm_server.schema import STAFF
from pos_client import bootstrap
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.domain.cache_format import KEY_COLUMNS, changed_sum, row_sum
from pos_client.storage.cache_shape import shapes
from pos_client.storage.cache_sums import totals_of
from pos_client.sync.one_round import sync_once
from tests.integration.crm_server.served_shop import Shop


@pytest.fixture
def side(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SyncSide]:
    """A real lane of the served centre, with its first data."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    bootstrap.enrol(tmp_path / "lane", shop.url, shop.mint(CodeKind.ENROL, store="1", lane=1)[0]["code"])
    files = LaneFiles.of(tmp_path / "lane")
    journal = files.open_journal("command", 1.0)
    side = sync_side(files, journal)
    yield side
    side.parts.api.close()
    side.cache.close()
    journal.close()


def cache_of(tmp_path: Path) -> Path:
    current = LaneFiles.of(tmp_path / "lane").pointer.current()
    assert current is not None
    return current.path


def rename(shop: Shop, person: str, name: str, *, logged: bool = True) -> None:
    def job(connection: object) -> None:
        connection.execute(STAFF.update().where(STAFF.c.id == person).values(name=name))  # type: ignore[attr-defined]
        if logged:
            change_log.append(connection, [("staff", (person,))])  # type: ignore[arg-type]

    shop.write(job)


def sums_of_rows(path: Path) -> dict[str, str]:
    """The sums as the rows themselves come to."""
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    found = {}
    for table in KEY_COLUMNS:
        columns = list(shapes()[table].columns)
        rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
        found[table] = changed_sum("", (), [row_sum(table, dict(zip(columns, row, strict=True))) for row in rows])
    connection.close()
    return found


def kept_sums(path: Path) -> dict[str, str] | None:
    connection = dbapi2.connect(f"file:{path}?mode=ro", uri=True)
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    connection.close()
    return totals_of(meta)


def test_sums_follow_every_page_on_both_sides(shop: Shop, side: SyncSide, tmp_path: Path) -> None:
    lane = shop.lane(lane=2)
    assert kept_sums(cache_of(tmp_path)) == sums_of_rows(cache_of(tmp_path))

    shop.mint(CodeKind.MEMBER, count=3)
    lane.push([lane.redeem(shop.coupon()[0])])
    rename(shop, "E1001", "somebody new")
    report = sync_once(side.parts)

    assert report.pull.rows > 0
    assert (report.errors, report.pull.drifted, report.pull.snapshot) == ((), (), False)
    assert kept_sums(cache_of(tmp_path)) == sums_of_rows(cache_of(tmp_path))


@pytest.mark.expects_log("not what the centre says")
def test_a_copy_that_lost_a_row_is_fetched_anew_by_itself(shop: Shop, side: SyncSide, tmp_path: Path) -> None:
    sync_once(side.parts)
    connection = dbapi2.connect(str(cache_of(tmp_path)))
    connection.execute("DELETE FROM staff WHERE id = 'E1001'")
    connection.commit()
    connection.close()
    rename(shop, "E1001", "somebody new")

    drifting, after = sync_once(side.parts), sync_once(side.parts)

    assert (drifting.errors, drifting.pull.drifted, drifting.pull.snapshot) == ((), ("staff",), True)
    assert drifting.as_json()["drifted"] == ["staff"]
    assert (after.errors, after.pull.drifted, after.pull.snapshot) == ((), (), False)
    assert kept_sums(cache_of(tmp_path)) == sums_of_rows(cache_of(tmp_path))


@pytest.mark.expects_log("not what the centre says")
def test_a_change_that_the_centre_never_logged_is_fetched_once_and_not_for_ever(
    shop: Shop, side: SyncSide, tmp_path: Path
) -> None:
    # A clerk's name stands in the uses that he made too, and nobody logs those when it changes.
    sync_once(side.parts)
    rename(shop, "E1001", "unlogged", logged=False)
    snapshots.build(shop.centre, 1)
    rename(shop, "E1001", "logged")

    rounds = [sync_once(side.parts) for _ in range(3)]

    assert [one.errors for one in rounds] == [(), (), ()]
    assert [one.pull.drifted for one in rounds] == [("coupon_use",), (), ()]
    assert [one.pull.snapshot for one in rounds] == [True, False, False]


def test_a_lane_that_was_away_for_a_quarter_takes_a_snapshot(shop: Shop, side: SyncSide) -> None:
    sync_once(side.parts)
    rename(shop, "E1001", "a name of then")
    snapshots.build(shop.centre, 1)
    shop.clock.offset = timedelta(days=91)
    snapshots.build(shop.centre, 2)
    rename(shop, "E1001", "a name of now")

    report = sync_once(side.parts)

    assert (report.errors, report.pull.snapshot, report.pull.error) == ((), True, None)
