"""The people of the stores: PINs in the signed policy, never readable from it, and gone with whoever leaves."""

from functools import partial
from typing import Any

import pytest

from crm_server import staff
from crm_server.problems import Problem
from crm_server.staff import PinRefused
from pos_client.domain.keyed_hash import pin_pepper
from pos_client.domain.pins import PinBook, parse
from pos_client.domain.practice_pins import CLERK_PIN, SUPERVISOR_PIN
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.integration.crm_server.served_shop import Shop

PIN = "482915"


def set_pin(shop: Shop, person: str, pin: str = PIN) -> None:
    shop.write(lambda connection: staff.set_pin(connection, person, pin, shop.centre.now_ms()))


def book_of(policy: dict[str, Any], secret: bytes) -> PinBook:
    return parse(policy["pins"], pin_pepper(secret))


def test_a_lane_gets_the_pins_of_its_store_with_the_policy_that_it_has(shop: Shop) -> None:
    lane = shop.lane()
    before = lane.get("/v1/policy").json()
    set_pin(shop, "E1002")
    set_pin(shop, "E2001")

    after = lane.get("/v1/policy").json()

    lane.check_document(DocumentPurpose.POLICY, after)
    assert (before["pins"], before["ver"]) == ({"required": False, "staff": {}}, after["ver"])
    assert after["issued_at"] > before["issued_at"]
    assert list(after["pins"]["staff"]) == ["E1002"]
    book = book_of(after, from_base64(lane.enrolment["store_secret"]))
    assert book.required
    assert (book.is_right("E1002", PIN), book.is_right("E1002", "482916")) == (True, False)


def test_a_manager_of_all_stores_has_other_bytes_in_each(shop: Shop) -> None:
    set_pin(shop, "M0001")

    one, other = (shop.write(partial(staff.pins_of, store=store)) for store in (1, 2))

    assert one.document["staff"]["M0001"]["check"] != other.document["staff"]["M0001"]["check"]


def test_a_clerks_pin_does_not_make_one_required(small_shop: Shop) -> None:
    set_pin(small_shop, "E2001")

    assert small_shop.write(lambda connection: staff.pins_of(connection, 2)).document["required"] is False


def test_whoever_leaves_takes_his_pin_and_his_id_with_him_but_not_the_need_for_one(shop: Shop) -> None:
    lane = shop.lane()
    set_pin(shop, "E1002")
    shop.write(lambda connection: staff.retire(connection, "E1002", shop.centre.now_ms()))

    policy = lane.get("/v1/policy").json()

    assert policy["pins"] == {"required": True, "staff": {}}
    told = {one["id"]: one for one in shop.write(staff.everybody)}
    assert (told["E1002"]["at_work"], told["E1002"]["has_pin"]) == (False, False)
    with pytest.raises(Problem):
        set_pin(shop, "E1002")


def test_pins_of_practice_work_at_a_lane_and_spare_whoever_has_his_own(shop: Shop) -> None:
    lane = shop.lane()
    set_pin(shop, "E1001")
    shop.write(lambda connection: staff.give_practice_pins(connection, shop.centre.now_ms()))

    book = book_of(lane.get("/v1/policy").json(), from_base64(lane.enrolment["store_secret"]))

    assert book.required
    assert (book.is_right("E1002", SUPERVISOR_PIN), book.is_right("P1001", CLERK_PIN)) == (True, True)
    assert (book.is_right("E1001", PIN), book.is_right("E1001", CLERK_PIN)) == (True, False)


@pytest.mark.parametrize("pin", [SUPERVISOR_PIN, "123456", "111111", "12345", "", "48 2915"])
def test_a_pin_that_anybody_guesses_is_not_kept(small_shop: Shop, pin: str) -> None:
    with pytest.raises(PinRefused):
        set_pin(small_shop, "E1002", pin)

    assert small_shop.write(lambda connection: staff.pins_of(connection, 1)).document["staff"] == {}
