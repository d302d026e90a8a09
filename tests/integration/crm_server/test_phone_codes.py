"""One-time codes over HTTP: six digits, ten minutes, one a minute, five answers a code, fifteen wrong ones a day."""

import json
from datetime import timedelta

import pytest
import requests

from crm_server import phone_codes
from crm_server.centre import open_centre
from crm_server.problems import Problem
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.bindings import (
    OTHER_PHONE,
    PHONE,
    an_old_member,
    bind,
    member_of,
    numbers,
    sealed,
    serve,
)
from tests.integration.crm_server.served_shop import Shop, at_once, problem, results

MINUTE = timedelta(minutes=1)


def send(lane: LaneClient, phone: str = PHONE) -> requests.Response:
    """Ask for a code."""
    return lane.send("POST", "/v1/phone-codes", {"phone_sealed": sealed(lane, phone)})


def tell(lane: LaneClient, code: str, phone: str = PHONE) -> requests.Response:
    """Say what the customer told."""
    return lane.send("POST", "/v1/phone-codes/check", {"phone_sealed": sealed(lane, phone), "code": code})


def passed(lane: LaneClient, code: str, phone: str = PHONE) -> bool:
    """Whether it was right."""
    response = tell(lane, code, phone)
    assert response.status_code == 200, response.text
    return bool(response.json()["passed"])


def delivered(shop: Shop) -> list[dict[str, str]]:
    """What an SMS adapter finds."""
    lines = (shop.centre.folder / "sms.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def wrong(shop: Shop) -> str:
    """Six digits that were not sent."""
    return "000000" if delivered(shop)[-1]["code"] != "000000" else "111111"


def test_the_code_goes_to_the_phone_and_is_right_once(shop: Shop) -> None:
    lane = shop.lane()

    sent = send(lane)
    code = delivered(shop)[0]["code"]

    assert (sent.status_code, sent.json()) == (202, {"expires_s": 600, "resend_s": 60})
    assert (delivered(shop)[0]["phone"], len(code)) == (PHONE, 6)
    assert code in delivered(shop)[0]["text"]
    assert (shop.centre.folder / "sms.jsonl").stat().st_mode & 0o777 == 0o600
    assert [passed(lane, code), passed(lane, code)] == [True, False]


def test_of_many_who_ask_at_one_moment_one_code_goes_out(shop: Shop) -> None:
    lanes = [shop.lane(lane=1), shop.lane(lane=2)]

    for phone in (PHONE, OTHER_PHONE):
        answers = at_once([lambda lane=lane, phone=phone: send(lane, phone) for lane in lanes * 4])  # type: ignore[misc]
        assert sorted(answer.status_code for answer in answers) == [202, *[429] * 7]
    assert len(delivered(shop)) == 2


def test_a_member_and_a_stranger_are_answered_alike(shop: Shop) -> None:
    an_old_member(shop)
    lane = shop.lane()

    answers = [(sent.status_code, sent.json()) for sent in (send(lane, PHONE), send(lane, OTHER_PHONE))]
    told = [(said.status_code, said.json()) for said in (tell(lane, "123456"), tell(lane, "123456", "+8613600136000"))]

    assert answers[0] == answers[1]
    assert told[0] == told[1] == (200, {"passed": False})


def test_a_code_holds_ten_minutes_and_the_next_one_ends_it(shop: Shop) -> None:
    lane = shop.lane()
    send(lane)
    shop.clock.offset += 10 * MINUTE
    late = passed(lane, delivered(shop)[0]["code"])
    send(lane)
    shop.clock.offset += MINUTE
    send(lane)
    second, third = (line["code"] for line in delivered(shop)[1:])

    assert not late
    assert passed(lane, second) is (second == third)
    assert passed(lane, third) or second == third


def test_the_next_code_comes_after_a_minute(shop: Shop) -> None:
    lane = shop.lane()
    send(lane)
    shop.clock.offset += MINUTE / 2
    too_soon = send(lane)
    shop.clock.offset += MINUTE / 2

    assert problem(too_soon) == (429, "rate-limited")
    assert 1 <= too_soon.json()["retry_after_s"] <= 30
    assert send(lane).status_code == 202
    assert len(delivered(shop)) == 2


def test_five_wrong_answers_end_a_code(shop: Shop) -> None:
    lane = shop.lane()
    send(lane)
    assert not any(passed(lane, wrong(shop)) for _ in range(5))

    assert not passed(lane, delivered(shop)[0]["code"])


def test_fifteen_wrong_answers_stop_a_number_for_a_day_and_a_restart_forgives_none(shop: Shop) -> None:
    lane = shop.lane()
    for _ in range(3):
        send(lane)
        assert not any(passed(lane, wrong(shop)) for _ in range(5))
        shop.clock.offset += MINUTE
    refused = [problem(response) for response in (send(lane), tell(lane, "123456"))]

    assert refused == [(429, "phone-blocked")] * 2
    assert send(lane, OTHER_PHONE).status_code == 202
    if shop.centre.database.__class__.__name__.startswith("Embedded"):
        again = open_centre(shop.centre.folder, now=shop.clock)
        with pytest.raises(Problem, match="phone-blocked"):
            again.database.write(lambda job: phone_codes.issue(job, again.keys.seal, PHONE, again.now_ms())).result()
        again.close()
    shop.clock.offset += timedelta(days=1, minutes=10)
    assert send(lane).status_code == 202


def test_a_code_that_passed_makes_a_verified_member(shop: Shop) -> None:
    known, lane = an_old_member(shop), shop.lane()
    pooled = numbers(shop, lane)[0]
    for phone in (PHONE, OTHER_PHONE):
        send(lane, phone)
        assert passed(lane, delivered(shop)[-1]["code"], phone)
    serve(lane, known.number, known.ref, "verify", proof="code")
    bind(lane, pooled, OTHER_PHONE, proof="code")

    assert results(lane.push(lane.entries)) == ["accepted"] * 2
    assert [member_of(shop, number).verified for number in (known.number, pooled.number)] == [1, 1]


@pytest.mark.parametrize("text", ["not a phone", "+0"])
def test_what_is_sealed_must_be_a_phone(small_shop: Shop, text: str) -> None:
    lane = small_shop.lane()

    assert problem(send(lane, text)) == (422, "seal-unreadable")
    altered = {"phone_sealed": sealed(lane, PHONE)[:-4] + "AAAA"}
    assert problem(lane.send("POST", "/v1/phone-codes", altered)) == (422, "seal-unreadable")


def test_the_tables_hold_neither_code_nor_phone(small_shop: Shop) -> None:
    lane = small_shop.lane()
    send(lane)
    line = delivered(small_shop)[0]
    small_shop.centre.database.write(lambda job: job.exec_driver_sql("PRAGMA user_version")).result()
    written = b"".join(path.read_bytes() for path in small_shop.centre.folder.glob("crm.db*"))

    assert PHONE.encode() not in written
    assert f'"{line["code"]}"'.encode() not in written
