"""Points and stamps: the balance is the sum of what stands, whatever comes, however often and in whichever order."""

import pytest

from crm_server import accounts
from crm_server.change_log import append
from crm_server.reports import ReportName
from pos_client.domain.hash_chain import GENESIS
from tests.integration.crm_server.served_shop import Shop, reported, results
from tests.integration.crm_server.trade import (
    a_txn,
    burn,
    buy,
    earn,
    member,
    points,
    purchases,
    stamps,
    take_back,
)


def test_points_that_are_earned_and_paid_move_the_balance(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    buy(lane, ref)
    earn(lane, ref, 120)
    burn(lane, ref, 50)

    assert results(lane.push(lane.entries)) == ["accepted"] * 3
    assert (points(shop, number), purchases(shop, number)) == (before + 70, 1)
    assert results(lane.push(lane.entries)) == ["duplicate"] * 3
    assert (points(shop, number), purchases(shop, number)) == (before + 70, 1)


def test_a_void_takes_back_exactly_what_moved(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    bought, earned, stamped = buy(lane, ref), earn(lane, ref, 120), earn(lane, ref, 2, "stamps:tea")
    paid = burn(lane, ref, 500)
    for entry in (bought, earned, stamped, paid, earned):
        take_back(lane, entry)

    assert results(lane.push(lane.entries)) == ["accepted"] * 9
    assert (points(shop, number), stamps(shop, number), purchases(shop, number)) == (before, {"tea": 0}, 0)


def test_stamps_are_counted_by_card(shop: Shop) -> None:
    number, ref = member(shop)
    lane, other = shop.lane(), shop.lane(store="2")
    earn(lane, ref, 9, "stamps:tea")
    earn(lane, ref, 1, "stamps:coffee")
    lane.push(lane.entries)
    earn(other, ref, 1, "stamps:tea")
    earn(other, ref, -10, "stamps:tea", why="reward")
    other.push(other.entries)

    assert stamps(shop, number) == {"tea": 0, "coffee": 1}


def test_a_balance_below_nothing_is_listed_and_not_refused(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    burn(lane, ref, before + 30)

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert points(shop, number) == -30
    assert [(row["member_ref"], row["points"]) for row in reported(shop, ReportName.DEFICITS)] == [(ref, -30)]


def test_what_comes_before_its_predecessors_counts_after_them(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    entries = [earn(lane, ref, amount) for amount in (1, 10, 100)]
    early = lane.push([entries[2]])

    assert (results(early), points(shop, number)) == (["accepted"], before)
    assert results(lane.push([entries[0]])) == ["accepted"]
    assert points(shop, number) == before + 1
    assert results(lane.push([entries[1]])) == ["accepted"]
    assert points(shop, number) == before + 111


def test_a_void_that_comes_first_waits_for_its_target(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    earned = earn(lane, ref, 40)
    taken = take_back(lane, earned)
    lane.push([taken])
    lane.push([earned])

    assert points(shop, number) == before


def test_a_void_without_its_account_takes_back_what_still_waits(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    first, earned = lane.write("login"), earn(lane, ref, 40)
    lane.push([earned, lane.void(earned)])
    lane.push([first])

    assert points(shop, number) == before


def test_a_gap_that_a_new_epoch_leaves_behind_holds_nothing_up(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    lane.write("login")
    lane.push([earn(lane, ref, 40)])
    assert points(shop, number) == before
    lane.new_epoch()
    lane.push([earn(lane, ref, 5)])

    assert points(shop, number) == before + 45


def test_both_sides_of_a_fork_count(shop: Shop) -> None:
    number, ref = member(shop)
    before, lane = points(shop, number), shop.lane()
    first = earn(lane, ref, 40)
    twin = lane.forge(1, GENESIS, "earn", ref="points", amount=7, member_ref=ref, why="purchase")
    lane.push([first])

    assert results(lane.push([twin])) == ["forked"]
    assert points(shop, number) == before + 47


def test_what_stands_under_an_unknown_reference_waits_for_its_member(shop: Shop) -> None:
    number, _ = member(shop)
    before, lane = points(shop, number), shop.lane()
    buy(lane, "m-new")
    earned = earn(lane, "m-new", 40)
    earn(lane, "m-new", 3, "stamps:tea")
    lane.push(lane.entries)
    assert points(shop, number) == before

    shop.write(lambda connection: append(connection, accounts.adopt(connection, "m-new", number)))
    assert (points(shop, number), stamps(shop, number), purchases(shop, number)) == (before + 40, {"tea": 3}, 1)
    lane.push([take_back(lane, earned)])
    assert points(shop, number) == before


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("earn", {"ref": "gold"}),
        ("earn", {"ref": "stamps:"}),
        ("earn", {"amount": 1.5}),
        ("earn", {"amount": True}),
        ("earn", {"member_ref": ""}),
        ("earn", {"txn": "x"}),
        ("burn", {"amount": 3}),
        ("burn", {"ref": "stamps:tea"}),
        ("burn", {"hold_id": "12"}),
        ("transaction", {"txn": ""}),
        ("transaction", {"currency": "yuan"}),
        ("transaction", {"basket_minor": -1}),
        ("transaction", {"business_date": "2026-02-30"}),
        ("transaction", {"ref": "receipt:zz"}),
        ("transaction", {"ref": "receipt:" + "ab" * 16, "returns": "cd" * 16}),
        ("issue", {"ref": "issued:1-2"}),
        ("hand_over", {"amount": 1}),
        ("hand_over", {"ref": "stock:other"}),
    ],
)
def test_a_field_that_is_not_what_it_must_be_is_set_aside(
    small_shop: Shop, kind: str, changed: dict[str, object]
) -> None:
    _, ref = member(small_shop)
    lane = small_shop.lane()
    good: dict[str, dict[str, object]] = {
        "earn": {"ref": "points", "amount": 1, "member_ref": ref},
        "burn": {"ref": "points", "amount": -1, "member_ref": ref},
        "transaction": {"txn": a_txn(), "currency": "CNY", "basket_minor": 1, "member_ref": ref},
        "issue": {"ref": "issued:1-1", "coupon_id": "1-1"},
        "hand_over": {"ref": "stock:cup", "item": "cup", "amount": -1},
    }
    lane.write(kind, **{**good[kind], **changed})
    row = lane.push(lane.entries).json()["results"][0]

    assert (row["result"], row["reason"]) == ("quarantined", "bad-field")
