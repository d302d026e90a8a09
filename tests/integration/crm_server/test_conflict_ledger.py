"""Losses: both sides stay, the second to arrive bears it whatever clocks say, and people work it off in the open."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import update

from crm_server.conflict_steps import StepKind
from crm_server.conflict_work import CannotWorkOff, totals, work_off
from crm_server.loss_causes import SENTENCES, Cause
from crm_server.reports import ReportName
from crm_server.schema import CLAIM
from pos_client.domain.hash_chain import GENESIS
from pos_client.domain.journal_entry import wire_time
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server import trade
from tests.integration.crm_server.served_shop import Shop, problem, reported, results

OWNER = {"owner": "finance", "reason": "store pays"}


def losses(shop: Shop) -> list[dict[str, Any]]:
    """The ledger."""
    return reported(shop, ReportName.CONFLICTS)


def lose(shop: Shop, **said: Any) -> tuple[LaneClient, LaneClient]:
    """Two lanes that use one coupon alone; the second one to arrive loses."""
    coupon_id, _ = shop.coupon()
    first, second = shop.lane(lane=2), shop.lane(store="2")
    first.push([first.redeem(coupon_id)])
    second.push([second.redeem(coupon_id, discount_minor=800, operator="E2001", campaign=1000, **said)])
    return first, second


def worked(shop: Shop, case: str, step: StepKind) -> None:
    """Somebody works a case off."""
    shop.write(lambda connection: work_off(connection, case, step, OWNER, shop.centre.now_ms()))


def test_a_loss_is_booked_to_campaign_store_lane_clerk_tier_and_day(shop: Shop) -> None:
    first, second = lose(shop)

    (loss,) = losses(shop)

    assert (loss["id"], loss["about"], loss["cause"], loss["state"]) == ("C1", "use", "no-common-point", "open")
    assert (loss["store"], loss["lane"], loss["operator"], loss["campaign"]) == (2, 1, "E2001", 1000)
    assert (loss["tier"], loss["business_date"], loss["value_minor"], loss["loss_minor"]) == (
        "C",
        "2026-01-01",
        800,
        800,
    )
    assert (loss["device"], loss["holder"]["device"], loss["holder_now"]["device"]) == (
        second.device,
        first.device,
        first.device,
    )
    (by_store,) = totals([loss])["by_store"]
    assert (by_store["store"], by_store["cases"], by_store["open_minor"]) == (2, 1, 800)


def test_the_drafted_message_names_nobody_and_asks_for_no_money(shop: Shop) -> None:
    lose(shop, member_ref="m-secret")

    (loss,) = losses(shop)

    for text in loss["message"].values():
        assert loss["coupon_id"][-4:] in text
        assert "2026-01-01" in text
        assert not any(secret in text for secret in ("m-secret", loss["coupon_id"], "E2001"))
    assert "无需补差价" in loss["message"]["zh"]
    assert "owe nothing" in loss["message"]["en"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=some.lists(some.integers(-3_000, 3_000), min_size=3, max_size=3),
    tiers=some.lists(some.sampled_from("ABC"), min_size=3, max_size=3),
)
def test_nobody_gains_by_a_clock(small_shop: Shop, days: list[int], tiers: list[str]) -> None:
    lanes = small_shop.lanes or [small_shop.lane(lane=1), small_shop.lane(lane=2), small_shop.lane(store="2")]

    def booked(clocks: list[int]) -> list[tuple[Any, ...]]:
        coupon_id, _ = small_shop.coupon()
        found = []
        for lane, by, tier, worth in zip(lanes, clocks, tiers, (1_000, 700, 500), strict=True):
            moment = small_shop.clock() + timedelta(days=by)
            said: dict[str, Any] = {"at": wire_time(moment), "wall_ms": by, "business_date": moment.date().isoformat()}
            found += results(lane.push([lane.redeem(coupon_id, discount_minor=worth, tier=tier, **said)]))
        of_coupon = [one for one in losses(small_shop) if one["coupon_id"] == coupon_id]
        assert found == ["accepted", "conflict", "conflict"]
        assert {one["holder"]["device"] for one in of_coupon} == {lanes[0].device}
        return [(one["device"], one["loss_minor"], one["cause"], one["state"]) for one in of_coupon]

    honest = booked([0, 0, 0])

    assert booked(days) == honest
    assert [(device, loss) for device, loss, *_ in honest] == [(lanes[1].device, 700), (lanes[2].device, 500)]


def test_the_losers_void_ends_the_loss(shop: Shop) -> None:
    _, second = lose(shop)
    second.push([second.void(second.entries[-1])])

    (loss,) = losses(shop)

    assert (loss["state"], loss["value_minor"], loss["loss_minor"]) == ("voided", 800, 0)
    assert [step["step"] for step in loss["history"]] == ["voided"]


def test_the_holders_void_gives_the_use_to_the_next_and_the_others_point_to_it(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    lanes = [shop.lane(lane=1), shop.lane(lane=2), shop.lane(store="2")]
    for lane in lanes:
        lane.push([lane.redeem(coupon_id)])
    lanes[0].push([lanes[0].void(lanes[0].entries[-1])])

    second, third = losses(shop)

    assert (second["state"], second["loss_minor"], [step["step"] for step in second["history"]]) == (
        "promoted",
        0,
        ["promoted"],
    )
    assert (third["state"], third["loss_minor"]) == ("open", 1_000)
    assert (third["holder"]["device"], third["holder_now"]["device"]) == (lanes[0].device, lanes[1].device)


def test_what_is_written_off_stays_visible_and_money_may_still_come(shop: Shop) -> None:
    lose(shop)
    worked(shop, "C1", StepKind.WRITTEN_OFF)
    worked(shop, "C1", StepKind.SETTLED)

    (loss,) = losses(shop)

    assert [(step["step"], step["owner"], step["loss_minor"]) for step in loss["history"]] == [
        ("written-off", "finance", 800),
        ("settled", "finance", 800),
    ]
    (whole,) = totals([loss])["all"]
    assert (loss["worked"], loss["loss_minor"]) == ("settled", 800)
    assert (whole["loss_minor"], whole["settled_minor"], whole["written_off_minor"], whole["open_minor"]) == (
        800,
        800,
        0,
        0,
    )


def test_nothing_is_worked_off_twice_or_where_nothing_is_lost(shop: Shop) -> None:
    _, second = lose(shop)
    worked(shop, "C1", StepKind.WRITTEN_OFF)
    with pytest.raises(CannotWorkOff, match="C1 is written-off already"):
        worked(shop, "C1", StepKind.WRITTEN_OFF)
    with pytest.raises(CannotWorkOff, match="there is no C2"):
        worked(shop, "C2", StepKind.SETTLED)
    second.push([second.void(second.entries[-1])])
    with pytest.raises(CannotWorkOff, match="C1 is voided: nothing is lost"):
        worked(shop, "C1", StepKind.SETTLED)


def test_a_refusal_that_came_too_late_is_the_cause(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second = shop.lane(lane=2), shop.lane(store="2")
    first.push([first.redeem(coupon_id)])
    intent = second.intent(coupon_id)
    assert problem(second.claim(intent, code)) == (409, "already-used")
    second.redeem(coupon_id, intent=intent, tier="C")
    second.push(second.entries)

    assert [one["cause"] for one in losses(shop)] == ["late-answer"]


def test_a_copied_lane_and_one_that_went_on_from_an_old_state_are_told_apart(shop: Shop) -> None:
    (coupon_id, _), (other_id, _) = shop.coupon(), shop.coupon()
    lane = shop.lane()
    said = json.loads(lane.redeem(coupon_id).body) | {"boot_id": "copy"}
    copy = lane.forge(1, GENESIS, **{name: value for name, value in said.items() if name not in {"seq", "prev"}})
    lane.push([lane.entries[0]])
    assert results(lane.push([copy])) == ["forked"]
    restored = shop.lane(lane=2)
    restored.push([restored.redeem(other_id)])
    restored.new_epoch()
    restored.push([restored.redeem(other_id)])

    assert [one["cause"] for one in losses(shop)] == ["copied-lane", "restored-lane"]


def test_two_grants_of_one_stores_server_mean_that_it_had_forgotten(shop: Shop) -> None:
    coupon_id, _ = shop.coupon()
    first, second = shop.lane(lane=1), shop.lane(lane=2)
    first.push([first.redeem(coupon_id, tier="B")])
    second.push([second.redeem(coupon_id, tier="B")])

    assert [one["cause"] for one in losses(shop)] == ["restored-server"]


def test_what_the_centre_granted_and_gave_away_since_is_named(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second = shop.lane(lane=1), shop.lane(lane=2)
    intent = second.intent(coupon_id)
    second.claim(intent, code)
    as_restored = update(CLAIM).where(CLAIM.c.coupon_id == coupon_id)
    as_restored = as_restored.values(claim_id="0" * 32, device=first.device)
    shop.write(lambda connection: connection.execute(as_restored).rowcount)
    second.redeem(coupon_id, intent=intent)
    second.push(second.entries)

    assert [one["cause"] for one in losses(shop)] == ["grant-lost"]


def test_more_than_a_member_may_have_is_a_loss_too(shop: Shop) -> None:
    number = shop.add_offer(conditions={"per_member": 1})
    lanes = [shop.lane(lane=1), shop.lane(store="2")]
    for lane in lanes:
        coupon_id, _ = shop.coupon(offer=str(number))
        lane.push([lane.redeem(coupon_id, member_ref="m-1", campaign=number)])

    (loss,) = losses(shop)

    assert (loss["id"], loss["cause"], loss["store"], loss["loss_minor"]) == ("M1", "member-limit", 2, 1_000)
    lanes[1].push([lanes[1].void(lanes[1].entries[-1])])
    (loss,) = losses(shop)
    assert (loss["state"], loss["loss_minor"], [step["step"] for step in loss["history"]]) == ("voided", 0, ["voided"])


def test_points_that_were_not_there_are_a_loss_until_they_are_earned(shop: Shop) -> None:
    number, ref = trade.member(shop)
    balance = trade.points(shop, number)
    lane = shop.lane()
    lane.push([trade.burn(lane, ref, balance + 40, value_minor=(balance + 40) * 2)])

    (loss,) = losses(shop)
    assert (loss["cause"], loss["state"], loss["excess"], loss["loss_minor"]) == ("points-excess", "open", 40, 80)
    assert "40" in loss["message"]["zh"]
    worked(shop, loss["id"], StepKind.WRITTEN_OFF)

    lane.push([trade.earn(lane, ref, 50)])
    (loss,) = losses(shop)
    assert (loss["state"], loss["loss_minor"], loss["worked"]) == ("repaid", 0, "written-off")


def test_a_lane_reads_the_losses_of_its_own_store(shop: Shop) -> None:
    first, second = lose(shop)

    own = second.get("/v1/exceptions").json()

    assert first.get("/v1/exceptions").json()["conflicts"] == []
    ((pair,), excess) = own["conflicts"], own["excess"]
    assert (pair["id"], pair["cause"], pair["worked"], pair["why"]["zh"]) == (
        "C1",
        "no-common-point",
        "open",
        "两台收银机都断网，互相不知道",
    )
    assert (excess, "message" in pair) == ([], False)


def test_every_cause_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Cause)
    assert all(text.zh and text.en for text in SENTENCES.values())
