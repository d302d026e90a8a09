"""Coupons offered together: what is ticked and why, other sets, the next tier, and one commit for all of them."""

from dataclasses import replace

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Use
from pos_client.usecases.set_view import CouponSet, SetChange, SetDeed
from pos_client.usecases.till_view import Level, TillAnswer, UndoReason
from tests import builders as a
from tests.unit.usecases.counter import SECRET, Counter, OpenCounter, Tables
from tests.unit.usecases.till import Till

CARD, OTHER_CARD, PHONE = card_number(7), card_number(8), "13800138000"
OPEN = SetChange(SetDeed.OPEN)


def offer(number: int, off: int, spend: int = 0, group: str = "", **more: object) -> a.Row:
    """So much off from so much; coupons of one group do not go together."""
    conditions = {"min_spend_minor": spend} if spend else {}
    stacking = {"stacking": {"group": group}} if group else {}
    effects = [{"kind": "amount_off", "amount_minor": off}]
    return a.offer_row(number, conditions=conditions, effects=effects, **stacking, **more)


def shop(tables: Tables) -> None:
    """Member 7 with twenty off from a hundred, ten off, and fifty off from two hundred instead of the first."""
    tables["offer"] = [
        offer(2001, 2000, 10_000, "spend"),
        offer(2002, 1000),
        offer(2003, 5000, 20_000, "spend"),
        offer(2004, 500, 0, "spend"),
    ]
    tables["coupon"] = [
        a.coupon_row(SECRET, text=a.an_opaque_text(number), campaign=number, serial=number, member=7)
        for number in (2001, 2002, 2003, 2004)
    ]
    tables["member"].append(a.member_row(SECRET, 8, phone="+8613800138008"))


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """Return a counter of that shop."""
    return open_counter(shop)


@pytest.fixture
def till(counter: Counter) -> Till:
    """Return a till with member 7 and an amount of 138."""
    made = Till(counter)
    made.scan(CARD)
    made.amount(13_800)
    return made


def change(till: Till, deed: SetDeed = SetDeed.OPEN, **more: object) -> TillAnswer:
    """A change of the set, which is answered."""
    answer = till.session.change_set(SetChange(deed, **more), 9)  # type: ignore[arg-type]
    assert answer is not None
    return answer


def offered(till: Till) -> CouponSet:
    """What lies on the counter."""
    shown = till.session.customer().offered
    assert shown is not None
    return shown


def ticked(till: Till) -> set[str]:
    """Ids of the ticked coupons."""
    return {row.outcome.id for row in offered(till).rows if row.outcome.used}


def test_the_best_set_is_ticked_already(till: Till) -> None:
    answer = change(till)

    assert (answer.verdict.reason, answer.level, answer.is_quiet) == (Reason.SET_READY, Level.READY, True)
    assert (answer.verdict.discount_minor, answer.customer.awaits_confirm) == (3000, True)
    assert ticked(till) == {"c2001", "c2002"}
    assert till.counter.entries() == []


def test_each_coupon_that_is_not_ticked_says_why(till: Till) -> None:
    change(till)
    why = {row.outcome.id: row.outcome.why for row in offered(till).rows if not row.outcome.used}

    assert why == {"c2003": Reason.BELOW_THRESHOLD, "c2004": Reason.NOT_STACKABLE}


def test_other_sets_say_what_they_cost_and_what_the_customer_keeps(till: Till) -> None:
    change(till)
    sets = offered(till).sets

    assert [found.saving_minor for found in sets][:2] == [3000, 1500]
    assert (sets[1].less_minor, len(sets[1].keeps)) == (1500, 1)
    assert [found.is_chosen for found in sets][:2] == [True, False]


def test_the_next_tier_says_what_a_little_more_would_bring(till: Till) -> None:
    change(till)
    tier = offered(till).next_tier

    assert tier is not None
    assert (tier.missing_minor, tier.threshold_minor, tier.more_minor) == (6200, 20_000, 3000)


def test_unticking_counts_anew_and_can_be_taken_back(till: Till) -> None:
    change(till)
    change(till, SetDeed.TOGGLE, coupon_id="c2002")
    assert (ticked(till), offered(till).saving_minor, offered(till).can_undo) == ({"c2001"}, 2000, True)
    assert next(row for row in offered(till).rows if row.outcome.id == "c2002").is_left_aside

    change(till, SetDeed.UNDO)
    assert (ticked(till), offered(till).can_undo) == ({"c2001", "c2002"}, False)


