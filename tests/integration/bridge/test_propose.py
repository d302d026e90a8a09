"""Propose, accept, reject over HTTP against a real lane: nothing lost, nothing twice, both figures named."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from pos_client.bootstrap import match_day
from pos_client.bridge.till_port import Accepted, Asked, Outcome, Quote, Till
from pos_client.domain.business_time import day_number, local_date
from pos_client.domain.codes.receipt_code import ReceiptCode
from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.host_match import Cause
from tests.integration.bridge.conftest import OpenBridge
from tests.integration.bridge.host_side import BASKET, SHELF, HostSide, now, problem

OFF = 1_000


def coupon(host: HostSide) -> str:
    return host.shop.mint("coupon")[0]


def test_a_proposal_names_the_price_and_writes_nothing(host: HostSide) -> None:
    before = host.entries("transaction")
    member = host.shop.mint("member")[0]
    proposal = host.propose(coupon(host), member=member)

    figures = {name: proposal[name] for name in ("basket_minor", "discount_minor", "total_minor", "state")}
    assert figures == {"basket_minor": SHELF, "discount_minor": OFF, "total_minor": SHELF - OFF, "state": "open"}
    assert [(line["discount_minor"], line["total_minor"]) for line in proposal["lines"]] == [(OFF, SHELF - OFF)]
    assert proposal["verdict"]["member"]["masked"]
    assert host.entries("transaction") == before


def test_an_accepted_proposal_is_one_purchase_with_its_coupon_and_agrees_with_the_host(host: HostSide) -> None:
    code = coupon(host)
    proposal = host.propose(code)
    answer = host.accept(proposal, "0101")

    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["agrees"]) == ("accepted", True)
    (sale,) = [entry for entry in host.entries("transaction") if entry["txn"] == proposal["id"]]
    assert (sale["basket_source"], sale["receipt_no"], sale["discount_minor"]) == ("host", "101", OFF)
    assert next(entry["txn"] for entry in host.entries("redeem")) == proposal["id"]
    pair = next(pair for pair in match_day(host.lane.home, None).pairs if pair.ours and pair.ours.txn == proposal["id"])
    assert pair.cause is Cause.AGREED
    assert host.propose(code)["discount_minor"] == 0


def test_accepting_again_is_the_same_answer_and_the_same_single_purchase(host: HostSide) -> None:
    proposal = host.propose(coupon(host))
    with ThreadPoolExecutor(4) as many:
        answers = [answer.json() for answer in many.map(lambda _: host.accept(proposal, "0102"), range(4))]

    assert answers == [answers[0]] * 4
    assert len([entry for entry in host.entries("transaction") if entry["txn"] == proposal["id"]]) == 1


def test_another_total_is_refused_with_both_figures_and_may_be_put_right(host: HostSide) -> None:
    proposal = host.propose(coupon(host))
    answer = host.accept(proposal, "0103", total_minor=SHELF)

    assert problem(answer) == (409, "host-total-differs")
    assert (answer.json()["stated_minor"], answer.json()["agreed_minor"]) == (SHELF, SHELF - OFF)
    assert "¥118.00" in answer.json()["sentence"]["zh"]
    assert "¥108.00" in answer.json()["sentence"]["zh"]
    assert host.accept(proposal, "0103").status_code == 200


def test_a_rejected_proposal_leaves_the_coupon_for_the_next(host: HostSide) -> None:
    code = coupon(host)
    proposal = host.propose(code)
    path = f"/v1/baskets/{proposal['id']}/reject"

    assert [host.post(path, {"reason": "customer left"}).json()["state"] for _ in range(2)] == ["rejected"] * 2
    assert problem(host.accept(proposal, "0104")) == (409, "proposal-rejected")
    assert host.propose(code)["discount_minor"] == OFF


def test_what_was_accepted_cannot_be_rejected_nor_put_on_another_receipt(host: HostSide) -> None:
    proposal = host.propose()
    assert host.accept(proposal, "0105").status_code == 200

    assert problem(host.post(f"/v1/baskets/{proposal['id']}/reject", {})) == (409, "proposal-accepted")
    assert problem(host.accept(proposal, "0106")) == (409, "receipt-differs")


def test_a_coupon_that_went_in_between_stops_the_purchase_and_the_difference_is_found(host: HostSide) -> None:
    code = coupon(host)
    first, second = host.propose(code), host.propose(code)
    assert host.accept(first, "0107").status_code == 200

    assert [problem(host.accept(second, "0108")) for _ in range(2)] == [(409, "not-redeemed")] * 2
    pair = next(pair for pair in match_day(host.lane.home, None).pairs if pair.host and pair.host.receipt_no == "0108")
    assert pair.cause is Cause.MISSING_HERE


def test_a_receipt_under_which_a_sale_stands_takes_no_other(host: HostSide) -> None:
    first, second = host.propose(), host.propose()
    said = {"paid_at": now()}
    assert host.accept(first, "0130", **said).status_code == 200

    assert [problem(host.accept(second, "0130", **said)) for _ in range(2)] == [(409, "receipt-taken")] * 2


@pytest.mark.parametrize("total", [-1, True, 1.0, 10**12, 10**4_000], ids=["negative", "true", "1.0", "large", "huge"])
def test_a_total_that_is_no_amount_is_refused(host: HostSide, total: object) -> None:
    assert problem(host.accept(host.propose(), "0131", total_minor=total)) == (400, "amount")


def test_codes_that_are_not_ours_do_not_stop_a_sale_at_full_price(host: HostSide) -> None:
    member = host.shop.mint("member")[0]
    proposal = host.propose("https://example.com/x", member=member)

    assert (proposal["discount_minor"], proposal["verdict"]["verdict"]) == (0, "unknown")
    assert host.accept(proposal, "0109").status_code == 200
    (sale,) = [entry for entry in host.entries("transaction") if entry["txn"] == proposal["id"]]
    assert sale["member_ref"]


def test_two_tills_may_have_the_same_number_and_total(host: HostSide) -> None:
    first, second = host.propose(), host.propose()

    assert [host.accept(first, "7", till="1").status_code, host.accept(second, "7", till="2").status_code] == [200, 200]


class TornTill:
    """A lane whose plug is pulled at an acceptance: before it is written, or after."""

    def __init__(self, lane: Till, *, after: bool) -> None:
        self._lane, self._after = lane, after

    def propose(self, asked: Asked) -> Quote:
        return self._lane.propose(asked)

    def accept(self, accepted: Accepted) -> Outcome:
        if self._after:
            self._lane.accept(accepted)
        raise StorageUnavailable("the plug was pulled")

    def reject(self, proposal_id: str, reason: str) -> None:
        self._lane.reject(proposal_id, reason)


@pytest.mark.parametrize("after", [False, True], ids=["before our commit", "after our commit"])
def test_what_the_host_accepted_before_a_crash_is_made_good_at_the_next_start(
    open_host: OpenBridge, after: bool
) -> None:
    host = open_host(around=lambda lane: TornTill(lane, after=after))
    proposal = host.propose(coupon(host))
    number = f"011{after:d}"
    assert problem(host.accept(proposal, number)) == (503, "storage-unavailable")
    assert len([entry for entry in host.entries("transaction") if entry["txn"] == proposal["id"]]) == after

    again = open_host()

    answer = again.accept(proposal, number)
    assert (answer.status_code, answer.json()["discount_minor"], answer.json()["agrees"]) == (200, OFF, True)
    assert len([entry for entry in host.entries("transaction") if entry["txn"] == proposal["id"]]) == 1


def test_a_receipt_that_was_accepted_cannot_be_handed_in_once_more_as_a_code(host: HostSide) -> None:
    assert host.accept(host.propose(), "0120", till="12").status_code == 200
    today = local_date(datetime.now(UTC), "Asia/Shanghai")
    code = ReceiptCode(1, 12, 120, day_number(today), 600, SHELF).text()

    answered = host.lane.run("purchase", code)
    assert (answered.code, answered.document["reason"]) == (20, "receipt-taken")


def test_a_lane_that_is_busy_says_so_and_nothing_is_lost(open_host: OpenBridge) -> None:
    released = threading.Event()
    host = open_host(within_s=0.2, busy_until=released)
    answer = host.post("/v1/baskets", {"basket": BASKET})

    assert problem(answer) == (503, "till-busy")
    assert answer.headers["retry-after"] == "2"
    released.set()
    assert open_host().propose()["total_minor"] == SHELF


def test_no_code_stands_in_clear_in_the_hosts_book(host: HostSide) -> None:
    code = coupon(host)
    host.propose(code)
    files = [path for path in host.lane.home.iterdir() if path.name.startswith("host.db")]

    assert files
    assert [path.name for path in files if code.encode() in path.read_bytes()] == []
