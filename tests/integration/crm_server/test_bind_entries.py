"""Binding by entries: one person is one member, however many lanes met him, and nothing that he got is lost."""

import json
from typing import Any

import pytest
from sqlalchemy import select, update

from crm_server.reports import ReportName
from crm_server.schema import MEMBER, POLICY, POOL_MEMBER
from pos_client.domain import trade_policy
from pos_client.domain.trade_policy import AttributionPolicy, OwnerRule, TradePolicy
from tests.integration.crm_server.bindings import (
    OTHER_PHONE,
    PHONE,
    aliases,
    an_old_member,
    bind,
    count_members,
    member_of,
    numbers,
    sealed,
    serve,
    with_phone,
)
from tests.integration.crm_server.carried_data import follow
from tests.integration.crm_server.served_shop import Shop, at_once, reported, results
from tests.integration.crm_server.trade import buy, earn, points, purchases


def settle(shop: Shop, trade: TradePolicy) -> None:
    """The policy in force says this of the trade."""

    def change(connection: Any) -> int:
        body = json.loads(connection.execute(select(POLICY.c.body)).scalar_one())
        body["trade"] = trade_policy.as_document(trade)
        return int(connection.execute(update(POLICY).values(body=json.dumps(body))).rowcount)

    assert shop.write(change) == 1


def test_a_stranger_becomes_a_member_of_the_booth(shop: Shop) -> None:
    lane = shop.lane()
    pooled = numbers(shop, lane)[0]
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    bind(lane, pooled, name_sealed=sealed(lane, "欧阳娜娜"))

    assert results(lane.push(lane.entries)) == ["accepted"]
    made = member_of(shop, pooled.number)
    assert (made.ref, made.card, made.phone, made.name, made.level) == (
        pooled.ref,
        pooled.card,
        PHONE,
        "欧阳娜娜",
        "basic",
    )
    assert (made.owner_store, made.owner_promoter, made.verified, made.purchases) == (1, "P1001", 0, 0)
    rows = {(row["t"], row.get("del", False)): row for row in follow(lane, cursor)[0]}
    assert rows["member", False]["body"]["verified"] == 0
    assert rows["pool_member", True]["k"] == [pooled.number]


def test_a_name_is_kept_without_what_no_table_can_hold(shop: Shop) -> None:
    lane = shop.lane()
    pooled = numbers(shop, lane)[0]
    bind(lane, pooled, name_sealed=sealed(lane, "王\x00小\n明"))

    assert results(lane.push(lane.entries)) == ["accepted"]
    assert member_of(shop, pooled.number).name == "王小明"


def test_the_same_entry_again_changes_nothing(shop: Shop) -> None:
    lane = shop.lane()
    bind(lane, numbers(shop, lane)[0])
    lane.push(lane.entries)
    before = count_members(shop)

    assert results(lane.push(lane.entries)) == ["duplicate"]
    assert count_members(shop) == before


