"""Entries that could not be applied when they came: tried again later they count once, or somebody answers for them."""

from collections.abc import Callable
from typing import Any

import pytest

from crm_server import quarantine_desk
from crm_server.bind_effects import with_members
from crm_server.effects import EFFECTS
from crm_server.quarantine_desk import Decision, Settled, Tried
from crm_server.reports import ReportName
from tests.integration.crm_server import trade
from tests.integration.crm_server.served_shop import Shop, reported, results

BY = Decision(Settled.APPLIED, "hq-1")


def tried(shop: Shop, *refs: str) -> list[Tried]:
    effects = with_members(EFFECTS, shop.centre.keys.seal)
    return shop.write(
        lambda connection: quarantine_desk.apply_again(connection, list(refs), BY, effects, shop.centre.now_ms())
    )


def desk(shop: Shop, *, settled: bool = False) -> list[dict[str, Any]]:
    return shop.write(lambda connection: quarantine_desk.on_desk(connection, settled=settled))


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the centre become the program that knows version 9; the entries stay the bytes they are."""
    return lambda: monkeypatch.setattr("crm_server.entry_facts.BODY_VERSION", 9)


def test_a_row_of_an_unknown_version_waits_with_its_reason(shop: Shop) -> None:
    lane = shop.lane()
    assert results(lane.push([lane.write("login", v=9)])) == ["quarantined"]

    (row,) = desk(shop)

    assert (row["device"], row["seq"], row["reason"], row["state"]) == (lane.device, 1, "unknown-version", "open")
    assert tried(shop, row["ref"]) == [Tried(row["ref"], "quarantined", "unknown-version")]
    assert desk(shop) == [row]


def test_what_could_not_be_applied_counts_once_when_it_can(shop: Shop, newer_program: Callable[[], None]) -> None:
    lane = shop.lane()
    number, member_ref = trade.member(shop)
    before = trade.points(shop, number)
    trade.earn(lane, member_ref, 120, v=9)
    lane.redeem("777-1", v=9)
    trade.earn(lane, member_ref, 5)
    assert results(lane.push(lane.entries)) == ["quarantined", "quarantined", "accepted"]
    assert trade.points(shop, number) == before + 5
    refs = [row["ref"] for row in desk(shop)]

    newer_program()
    first, again = tried(shop, *refs), tried(shop, *refs)

    assert first == [Tried(ref, "accepted") for ref in refs]
    assert again == [Tried(ref, "quarantined", "not-in-quarantine") for ref in refs]
    assert trade.points(shop, number) == before + 125
    assert [row["coupon_id"] for row in reported(shop, ReportName.REDEMPTIONS)] == ["777-1"]
    assert desk(shop) == []
    assert [(one["state"], one["owner"]) for one in desk(shop, settled=True)] == [("applied", "hq-1")] * 2
    assert results(lane.push(lane.entries, key="again")) == ["duplicate"] * 3
    assert trade.points(shop, number) == before + 125


def test_what_was_taken_back_meanwhile_takes_nothing(shop: Shop, newer_program: Callable[[], None]) -> None:
    lane = shop.lane()
    lane.void(lane.redeem("777-4", v=9, claim_id="ab" * 16))
    assert results(lane.push(lane.entries)) == ["quarantined", "accepted"]

    newer_program()
    tried(shop, *[row["ref"] for row in desk(shop)])
    other = shop.lane(lane=2)

    assert results(other.push([other.redeem("777-4")])) == ["accepted"]


def test_a_row_that_meets_a_use_taken_meanwhile_becomes_a_conflict(
    shop: Shop, newer_program: Callable[[], None]
) -> None:
    late, other = shop.lane(lane=1), shop.lane(lane=2)
    broken = late.redeem("777-2", v=9)
    assert results(late.push([broken])) == ["quarantined"]
    assert results(other.push([other.redeem("777-2")])) == ["accepted"]
    ref = desk(shop)[0]["ref"]

    newer_program()

    assert tried(shop, ref) == [Tried(ref, "conflict")]
    assert len(reported(shop, ReportName.CONFLICTS)) == 1
    assert desk(shop) == []


def test_a_person_answers_for_what_will_never_be_applied(shop: Shop) -> None:
    lane = shop.lane()
    lane.push([lane.write("login", v=9), lane.write("login", v=9)])
    first, second = (row["ref"] for row in desk(shop))

    def settle(ref: str, state: Settled) -> list[str]:
        said = Decision(state, "hq-1", "till of the old program")
        return shop.write(
            lambda connection: quarantine_desk.settle(connection, [ref, ref, "999999"], said, shop.centre.now_ms())
        )

    assert settle(first, Settled.WRITTEN_OFF) == [first]
    assert settle(first, Settled.ACCEPTED) == []
    assert settle(second, Settled.ACCEPTED) == [second]
    assert desk(shop) == []
    assert [row["state"] for row in desk(shop, settled=True)] == ["written-off", "accepted"]


def test_a_row_without_a_good_signature_is_listed_and_never_applied(shop: Shop) -> None:
    lane = shop.lane()
    row = lane.redeem("777-3")
    forged = type(row)(row.epoch, row.seq, row.hash, row.body, bytes(64))
    assert results(lane.push([forged])) == ["quarantined"]

    (listed,) = desk(shop)

    assert (listed["ref"][:2], listed["reason"]) == ("q-", "bad-signature")
    assert tried(shop, listed["ref"])[0].result == "quarantined"
    assert reported(shop, ReportName.REDEMPTIONS) == []
