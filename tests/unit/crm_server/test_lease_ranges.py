"""Leases of ranges of serials: whatever is lent and recalled, ranges never overlap and every serial has one store."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select

from crm_server.centre import Centre, open_centre
from crm_server.issuing import CouponSpec, issue
from crm_server.leases import LeaseTerms, lease, recall
from crm_server.named_coupons import named_coupons
from crm_server.problems import Problem
from crm_server.schema import LEASE, OFFER, STORE
from crm_server.seed.people import store_rows

SERIALS = 12
CAMPAIGN = 7
NOW = 1_000


@dataclass(frozen=True)
class Step:
    """Lend serials to a store, or recall them where the store is 0."""

    store: int
    serials: frozenset[int]


STEPS = st.lists(
    st.builds(Step, st.integers(0, 2), st.frozensets(st.integers(1, SERIALS), min_size=1)), min_size=1, max_size=8
)


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder: Path = tmp_path_factory.mktemp("leases")
    opened = open_centre(folder / "crm")
    opened.database.write(_fill).result()
    yield opened
    opened.close()


def _fill(connection: Connection) -> None:
    connection.execute(insert(STORE), store_rows())
    connection.execute(insert(OFFER).values(number=CAMPAIGN, body="{}", next_serial=1))
    issue(connection, [CouponSpec(CAMPAIGN, 0, 1)] * SERIALS, NOW)


def _play(connection: Connection, steps: list[Step]) -> tuple[dict[int, int], list[Any]]:
    """Which store holds which serial by the rules, and the rows that say so."""
    connection.execute(delete(LEASE))
    holder: dict[int, int] = {}
    for step in steps:
        coupons = named_coupons(connection, [f"{CAMPAIGN}-{serial}" for serial in sorted(step.serials)])
        if step.store == 0:
            recall(connection, coupons)
            holder = {serial: store for serial, store in holder.items() if serial not in step.serials}
            continue
        elsewhere = any(holder.get(serial, step.store) != step.store for serial in step.serials)
        if elsewhere:
            with pytest.raises(Problem, match="leased-elsewhere"):
                lease(connection, coupons, LeaseTerms(step.store, NOW + 1), NOW)
        else:
            lease(connection, coupons, LeaseTerms(step.store, NOW + 1), NOW)
            holder |= dict.fromkeys(step.serials, step.store)
    return holder, list(connection.execute(select(LEASE).order_by(LEASE.c.first_serial)))


@given(STEPS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_ranges_say_the_same_as_a_list_of_serials(centre: Centre, steps: list[Step]) -> None:
    holder, rows = centre.database.write(lambda connection: _play(connection, steps)).result()
    said = {serial: row.store for row in rows for serial in range(row.first_serial, row.last_serial + 1)}

    assert said == holder
    assert sum(row.last_serial - row.first_serial + 1 for row in rows) == len(holder)
