"""The rules of the scan screen, without a window: what each key, scan and answer leads to."""

from datetime import timedelta

import pytest

from pos_client.domain.reasons import Reason
from pos_client.domain.scan import ScanSource
from pos_client.domain.verdict import VerdictKind
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.till_view import TillAnswer, TillFault, UndoReason
from script import screen_facts as facts

from .conftest import Counter, ListOfDeeds, Screen


def test_every_scan_goes_to_the_till_whatever_is_on_the_screen(counter: Counter) -> None:
    for workspace in Workspace:
        counter.presenter.open(workspace)
        counter.scan()

    assert counter.till.deeds == [("scan", "C8F3KQ", ScanSource.WEDGE)] * len(Workspace)


def test_only_the_camera_ticks_since_a_gun_beeps_by_itself(counter: Counter) -> None:
    counter.scan(ScanSource.WEDGE)
    counter.scan(ScanSource.CAMERA)

    assert counter.screen.sounds == [Sound.TICK]


def test_an_old_verdict_is_not_left_standing_as_the_answer_to_a_new_scan(counter: Counter) -> None:
    counter.presenter.on_answer(facts.redeemed())
    counter.scan()

    assert counter.screen.verdict == "checking"


def test_a_late_answer_never_covers_a_newer_one(counter: Counter) -> None:
    newer = facts.answer(facts.repeat().verdict, number=2)
    counter.presenter.on_answer(newer)
    counter.presenter.on_answer(facts.redeemed())

    assert counter.screen.verdict == newer


def test_a_deed_without_a_verdict_leaves_the_last_one_standing(counter: Counter) -> None:
    answer = facts.redeemed()
    counter.presenter.on_answer(answer)
    counter.presenter.choose_coupon("C-1")
    counter.presenter.on_customer(facts.customer())

    assert counter.screen.verdict == answer


def test_a_fault_is_shown_and_heard(counter: Counter) -> None:
    counter.scan()
    counter.presenter.on_fault(TillFault("disk-full", 1))

    assert counter.screen.verdict == TillFault("disk-full", 1)
    assert counter.screen.sounds == [Sound.NO]


def test_a_verdict_turns_grey_after_a_minute_and_stays(counter: Counter) -> None:
    answer = facts.redeemed()
    counter.presenter.on_answer(answer)
    counter.wait(60)
    before = counter.screen.is_past
    counter.wait(1)

    assert (before, counter.screen.is_past, counter.screen.verdict) == (False, True, answer)


def test_undo_is_free_for_eight_seconds(counter: Counter) -> None:
    counter.presenter.on_answer(facts.redeemed())
    counter.wait(7.5)
    counter.presenter.undo()

    assert counter.till.deeds == [("undo", 231, UndoReason.SLIP)]


def test_undo_counts_its_seconds_here_and_not_by_the_clock_of_the_answer(counter: Counter) -> None:
    counter.time -= timedelta(days=1)
    counter.presenter.on_answer(facts.redeemed())
    counter.wait(9)

    assert counter.screen.undo_left_s == 0


def test_later_undo_asks_for_a_reason_in_place(counter: Counter) -> None:
    counter.presenter.on_answer(facts.redeemed())
    counter.wait(9)
    counter.presenter.undo()
    asked = (counter.screen.workspace, counter.screen.undo_item, list(counter.till.deeds))
    counter.type("2")

    assert asked == (Workspace.UNDO, facts.recent()[0], [])
    assert counter.till.deeds == [("undo", 231, UndoReason.CUSTOMER_RETURN)]
    assert counter.screen.workspace is Workspace.HOME


def test_undo_in_the_history_takes_the_chosen_line(counter: Counter) -> None:
    counter.presenter.on_answer(facts.redeemed())
    counter.presenter.open(Workspace.HISTORY)
    counter.presenter.screens[Workspace.HISTORY] = ListOfDeeds(facts.recent()[5])
    counter.presenter.undo()
    counter.type("1")

    assert counter.till.deeds == [("undo", 223, UndoReason.WRONG_COUPON)]


def test_a_reason_that_is_not_offered_does_nothing(counter: Counter) -> None:
    counter.presenter.undo()
    counter.type("906x")

    assert counter.till.deeds == []
    assert counter.screen.workspace in {Workspace.UNDO, Workspace.CODE}


def test_with_nothing_to_take_back_it_says_so(counter: Counter) -> None:
    counter.presenter.on_status(facts.status(recent=()))
    counter.presenter.undo()

    assert (counter.screen.workspace, counter.screen.undo_item) == (Workspace.UNDO, None)


def test_digits_open_the_phone_number_with_the_digit_in_it(counter: Counter) -> None:
    counter.type("1")

    assert (counter.screen.workspace, counter.screen.code.text) == (Workspace.CODE, "1")


def test_eleven_digits_look_up_by_themselves_and_are_not_shown_back(counter: Counter) -> None:
    number = "138" + "00138" + "000"
    counter.type(number)

    assert counter.till.deeds == [("scan", number, ScanSource.TYPED)]
    assert (counter.screen.workspace, counter.screen.code.text) == (Workspace.HOME, "")


