"""Claims at a store's server (tier B): the same promises as at the centre, from the mirrored data alone."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from crm_server.leases import LeaseTerms, lease
from crm_server.minting import CodeKind
from crm_server.named_coupons import named_coupons
from crm_server.revocations import revoke_coupons
from pos_client.domain.signed_document import DocumentPurpose, KeyPurpose, from_base64, signed_bytes
from tests.integration.crm_server.served_shop import at_once, claim_of, problem, results
from tests.integration.crm_server.served_store import Store


def test_a_grant_carries_the_stores_own_receipt(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    intent = lane.intent(coupon_id)
    response = lane.claim(intent, code)

    assert response.status_code == 201, response.text
    receipt = response.json()["receipt"]
    key_id = receipt["key_id"]
    key = lane.trusted(key_id, KeyPurpose.STORE)
    key.verify(from_base64(receipt["sig"]), signed_bytes(DocumentPurpose.RECEIPT, receipt))
    assert response.json()["tier"] == "B"
    assert (receipt["claim_id"], receipt["coupon_id"], receipt["device"]) == (claim_of(intent), coupon_id, lane.device)


def test_the_same_claim_again_is_the_same_grant(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    intent = lane.intent(coupon_id)
    first, again = lane.claim(intent, code), lane.claim(intent, code)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_second_lane_is_told_who_holds_the_use_and_since_when(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    first, second = store.lane(lane=2), store.lane(lane=1)
    intent = first.intent(coupon_id, operator="E1001")
    granted = first.claim(intent, code)
    assert results(first.push([intent])) == ["accepted"]
    response = second.claim(second.intent(coupon_id), code)

    assert problem(response) == (409, "already-used")
    holder = response.json()["holder"]
    assert (holder["device"], holder["store"], holder["lane"], holder["tier"]) == (first.device, 1, 2, "B")
    assert holder["at"] == granted.json()["receipt"]["at"]
    assert (holder["store_name"], holder["operator_name"]) == ("澄水·湖滨店", "李静")


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.long)])
def test_eight_lanes_race_for_many_coupons_and_each_has_one_winner(store: Store, count: int) -> None:
    coupons = [store.shop.coupon() for _ in range(count)]
    lanes = [store.lane(lane=1 + place % 2) for place in range(8)]

    def all_of(lane: Any) -> list[Any]:
        return [lane.claim(lane.intent(coupon_id), code) for coupon_id, code in coupons]

    answers = at_once([partial(all_of, lane) for lane in lanes])
    for place in range(len(coupons)):
        of_coupon = [answers[lane][place] for lane in range(8)]
        assert sorted(answer.status_code for answer in of_coupon) == [201, *[409] * 7]
        winner = next(number for number, answer in enumerate(of_coupon) if answer.status_code == 201)
        at = of_coupon[winner].json()["receipt"]["at"]
        holders = {
            (one.json()["holder"]["device"], one.json()["holder"]["at"]) for one in of_coupon if one.status_code != 201
        }
        assert holders == {(lanes[winner].device, at)}


def test_one_claim_sent_eight_times_at_once_is_one_claim(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    intent = lane.intent(coupon_id)
    twins = [store.at_store(lane) for _ in range(8)]
    answers = at_once([partial(twin.claim, intent, code) for twin in twins])

    assert sorted(answer.status_code for answer in answers) == [*[200] * 7, 201]
    assert len({answer.json()["receipt"]["sig"] for answer in answers}) == 1


def test_a_coupon_of_three_uses_names_the_next_free_one(store: Store) -> None:
    campaign = store.shop.add_offer(max_uses=3)
    coupon_id, code = store.shop.coupon(offer=str(campaign))
    store.shop.publish_offer(campaign)
    lane = store.lane()
    for use_no in (1, 2):
        assert lane.claim(lane.intent(coupon_id, use_no), code).status_code == 201
    taken = lane.claim(lane.intent(coupon_id, 2), code)
    third = lane.claim(lane.intent(coupon_id, 3), code)
    beyond = lane.claim(lane.intent(coupon_id, 4), code)

    assert (problem(taken), taken.json()["next_use_no"]) == ((409, "already-used"), 3)
    assert third.status_code == 201
    assert problem(beyond) == (409, "already-used")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"is_expired": True}, (410, "coupon-expired")),
        ({"store": "2"}, (403, "wrong-store")),
        ({"offer": "ended"}, (410, "campaign-ended")),
        ({"offer": "to-come"}, (403, "campaign-not-begun")),
        ({"offer": "never-today"}, (403, "wrong-day")),
    ],
)
def test_rules_that_no_network_changes(small_store: Store, wanted: dict[str, Any], expected: tuple[int, str]) -> None:
    shop, today = small_store.shop, small_store.shop.clock()
    conditions = {
        "ended": {"ends": (today - timedelta(days=3)).date().isoformat()},
        "to-come": {"starts": (today + timedelta(days=3)).date().isoformat()},
        "never-today": {"weekdays": [(today.isoweekday() + 2) % 7 + 1]},
    }
    if wanted.get("offer") in conditions:
        number = shop.add_offer(slug=wanted["offer"], conditions=conditions[wanted["offer"]])
        shop.publish_offer(number)
    coupon_id, code = shop.coupon(**wanted)
    lane = small_store.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code)) == expected


@pytest.mark.parametrize("is_opaque", [False, True])
def test_a_revoked_coupon_is_refused_whatever_its_form(small_store: Store, is_opaque: bool) -> None:
    shop = small_store.shop
    coupon_id, code = shop.coupon(is_opaque=is_opaque)
    shop.write(lambda connection: revoke_coupons(connection, named_coupons(connection, [coupon_id])))
    lane = small_store.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code)) == (403, "coupon-revoked")


def test_a_coupon_that_is_lent_elsewhere_is_refused_until_the_lease_ends(small_store: Store) -> None:
    shop = small_store.shop
    coupon_id, code = shop.coupon()
    terms = LeaseTerms(2, shop.centre.now_ms() + 60_000)
    shop.write(lambda connection: lease(connection, named_coupons(connection, [code]), terms, shop.centre.now_ms()))
    lane = small_store.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code)) == (403, "leased-elsewhere")
    shop.clock.offset = timedelta(seconds=61)
    assert lane.claim(lane.intent(coupon_id), code).status_code == 201


def test_a_forged_coupon_is_not_genuine(small_store: Store) -> None:
    coupon_id, code = small_store.shop.coupon()
    other_id, _ = small_store.shop.coupon()
    lane = small_store.lane()
    forged = code[:-1] + str((int(code[-1]) + 1) % 10)

    assert problem(lane.claim(lane.intent(coupon_id), forged)) == (403, "not-genuine")
    assert problem(lane.claim(lane.intent(other_id), code)) == (403, "not-genuine")


def test_opaque_and_listed_coupons_are_known_from_the_mirrored_data(store: Store) -> None:
    shop = store.shop
    member = shop.mint(CodeKind.MEMBER, store="1")[0]
    bearer, shown = shop.coupon(is_opaque=True)
    other, _ = shop.coupon(is_opaque=True)
    bound, _ = shop.coupon(offer="birthday", member=member["code"])
    lane = store.lane()

    assert problem(lane.claim(lane.intent(bearer), "")) == (403, "not-genuine")
    assert problem(lane.claim(lane.intent(other), shown)) == (403, "not-genuine")
    assert lane.claim(lane.intent(bearer), shown).status_code == 201
    assert problem(lane.claim(lane.intent("9999-1"), "hello")) == (404, "coupon-unknown")
    assert problem(lane.claim(lane.intent(bound, member_ref="m-other"), "")) == (403, "other-member")
    assert lane.claim(lane.intent(bound, member_ref=member["member_ref"]), "").status_code == 201


def test_a_use_elsewhere_is_known_after_a_round(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    elsewhere = store.shop.lane(store="2")
    elsewhere.claim(elsewhere.intent(coupon_id), code)
    lane = store.lane()
    response = lane.claim(lane.intent(coupon_id), code)

    assert problem(response) == (409, "already-used")
    assert (response.json()["holder"]["store"], response.json()["holder"]["device"]) == (2, elsewhere.device)


def test_a_claim_that_the_centre_granted_late_is_the_lanes_own_here_too(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    at_centre = store.shop.lane()
    intent = at_centre.intent(coupon_id)
    assert at_centre.claim(intent, code).status_code == 201
    store.mirror()
    lane = store.at_store(at_centre)

    assert lane.claim(intent, code).status_code == 201


def test_a_claim_that_was_given_back_is_free_again(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    first, second = store.lane(lane=1), store.lane(lane=2)
    intent = first.intent(coupon_id)
    first.claim(intent, code)
    path = f"/v1/claims/{claim_of(intent)}"
    gone = [first.send("DELETE", path, {"reason": "customer left"}).status_code for _ in range(2)]

    assert gone == [204, 204]
    assert first.get(path).json()["state"] == "released"
    assert problem(first.claim(intent, code)) == (409, "claim-released")
    assert second.claim(second.intent(coupon_id), code).status_code == 201


def test_giving_back_overtakes_the_request_itself(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    lane = store.lane()
    intent = lane.intent(coupon_id)

    assert lane.send("DELETE", f"/v1/claims/{claim_of(intent)}", {"reason": "left"}).status_code == 204
    assert problem(lane.claim(intent, code)) == (409, "claim-released")


def test_a_redemption_consumes_its_claim_and_a_void_frees_it(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    lane, other = store.lane(lane=1), store.lane(lane=2)
    intent = lane.intent(coupon_id)
    lane.claim(intent, code)
    redeemed = lane.redeem(coupon_id, intent=intent, tier="B")
    assert results(lane.push(lane.entries)) == ["accepted", "accepted"]
    path = f"/v1/claims/{claim_of(intent)}"

    assert problem(lane.send("DELETE", path, {"reason": "left"})) == (409, "claim-consumed")
    assert lane.get(path).json()["state"] == "consumed"
    assert problem(other.claim(other.intent(coupon_id), code)) == (409, "already-used")
    lane.push([lane.void(redeemed)])
    assert other.claim(other.intent(coupon_id), code).status_code == 201


def test_a_redemption_that_a_lane_made_alone_holds_its_use(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    alone, other = store.lane(lane=1), store.lane(lane=2)
    alone.push([alone.redeem(coupon_id)])
    response = other.claim(other.intent(coupon_id), code)

    assert problem(response) == (409, "already-used")
    assert (response.json()["holder"]["device"], response.json()["holder"]["tier"]) == (alone.device, "C")


def test_a_claim_belongs_to_the_lane_that_asked(store: Store) -> None:
    coupon_id, code = store.shop.coupon()
    owner, other = store.lane(lane=1), store.lane(lane=2)
    intent = owner.intent(coupon_id)
    owner.claim(intent, code)

    path = f"/v1/claims/{claim_of(intent)}"
    assert problem(other.send("DELETE", path, {"reason": "mine"})) == (403, "device-other")
    assert problem(other.claim(intent, code)) == (409, "claim-mismatch")


def test_parts_of_a_red_packet_never_hold_more_than_it(store: Store) -> None:
    effects = [{"kind": "amount_off", "amount_minor": 8_800}]
    store.shop.add_offer(number=5_088, effects=effects, partial=True, offline={"policy": "allow"})
    store.shop.publish_offer(5_088)
    coupon_id, code = store.shop.coupon(offer="5088")
    lanes = [store.lane(lane=1 + place % 2) for place in range(4)]
    asked = [lane.intent(coupon_id, use_no, value_minor=3_000) for use_no, lane in enumerate(lanes, 1)]
    answers = at_once([partial(lane.claim, one, code) for lane, one in zip(lanes, asked, strict=True)])

    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409]
    refused = [answer for answer in answers if answer.status_code == 409]
    assert {problem(answer) for answer in refused} == {(409, "value-exhausted")}
    assert {answer.json()["left_minor"] for answer in refused} == {2_800}


def test_a_member_has_no_more_of_a_campaign_than_it_allows_in_this_store(store: Store) -> None:
    number = store.shop.add_offer(conditions={"per_member": 1})
    store.shop.publish_offer(number)
    member = store.shop.mint(CodeKind.MEMBER, store="1")[0]["member_ref"]
    coupons = [store.shop.coupon(offer=str(number)) for _ in range(2)]
    lane = store.lane()
    first, second = (lane.claim(lane.intent(coupon_id, member_ref=member), code) for coupon_id, code in coupons)

    assert first.status_code == 201, first.text
    assert problem(second) == (409, "member-limit")


@pytest.mark.parametrize("changed", [{"use_no": 0}, {"coupon_id": "x" * 41}, {"extra": 1}, {"use_no": True}])
def test_a_claim_that_cannot_be_read_is_malformed(small_store: Store, changed: dict[str, Any]) -> None:
    coupon_id, code = small_store.shop.coupon()
    lane = small_store.lane()

    assert problem(lane.claim(lane.intent(coupon_id), code, **changed)) == (422, "body-malformed")
