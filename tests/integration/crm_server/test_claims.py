"""Claims: a use is granted once, a repeat is the same claim, and every refusal says why."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from crm_server.leases import LeaseTerms, lease
from crm_server.minting import CodeKind
from crm_server.named_coupons import named_coupons
from crm_server.revocations import revoke_coupons
from pos_client.domain.signed_document import DocumentPurpose
from tests.integration.crm_server.served_shop import Shop, at_once, claim_of, problem


def test_a_granted_claim_carries_a_signed_receipt(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    response = lane.claim(intent, code)

    receipt = response.json()["receipt"]
    lane.check_document(DocumentPurpose.RECEIPT, receipt)
    assert response.status_code == 201
    assert (receipt["claim_id"], receipt["coupon_id"], receipt["use_no"], receipt["device"]) == (
        claim_of(intent),
        coupon_id,
        1,
        lane.device,
    )


def test_the_same_claim_again_is_the_same_grant(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    first, again = lane.claim(intent, code), lane.claim(intent, code)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_second_lane_is_told_who_holds_the_use(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second = shop.lane(store="1", lane=2), shop.lane(store="2", lane=1)
    intent = first.intent(coupon_id, operator="E1001")
    first.claim(intent, code)
    first.push([intent])
    response = second.claim(second.intent(coupon_id), code)

    assert problem(response) == (409, "already-used")
    holder = response.json()["holder"]
    assert (holder["device"], holder["store"], holder["lane"], holder["seq"], holder["tier"]) == (
        first.device,
        1,
        2,
        1,
        "A",
    )
    assert (holder["store_name"], holder["operator"], holder["operator_name"]) == ("澄水·湖滨店", "E1001", "李静")
    assert response.json()["next_use_no"] is None


def test_eight_lanes_race_and_one_wins(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lanes = [shop.lane(store=str(1 + place % 2)) for place in range(8)]
    intents = [lane.intent(coupon_id) for lane in lanes]
    answers = at_once([partial(lane.claim, intent, code) for lane, intent in zip(lanes, intents, strict=True)])

    assert sorted(answer.status_code for answer in answers) == [201, *[409] * 7]
    winner = next(place for place, answer in enumerate(answers) if answer.status_code == 201)
    holders = {answer.json()["holder"]["device"] for answer in answers if answer.status_code == 409}
    assert holders == {lanes[winner].device}


def test_one_claim_sent_eight_times_at_once_is_one_claim(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    twins = [shop.stranger() for _ in range(8)]
    for twin in twins:
        twin.key, twin.device, twin.epoch = lane.key, lane.device, lane.epoch
    answers = at_once([partial(twin.claim, intent, code) for twin in twins])

    assert sorted(answer.status_code for answer in answers) == [*[200] * 7, 201]
    assert len({answer.json()["receipt"]["sig"] for answer in answers}) == 1


def test_a_coupon_of_three_uses_names_the_next_free_one(shop: Shop) -> None:
    campaign = shop.add_offer(max_uses=3)
    coupon_id, code = shop.coupon(offer=str(campaign))
    lane = shop.lane()
    for use_no in (1, 2):
        assert lane.claim(lane.intent(coupon_id, use_no), code).status_code == 201
    taken = lane.claim(lane.intent(coupon_id, 2), code)
    third = lane.claim(lane.intent(coupon_id, 3), code)
    beyond = lane.claim(lane.intent(coupon_id, 4), code)

    assert (problem(taken), taken.json()["next_use_no"]) == ((409, "already-used"), 3)
    assert third.status_code == 201
    assert problem(beyond) == (409, "already-used")


def test_a_use_that_the_coupon_never_had_is_malformed(small_shop: Shop) -> None:
    coupon_id, code = small_shop.coupon()
    lane = small_shop.lane()

    assert problem(lane.claim(lane.intent(coupon_id, 2), code)) == (422, "body-malformed")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"is_expired": True}, (410, "coupon-expired")),
        ({"store": "2"}, (403, "wrong-store")),
        ({"offer": "ended"}, (410, "campaign-ended")),
        ({"offer": "to-come"}, (403, "campaign-not-begun")),
        ({"offer": "never-today"}, (403, "wrong-day")),
        ({"offer": "elsewhere"}, (403, "wrong-store")),
    ],
)
def test_rules_that_no_network_changes(small_shop: Shop, wanted: dict[str, Any], expected: tuple[int, str]) -> None:
    today = small_shop.clock()
    conditions = {
        "ended": {"ends": (today - timedelta(days=3)).date().isoformat()},
        "to-come": {"starts": (today + timedelta(days=3)).date().isoformat()},
        # Two days are left out, so that the shop's calendar may be a day ahead of the machine's.
        "never-today": {"weekdays": [(today.isoweekday() + ahead - 1) % 7 + 1 for ahead in range(2, 7)]},
        "elsewhere": {"stores": [2]},
    }
    if wanted.get("offer") in conditions:
        number = small_shop.add_offer(conditions=conditions[wanted["offer"]])
        wanted = {"offer": str(number)}
    coupon_id, code = small_shop.coupon(**wanted)
    lane = small_shop.lane(store="1")

    assert problem(lane.claim(lane.intent(coupon_id), code)) == expected


def test_a_coupon_of_tomorrow_waits(small_shop: Shop) -> None:
    coupon_id, code = small_shop.coupon()
    lane = small_shop.lane()
    small_shop.clock.offset = timedelta(days=-2)

    assert problem(lane.claim(lane.intent(coupon_id), code)) == (403, "not-yet-valid")


@pytest.mark.parametrize("is_opaque", [False, True])
def test_a_revoked_coupon_is_refused_whatever_its_form(small_shop: Shop, is_opaque: bool) -> None:
    coupon_id, code = small_shop.coupon(is_opaque=is_opaque)
    lane = small_shop.lane()
    small_shop.write(lambda connection: revoke_coupons(connection, named_coupons(connection, [coupon_id])))

    assert problem(lane.claim(lane.intent(coupon_id), code)) == (403, "coupon-revoked")


def test_a_leased_coupon_works_in_its_store_only(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    terms = LeaseTerms(1, shop.centre.now_ms() + 60_000)
    shop.write(lambda connection: lease(connection, named_coupons(connection, [code]), terms, shop.centre.now_ms()))
    here, there = shop.lane(store="1"), shop.lane(store="2")

    assert problem(there.claim(there.intent(coupon_id), code)) == (403, "leased-elsewhere")
    assert here.claim(here.intent(coupon_id), code).status_code == 201


def test_a_lease_ends_by_itself(small_shop: Shop) -> None:
    coupon_id, code = small_shop.coupon()
    terms = LeaseTerms(1, small_shop.centre.now_ms() + 60_000)
    small_shop.write(
        lambda connection: lease(connection, named_coupons(connection, [code]), terms, small_shop.centre.now_ms())
    )
    there = small_shop.lane(store="2")
    small_shop.clock.offset = timedelta(seconds=61)

    assert there.claim(there.intent(coupon_id), code).status_code == 201


def test_a_forged_coupon_is_not_genuine(small_shop: Shop) -> None:
    coupon_id, code = small_shop.coupon()
    lane = small_shop.lane()
    forged = code[:-1] + str((int(code[-1]) + 1) % 10)
    other_id, _ = small_shop.coupon()

    assert problem(lane.claim(lane.intent(coupon_id), forged)) == (403, "not-genuine")
    assert problem(lane.claim(lane.intent(other_id), code)) == (403, "not-genuine")


@pytest.mark.parametrize("token", ["hello", "6901234567892", "C" + "0" * 26 + "0", "7" * 512])
def test_a_code_that_is_no_coupons_is_refused(small_shop: Shop, token: str) -> None:
    coupon_id, _ = small_shop.coupon(is_opaque=True)
    lane = small_shop.lane()

    assert problem(lane.claim(lane.intent(coupon_id), token)) == (403, "not-genuine")
    assert problem(lane.claim(lane.intent("9999-1"), token)) == (404, "coupon-unknown")


def test_a_bearer_coupon_needs_its_code_and_a_members_own_does_not(shop: Shop) -> None:
    member = shop.mint(CodeKind.MEMBER)[0]
    bearer, _ = shop.coupon(is_opaque=True)
    bound, _ = shop.coupon(offer="birthday", member=member["code"])
    lane = shop.lane()

    assert problem(lane.claim(lane.intent(bearer), "")) == (403, "not-genuine")
    assert problem(lane.claim(lane.intent(bound, member_ref="m-other"), "")) == (403, "other-member")
    assert lane.claim(lane.intent(bound, member_ref=member["member_ref"]), "").status_code == 201


def test_a_claim_that_was_given_back_is_free_again(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    first, second = shop.lane(), shop.lane(store="2")
    intent = first.intent(coupon_id)
    first.claim(intent, code)
    path = f"/v1/claims/{claim_of(intent)}"
    gone = [first.send("DELETE", path, {"reason": "customer left"}).status_code for _ in range(2)]

    assert gone == [204, 204]
    assert first.get(path).json()["state"] == "released"
    assert problem(first.claim(intent, code)) == (409, "claim-released")
    assert second.claim(second.intent(coupon_id), code).status_code == 201


def test_giving_back_overtakes_the_request_itself(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)

    assert lane.send("DELETE", f"/v1/claims/{claim_of(intent)}", {"reason": "left"}).status_code == 204
    assert problem(lane.claim(intent, code)) == (409, "claim-released")


def test_a_redeemed_claim_is_not_given_back(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    lane = shop.lane()
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    lane.redeem(coupon_id, intent=intent)
    lane.push(lane.entries)
    path = f"/v1/claims/{claim_of(intent)}"

    assert problem(lane.send("DELETE", path, {"reason": "left"})) == (409, "claim-consumed")
    assert lane.get(path).json()["state"] == "consumed"
    assert lane.get(path).json()["holder"]["seq"] == 2


def test_a_claim_belongs_to_the_lane_that_asked(shop: Shop) -> None:
    coupon_id, code = shop.coupon()
    owner, other = shop.lane(), shop.lane(store="2")
    intent = owner.intent(coupon_id)
    owner.claim(intent, code)

    path = f"/v1/claims/{claim_of(intent)}"
    assert problem(other.send("DELETE", path, {"reason": "mine"})) == (403, "device-other")
    assert problem(other.claim(intent, code)) == (409, "claim-mismatch")


def test_a_claim_that_nobody_made_is_unknown(small_shop: Shop) -> None:
    assert problem(small_shop.lane().get("/v1/claims/" + "a" * 32)) == (404, "claim-unknown")


@pytest.mark.parametrize(
    "changed",
    [
        {"use_no": 0},
        {"use_no": 10**30},
        {"value_minor": -1},
        {"coupon_id": "x" * 41},
        {"coupon_id": "1; DROP TABLE claim"},
        {"token": "x" * 513},
        {"extra": 1},
        {"intent": {"epoch": 1, "seq": 1, "hash": "zz"}},
        {"use_no": True},
        {"use_no": "1"},
    ],
)
def test_a_claim_that_cannot_be_read_is_malformed(small_shop: Shop, changed: dict[str, Any]) -> None:
    coupon_id, code = small_shop.coupon()
    lane = small_shop.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code, **changed)) == (422, "body-malformed")
