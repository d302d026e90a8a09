"""A counted prize waits for the hand that gives it: held on the scan, recorded when the customer has it, or let go."""

from datetime import timedelta

import pytest

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.scan import Scan, ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.scan.sound import Sound, sound_of
from pos_client.usecases.accounts import Accounts
from pos_client.usecases.authorise import Signature
from pos_client.usecases.handing import Waiting, give, give_instead, give_later, handing_facts
from pos_client.usecases.hold import end_overdue
from pos_client.usecases.till_session import TillSession
from pos_client.usecases.till_view import TillAnswer, UndoReason
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.booth_shop import CAT
from tests.unit.usecases.counter import CLERK, COLLEAGUE, PROMOTER, WORDING, Counter, OpenCounter, Tables, said
from tests.unit.usecases.test_authorise import a_book

BOSS, PIN = "S01", "271828"
COUPON = a.a_signed_coupon().text()
DOG = {"kind": "gift", "item": "plush-dog", "name": {"zh": "毛绒小狗", "en": "Plush dog"}}


class Hands:
    """A session that hands things over, and its counter."""

    def __init__(self, counter: Counter, *, keeps_things: bool = True) -> None:
        self.counter = counter
        self.session = TillSession(counter.desk, CLERK, PROMOTER)
        self.session.keeps_things = keeps_things

    def scan(self, text: str = COUPON) -> TillAnswer:
        """Somebody shows a code."""
        answer = self.session.scan(Scan(text, ScanSource.CAMERA, self.counter.clock.wall), 1)
        said(answer.verdict)
        return answer

    def left(self, item: str = "plush-cat") -> int:
        """Of a thing."""
        found = Accounts(self.counter.desk).stock_of(item)
        assert found is not None
        return found.quantity

    def first(self) -> Waiting:
        """What waits first."""
        return handing_facts(self.counter.desk, self.session).waiting[0]


def prizes(stock: int = 3) -> object:
    """A shop whose coupons are good for a plush cat."""

    def change(tables: Tables) -> None:
        tables["offer"] = [a.offer_row(effects=[CAT]), a.offer_row(4002, on="bind", effects=[DOG])]
        tables["stock"] = [b.stock_row(quantity=stock), b.stock_row("plush-dog", 9)]
        tables["staff"].append(a.staff_row(BOSS, role="supervisor", name="周主管"))

    return change


@pytest.fixture
def hands(open_counter: OpenCounter) -> Hands:
    """Three cats lie here."""
    return Hands(open_counter(prizes()))


@pytest.fixture
def empty(open_counter: OpenCounter) -> Hands:
    """None is left."""
    counter = open_counter(prizes(0))
    counter.pins = a_book(**{BOSS: PIN})
    return Hands(counter)


def test_the_scan_keeps_it_and_gives_nothing(hands: Hands) -> None:
    answer = hands.scan()

    assert (answer.verdict.kind, answer.verdict.reason) == (VerdictKind.READY, Reason.THING_HELD)
    assert answer.customer.awaits_hand_over
    assert hands.counter.kinds() == [EntryKind.INTENT]
    facts = handing_facts(hands.counter.desk, hands.session)
    assert (facts.waiting[0].item, facts.waiting[0].left, facts.waiting[0].seq) == ("plush-cat", 3, 0)
    assert facts.held_until == hands.counter.clock.wall + timedelta(seconds=120)


def test_the_hand_that_gives_redeems_and_takes_it_off_the_stock(hands: Hands) -> None:
    hands.scan()
    answer = give(hands.counter.desk, hands.session, hands.first())

    assert answer is not None
    assert answer.verdict.kind is VerdictKind.ACCEPTED
    assert sound_of(answer) is Sound.WIN
    assert hands.counter.kinds() == [EntryKind.INTENT, EntryKind.REDEEM, EntryKind.HAND_OVER]
    assert hands.left() == 2
    assert [row.operator for row in handing_facts(hands.counter.desk, hands.session).given] == ["小王"]


def test_f8_brings_the_coupon_and_the_thing_back(hands: Hands) -> None:
    hands.scan()
    given = give(hands.counter.desk, hands.session, hands.first())
    assert given is not None
    undone = hands.session.undo(given.undo_seq, UndoReason.SLIP, 2)

    assert undone is not None
    assert undone.verdict.reason is Reason.VOIDED
    assert hands.left() == 3
    assert hands.scan().verdict.reason is Reason.THING_HELD


