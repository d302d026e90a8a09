"""A store's server whose tables may lack grants gives none, until its lanes have told it all that they hold."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crm_server.app import APP
from crm_server.reports import ReportName, report
from crm_server.revocations import revoke_device
from crm_server.store_role import rebuilding
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, results
from tests.integration.crm_server.served_store import Store, join, served_store


def ran(*arguments: str) -> tuple[int, Any]:
    """A command's exit code and its document."""
    done = CliRunner().invoke(APP, [*arguments, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout.strip() else None


def epoch_of(store: Store) -> int:
    """The epoch in force."""
    return store.write(rebuilding.store_epoch)


def beat(lane: LaneClient, head: int, brought: int) -> dict[str, Any]:
    """A heartbeat of a lane that has ``head`` acknowledged, and has brought all for an epoch."""
    answer = lane.heartbeat(store_head={"epoch": lane.epoch, "seq": head}, store_brought=brought)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_after_a_restore_it_grants_nothing_and_opens_with_the_last_lane(
    store: Store, restored: Callable[[], Any]
) -> None:
    coupon_id, code = store.shop.coupon()
    one, two = store.lane(lane=1), store.lane(lane=2)
    before = epoch_of(store)
    code_, said = restored()
    epoch = said["store_epoch"]

    assert (code_, said["centre_told"], epoch > before) == (0, True, True)
    assert one.get("/v1/policy").status_code == 200
    assert problem(one.claim(one.intent(coupon_id), code)) == (503, "store-rebuilding")
    assert problem(one.get("/v1/claims/" + "a" * 32)) == (503, "store-rebuilding")
    redeemed = two.redeem(coupon_id, tier="B")
    assert results(two.push([redeemed])) == ["accepted"]
    assert beat(one, 0, epoch)["rebuilding"] is True
    assert beat(two, 1, 0)["rebuilding"] is True
    last = beat(two, 1, epoch)
    assert (last["rebuilding"], last["store_epoch"]) == (False, epoch)
    assert problem(one.claim(one.intent(coupon_id), code)) == (409, "already-used")
    store.mirror()
    assert one.get("/v1/policy").json()["store_server"]["store_epoch"] == epoch


def test_tables_of_yesterday_are_noticed_by_a_lane_that_knows_more(store: Store) -> None:
    lane = store.lane()
    entries = [lane.write("open_day") for _ in range(3)]
    lane.push(entries[:2])
    epoch = epoch_of(store)

    assert beat(lane, 2, epoch)["rebuilding"] is False
    told = beat(lane, 3, epoch)
    assert (told["rebuilding"], told["store_epoch"] > epoch) == (True, True)
    again = beat(lane, 3, epoch)
    assert again["store_epoch"] == told["store_epoch"]
    lane.push(entries)
    assert beat(lane, 3, told["store_epoch"])["rebuilding"] is False


def test_a_lane_that_comes_back_after_a_supervisor_opened_starts_no_second_rebuilding(store: Store) -> None:
    lane = store.lane()
    epoch = epoch_of(store)
    beat(lane, 0, epoch)
    store.write(lambda job: rebuilding.take_new_epoch(job, "restored", 0))
    store.write(lambda job: rebuilding.open_again(job, "S1"))

    assert beat(lane, 7, epoch)["rebuilding"] is False
    assert beat(lane, 7, 0)["rebuilding"] is False


def test_a_lane_that_knows_a_later_epoch_proves_that_the_tables_are_old(store: Store) -> None:
    lane = store.lane()
    later = epoch_of(store) + 1_000
    told = beat(lane, 0, later)

    assert (told["rebuilding"], told["store_epoch"] > later) == (True, True)


def test_a_lane_that_was_replaced_or_revoked_is_not_waited_for(store: Store) -> None:
    _old, here, gone = store.lane(lane=1), store.lane(lane=1), store.lane(lane=2)
    store.shop.write(lambda job: revoke_device(job, gone.device))
    store.mirror()
    store.write(lambda job: rebuilding.take_new_epoch(job, "restored", 0))

    assert store.write(rebuilding.lanes_awaited) == [1]
    assert beat(here, 0, epoch_of(store))["rebuilding"] is False


def test_a_supervisor_can_open_it_and_stands_in_the_report(store: Store, restored: Callable[[], Any]) -> None:
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    restored()
    folder = str(store.server.folder)

    assert ran("--data", folder, *url(store), "store-open", "--supervisor", "E1001")[0] == 2
    opened = ran("--data", folder, *url(store), "store-open", "--supervisor", "E1002")
    assert opened == (0, {"open": True, "was_rebuilding": True, "lanes_not_heard": [1]})
    assert lane.claim(lane.intent(coupon_id), code).status_code == 201
    own, of_lane = store.server.centre.database.read(lambda job: report(job, ReportName.STORE, 0)).result()
    assert (own["opened_by"], own["rebuilding"]) == ("E1002", "")
    assert (of_lane["device"], of_lane["claims_not_redeemed"], of_lane["waiting"]) == (lane.device, 1, 0)


def test_the_centre_lists_store_servers(small_store: Store) -> None:
    centre = small_store.shop.centre
    rows = centre.database.read(lambda job: report(job, ReportName.STORE, 0)).result()

    assert [(row["store"], row["device"]) for row in rows] == [(1, small_store.server.identity.device)]


def test_a_folder_of_yesterday_with_its_tables_is_noticed_at_start(small_shop: Shop, tmp_path: Path) -> None:
    folder, copy = tmp_path / "store", tmp_path / "copy"
    join(small_shop, folder)
    with served_store(small_shop, folder):
        pass
    shutil.copytree(folder, copy)
    with served_store(small_shop, folder) as store:
        store.write(lambda job: rebuilding.take_new_epoch(job, "restored", small_shop.centre.now_ms()))
        store.mirror()
        newest = epoch_of(store)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    with served_store(small_shop, folder) as back:
        back.mirror()
        assert (back.write(rebuilding.why_rebuilding), epoch_of(back) > newest) == ("", True)


def test_tables_that_are_older_than_the_identity_are_noticed_without_anybody(small_shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    join(small_shop, folder)
    with served_store(small_shop, folder) as store:
        lane = store.lane()
        highest = store.server.identity.store_epoch
    for path in folder.glob("crm.db*"):
        path.unlink()
    with served_store(small_shop, folder) as back:
        assert back.write(rebuilding.why_rebuilding) == "tables-older"
        assert epoch_of(back) > highest
        here = back.at_store(lane)
        assert here.heartbeat(store_brought=epoch_of(back)).json()["rebuilding"] is False


def test_a_server_in_anothers_place_begins_by_rebuilding(small_shop: Shop, tmp_path: Path) -> None:
    for name in ("first", "second"):
        join(small_shop, tmp_path / name)
    with served_store(small_shop, tmp_path / "first") as first:
        lane = first.lane()
        assert first.write(rebuilding.why_rebuilding) == ""
    with served_store(small_shop, tmp_path / "second") as second:
        assert second.write(rebuilding.why_rebuilding) == "replaced-another"
        here = second.at_store(lane)
        assert here.heartbeat(store_brought=epoch_of(second)).json()["rebuilding"] is False


def url(store: Store) -> list[str]:
    """The option that names the tables, where they are no file of the folder."""
    address = store.database_url
    return ["--database-url", address] if address else []


@pytest.fixture
def restored(store: Store) -> Callable[[], Any]:
    """The command, run beside the running server."""
    return lambda: ran("--data", str(store.server.folder), *url(store), "store-restored")
