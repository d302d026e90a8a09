"""Whose member somebody is after he was served: each rule, and the edges of its window."""

from datetime import date, timedelta

import pytest

from pos_client.domain.attribution import Owner, owner_after
from pos_client.domain.trade_policy import AttributionPolicy, OwnerRule

FIRST, LAST, PROTECTED = OwnerRule.FIRST_TOUCH, OwnerRule.LAST_TOUCH, OwnerRule.PROTECTED
BOUND = date(2026, 3, 1)
OTHERS, OURS, OUR_TILL = Owner("2", "P2"), Owner("1", "P1"), Owner("1")
COLLEAGUES = Owner("1", "P9")


@pytest.mark.parametrize(
    ("present", "actor", "rule", "after_days", "expected"),
    [
        pytest.param(None, OURS, FIRST, 0, OURS, id="nobody's member belongs to whoever comes first"),
        pytest.param(Owner(""), OURS, FIRST, 0, OURS, id="an owner without a store is nobody"),
        pytest.param(OTHERS, OURS, FIRST, 9_999, OTHERS, id="first touch stays for ever"),
        pytest.param(OTHERS, OURS, LAST, 0, OURS, id="last touch moves at once"),
        pytest.param(OTHERS, OURS, PROTECTED, 29, OTHERS, id="the last protected day"),
        pytest.param(OTHERS, OURS, PROTECTED, 30, OURS, id="the first day after"),
        pytest.param(COLLEAGUES, OURS, LAST, 0, OURS, id="a colleague of the same store"),
        pytest.param(COLLEAGUES, OUR_TILL, LAST, 0, COLLEAGUES, id="a till without a promoter takes nobody's member"),
        pytest.param(OTHERS, OUR_TILL, LAST, 0, OUR_TILL, id="but that of another store"),
    ],
)
def test_the_owner_after(
    present: Owner | None, actor: Owner, rule: OwnerRule, after_days: int, expected: Owner
) -> None:
    policy = AttributionPolicy(rule, protected_days=30)

    assert owner_after(present, BOUND, actor, BOUND + timedelta(days=after_days), policy) == expected


def test_a_member_of_unknown_age_is_not_protected() -> None:
    assert owner_after(OTHERS, None, OURS, BOUND, AttributionPolicy(PROTECTED)) == OURS