def test_whoever_goes_away_is_waited_for_no_longer_than_the_policy_says(hands: Hands) -> None:
    hands.scan()
    hands.counter.clock.pass_by(timedelta(seconds=121))

    assert end_overdue(hands.counter.desk) == 1
    assert hands.counter.check(COUPON).kind is VerdictKind.READY
    assert hands.session.end_idle_purchase()
    assert handing_facts(hands.counter.desk, hands.session).waiting == ()


def test_another_day_lets_the_coupon_go(hands: Hands) -> None:
    hands.scan()
    answer = give_later(hands.counter.desk, hands.session, hands.first())
    said(answer.verdict)

    assert answer.verdict.reason is Reason.THING_LATER
    assert not answer.customer.awaits_hand_over
    assert hands.counter.journal.open_intents() == []
    assert hands.scan().verdict.reason is Reason.THING_HELD


def test_the_second_scan_of_a_claimed_prize_says_who_and_when(hands: Hands) -> None:
    hands.scan()
    give(hands.counter.desk, hands.session, hands.first())
    again = hands.scan()

    assert again.verdict.reason is Reason.ALREADY_USED
    assert again.verdict.use is not None
    assert (again.verdict.use.operator_name, again.verdict.use.at) == ("小王", hands.counter.clock.wall)


def test_a_prize_that_is_out_may_be_another_where_a_supervisor_agrees(empty: Hands) -> None:
    empty.scan()
    thing = empty.first()
    assert thing.is_out
    wrong = give_instead(empty.counter.desk, empty.session, thing, "plush-dog", Signature(BOSS, "999999"))
    before = empty.counter.kinds()
    right = give_instead(empty.counter.desk, empty.session, thing, "plush-dog", Signature(BOSS, PIN))

    assert wrong is not None
    assert wrong.verdict.reason is Reason.PIN_WRONG
    assert EntryKind.REDEEM not in before
    assert right is not None
    assert (right.verdict.kind, empty.left("plush-dog")) == (VerdictKind.ACCEPTED, 8)
    assert [WORDING.of_reward(reward).en for reward in said(right.verdict).rewards] == ["Hand over: Plush dog × 1"]
    handed = empty.counter.entries()[-1].fields()
    assert (handed["item"], handed["swapped_for"], handed["supervisor"]) == ("plush-dog", "plush-cat", BOSS)


def test_a_clerk_agrees_to_nothing(empty: Hands) -> None:
    empty.scan()
    answer = give_instead(empty.counter.desk, empty.session, empty.first(), "plush-dog", Signature(COLLEAGUE, PIN))

    assert answer is not None
    assert answer.verdict.reason is Reason.SWAP_NEEDS_SUPERVISOR
    assert empty.counter.kinds() == [EntryKind.INTENT]


def test_where_nobody_hands_over_it_is_given_at_once_as_ever(open_counter: OpenCounter) -> None:
    hands = Hands(open_counter(prizes()), keeps_things=False)

    assert hands.scan().verdict.kind is VerdictKind.ACCEPTED
    assert hands.counter.kinds() == [EntryKind.INTENT, EntryKind.REDEEM, EntryKind.HAND_OVER]


def test_what_nobody_counts_needs_no_hold(open_counter: OpenCounter) -> None:
    def change(tables: Tables) -> None:
        prizes()(tables)  # type: ignore[operator]
        tables["stock"] = []

    hands = Hands(open_counter(change))

    assert hands.scan().verdict.kind is VerdictKind.ACCEPTED


def test_what_an_earlier_deed_entitles_to_waits_until_it_is_given(hands: Hands) -> None:
    plain = Hands(hands.counter, keeps_things=False)
    seq = plain.scan().verdict.entry
    assert seq is not None
    hands.counter.void(seq.seq + 1)  # the hand-over alone: it was not taken along
    thing = hands.first()
    answer = give(hands.counter.desk, hands.session, thing)

    assert (thing.seq, thing.item) == (seq.seq, "plush-cat")
    assert answer is not None
    assert answer.verdict.reason is Reason.HANDED_OVER
    assert answer.undo_seq is not None
    assert handing_facts(hands.counter.desk, hands.session).waiting == ()


def test_what_runs_low_comes_first_in_the_stock(open_counter: OpenCounter) -> None:
    hands = Hands(open_counter(prizes(1)))
    rows = handing_facts(hands.counter.desk, hands.session).stock

    assert [(row.item, row.left, row.is_low) for row in rows] == [("plush-cat", 1, True), ("plush-dog", 9, False)]
    assert rows[0].name.zh == "毛绒小猫"
