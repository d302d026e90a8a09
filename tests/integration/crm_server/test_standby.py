"""A standby of a store server's database (docs/standby.md): what was granted is there when the first one dies."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_server.store_role import rebuilding
from tests.integration.crm_server.clusters import Cluster, cluster
from tests.integration.crm_server.served_shop import Shop, problem
from tests.integration.crm_server.served_store import Store, join, served_store

pytestmark = pytest.mark.long

CLAIMS = 12


@pytest.fixture
def first() -> Iterator[Cluster]:
    """A running cluster with an empty database."""
    with cluster() as made:
        made.make()
        made.start()
        made.ask("CREATE DATABASE pos")
        yield made


@pytest.fixture
def standby(first: Cluster) -> Iterator[Cluster]:
    """Its standby, without which it confirms nothing from here on."""
    with cluster() as made:
        made.copy(first)
        made.start()
        first.set("synchronous_standby_names = 'standby'\n")
        first.reload()
        wait_for(first, "SELECT sync_state FROM pg_stat_replication", "sync")
        yield made


def wait_for(asked: Cluster, statement: str, answer: str) -> None:
    """Return when a cluster says so."""
    until = time.monotonic() + 20
    while asked.ask(statement) != answer:
        assert time.monotonic() < until, statement
        time.sleep(0.05)


@pytest.mark.expects_log("the database does not answer")
def test_what_was_granted_is_held_after_the_first_one_died(
    first: Cluster, standby: Cluster, small_shop: Shop, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    join(small_shop, folder)
    with served_store(small_shop, folder, first.url()) as store:
        lane = store.lane()
        coupons = [small_shop.coupon() for _ in range(CLAIMS)]
        store.mirror()
        intents = [lane.intent(coupon_id) for coupon_id, _ in coupons]
        for intent, (_, code) in zip(intents, coupons, strict=True):
            assert lane.claim(intent, code).status_code == 201
        assert standby.ask("SELECT count(*) FROM claim", "pos") == str(CLAIMS)
        first.stop("immediate")
        assert problem(lane.claim(lane.intent("1001-1"), coupons[0][1])) == (503, "server-busy")

    standby.promote()
    standby.set("synchronous_standby_names = ''\n")
    standby.reload()
    with served_store(small_shop, folder, standby.url()) as store:
        lanes_go_on(store, coupons)


def lanes_go_on(store: Store, coupons: list[tuple[str, str]]) -> None:
    """Nothing is granted before somebody says so; then only what nobody holds."""
    store.write(lambda connection: rebuilding.take_new_epoch(connection, "promoted", store.server.centre.now_ms()))
    other = store.lane(lane=2)
    assert problem(other.claim(other.intent(coupons[0][0]), coupons[0][1])) == (503, "store-rebuilding")

    store.write(lambda connection: rebuilding.open_again(connection, "E1002"))
    fresh_id, fresh = store.shop.coupon()
    store.mirror()
    assert [problem(other.claim(other.intent(coupon_id), code)) for coupon_id, code in coupons] == [
        (409, "already-used")
    ] * CLAIMS
    assert other.claim(other.intent(fresh_id), fresh).status_code == 201
