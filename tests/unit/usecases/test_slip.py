"""A slip tells what one deed was: goods, coupons, what was earned, codes that were given; and nobody's name."""

from dataclasses import replace

import pytest

from pos_client.domain.basket import of_amount
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reward import RewardKind
from pos_client.domain.slip import Slip
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.storage.booth_reader import SqlBooth
from pos_client.storage.cache_reader import open_cache
from pos_client.usecases.slip import MakeSlip
from tests import builders as a
from tests.unit.usecases.booth_shop import CARD, CAT, GAME, lines, offer, with_booth
from tests.unit.usecases.counter import SECRET, Counter, OpenCounter, Tables

CAR = {"kind": "reservation", "item": "tv", "name": {"zh": "电视", "en": "TV"}, "price_minor": 29_900}
MORE = [
    offer(5001, effects=[{"kind": "amount_off", "amount_minor": 1_000}]),
    offer(5002, effects=[CAT], stacking={"exclusive": True}),
    offer(5003, effects=[CAR | {"deposit_minor": 5_000}]),
    offer(5004, on="purchase", conditions={"categories": ["toy"]}, effects=[{"kind": "pass_code", "campaign": GAME}]),
]


def with_more(tables: Tables) -> None:
    """The booth's shop and coupons of every kind that a slip tells apart."""
    with_booth(tables)
    tables["offer"] += MORE


def code(campaign: int, serial: int = 1) -> str:
    """A coupon of a campaign."""
    return a.a_signed_coupon(serial, campaign=campaign).text()


def seq(verdict: Verdict) -> int:
    """The number of a verdict's entry."""
    assert verdict.entry is not None, verdict
    return verdict.entry.seq


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    return open_counter(with_more)


def test_a_purchase_is_told_in_full_in_both_languages(counter: Counter) -> None:
    done = counter.purchase(CARD, code(5001), basket=lines(("soap", 2, 6_000), receipt_no="0042"))

    chinese, english = counter.slip(seq(done)), counter.slip(seq(done), "en")

    for told in ("购物凭证", "B1 2 号机", "0042", "× 2", "¥120.00", "用券：活动5001", "-¥10.00", "应付 ¥110.00", "得 "):
        assert told in chinese
    for told in ("Purchase", "lane 2", "Receipt", "Coupon: Offer 5001", "Saved", "To pay ¥110.00", "points"):
        assert told in english
    assert done.entry is not None
    assert chinese.splitlines()[-1].endswith(done.entry.hash[:8])


def test_the_time_is_the_stores(counter: Counter) -> None:
    done = counter.purchase(CARD, basket=of_amount(1_000))

    assert "2026-03-10 12:00" in counter.slip(seq(done))


def without_pool(counter: Counter) -> Counter:
    """The same counter, once the data no longer holds what was given."""
    tables = a.a_shop(SECRET)
    with_more(tables)
    a.a_cache_in_use(counter.folder, tables | {"pool_coupon": []}, a.cache_meta(2))
    cache = open_cache(counter.folder, SECRET)
    return replace(counter, cache=cache, booth=SqlBooth(cache, SECRET, counter.identity.lane))


def made(counter: Counter, verdict: Verdict) -> Slip:
    """The slip of a verdict's entry."""
    slip = MakeSlip(counter.desk)(seq(verdict))
    assert slip is not None
    return slip


def test_codes_that_were_given_are_printed_also_when_the_pool_has_lost_them(counter: Counter) -> None:
    done = counter.purchase(CARD, basket=lines(("toy", 1, 12_000)))
    given = {one.code for one in done.rewards if one.code}

    slip = made(without_pool(counter), done)

    assert {one.code for one in slip.rewards if one.coupon_id} == given != set()
    assert {one.kind for one in slip.rewards} == {RewardKind.POINTS, RewardKind.COUPON, RewardKind.PASS_CODE}


def test_a_file_of_codes_that_was_lost_leaves_the_pool_and_then_a_sentence(counter: Counter) -> None:
    done = counter.purchase(CARD, basket=lines(("soap", 1, 12_000)))
    (counter.folder / "slips.db").unlink()
    assert {one.code for one in made(counter, done).rewards if one.coupon_id} == {
        one.code for one in done.rewards if one.code
    }

    (counter.folder / "slips.db").unlink()

    assert "券码已在柜台出示" in without_pool(counter).slip(seq(done))


def test_every_print_but_the_first_is_marked(counter: Counter) -> None:
    done = counter.purchase(CARD, basket=of_amount(1_000))
    written = counter.kinds()

    prints = [counter.slip(seq(done)) for _ in range(3)]

    assert ["重打 REPRINT" in text for text in prints] == [False, True, True]
    assert "重打 REPRINT 2" in prints[2]
    assert counter.kinds() == written


def test_a_coupon_alone_has_a_slip_and_one_that_paid_has_its_purchases(counter: Counter) -> None:
    alone = counter.redeem(code(5001))
    sold = counter.purchase(code(5001, 2), basket=of_amount(5_000))
    paid = next(entry for entry in counter.entries() if entry.seq > seq(alone) and entry.kind is EntryKind.REDEEM)

    assert "用券凭证" in counter.slip(seq(alone))
    assert "-¥10.00" in counter.slip(seq(alone))
    slip = MakeSlip(counter.desk)(paid.seq)
    assert slip is not None
    assert slip.entry.seq == seq(sold)


def test_what_was_handed_over_is_named(counter: Counter) -> None:
    won = counter.redeem(code(5002))
    handed = counter.hand_over(seq(won))

    text = counter.slip(seq(handed))

    assert "领取凭证" in text
    assert "毛绒小猫 × 1" in text


def test_goods_that_were_reserved_show_what_is_still_to_be_paid(counter: Counter) -> None:
    shown = counter.redeem(code(5003))

    assert "电视：待付尾款" in counter.slip(seq(shown))
    assert "¥249.00" in counter.slip(seq(shown), "en")


def test_a_return_tells_the_refund_and_the_points_that_went(counter: Counter) -> None:
    bought = counter.purchase(CARD, basket=lines(("soap", 2, 3_000)))
    back = counter.return_goods(seq(bought), {0: 1})

    text = counter.slip(seq(back))

    for told in ("退货凭证", "× 1", "退款 ¥30.00", "收回 30 积分"):
        assert told in text
    assert "应付" not in text


def test_what_was_taken_back_says_so(counter: Counter) -> None:
    bought = counter.purchase(CARD, basket=of_amount(1_000))
    counter.void(seq(bought))

    assert "已撤销，本单无效" in counter.slip(seq(bought))


def test_a_refusal_and_an_entry_that_is_not_there_have_no_slip(counter: Counter) -> None:
    refused = counter.redeem(code(9999))

    assert MakeSlip(counter.desk)(seq(refused)) is None
    assert MakeSlip(counter.desk)(999) is None


def test_no_slip_names_the_member(counter: Counter) -> None:
    done = counter.purchase(CARD, code(5001), basket=of_amount(12_000))
    member = counter.check(CARD).member
    assert member is not None

    text = counter.slip(seq(done)) + counter.slip(seq(done), "en")

    for part in (*member.masked.split(), member.ref, CARD):
        assert part not in text


def test_a_disk_that_cannot_keep_the_code_keeps_nobody_from_buying(counter: Counter) -> None:
    (counter.folder / "slips.db").mkdir()

    done = counter.purchase(CARD, basket=of_amount(12_000))

    assert done.kind is VerdictKind.ACCEPTED
    assert any(one.code for one in done.rewards)
