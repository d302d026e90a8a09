"""The end of a day: blind until it is counted, kept at every step, never signed by itself, and never twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.usecases.day_end import Signatures
from pos_client.usecases.day_end_facts import Block, DayEndFacts
from pos_client.usecases.day_end_state import Decision, Step, load
from tests.unit.usecases.day_shop import BOSS, BOSS_PIN, CATS, CLERK_PIN, SIGNED, TEAS, WRONG, DayShop, a_day_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[DayShop]:
    """Return a shop whose day is to be closed, without a network."""
    made = a_day_shop(tmp_path)
    yield made
    made.counter.journal.close()


def signed(shop: DayShop, facts: DayEndFacts, who: Signatures = SIGNED) -> DayEndFacts:
    return shop.end.sign(facts.state, who)


def test_before_the_count_nothing_tells_what_should_be_there(shop: DayShop) -> None:
    shop.redeem(1, 2)
    state = shop.end.open().state.with_count("plush-cat", CATS - 1)

    facts = shop.end.change(state)

    assert [one.item for one in facts.to_count] == ["plush-cat", "tea-box"]
    assert facts.differences == ()
    assert facts.campaigns == facts.promoters == ()
    assert facts.table is None
    assert f"{TEAS}" not in repr(facts)


def test_a_count_that_is_done_is_not_changed_any_more(shop: DayShop) -> None:
    facts = shop.counted(**{"plush-cat": CATS - 1})

    again = shop.end.change(replace(facts.state, counted={"plush-cat": CATS, "tea-box": TEAS}, is_counted=False))

    assert again.state.counted["plush-cat"] == CATS - 1
    assert [(one.item, one.gap) for one in again.differences] == [("plush-cat", -1)]


def test_every_step_is_found_again_after_a_restart(shop: DayShop) -> None:
    shop.redeem(1)
    state = shop.counted(**{"plush-cat": 1}).state
    for step, reason, note, supervisor in (
        (Step.UPLOAD, "", "", ""),
        (Step.CONFLICTS, "", "", ""),
        (Step.DIFFERENCES, "not-known", "wet", ""),
        (Step.SIGN, "not-known", "wet", BOSS),
    ):
        state = shop.end.change(replace(state.at(step), reason=reason, note=note, supervisor=supervisor)).state

        assert shop.end.open().state == state
        assert load(shop.counter.journal) == state
        assert state.step is step


def test_nothing_may_lie_begun_when_the_count_is_done(shop: DayShop) -> None:
    shop.counter.centre.is_reachable = False
    from tests.unit.usecases.test_day_figures import an_intent_stands  # noqa: PLC0415

    an_intent_stands(shop)

    facts = shop.counted()

    assert facts.open_intents == 1
    assert facts.state.step is Step.COUNT
    assert shop.end.cancel_begun(facts.state).open_intents == 0


def test_a_conflict_waits_for_a_person_and_stops_the_signature(shop: DayShop) -> None:
    (seq,) = shop.redeem(1)
    shop.deliver(**{f"e{seq}": "conflict"})
    facts = shop.counted()

    assert [(one.key, one.decision) for one in facts.conflicts] == [(f"1/{seq}", None)]
    assert shop.end.change(facts.state.at(Step.SIGN)).state.step is Step.CONFLICTS
    stopped = signed(shop, facts)
    assert Block.CONFLICTS in stopped.blocks
    assert shop.closes() == 0


def test_what_is_to_be_taken_back_is_voided_when_the_day_is_signed(shop: DayShop) -> None:
    (seq,) = shop.redeem(1)
    shop.deliver(**{f"e{seq}": "conflict"})
    facts = shop.end.change(shop.counted().state.with_decision(f"1/{seq}", Decision.UNDO))
    facts = shop.end.change(replace(facts.state, reason="not-known", supervisor=BOSS).at(Step.SIGN))
    assert EntryKind.VOID not in shop.kinds()

    done = signed(shop, facts)

    assert done.closed is not None
    assert shop.kinds()[-2:] == [EntryKind.VOID, EntryKind.CLOSE_DAY]
    accepted = shop.counter.entries()[-1].fields()["differences_accepted"]
    assert accepted["by"] == BOSS
    assert accepted["reason"] == f"not-known; 1/{seq}=undo"


def test_a_difference_needs_a_reason(shop: DayShop) -> None:
    facts = shop.counted(**{"tea-box": TEAS + 1})

    stopped = shop.end.change(facts.state.at(Step.SIGN))

    assert stopped.state.step is Step.DIFFERENCES
    assert stopped.blocks == (Block.REASON,)
    assert shop.end.change(replace(stopped.state, reason="not-known").at(Step.SIGN)).state.step is Step.SIGN


def test_what_waits_is_waited_for_while_there_is_a_network_and_sealed_without(shop: DayShop) -> None:
    shop.redeem(1, 2)
    facts = shop.counted()
    shop.office.has_contact = True
    assert signed(shop, facts).blocks == (Block.UNSENT,)

    shop.office.has_contact = False
    done = signed(shop, facts)

    assert done.closed is not None
    assert (done.closed.redeemed, done.closed.sealed) == (2, 4)


@pytest.mark.parametrize("who", [Signatures(WRONG, BOSS, BOSS_PIN), Signatures(CLERK_PIN, BOSS, WRONG)])
def test_the_fifth_wrong_pin_costs_a_minute_and_the_day_stays_open(shop: DayShop, who: Signatures) -> None:
    shop.redeem(1)
    facts = shop.counted()
    reasons = [refusal.reason for _ in range(5) if (refusal := signed(shop, facts, who).refusal)]

    assert reasons == [Reason.PIN_WRONG] * 4 + [Reason.PIN_LOCKED]
    locked = signed(shop, facts)
    assert locked.refusal is not None
    assert locked.refusal.reason is Reason.PIN_LOCKED
    assert shop.closes() == 0
    assert shop.end.open().state.counted == {"plush-cat": CATS, "tea-box": TEAS}


def test_the_clerk_does_not_sign_for_both(shop: DayShop) -> None:
    facts = shop.counted()

    refused = signed(shop, facts, Signatures(CLERK_PIN, "", ""))

    assert refused.refusal is not None
    assert shop.closes() == 0


def test_a_day_is_signed_once_however_often_enter_is_pressed(shop: DayShop) -> None:
    shop.redeem(1)
    facts = shop.counted()

    first, second = signed(shop, facts), signed(shop, facts)

    assert first.closed == second.closed
    assert first.closed is not None
    assert shop.closes() == 1
    assert shop.end.open().closed == first.closed
    shop.end.finish()
    assert shop.end.open().state.step is Step.COUNT


def test_no_pin_is_kept(shop: DayShop) -> None:
    shop.redeem(1)
    signed(shop, shop.counted())

    kept = shop.counter.journal.meta("day_end") or ""

    assert CLERK_PIN not in kept
    assert BOSS_PIN not in kept
    assert CLERK_PIN not in repr(SIGNED)
