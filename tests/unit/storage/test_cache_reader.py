"""The cache reader on real files: each question of the port, and what it says of rows that it cannot believe."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pos_client.domain.business_time import to_ms
from pos_client.domain.codes.member_card import card_number
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.coupon import Lease
from pos_client.domain.errors import CacheMissing
from pos_client.domain.store_profile import Role, StaffMember, StoreProfile
from pos_client.domain.verdict import Use
from pos_client.storage.cache_pointer import CachePointer
from pos_client.storage.cache_reader import SqlCache
from pos_client.usecases.ports import Cache, Freshness
from tests import builders as a

SECRET = a.a_store_secret()


def cache_with(folder: Path, **tables: list[a.Row]) -> SqlCache:
    a.a_cache_in_use(folder, a.a_shop(SECRET) | tables)
    return SqlCache(CachePointer(folder), SECRET)


def test_it_is_the_port(tmp_path: Path) -> None:
    cache: Cache = cache_with(tmp_path)

    assert cache.freshness() == Freshness(1, a.NOON - timedelta(hours=1), "instance.1")


def test_before_the_first_data(tmp_path: Path) -> None:
    cache = SqlCache(CachePointer(tmp_path), SECRET)

    assert cache.freshness() is None
    with pytest.raises(CacheMissing):
        cache.store()


def test_store_and_staff(tmp_path: Path) -> None:
    cache = cache_with(tmp_path)

    assert cache.store() == StoreProfile(
        101, "S101", "人民路店101", "Asia/Shanghai", "CNY", "B1", offline_by_design=False
    )
    assert cache.store_name(102) == "人民路店102"
    assert cache.store_name(999) == ""
    assert cache.staff() == [StaffMember("E01", "小王", Role.CLERK), StaffMember("P05", "小陈", Role.PROMOTER)]


def test_a_signed_coupon_that_no_row_knows(tmp_path: Path) -> None:
    facts = cache_with(tmp_path, coupon=[]).signed_coupon(a.a_signed_coupon(77), genuine=True)

    assert (facts.coupon_id, facts.genuine, facts.revoked, facts.uses, facts.lease) == (
        "1001-77",
        True,
        False,
        (),
        None,
    )
    assert facts.offer == a.an_offer()
    assert (facts.first_day, facts.last_day) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_serial_that_no_column_can_hold_is_a_question_like_any_other(tmp_path: Path) -> None:
    facts = cache_with(tmp_path).signed_coupon(a.a_signed_coupon(2**64 - 1), genuine=False)

    assert (facts.genuine, facts.revoked, facts.uses, facts.lease) == (False, False, (), None)


def test_a_signed_coupon_with_use_lease_and_revocation(tmp_path: Path) -> None:
    serial = 40_000
    cache = cache_with(
        tmp_path,
        coupon_use=[a.use_row(SECRET, f"1001-{serial}")],
        lease=[a.lease_row(first=32_000, last=50_000), a.lease_row(first=60_000, last=61_000)],
        revoked_block=[a.revoked_row([serial])],
    )

    facts = cache.signed_coupon(a.a_signed_coupon(serial), genuine=True)

    at = a.NOON - timedelta(hours=2)
    claim = f"claim of 1001-{serial}.1"
    assert facts.uses == (Use(1, at, 102, 3, "E77", "人民路店102", "小李", "device-of-102", 17, claim),)
    assert facts.lease == Lease(101, a.NOON + timedelta(days=1))
    assert facts.revoked
    assert not cache.signed_coupon(a.a_signed_coupon(serial + 1), genuine=True).revoked
    assert cache.signed_coupon(a.a_signed_coupon(55_000), genuine=True).lease is None


def test_an_opaque_coupon(tmp_path: Path) -> None:
    cache = cache_with(tmp_path)
    facts = cache.opaque_coupon(a.an_opaque_text())

    assert facts is not None
    assert (facts.coupon_id, facts.code_kind, facts.genuine, facts.home_store) == ("c2", "opaque_coupon", True, 101)
    assert cache.opaque_coupon(a.an_opaque_text(9)) is None


def test_a_member_is_found_by_number_card_and_phone(tmp_path: Path) -> None:
    cache = cache_with(tmp_path)
    found = cache.member_by_number(7)

    assert found is not None
    assert (found.number, found.tag) == (7, member_tag(7))
    assert (found.view.ref, found.view.masked, found.view.level) == ("m7", "王** 138****8000", "gold")
    assert (found.view.owner_store, found.view.owner_promoter) == ("人民路店101", "P05")
    assert found.view.since == date(2024, 5, 1)
    assert cache.member_by_card(card_number(7)) == found
    assert cache.member_by_phone(a.PHONE) == [found]


def test_two_accounts_share_a_phone(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, member=[a.member_row(SECRET, 9), a.member_row(SECRET, 7)])

    assert [member.number for member in cache.member_by_phone(a.PHONE)] == [7, 9]
    assert cache.member_by_phone("+8613900000000") == []


def test_a_members_coupons_earliest_expiry_first(tmp_path: Path) -> None:
    late = a.coupon_row(SECRET, serial=3, member=7)
    early = a.coupon_row(SECRET, serial=4, member=7, last_day=late["last_day"] - 30)
    cache = cache_with(tmp_path, coupon=[late, early, a.coupon_row(SECRET, serial=5, member=8)])
    member = cache.member_by_number(7)

    assert member is not None
    assert [facts.coupon_id for facts in cache.coupons_of(member)] == ["1001-4", "1001-3"]
    assert {facts.member_ref for facts in cache.coupons_of(member)} == {"m7"}


def test_a_coupon_of_a_member_who_is_not_here_is_bound_all_the_same(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, coupon=[a.coupon_row(SECRET, text=a.an_opaque_text(), member=8)])
    facts = cache.opaque_coupon(a.an_opaque_text())

    assert facts is not None
    assert facts.is_bound


def test_a_stolen_file_opens_no_member_without_the_secret(tmp_path: Path) -> None:
    cache_with(tmp_path).close()
    thief = SqlCache(CachePointer(tmp_path), a.a_store_secret(2))

    assert thief.member_by_number(7) is None
    assert b"138****8000" not in (tmp_path / "cache-1.db").read_bytes()


def test_a_swapped_file_is_read_at_the_next_question(tmp_path: Path) -> None:
    pointer = CachePointer(tmp_path)
    a.a_cache_in_use(tmp_path, a.a_shop(SECRET))
    cache = SqlCache(pointer, SECRET)
    before = cache.freshness()
    file = a.a_cache(tmp_path / "cache-2.db", a.a_shop(SECRET), a.cache_meta(2))

    pointer.swap(file, 2)

    assert before is not None
    assert before.generation == 1
    assert cache.freshness() == Freshness(2, a.NOON - timedelta(hours=1), "instance.2")


@pytest.mark.expects_log("the offer of campaign 1002 cannot be read")
def test_an_offer_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, offer=[a.offer_row(), {"number": 1002, "body": "{}", "ver": 1}])

    assert cache.offer(1002) is None
    assert [offer.number for offer in cache.offers()] == [1001]


def test_times_are_utc(tmp_path: Path) -> None:
    freshness = cache_with(tmp_path).freshness()

    assert freshness is not None
    assert freshness.as_of.utcoffset() == timedelta(0)
    assert to_ms(freshness.as_of) == to_ms(datetime(2026, 3, 10, 3, tzinfo=UTC))


def test_a_member_whose_columns_cannot_be_opened_is_still_the_same(tmp_path: Path) -> None:
    other = a.member_row(SECRET, 8)["masked"]
    member = cache_with(tmp_path, member=[a.member_row(SECRET, masked=other)]).member_by_number(7)

    assert member is not None
    assert (member.number, member.view.ref, member.view.masked) == (7, "m7", "")


def test_data_that_does_not_describe_its_own_store(tmp_path: Path) -> None:
    cache = cache_with(tmp_path, store=[a.store_row(102)])

    with pytest.raises(CacheMissing, match="does not describe this store"):
        cache.store()


def test_a_campaign_that_nobody_knows(tmp_path: Path) -> None:
    cache = cache_with(tmp_path)

    assert cache.offer(4711) is None
    assert cache.signed_coupon(a.a_signed_coupon(campaign=4711), genuine=True).offer is None
