"""Pages of changes on real files: applied once however often they come, and one bad row stops nothing."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.errors import CacheMissing, SnapshotInvalid
from pos_client.storage.cache_installer import CacheInstaller, Memory, PageOutcome
from pos_client.storage.cache_pointer import CachePointer
from tests import builders as a
from tests import page_builders as p
from tests.integration.storage.cache_lane import SECRET, Lane


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(tmp_path)


def test_an_empty_page_makes_the_data_fresh(lane: Lane) -> None:
    assert lane.apply() == PageOutcome(0, 0)
    freshness = lane.reader.freshness()

    assert freshness is not None
    assert (freshness.as_of, freshness.cursor, freshness.generation) == (a.NOON, "instance.2", 1)
    assert (lane.installer.data_as_of(), lane.installer.cursor()) == (a.NOON, "instance.2")
    assert lane.moments == [a.NOON]


def test_rows_come_change_and_go(lane: Lane) -> None:
    use = a.use_row(SECRET, "1001-1")
    lane.apply(p.page_row("coupon_use", use), p.page_row("offer", a.offer_row(1002)))
    assert [one.use_no for one in lane.reader.signed_coupon(a.a_signed_coupon(1), genuine=True).uses] == [1]
    assert lane.reader.offer(1002) == a.an_offer(1002)

    changed = a.offer_row(1002, ver=3, max_uses=5)
    assert lane.apply(p.page_row("offer", changed), p.a_tombstone("coupon_use", use, 2)) == PageOutcome(2, 0)
    assert lane.reader.signed_coupon(a.a_signed_coupon(1), genuine=True).uses == ()
    assert lane.reader.offer(1002) == a.an_offer(1002, max_uses=5)


def test_every_kind_of_row(lane: Lane) -> None:
    rows = {
        "store": a.store_row(103, name="新店"),
        "staff": a.staff_row("E09"),
        "offer": a.offer_row(1003),
        "coupon": a.coupon_row(SECRET, serial=9),
        "coupon_use": a.use_row(SECRET, "1001-9"),
        "revoked_block": a.revoked_row([70_000]),
        "lease": a.lease_row(),
        "member": a.member_row(SECRET, 12, phone="+8613900139000"),
    }
    assert lane.apply(*[p.page_row(table, row) for table, row in rows.items()]) == PageOutcome(8, 0)

    assert lane.reader.store_name(103) == "新店"
    assert lane.reader.signed_coupon(a.a_signed_coupon(70_000), genuine=True).revoked
    assert [member.number for member in lane.reader.member_by_phone("+8613900139000")] == [12]
    content = lane.content()
    assert {table: tuple(row.values()) in content[table] for table, row in rows.items()} == dict.fromkeys(rows, True)


def test_only_a_growing_version_counts(lane: Lane) -> None:
    lane.apply(p.page_row("staff", a.staff_row("E01", name="五", ver=5)))
    assert lane.apply(p.page_row("staff", a.staff_row("E01", name="四", ver=4))) == PageOutcome(0, 0)
    assert lane.apply(p.a_tombstone("staff", a.staff_row("E01"), 5)) == PageOutcome(0, 0)

    assert [person.name for person in lane.reader.staff()] == ["五", "小陈"]


def test_of_two_rows_for_one_key_the_newer_counts(lane: Lane) -> None:
    new = p.page_row("staff", a.staff_row("E01", name="新", ver=9))
    old = p.page_row("staff", a.staff_row("E01", name="旧", ver=8))

    assert lane.apply(new, old) == PageOutcome(1, 0)
    assert lane.reader.staff()[0].name == "新"


def test_a_member_moves_to_another_phone_and_card(lane: Lane) -> None:
    moved = a.member_row(SECRET, phone="+8613900139000", card_key=5, ver=2)
    lane.apply(p.page_row("member", moved))

    assert lane.reader.member_by_phone(a.PHONE) == []
    assert lane.reader.member_by_card(card_number(7)) is None
    assert [member.number for member in lane.reader.member_by_phone("+8613900139000")] == [7]


def test_a_coupon_changes_hands(lane: Lane) -> None:
    lane.apply(p.page_row("coupon", a.coupon_row(SECRET, serial=1, member=7, ver=2)))
    member = lane.reader.member_by_number(7)

    assert member is not None
    assert [facts.coupon_id for facts in lane.reader.coupons_of(member)] == ["1001-1"]


def test_the_same_page_again_changes_nothing(lane: Lane) -> None:
    rows = [
        p.page_row("staff", a.staff_row("E01", name="五", ver=5)),
        p.a_tombstone("member", a.member_row(SECRET), 3),
    ]
    lane.apply(*rows)
    before = lane.content()

    assert lane.installer.apply_page(p.a_page(rows)) == PageOutcome(0, 0)
    assert lane.content() == before


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"from": "instance.9", "to": "instance.10"}, "cursor"),
        ({"from": "other.1"}, "cursor"),
        ({"store": 102}, "store"),
        ({"rows": {}}, "page"),
        ({"rows": [{}] * 1001}, "page"),
        ({"to": 5}, "page"),
        ({"issued_at": None}, "page"),
        ({"issued_at": "noon"}, "page"),
        ({"issued_at": "2026-03-10T04:00:00"}, "page"),
    ],
)
def test_a_page_that_is_none_changes_nothing(lane: Lane, changes: dict[str, Any], problem: str) -> None:
    before = lane.content()
    page = p.a_page([p.page_row("staff", a.staff_row("E05"))]) | changes

    with pytest.raises(SnapshotInvalid) as invalid:
        lane.installer.apply_page(page)

    assert invalid.value.facts["problem"] == problem
    assert lane.content() == before
    assert lane.installer.cursor() == "instance.1"


def test_without_a_snapshot_there_is_nothing_to_change(tmp_path: Path) -> None:
    installer = CacheInstaller(CachePointer(tmp_path), a.STORE, Memory(lambda: 0, lambda _: None, lambda _: None))

    with pytest.raises((CacheMissing, SnapshotInvalid)):
        installer.apply_page(p.a_page([]))


def test_a_full_page_of_members(lane: Lane) -> None:
    rows = [
        p.page_row("member", a.member_row(SECRET, number, phone=f"+86138{number:08d}")) for number in range(100, 1100)
    ]

    assert lane.apply(*rows) == PageOutcome(1000, 0)
    assert len(lane.content()["member"]) == 1001


CHANGES = st.lists(
    st.tuples(st.sampled_from(["E1", "E2", "E3"]), st.integers(1, 6), st.booleans(), st.text(max_size=3)), max_size=8
)


@settings(max_examples=40)
@given(pages=st.lists(CHANGES, max_size=4))
def test_pages_against_a_model(tmp_path_factory: pytest.TempPathFactory, pages: list[list[Any]]) -> None:
    """One dictionary and the rule that ``ver`` grows give the same people as the file."""
    lane = Lane(tmp_path_factory.mktemp("pages"))
    model: dict[str, tuple[int, str]] = {}
    for page in pages:
        newest: dict[str, tuple[int, bool, str]] = {}
        for staff_id, version, is_gone, name in page:
            if staff_id not in newest or newest[staff_id][0] <= version:
                newest[staff_id] = (version, is_gone, name)
        for staff_id, (version, is_gone, name) in newest.items():
            if model.get(staff_id, (0, ""))[0] < version:
                model.pop(staff_id, None)
                model |= {} if is_gone else {staff_id: (version, name)}
        rows = [
            p.a_tombstone("staff", a.staff_row(staff_id), version)
            if is_gone
            else p.page_row("staff", a.staff_row(staff_id, name=name, ver=version))
            for staff_id, version, is_gone, name in page
        ]
        lane.apply(*rows)
    found = {person.id: person.name for person in lane.reader.staff() if person.id in {"E1", "E2", "E3"}}
    lane.reader.close()
    lane.installer.close()

    assert found == {staff_id: name for staff_id, (_, name) in model.items()}
