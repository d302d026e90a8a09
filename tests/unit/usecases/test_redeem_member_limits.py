"""How often one member may use a campaign, as far as this lane recorded it."""

from typing import Any

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from tests import builders as a
from tests.unit.usecases.counter import DAY, OpenCounter, Tables


def of(**changes: Any) -> Any:
    """A shop with this offer instead of the plain one."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(1001, **changes)]

    return change


def serial(number: int) -> str:
    """A coupon of the campaign."""
    return a.a_signed_coupon(number).text()


def test_a_members_limit_a_day(open_counter: OpenCounter) -> None:
    counter = open_counter(of(conditions={"member": "any", "per_member_per_day": 1}))

    verdicts = [counter.redeem(serial(number), card_number(7)) for number in (1, 2)]
    counter.clock.pass_by(DAY)
    verdicts.append(counter.redeem(serial(2), card_number(7)))

    assert [verdict.reason for verdict in verdicts] == [Reason.ACCEPTED, Reason.MEMBER_DAY_LIMIT, Reason.ACCEPTED]


def test_whoever_stays_unknown_does_not_evade_a_limit_a_day(open_counter: OpenCounter) -> None:
    counter = open_counter(of(conditions={"per_member_per_day": 1}))

    assert [counter.redeem(serial(1)).reason, counter.redeem(serial(1), card_number(7)).reason] == [
        Reason.MEMBER_NEEDED,
        Reason.ACCEPTED,
    ]


@pytest.mark.parametrize(
    ("offer", "reasons"),
    [
        pytest.param(
            {"conditions": {"per_member": 2}}, [Reason.ACCEPTED, Reason.ACCEPTED, Reason.MEMBER_LIMIT], id="2"
        ),
        pytest.param(
            {"effects": [{"kind": "sample", "item": "s", "name": "sample"}]},
            [Reason.ACCEPTED, Reason.MEMBER_LIMIT, Reason.MEMBER_LIMIT],
            id="a sample once",
        ),
    ],
)
def test_a_members_limit_in_all(open_counter: OpenCounter, offer: dict[str, Any], reasons: list[Reason]) -> None:
    counter = open_counter(of(**offer))

    found = []
    for number in (1, 2, 3):
        found.append(counter.redeem(serial(number), card_number(7)).reason)
        counter.clock.pass_by(DAY)

    assert reasons == found
