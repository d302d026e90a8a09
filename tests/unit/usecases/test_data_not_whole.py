"""Data that is old, or of which rows could not be read: what a verdict makes of it, and what is said beside it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import VerdictKind
from pos_client.storage.cache_installer import CacheInstaller, Memory
from pos_client.storage.cache_pointer import CachePointer
from pos_client.usecases.notices import DATA_REFUSED, STORE_CONTACT
from pos_client.usecases.sync_overview import overview
from tests import builders as a
from tests import page_builders as p
from tests.unit.usecases.counter import DAY, SECRET, Counter

SIGNED, OPAQUE = a.a_signed_coupon(1).text(), a.an_opaque_text()
UNKNOWN = (VerdictKind.SUPERVISOR, Reason.CANNOT_VERIFY_HERE)


def told(verdict: Any) -> tuple[VerdictKind, Reason]:
    """Kind and reason."""
    return verdict.kind, verdict.reason


def take_in(counter: Counter, *rows: Any) -> None:
    """A page of the centre arrives."""
    installer = CacheInstaller(CachePointer(counter.folder), a.STORE, Memory(lambda: 1, lambda _: None, lambda _: None))
    start = installer.cursor()
    assert start is not None
    installer.apply_page(p.a_page(list(rows), start=start, to=f"instance.{int(start.split('.')[1]) + 1}"))
    installer.close()
    counter.cache.close()


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize(
    ("table", "row", "codes"),
    [
        pytest.param("coupon", a.coupon_row(SECRET, serial=1, ver=2), [SIGNED], id="a signed coupon's row"),
        pytest.param("coupon", a.coupon_row(SECRET, text=OPAQUE, serial=2, ver=2), [OPAQUE], id="an opaque one's"),
        pytest.param("coupon_use", a.use_row(SECRET, "1001-1"), [SIGNED], id="a use"),
        pytest.param("offer", a.offer_row(ver=2), [SIGNED, OPAQUE], id="the campaign"),
        pytest.param("revoked_block", a.revoked_row([5], ver=2), [SIGNED], id="what is revoked"),
    ],
)
def test_what_cannot_be_read_is_neither_good_nor_bad(counter: Counter, table: str, row: Any, codes: list[str]) -> None:
    assert [counter.check(code).kind for code in codes] == [VerdictKind.READY] * len(codes)
    good = p.page_row(table, row)

    take_in(counter, good | {"body": {"nobody": 1}})

    assert [told(counter.check(code)) for code in codes] == [UNKNOWN] * len(codes)
    assert [told(counter.redeem(code)) for code in codes] == [UNKNOWN] * len(codes)
    seen = overview(counter.desk)
    assert (seen.set_aside, [one.reason for one in seen.notices]) == (1, ["data-set-aside"])


@pytest.mark.expects_log("was set aside")
def test_it_is_good_again_once_the_row_comes_whole(counter: Counter) -> None:
    row = p.page_row("offer", a.offer_row(ver=2))
    take_in(counter, row | {"body": None})

    take_in(counter, row)

    assert counter.check(SIGNED).kind is VerdictKind.READY
    assert overview(counter.desk).set_aside == 0


@pytest.mark.parametrize(
    ("kept", "value", "reason"),
    [
        (DATA_REFUSED, "101", "data-refused"),
        (STORE_CONTACT, json.dumps({"url": "https://s", "there": False}), "store-server-away"),
        (STORE_CONTACT, json.dumps({"url": "https://s", "there": True, "rebuilding": True}), "store-rebuilding"),
    ],
)
def test_how_sync_fares_is_said(counter: Counter, kept: str, value: str, reason: str) -> None:
    counter.journal.remember(kept, value)

    assert [one.reason for one in overview(counter.desk).notices] == [reason]


@pytest.mark.parametrize(
    "contact", [{"url": "", "there": False}, {"url": "https://s", "there": True, "rebuilding": False}]
)
def test_a_stores_server_that_is_none_or_there_is_no_news(counter: Counter, contact: dict[str, Any]) -> None:
    counter.journal.remember(STORE_CONTACT, json.dumps(contact))

    assert overview(counter.desk).notices == ()


@pytest.mark.parametrize(
    ("days", "signed", "opaque", "says_old"),
    [
        (0, Reason.ACCEPTED_OFFLINE, Reason.ACCEPTED_OFFLINE, False),
        (2, Reason.ACCEPTED_OFFLINE, Reason.ACCEPTED_OFFLINE, True),
        (8, Reason.ACCEPTED_OFFLINE, Reason.DATA_STALE, True),
    ],
)
def test_a_lane_alone_with_old_data(
    counter: Counter, days: int, signed: Reason, opaque: Reason, says_old: bool
) -> None:
    counter.hear_the_server(a.NOON + days * DAY)
    counter.unplug()

    verdict = counter.redeem(SIGNED)

    assert (verdict.reason, counter.redeem(OPAQUE).reason) == (signed, opaque)
    assert ("data-old" in [one.reason for one in verdict.notices]) is says_old


def test_old_data_halves_what_one_use_may_be_worth(counter: Counter) -> None:
    worth = counter.check(SIGNED).discount_minor
    counter.limits = replace(counter.limits, floor_value_minor=worth * 2 - 1)
    counter.unplug()
    assert counter.check(SIGNED).kind is VerdictKind.READY

    counter.hear_the_server(a.NOON + timedelta(days=2))

    assert told(counter.redeem(SIGNED)) == (VerdictKind.SUPERVISOR, Reason.OVER_FLOOR_VALUE)
