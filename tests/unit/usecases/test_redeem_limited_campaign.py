"""A campaign with so many uses in all, at a lane that reaches nobody: its own part of it, or none."""

from typing import Any

from pos_client.domain.basket import of_amount
from pos_client.domain.reasons import Reason
from tests import builders as a
from tests.unit.usecases.counter import Counter, OpenCounter, Tables

CAMPAIGN = 1001


def alone(open_counter: OpenCounter, part: int | None, change: Any = None) -> Counter:
    """A counter that reaches nobody, with this part of the plain campaign."""

    def limited(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(CAMPAIGN, conditions={"total_uses": 500}, offline={"policy": "allow"})]
        if change:
            change(tables)

    counter = open_counter(limited)
    counter.centre.is_reachable = False
    counter.parts = {} if part is None else {CAMPAIGN: part}
    return counter


def code(number: int) -> str:
    """A coupon of the campaign."""
    return a.a_signed_coupon(number).text()


def test_without_a_part_the_network_is_needed(open_counter: OpenCounter) -> None:
    counter = alone(open_counter, None)

    assert [counter.check(code(1)).reason, counter.redeem(code(1)).reason] == [Reason.NETWORK_NEEDED] * 2
    counter.centre.is_reachable = True
    assert counter.redeem(code(1)).reason is Reason.ACCEPTED


def test_its_part_is_counted_down_and_what_is_taken_back_counts_no_more(open_counter: OpenCounter) -> None:
    counter = alone(open_counter, 2)

    verdicts = [counter.redeem(code(number)) for number in (1, 2, 3)]
    assert [verdict.reason for verdict in verdicts] == [Reason.ACCEPTED_OFFLINE] * 2 + [Reason.QUOTA_EXHAUSTED]
    entry = verdicts[0].entry
    assert entry is not None
    assert counter.void(entry.seq).reason is Reason.VOIDED
    assert counter.redeem(code(3)).reason is Reason.ACCEPTED_OFFLINE


def test_what_the_centre_granted_is_not_of_its_part(open_counter: OpenCounter) -> None:
    counter = alone(open_counter, 1)
    counter.centre.is_reachable = True
    assert counter.redeem(code(1)).reason is Reason.ACCEPTED
    counter.centre.is_reachable = False

    assert counter.redeem(code(2)).reason is Reason.ACCEPTED_OFFLINE


def test_two_coupons_of_one_purchase_are_two_uses(open_counter: OpenCounter) -> None:
    counter = alone(open_counter, 1)

    counter.purchase(code(1), code(2), basket=of_amount(10_000))

    assert counter.journal.uses_alone(CAMPAIGN) == 1


def test_a_lease_lends_a_coupon_and_not_a_place(open_counter: OpenCounter) -> None:
    def leased(tables: Tables) -> None:
        tables["lease"] = [a.lease_row(CAMPAIGN)]

    assert alone(open_counter, None, leased).redeem(code(1)).reason is Reason.NETWORK_NEEDED
