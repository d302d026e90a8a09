"""While its database is down a server says so and asks for patience; once it is back the same request is answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.crm_server.clusters import Cluster, cluster
from tests.integration.crm_server.served_shop import Shop, problem, seed_into, served
from tests.integration.crm_server.served_store import join, served_store

pytestmark = pytest.mark.long


@pytest.fixture
def first() -> Iterator[Cluster]:
    """A running cluster with an empty database."""
    with cluster() as made:
        made.make()
        made.start()
        made.ask("CREATE DATABASE pos")
        yield made


@pytest.mark.expects_log("the database does not answer")
def test_the_centre_asks_for_patience(first: Cluster, tmp_path: Path) -> None:
    seed_into(tmp_path / "crm", first.url())
    with served(tmp_path / "crm", first.url()) as shop:
        coupon_id, code = shop.coupon()
        lane = shop.lane()
        intent = lane.intent(coupon_id)
        first.stop()
        away = lane.claim(intent, code)
        first.start()
        back = lane.claim(intent, code)

    assert (problem(away), away.headers["Retry-After"]) == ((503, "server-busy"), "5")
    assert back.status_code == 201


@pytest.mark.expects_log("the database does not answer")
def test_a_stores_server_asks_for_patience(first: Cluster, small_shop: Shop, tmp_path: Path) -> None:
    join(small_shop, tmp_path / "store")
    with served_store(small_shop, tmp_path / "store", first.url()) as store:
        lane = store.lane()
        coupon_id, code = small_shop.coupon()
        store.mirror()
        intent = lane.intent(coupon_id)
        first.stop()
        away = lane.claim(intent, code)
        first.start()
        back = lane.claim(intent, code)

    assert problem(away) == (503, "server-busy")
    assert back.status_code == 201