def test_a_phone_that_was_known_makes_the_provisional_member_that_person(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    pooled = numbers(shop, lane)[0]
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    earn(lane, pooled.ref, 30)
    buy(lane, pooled.ref)
    bind(lane, pooled)
    earn(lane, pooled.ref, 70)

    assert results(lane.push(lane.entries)) == ["accepted"] * 4
    assert [member.number for member in with_phone(shop)] == [known.number]
    assert aliases(shop) == {pooled.ref: known.ref}
    assert (points(shop, known.number), purchases(shop, known.number)) == (100, 1)
    told = [row for row in follow(lane, cursor)[0] if row["t"] == "member_alias"]
    assert [(row["k"], row["body"]["to_ref"]) for row in told] == [([pooled.ref], known.ref)]


def test_what_comes_before_the_binding_waits_for_it(shop: Shop) -> None:
    lane = shop.lane()
    pooled = numbers(shop, lane)[0]
    earn(lane, pooled.ref, 30)
    buy(lane, pooled.ref)
    lane.push(lane.entries)
    bind(lane, pooled)
    lane.push(lane.entries[2:])

    assert (points(shop, pooled.number), purchases(shop, pooled.number)) == (30, 1)


def test_two_lanes_that_bind_one_phone_make_one_member(shop: Shop) -> None:
    lanes = [shop.lane(lane=1), shop.lane(lane=2)]
    pooled = [numbers(shop, lane)[0] for lane in lanes]
    before = count_members(shop)
    for lane, number in zip(lanes, pooled, strict=True):
        bind(lane, number)
        earn(lane, number.ref, 50)

    answers = at_once([lambda lane=lane: lane.push(lane.entries) for lane in lanes])  # type: ignore[misc]

    assert [results(answer) for answer in answers] == [["accepted"] * 2] * 2
    one = with_phone(shop)
    assert (len(one), count_members(shop)) == (1, before + 1)
    assert points(shop, one[0].number) == 100
    other = next(number.ref for number in pooled if number.ref != one[0].ref)
    assert aliases(shop) == {other: one[0].ref}


def test_a_sample_that_one_person_thereby_got_twice_is_listed(shop: Shop) -> None:
    shop.add_offer(number=5_001, conditions={"member": "any", "new_member": True})
    lanes = [shop.lane(lane=1), shop.lane(lane=2)]
    for lane in lanes:
        pooled = numbers(shop, lane)[0]
        bind(lane, pooled)
        lane.redeem(shop.coupon(offer="5001")[0], campaign=5_001, member_ref=pooled.ref)
        assert results(lane.push(lane.entries)) == ["accepted"] * 2

    listed = reported(shop, ReportName.EXCESS)

    assert [(row["campaign"], row["allowed"], row["uses"]) for row in listed] == [(5_001, 1, 2)]
    assert listed[0]["device"] == lanes[1].device


def test_a_merged_members_uses_count_together(shop: Shop) -> None:
    shop.add_offer(number=5_001, conditions={"member": "any", "per_member": 1})
    known, lane = an_old_member(shop), shop.lane()
    pooled = numbers(shop, lane)[0]
    bind(lane, pooled)
    lane.redeem(shop.coupon(offer="5001")[0], campaign=5_001, member_ref=pooled.ref)
    lane.push(lane.entries)
    coupon_id, code = shop.coupon(offer="5001")

    for ref in (known.ref, pooled.ref):
        refused = lane.claim(lane.intent(coupon_id, member_ref=ref), code)
        assert refused.json()["type"] == "urn:rdm:member-limit"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"member_number": 99_999_999}, "number-not-pooled"),
        ({"phone_sealed": "A" * 100}, "seal-unreadable"),
        ({"member_number": -1}, "bad-field"),
        ({"member_ref": None}, "bad-field"),
        ({"action": "invent"}, "bad-field"),
        ({"business_date": "yesterday"}, "bad-field"),
    ],
)
def test_what_cannot_be_a_binding_is_kept_and_binds_nobody(
    small_shop: Shop, change: dict[str, Any], reason: str
) -> None:
    lane = small_shop.lane()
    before = count_members(small_shop)
    bind(lane, numbers(small_shop, lane)[0], **change)

    row = lane.push(lane.entries).json()["results"][0]

    assert (row["result"], row["reason"]) == ("quarantined", reason)
    assert count_members(small_shop) == before


def test_another_lanes_number_of_another_store_is_not_given(shop: Shop) -> None:
    lane, other = shop.lane(store="1"), shop.lane(store="2")
    bind(other, numbers(shop, lane)[0])

    assert other.push(other.entries).json()["results"][0]["reason"] == "number-not-pooled"


def test_a_number_that_a_copy_of_the_lane_gave_to_somebody_else_is_a_conflict(shop: Shop) -> None:
    lane = shop.lane()
    pooled = numbers(shop, lane)[0]
    bind(lane, pooled)
    bind(lane, pooled, OTHER_PHONE)

    answer = lane.push(lane.entries).json()["results"]

    assert [(row["result"], row.get("reason")) for row in answer] == [
        ("accepted", None), ("conflict", "number-given-twice"),
    ]  # fmt: skip
    assert member_of(shop, pooled.number).phone == PHONE