def test_ticking_what_clashes_puts_the_other_aside(till: Till) -> None:
    change(till)
    change(till, SetDeed.TOGGLE, coupon_id="c2004")

    assert (ticked(till), offered(till).saving_minor) == ({"c2002", "c2004"}, 1500)


def test_what_cannot_be_used_cannot_be_ticked(till: Till) -> None:
    change(till)
    change(till, SetDeed.TOGGLE, coupon_id="c2003")

    assert (ticked(till), offered(till).can_undo) == ({"c2001", "c2002"}, False)


def test_another_set_is_chosen_by_its_number(till: Till) -> None:
    change(till)
    change(till, SetDeed.CHOOSE, place=1)

    assert (ticked(till), offered(till).sets[1].is_chosen) == ({"c2002", "c2004"}, True)


def test_enter_redeems_the_set_in_one_commit(till: Till) -> None:
    change(till)

    assert till.enter() is Reason.SET_REDEEMED
    kinds = [entry.kind for entry in till.counter.entries()]
    assert kinds.count(EntryKind.REDEEM) == 2
    assert kinds.count(EntryKind.TRANSACTION) == 1
    customer = till.session.customer()
    assert (customer.offered, customer.amount_minor, customer.awaits_confirm) == (None, None, False)


def test_one_undo_takes_the_whole_set_back(till: Till) -> None:
    change(till)
    till.enter()
    redeemed = [entry for entry in till.counter.entries() if entry.kind is EntryKind.REDEEM]

    answer = till.session.undo(redeemed[0].seq, UndoReason.WRONG_COUPON, 9)

    assert answer is not None
    assert (answer.verdict.reason, len(answer.verdict.coupons)) == (Reason.VOIDED, 2)


def test_a_coupon_used_meanwhile_stops_the_set_and_is_counted_out(till: Till) -> None:
    change(till)
    till.counter.centre.taken_elsewhere("c2001", Use(1, a.NOON, 102, 3, "E77"))

    assert till.enter() is Reason.ALREADY_USED
    row = next(row for row in offered(till).rows if row.outcome.id == "c2001")
    assert (row.outcome.why, row.can_tick, row.use is not None) == (Reason.ALREADY_USED, False, True)
    assert EntryKind.TRANSACTION not in [entry.kind for entry in till.counter.entries()]
    assert (offered(till).saving_minor, till.waits[0]) == (1500, True)
    assert till.enter() is Reason.SET_REDEEMED


def test_a_scan_in_between_is_taken_and_the_set_stays(till: Till) -> None:
    change(till)
    answer = till.scan("hello")

    assert (answer.level, answer.customer.awaits_confirm) == (Level.NO, True)
    assert ticked(till) == {"c2001", "c2002"}


def test_another_customer_puts_the_set_aside_and_the_first_one_finds_it_again(till: Till) -> None:
    change(till)
    change(till, SetDeed.TOGGLE, coupon_id="c2002")
    assert till.scan(OTHER_CARD).customer.offered is None

    customer = till.scan(CARD).customer
    assert (customer.amount_minor, customer.awaits_confirm) == (13_800, True)
    assert ticked(till) == {"c2001"}


def test_a_phone_number_alone_shows_coupons_and_uses_none(counter: Counter) -> None:
    till = Till(counter)
    till.scan(PHONE)
    till.amount(13_800)

    assert change(till).verdict.reason is Reason.SET_NONE
    assert {row.outcome.why for row in offered(till).rows} == {Reason.PROOF_NEEDED}
    assert till.enter() is None


def test_who_has_no_coupon_is_not_told_to_choose_one(counter: Counter) -> None:
    till = Till(counter)
    till.scan(OTHER_CARD)
    till.amount(13_800)

    answer = change(till)

    assert (answer.verdict.reason, answer.level) == (Reason.SET_NONE, Level.READY)
    assert till.enter() is None


def test_who_puts_every_coupon_aside_can_still_choose(till: Till) -> None:
    change(till)
    change(till, SetDeed.TOGGLE, coupon_id="c2001")

    assert change(till, SetDeed.TOGGLE, coupon_id="c2002").verdict.reason is Reason.SET_EMPTY


def test_without_an_amount_nothing_is_offered_yet(counter: Counter) -> None:
    till = Till(counter)
    till.scan(CARD)

    assert till.session.change_set(OPEN, 9) is None
    assert (offered(till).rows, offered(till).amount_minor) == ((), None)


def test_a_new_amount_counts_the_open_set_anew(till: Till) -> None:
    change(till)
    till.amount(20_000)

    assert ticked(till) == {"c2002", "c2003"}
    assert offered(till).saving_minor == 6000
    assert replace(offered(till), rows=()).next_tier is None
