"""A lane's close against the inbox, on each database: agreed for ever, missing numbers named, one close of a range."""

import json
from datetime import date, timedelta
from typing import Any

from crm_server.closing_report import Missed, excuse
from crm_server.reports import ReportName
from pos_client.domain.batch import SignedEntry
from pos_client.domain.closings.close import close_of, told
from pos_client.domain.closings.totals import Counting
from pos_client.domain.signed_document import DocumentPurpose
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, problem, reported

NOTHING = {
    "open_intents": 0, "undelivered": 0, "stuck": 0, "quarantined": 0, "conflicts": 0, "host": None, "counted": None,
    "differences_accepted": None, "signed_by": "E1001",
}  # fmt: skip


def closed(lane: LaneClient, *rows: SignedEntry, day: str = "2026-01-01") -> tuple[SignedEntry, dict[str, Any]]:
    """A close of rows, and what the centre is asked about it."""
    counting = Counting()
    for row in rows:
        counting.take(json.loads(row.body))
    fields = {
        "business_date": day,
        "of_epoch": rows[0].epoch,
        "first_seq": rows[0].seq,
        "last_seq": rows[-1].seq,
        "head_hash": rows[-1].hash.hex(),
        **counting.totals().as_document(),
        **NOTHING,
    }
    entry = lane.write("close_day", **fields)
    return entry, told(lane.device, close_of(entry.epoch, entry.seq, entry.hash.hex(), fields), fields)


def asked(lane: LaneClient, body: dict[str, Any]) -> dict[str, Any]:
    """The signed answer."""
    while (response := lane.send("POST", "/v1/closings", body)).status_code == 202:
        assert response.json()["state"] == "recomputing"
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    lane.check_document(DocumentPurpose.CLOSING, answer)
    return answer


def test_an_agreement_is_signed_and_the_same_for_ever(shop: Shop) -> None:
    lane = shop.lane()
    rows = (lane.redeem(shop.coupon()[0], campaign=1000), lane.write("login"))
    entry, body = closed(lane, *rows)
    lane.push([*rows, entry])

    first = asked(lane, body)
    shop.clock.offset = timedelta(days=400)

    assert (first["state"], first["entries"], first["missing"]) == ("agreed", 2, [])
    assert asked(lane, body) == first


def test_missing_entries_are_named_and_agree_once_they_came(shop: Shop) -> None:
    lane = shop.lane()
    rows = [lane.write("login") for _ in range(5)]
    entry, body = closed(lane, *rows)
    lane.push([rows[0], rows[3]])

    before = asked(lane, body)
    lane.push([rows[1], rows[2], rows[4], entry])

    assert (before["state"], before["missing"], before["entry_missing"]) == ("disagreed", [[2, 3], [5, 5]], True)
    assert [one["cause"] for one in before["differences"]] == ["entries-missing"]
    assert asked(lane, body)["state"] == "agreed"


def test_a_copys_entry_under_the_same_number_is_not_the_lanes(shop: Shop) -> None:
    lane = shop.lane()
    first = lane.write("login")
    of_copy = lane.forge(2, first.hash, "logout", operator="of-a-copy")
    own = lane.redeem(shop.coupon()[0])
    entry, body = closed(lane, first, own)
    lane.push([first, of_copy])

    before = asked(lane, body)
    lane.push([own, entry])
    after = asked(lane, body)

    assert (before["missing"], [one["cause"] for one in before["differences"]]) == ([[2, 2]], ["entry-replaced"])
    assert (after["state"], after["forked"]) == ("agreed", [{"seq": 2}])


def test_of_one_range_there_is_one_close(shop: Shop) -> None:
    lane = shop.lane()
    row = lane.write("login")
    entry, body = closed(lane, row)
    lane.push([row, entry])
    asked(lane, body)
    other = lane.write("close_day")

    refused = lane.send("POST", "/v1/closings", body | {"seq": other.seq, "hash": other.hash.hex()})

    assert problem(refused) == (409, "closing-exists")
    assert refused.json()["other"]["seq"] == entry.seq


def test_an_ended_epoch_says_what_its_lane_lost(shop: Shop) -> None:
    lane = shop.lane()
    rows = [lane.write("login") for _ in range(3)]
    lane.push(rows)
    lane.new_epoch()
    entry, body = closed(lane, *rows[:2])
    lane.push([entry])

    answer = asked(lane, body)

    assert (answer["state"], answer["of_epoch"], answer["epoch"], answer["beyond"]) == ("agreed", 1, 2, 3)


def test_another_lanes_close_and_numbers_that_no_close_has_are_refused(shop: Shop) -> None:
    lane, other = shop.lane(), shop.lane(lane=2)
    row = lane.write("login")
    _, body = closed(lane, row)

    assert problem(other.send("POST", "/v1/closings", body)) == (403, "device-other")
    for wrong in ({"last_seq": 9}, {"first_seq": 7}, {"of_epoch": 2}, {"epoch": 2, "of_epoch": 2}):
        assert problem(lane.send("POST", "/v1/closings", body | wrong)) == (422, "closing-malformed")


def test_a_store_is_closed_when_each_lane_agreed_or_is_excused(shop: Shop) -> None:
    lane = shop.lane()
    shop.lane(lane=2)
    today = str(reported(shop, ReportName.CLOSINGS)[0]["business_date"])
    row = lane.write("login")
    entry, body = closed(lane, row, day=today)
    lane.push([row, entry])
    asked(lane, body)

    before = [(row["lane"], row["state"], row["store_closed"]) for row in reported(shop, ReportName.CLOSINGS)]
    day = date.fromisoformat(today)
    shop.write(lambda connection: excuse(connection, Missed(1, 2, day), "closed", shop.centre.now_ms()))
    after = [(row["lane"], row["state"], row["store_closed"]) for row in reported(shop, ReportName.CLOSINGS)]

    assert before == [(1, "agreed", False), (2, "open", False)]
    assert after == [(1, "agreed", True), (2, "excused", True)]