def test_neither_is_it_given_again_where_the_first_was_known_before(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    pooled = numbers(shop, lane)[0]
    bind(lane, pooled)
    bind(lane, pooled, OTHER_PHONE)

    answer = lane.push(lane.entries).json()["results"]

    assert [(row["result"], row.get("reason")) for row in answer] == [
        ("accepted", None), ("conflict", "number-given-twice"),
    ]  # fmt: skip
    assert aliases(shop) == {pooled.ref: known.ref}


@pytest.mark.parametrize(
    ("rule", "since_day", "owner"),
    [
        (OwnerRule.FIRST_TOUCH, 100, (2, "P2001")),
        (OwnerRule.LAST_TOUCH, 100, (1, "P1001")),
        (OwnerRule.PROTECTED, 100, (1, "P1001")),
        (OwnerRule.PROTECTED, 20_000, (2, "P2001")),
    ],
)
def test_the_owner_follows_the_policys_rule(
    shop: Shop, rule: OwnerRule, since_day: int, owner: tuple[int, str]
) -> None:
    settle(shop, TradePolicy(attribution=AttributionPolicy(rule, 30)))
    known, lane = an_old_member(shop, since_day=since_day), shop.lane()
    serve(lane, known.number, known.ref)

    assert results(lane.push(lane.entries)) == ["accepted"]
    after = member_of(shop, known.number)
    assert (after.owner_store, after.owner_promoter) == owner


def test_a_number_is_changed_and_must_be_checked_anew(shop: Shop) -> None:
    known, lane = an_old_member(shop, verified=1), shop.lane()
    change = {"phone_sealed": sealed(lane, OTHER_PHONE), "proof": "slot"}
    serve(lane, known.number, known.ref, "change_phone", **change)

    assert results(lane.push(lane.entries)) == ["accepted"]
    after = member_of(shop, known.number)
    assert (after.phone, after.verified) == (OTHER_PHONE, 0)


def test_a_number_that_is_somebody_elses_stays_his(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    other = shop.write(lambda job: job.execute(select(MEMBER).where(MEMBER.c.number != known.number).limit(1)).one())
    serve(lane, known.number, known.ref, "change_phone", phone_sealed=sealed(lane, other.phone), proof="slot")

    row = lane.push(lane.entries).json()["results"][0]

    assert (row["result"], row["reason"]) == ("conflict", "phone-of-another")
    assert member_of(shop, known.number).phone == PHONE


def test_a_lanes_word_alone_verifies_nobody(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    pooled = numbers(shop, lane)[0]
    serve(lane, known.number, known.ref, "verify", proof="code")
    bind(lane, pooled, OTHER_PHONE, proof="code")

    answer = lane.push(lane.entries).json()["results"]

    assert [row.get("reason") for row in answer] == ["code-not-passed", None]
    assert [member_of(shop, number).verified for number in (known.number, pooled.number)] == [0, 0]


@pytest.mark.parametrize(
    ("proof", "reason"), [("none", "bad-field"), ("qr", "bad-field"), ("", "bad-field"), ("code", "code-not-passed")]
)
def test_a_number_is_not_changed_without_a_proof(small_shop: Shop, proof: str, reason: str) -> None:
    known, lane = an_old_member(small_shop), small_shop.lane()
    change = {"phone_sealed": sealed(lane, OTHER_PHONE), "proof": proof}
    serve(lane, known.number, known.ref, "change_phone", **change)

    row = lane.push(lane.entries).json()["results"][0]

    assert (row["result"], row["reason"]) == ("quarantined", reason)
    assert member_of(small_shop, known.number).phone == PHONE


def test_numbers_of_the_pool_go_once(shop: Shop) -> None:
    lane = shop.lane()
    first, second, third = numbers(shop, lane)
    bind(lane, first)
    bind(lane, second, OTHER_PHONE)
    lane.push(lane.entries)
    query = select(POOL_MEMBER.c.number, POOL_MEMBER.c.state)
    states = shop.write(lambda job: dict(tuple(row) for row in job.execute(query)))

    assert [states[one.number] for one in (first, second, third)] == ["bound", "bound", "free"]
