"""What is known of one coupon: free uses, the latest use, whose it is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.situations import DAY, NOON, coupon, offer, use


@given(st.sets(st.integers(1, 6)), st.integers(1, 6))
def test_the_next_use_is_the_first_free_one(taken: set[int], most: int) -> None:
    facts = coupon(offer=offer(max_uses=most), uses=tuple(use(number) for number in taken))
    free = [number for number in range(1, most + 1) if number not in taken]

    assert (free[0] if free else None) == facts.next_use_no()


def test_a_coupon_of_an_unknown_campaign_has_one_use() -> None:
    assert coupon(offer=None).max_uses == 1


@pytest.mark.parametrize(
    ("uses", "latest"),
    [
        pytest.param((), None, id="never used"),
        pytest.param((use(1, NOON), use(2, NOON - DAY)), 1, id="by time, not by number"),
        pytest.param((use(1, None), use(2, datetime(1970, 1, 1, tzinfo=UTC))), 2, id="a known time before none"),
        pytest.param((use(1, None), use(3, None), use(2, None)), 3, id="no times: by number"),
    ],
)
def test_the_latest_use(uses: tuple[object, ...], latest: int | None) -> None:
    found = coupon(uses=uses).last_use()

    assert latest == (found.use_no if found else None)


@pytest.mark.parametrize(
    ("changes", "bound"), [({}, False), ({"member_tag": 1}, True), ({"member_ref": "m-1"}, True)], ids=str
)
def test_whose_it_is(changes: dict[str, object], bound: bool) -> None:
    assert bound == coupon(**changes).is_bound