def test_a_code_is_submitted_by_enter(counter: Counter) -> None:
    counter.type("c8f3kq")
    counter.presenter.enter()

    assert counter.till.deeds == [("scan", "C8F3KQ", ScanSource.TYPED)]


def test_an_empty_box_submits_nothing(counter: Counter) -> None:
    counter.presenter.open(Workspace.CODE)
    counter.presenter.enter()

    assert counter.till.deeds == []


def test_a_half_typed_number_survives_a_scan_and_a_member(counter: Counter) -> None:
    counter.type("13800")
    counter.scan()
    counter.presenter.on_answer(facts.member_found())

    assert (counter.screen.workspace, counter.screen.unfinished.text) == (Workspace.HOME, "13800")


def test_escape_destroys_nothing(counter: Counter) -> None:
    counter.presenter.on_answer(facts.member_found())
    counter.type("13800")
    counter.presenter.go_home()
    counter.presenter.open(Workspace.CODE)

    assert counter.screen.code.text == "13800"
    assert counter.screen.customer.member == facts.member()
    assert counter.till.deeds == []


def test_the_same_key_again_leads_back(counter: Counter) -> None:
    counter.presenter.open(Workspace.HELP)
    counter.presenter.open(Workspace.HELP)

    assert counter.screen.workspace is Workspace.HOME


def test_an_amount_goes_to_the_till_in_fen(counter: Counter) -> None:
    counter.presenter.open(Workspace.AMOUNT)
    counter.type("138.5")
    counter.presenter.enter()

    assert counter.till.deeds == [("amount", 13_850)]
    assert counter.screen.workspace is Workspace.HOME


def test_an_unusual_amount_wants_enter_twice(counter: Counter) -> None:
    counter.presenter.open(Workspace.AMOUNT)
    counter.type("52000")
    counter.presenter.enter()
    once = (list(counter.till.deeds), counter.screen.asks_again)
    counter.presenter.enter()

    assert once == ([], True)
    assert counter.till.deeds == [("amount", 5_200_000)]


def test_another_key_takes_the_question_back(counter: Counter) -> None:
    counter.presenter.open(Workspace.AMOUNT)
    counter.type("52000")
    counter.presenter.enter()
    counter.presenter.backspace()

    assert (counter.screen.asks_again, counter.screen.amount.text) == (False, "5200")


def test_an_empty_amount_takes_the_amount_away(counter: Counter) -> None:
    counter.presenter.on_customer(facts.customer())
    counter.presenter.open(Workspace.AMOUNT)
    begins_with = counter.screen.amount.text
    counter.presenter.clear_entry()
    counter.presenter.enter()

    assert begins_with == "138"
    assert counter.till.deeds == [("amount", None)]


def test_enter_confirms_what_waits_and_nothing_else(counter: Counter) -> None:
    counter.presenter.enter()
    counter.presenter.on_answer(facts.to_confirm())
    counter.presenter.enter()

    assert counter.till.deeds == [("confirm",)]


def test_a_promoter_is_chosen_by_number(counter: Counter) -> None:
    counter.presenter.open(Workspace.PROMOTER)
    counter.type("9")
    counter.type("3")

    assert counter.till.deeds == [("promoter", "P03")]
    assert counter.screen.workspace is Workspace.HOME


def test_detaching_needs_a_member(counter: Counter) -> None:
    counter.presenter.detach_member()
    counter.presenter.on_answer(facts.member_found())
    counter.presenter.detach_member()

    assert counter.till.deeds == [("detach",)]


def test_the_network_chip_asks_for_a_sync(counter: Counter) -> None:
    counter.presenter.sync_now()

    assert counter.till.deeds == [("sync",)]


@pytest.mark.parametrize(
    ("answer", "sound"),
    [
        (facts.redeemed(), Sound.OK),
        (facts.redeemed(VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE), Sound.OK_PENDING),
        (facts.refused(Reason.BELOW_THRESHOLD, missing_minor=1, threshold_minor=2), Sound.WARN),
        (facts.repeat(), Sound.REPEAT),
        (facts.repeat(own=True), Sound.WARN),
        (facts.refused(Reason.EXPIRED), Sound.NO),
        (facts.to_confirm(), Sound.TICK),
    ],
    ids=lambda value: value.value if isinstance(value, Sound) else "",
)
def test_each_level_has_its_sound(counter: Counter, answer: TillAnswer, sound: Sound) -> None:
    counter.presenter.on_answer(answer)

    assert counter.screen.sounds == [sound]


def test_another_language_shows_everything_anew(counter: Counter) -> None:
    answer = facts.to_confirm()
    counter.presenter.on_answer(answer)
    blank = Screen()
    counter.screen.__dict__.update(blank.__dict__)
    counter.presenter.show_everything()

    assert counter.screen.verdict == answer
    assert counter.screen.status == facts.status()
    assert counter.screen.customer == answer.customer
