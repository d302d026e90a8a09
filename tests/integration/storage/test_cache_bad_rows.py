"""Rows that are not what the format says: set aside one by one, unknown meanwhile, and too many of them refused."""

from pathlib import Path
from typing import Any

import pytest

from pos_client.domain.errors import SnapshotInvalid
from pos_client.storage.cache_installer import PageOutcome
from tests import builders as a
from tests import page_builders as p
from tests.integration.storage.cache_lane import SECRET, Lane


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(tmp_path)


GOOD = p.page_row("staff", a.staff_row("E08"))
BAD_ROWS: list[Any] = [
    None,
    7,
    "row",
    [],
    {},
    {"t": "secrets", "k": [1], "ver": 2, "body": {}},
    {"t": ["staff"], "k": ["E01"], "ver": 2, "body": {}},
    {"t": "staff", "k": "E01", "ver": 2, "body": {}},
    {"t": "staff", "k": [], "ver": 2, "body": {}},
    {"t": "staff", "k": [1], "ver": 2, "body": {}},
    {"t": "staff", "k": ["E01"], "ver": "2", "body": {}},
    {"t": "staff", "k": ["E01"], "ver": True, "body": {}},
    {"t": "staff", "k": ["E01"], "ver": 1 << 63, "body": {}},
    {"t": "staff", "k": ["E01"], "ver": 2},
    {"t": "staff", "k": ["E01"], "ver": 2, "body": {"name": "x"}},
    {"t": "staff", "k": ["E01"], "ver": 2, "body": {"name": "x" * 70_000, "role": "clerk"}},
    {"t": "staff", "k": ["E01"], "ver": 2, "body": {"name": "\ud800", "role": "clerk"}},
    {"t": "staff", "k": ["\ud800"], "ver": 2, "body": {"name": "x", "role": "clerk"}},
    {"t": "\ud800", "k": ["E01"], "ver": 2, "body": {}},
    {
        "t": "member",
        "k": [1],
        "ver": 2,
        "body": p.page_row("member", a.member_row(SECRET))["body"] | {"masked": "%"},
    },
    {"t": "offer", "k": [1001], "ver": 2, "body": {"body": "{}"}},
    {"t": "offer", "k": [1001], "ver": 2, "body": {"body": a.offer_row(1002)["body"]}},
    {"t": "lease", "k": [1, 2.5], "ver": 2, "body": {}},
]


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize("bad", BAD_ROWS, ids=str)
def test_a_bad_row_is_set_aside_and_the_others_are_applied(lane: Lane, bad: Any) -> None:
    assert lane.apply(bad, GOOD) == PageOutcome(1, 1)
    assert lane.installer.cursor() == "instance.2"
    assert "E08" in [person.id for person in lane.reader.staff()]


@pytest.mark.expects_log("was set aside")
def test_what_was_set_aside_is_unknown_until_it_comes_right(lane: Lane) -> None:
    offer, member = p.page_row("offer", a.offer_row(ver=2)), p.page_row("member", a.member_row(SECRET, ver=2))
    coupon = p.page_row("coupon", a.coupon_row(SECRET, text=a.an_opaque_text(), serial=2, ver=2))
    use = p.page_row("coupon_use", a.use_row(SECRET, "1001-1", ver=2))
    block = p.page_row("revoked_block", a.revoked_row([70_000], ver=2))
    rows = [offer, member, coupon, use, block]
    lane.apply(*[row | {"body": None} for row in rows])

    assert lane.reader.offer(1001) is None
    assert lane.reader.member_by_number(7) is None
    assert lane.reader.member_by_phone(a.PHONE) == []
    doubtful = lane.reader.opaque_coupon(a.an_opaque_text())
    assert doubtful is not None
    assert not doubtful.readable
    in_block = lane.reader.signed_coupon(a.a_signed_coupon(70_001), genuine=True)
    assert (in_block.readable, in_block.revoked) == (False, False)
    assert lane.installer.set_aside() == lane.reader.set_aside() == 5

    assert lane.apply(*rows) == PageOutcome(5, 0)
    assert lane.reader.offer(1001) == a.an_offer()
    assert lane.reader.member_by_number(7) is not None
    readable = lane.reader.opaque_coupon(a.an_opaque_text())
    assert readable is not None
    assert readable.readable
    assert lane.installer.set_aside() == lane.reader.set_aside() == 0
    assert len(lane.reader.signed_coupon(a.a_signed_coupon(1), genuine=True).uses) == 1
    assert not lane.reader.signed_coupon(a.a_signed_coupon(70_001), genuine=True).revoked


@pytest.mark.expects_log("was set aside")
def test_a_coupon_whose_use_cannot_be_read_is_not_believed(lane: Lane) -> None:
    use = p.page_row("coupon_use", a.use_row(SECRET, "1001-1"))
    lane.apply(use | {"body": {}})

    assert not lane.reader.signed_coupon(a.a_signed_coupon(1), genuine=True).readable
    assert lane.reader.signed_coupon(a.a_signed_coupon(2), genuine=True).readable


@pytest.mark.expects_log("was set aside")
@pytest.mark.parametrize(
    ("members", "most"),
    [
        pytest.param(0, 10, id="few rows"),
        pytest.param(2_998, 30, id="a hundredth"),
        pytest.param(10_998, 100, id="100"),
    ],
)
def test_too_many_bad_rows_keep_the_old_data(lane: Lane, members: int, most: int) -> None:
    for first in range(0, members, 1_000):
        numbers = range(first + 100, min(first + 1_000, members) + 100)
        lane.apply(*[p.page_row("member", a.member_row(SECRET, one, phone=f"+86138{one:08d}")) for one in numbers])
    before, cursor = lane.content(), lane.installer.cursor()
    bad = [{"t": "staff", "k": [f"E{number}"], "ver": 2} for number in range(most + 1)]

    with pytest.raises(SnapshotInvalid) as invalid:
        lane.apply(GOOD, *bad)

    assert invalid.value.facts["problem"] == "malformed"
    assert (lane.content(), lane.installer.cursor(), lane.alarms[-1:]) == (before, cursor, [most + 1])
    assert lane.apply(GOOD, *bad[1:]) == PageOutcome(1, most)
    assert lane.alarms[-1:] == [0]
