"""What a set of coupons entitles to stays owed until somebody hands it over, and is said until then."""

import pytest

from pos_client.domain.codes.member_card import card_number
from pos_client.domain.reasons import Reason
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.verdict_words import parts_of
from pos_client.usecases.handing import give, handing_facts
from pos_client.usecases.history import HistoryAsk, search
from pos_client.usecases.redeem_and_hand import THINGS_OWED
from pos_client.usecases.set_view import SetChange, SetDeed
from pos_client.usecases.till_view import TillAnswer
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.booth_shop import CAT
from tests.unit.usecases.counter import CLERK, WORDING, OpenCounter, Tables
from tests.unit.usecases.till import CONFIRM, Till, shop

TEA = {"kind": "gift", "item": "tea-box", "name": {"zh": "茶叶", "en": "Box of tea"}}


@pytest.fixture
def till(open_counter: OpenCounter) -> Till:
    """Two coupons that each give a thing."""

    def change(tables: Tables) -> None:
        shop(effects=[CAT], **CONFIRM)(tables)
        tables["offer"].append(a.offer_row(1002, effects=[TEA], **CONFIRM))
        tables["stock"] = [b.stock_row("plush-cat", 5), b.stock_row("tea-box", 5)]

    return Till(open_counter(change))


def a_set_is_redeemed(till: Till) -> TillAnswer:
    till.scan(card_number(8))
    till.amount(10_000)
    for text in (a.a_signed_coupon(1).text(), a.a_signed_coupon(2, campaign=1002).text()):
        till.session.change_set(SetChange(SetDeed.OPEN), 0)
        till.scan(text)
    answer = till.session.confirm(0)
    assert answer is not None
    assert answer.verdict.reason is Reason.SET_REDEEMED
    return answer


def owed_in_history(till: Till) -> list[str]:
    found = search(till.counter.desk, CLERK, HistoryAsk())
    return sorted(name.en for line in found.lines for name in line.owed)


def test_after_a_set_the_next_step_is_to_hand_each_thing_over(till: Till) -> None:
    answer = a_set_is_redeemed(till)

    notice = next(one for one in answer.verdict.notices if one.reason == THINGS_OWED)
    assert notice.facts["count"] == 2
    parts = parts_of(answer, WORDING, "en")
    assert parts.opens is Workspace.PRIZE
    assert [one.item for one in handing_facts(till.counter.desk, till.session).waiting] == ["plush-cat", "tea-box"]


def test_history_says_what_is_owed_until_it_is_handed_over(till: Till) -> None:
    a_set_is_redeemed(till)
    assert owed_in_history(till) == ["Box of tea", "Plush cat"]

    desk = till.counter.desk
    give(desk, till.session, handing_facts(desk, till.session).waiting[0])

    assert owed_in_history(till) == ["Box of tea"]


def test_nothing_is_said_of_what_was_handed_over_at_once(till: Till) -> None:
    till.scan(a.a_signed_coupon(1).text())
    answer = till.session.confirm(0)

    assert answer is not None
    assert [one.reason for one in answer.verdict.notices] == []
    assert owed_in_history(till) == []


def test_what_was_handed_over_is_named(till: Till) -> None:
    a_set_is_redeemed(till)
    desk = till.counter.desk
    give(desk, till.session, handing_facts(desk, till.session).waiting[0])

    line = search(desk, CLERK, HistoryAsk()).lines[0]
    assert line.thing is not None
    assert (line.item.headline.en, line.thing.en) == ("Handed over", "Plush cat")
