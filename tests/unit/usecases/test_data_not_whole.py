"""Data that is old, or of which rows could not be read: what a verdict makes of it, and what is said beside it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, VerdictKind
from pos_client.storage.cache_pointer import CachePointer
from pos_client.usecases.identify_member import open_wallet
from pos_client.usecases.notices import DATA_REFUSED, STORE_CONTACT
from pos_client.usecases.recognise import MemberShown, recognise
from pos_client.usecases.sync_overview import overview
from tests import builders as a
from tests import page_builders as p
from tests.booth_builders import pool_coupon_row
from tests.unit.usecases.coming_pages import take_in
from tests.unit.usecases.counter import DAY, SECRET, Counter

SIGNED, OPAQUE = a.a_signed_coupon(1).text(), a.an_opaque_text()
UNKNOWN = (VerdictKind.SUPERVISOR, Reason.CANNOT_VERIFY_HERE)


def told(verdict: Any) -> tuple[VerdictKind, Reason]:
    """Kind and reason."""
    return verdict.kind, verdict.reason


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize(
    ("table", "row", "codes"),
    [
        pytest.param("coupon", a.coupon_row(SECRET, serial=1, ver=2), [SIGNED], id="a signed coupon's row"),
        pytest.param("coupon", a.coupon_row(SECRET, text=OPAQUE, serial=2, ver=2), [OPAQUE], id="an opaque one's"),
        pytest.param("coupon_use", a.use_row(SECRET, "1001-1"), [SIGNED], id="a use"),
        pytest.param("offer", a.offer_row(ver=2), [SIGNED, OPAQUE], id="the campaign"),
        pytest.param("lease", a.lease_row(), [SIGNED, OPAQUE], id="a lease"),
        pytest.param("pool_coupon", pool_coupon_row(SECRET, a.a_signed_coupon(1)), [SIGNED], id="its place in a pool"),
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


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        pytest.param({}, ["supervisor", "supervisor", "ready"], id="nobody knows where it ends"),
        pytest.param({"last_serial": 10}, ["supervisor", "ready", "ready"], id="its end can be read"),
    ],
)
def test_a_lease_that_cannot_be_read_concerns_no_more_than_it_may_lend(
    counter: Counter, body: dict[str, Any], kinds: list[str]
) -> None:
    good = p.page_row("lease", a.lease_row(first=500))
    take_in(counter, good, p.page_row("lease", a.lease_row(ver=2)) | {"body": body})

    serials = (1, 60, 700)
    assert [counter.check(a.a_signed_coupon(serial).text()).kind for serial in serials] == kinds


@pytest.mark.expects_log("was set aside")
def test_an_opaque_coupon_that_came_unreadable_is_no_unknown_one(counter: Counter) -> None:
    fresh = a.an_opaque_text(3)
    row = p.page_row("coupon", a.coupon_row(SECRET, text=fresh, serial=3))

    take_in(counter, row | {"body": {}})

    assert [told(counter.check(fresh)), told(counter.redeem(fresh))] == [UNKNOWN] * 2


@pytest.mark.expects_log("was set aside")
def test_a_coupon_of_a_member_who_cannot_be_read_is_not_somebody_elses(counter: Counter) -> None:
    theirs = a.an_opaque_text(3)
    bound = p.page_row("coupon", a.coupon_row(SECRET, text=theirs, serial=3, member=8))
    take_in(counter, bound, p.page_row("member", a.member_row(SECRET, 8)) | {"body": {}})

    assert told(counter.check(theirs, a.a_member_slot(7).text())) == UNKNOWN


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize("text", ["", OPAQUE], ids=["a signed one", "an opaque one"])
def test_a_members_own_coupon_is_not_offered_by_its_old_row(counter: Counter, text: str) -> None:
    row = p.page_row("coupon", a.coupon_row(SECRET, text=text, serial=1, member=7, ver=2))
    take_in(counter, row)
    (offered,) = wallet_of(counter)
    assert offered.used

    take_in(counter, row | {"ver": 3, "body": {}})

    (doubted,) = wallet_of(counter)
    assert (doubted.used, doubted.why) == (False, Reason.CANNOT_VERIFY_HERE)


def wallet_of(counter: Counter) -> tuple[CouponOutcome, ...]:
    """The coupons of the member who shows his own code."""
    shown = recognise(counter.desk, a.a_member_slot(7).text(), counter.desk.trusted_time())
    assert isinstance(shown, MemberShown)
    return open_wallet(counter.desk, shown, None).card.coupons


@pytest.mark.expects_log("serves again")
def test_data_that_broke_is_said_and_the_data_before_it_serves(counter: Counter) -> None:
    newer = a.a_cache(counter.folder / "cache-2.db", a.a_shop(SECRET), a.cache_meta(2))
    CachePointer(counter.folder).swap(newer, 2)
    newer.write_bytes(b"broken" * 4096)
    counter.cache.close()

    assert counter.check(SIGNED).kind is VerdictKind.READY
    seen = overview(counter.desk)
    assert (seen.generation, [one.reason for one in seen.notices]) == (1, ["data-fell-back"])
