"""A25 and A30 to A43 of the papers: owner, promoter, statements, figures, no network, crowds, host till, returns."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.mechanisms.counter_shop import Counter, CounterShop

pytestmark = pytest.mark.xdist_group("mechanisms")

OTHER_PROMOTER = "P2001"


def test_a30_a_customer_belongs_to_the_store_where_he_was_bound(shop: CounterShop) -> None:
    looked = shop.here("bind", "--phone", "13711110030")
    bound = shop.here("bind", "--phone", "13711110030", "--yes")

    assert looked["owner_after"].startswith("澄水·湖滨店")
    assert bound["owner_after"] == looked["owner_after"]
    assert shop.here.entries("bind")[-1]["store"] == 1


def test_a31_and_to_the_promoter_whose_window_is_protected(shop: CounterShop) -> None:
    shop.here("bind", "--phone", "13711110031", "--promoter", "P1001", "--yes")
    shop.here.sync()
    shop.elsewhere.sync()
    taken = shop.elsewhere("bind", "--phone", "13711110031", "--promoter", OTHER_PROMOTER)

    assert taken["owner_before"].startswith("澄水·湖滨店")
    assert "P1001" in taken["owner_before"]
    assert taken["owner_after"] == taken["owner_before"]


def test_a32_a_promoter_sees_his_own_day(shop: CounterShop) -> None:
    sale = shop.here("purchase", "--amount", "4200", "--promoter", "P1001")
    back = shop.here("purchase", "--amount", "3000", "--promoter", "P1001")
    shop.here("void", str(back["entry"]["seq"]), "--reason", "slip")
    before = shop.here("statement", "--promoter", "P1001")
    shop.here.sync()
    after = shop.here("statement", "--promoter", "P1001")

    def line(statement: Any, seq: int) -> tuple[str, bool]:
        found = next(line for line in statement["lines"] if line["seq"] == seq)
        return found["credit"], found["is_delivered"]

    sold = [line(said, sale["entry"]["seq"]) for said in (before, after)]
    assert sold == [("pending", False), ("pending", True)]
    assert line(after, back["entry"]["seq"])[0] == "reversed"
    assert shop.here("statement", "--promoter", "P1001", "--operator", OTHER_PROMOTER).code == 2
    rows = [row for row in shop.rows("statement") if row["promoter"] == "P1001" and row["kind"] == "transaction"]
    assert {"pending", "reversed"} <= {row["state"] for row in rows}


def test_a33_the_counter_knows_its_visitors_and_refusals(shop: CounterShop) -> None:
    before = shop.here("counters").document
    shop.here("purchase", "--member", shop.member(), "--amount", "1000")
    shop.here("redeem", shop.mint("coupon", "--expired"))
    after = shop.here("counters").document

    assert after["purchases"] == before["purchases"] + 1
    assert after["refusals"].get("expired", 0) == before["refusals"].get("expired", 0) + 1
    assert sum(after["by_hour"].values()) > sum(before["by_hour"].values())


def test_a34_who_buys_nothing_is_kept_all_the_same(shop: CounterShop) -> None:
    before = shop.here("counters").document
    shop.here("bind", "--phone", "13711110034", "--yes")
    after = shop.here("counters").document

    assert [after[name] - before[name] for name in ("new_members", "without_purchase")] == [1, 1]


def test_a35_a_booth_without_any_network_does_it_all(shop: CounterShop) -> None:
    lane, coupon, card = shop.beside, shop.mint("coupon"), shop.member()
    lane.sync()
    lane.unplug()
    done = [
        lane("bind", "--phone", "13711110035", "--yes"),
        lane("purchase", coupon, "--member", card, "--amount", "12000"),
        lane("redeem", shop.mint("prize", "--store", "1")),
    ]
    done.append(lane("hand-over", str(done[2]["entry"]["seq"])))
    done.append(lane("return", str(done[1]["entry"]["seq"])))
    waits = lane("status")["undelivered"]
    lane.plug()
    lane.sync()

    assert [said.code for said in done] == [0] * 5, done
    assert waits >= 10
    assert lane("status")["undelivered"] == 0


def test_a36_a_crowd_at_two_lanes_loses_and_doubles_nothing(shop: CounterShop) -> None:
    codes = [item["code"] for item in shop.centre("mint", "coupon", "--count", "70")]
    lanes: tuple[Counter, ...] = (shop.here, shop.beside)
    said = [lane("redeem", code) for code in codes for lane in lanes]
    shop.here.sync()
    shop.beside.sync()

    assert Tally(one.code for one in said) == {0: 70, 20: 70}
    ids = {one["coupons"][0]["id"] for one in said}
    rows = [row["coupon_id"] for row in shop.rows("redemptions") if row["coupon_id"] in ids and not row["voided"]]
    assert (len(rows), len(set(rows))) == (70, 70)


def test_a37_our_book_and_the_hosts_are_compared_line_by_line(shop: CounterShop) -> None:
    lane = shop.elsewhere
    for number, total in (("501", 5_000), ("502", 6_000)):
        lane("purchase", "--basket", lane.basket(("hair-care", 1, total), receipt_no=number))
    host = [
        {"till": "3", "receipt_no": number, "at": _now(lane), "currency": "CNY", "total_minor": total}
        for number, total in (("501", 5_000), ("502", 6_100), ("503", 700))
    ]
    file = shop.root / "host.json"
    file.write_text(json.dumps(host), encoding="utf-8")
    taken = lane("host", "import", str(file))
    compared = lane("host", "match")

    assert taken.code == 0, taken
    assert compared.code == 20
    assert {"agreed", "missing-here", "total-differs"} <= {pair["cause"] for pair in compared["pairs"]}


def _now(lane: Counter) -> str:
    return str(lane("status")["now"])


@contextmanager
def bridge(lane: Counter) -> Iterator[tuple[str, str]]:
    """The host's way in: address and token."""
    program = [sys.executable, "-m", "pos_client", "--home", str(lane.home)]
    command = [*program, "bridge", "serve", "--port", "0", "--json"]
    environment = os.environ | {"POS_CLIENT_KEYRING": "file"}
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert serving.stdout is not None
    url = ""
    for line in serving.stdout:
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            url = found.group()
            break
    try:
        yield url, (lane.home / "bridge.token").read_text().strip()
    finally:
        serving.terminate()
        serving.wait(timeout=20)
        serving.stdout.close()


def ask(way: tuple[str, str], path: str, body: dict[str, Any]) -> dict[str, Any]:
    """One request of the host's till."""
    headers = {"Authorization": f"Bearer {way[1]}", "Content-Type": "application/json"}
    request = urllib.request.Request(way[0] + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        document: dict[str, Any] = json.loads(answer.read())
        return document


def test_a25_a38_the_self_checkout_shows_the_member_his_price_and_the_host_writes_first(shop: CounterShop) -> None:
    card, coupon = shop.member(), shop.mint("coupon")
    line = {"gtin": "06901234567892", "name": "洗发水", "category": "hair-care", "quantity": 2, "unit_minor": 5_900}
    with bridge(shop.elsewhere) as way:
        greeted = ask(way, "/v1/baskets", {"basket": {"currency": "CNY", "total_minor": 0}, "member": card})
        body = {"basket": {"currency": "CNY", "lines": [line]}, "member": card, "codes": [coupon]}
        proposed, left = ask(way, "/v1/baskets", body), ask(way, "/v1/baskets", body)
        ask(way, f"/v1/baskets/{left['id']}/reject", {"reason": "customer left"})
        paid = {"receipt_no": "0042", "till": "3", "total_minor": 10_800, "paid_at": _now(shop.elsewhere)}
        accepted = [ask(way, f"/v1/baskets/{proposed['id']}/accept", paid) for _ in range(2)]

    assert "*" in greeted["verdict"]["member"]["masked"]
    assert (proposed["discount_minor"], proposed["total_minor"]) == (1_000, 10_800)
    assert accepted[0]["agrees"] is True
    assert [entry["coupons"][0]["discount_minor"] for entry in shop.elsewhere.entries("transaction")[-1:]] == [1_000]
    written = [entry for entry in shop.elsewhere.entries("transaction") if entry["receipt_no"] == "42"]
    assert len(written) == 1


def test_a39_a_file_in_a_folder_is_enough_for_the_hosts_it(shop: CounterShop) -> None:
    file = shop.root / "day.csv"
    file.write_text(f"till,receipt_no,at,total_minor\n3,601,{_now(shop.elsewhere)},900\n", encoding="utf-8")

    assert shop.elsewhere("host", "import", str(file)).code == 0
    listed = json.dumps(shop.elsewhere("host", "receipts").document)
    assert "601" in listed


def test_a40_every_answer_is_a_short_chinese_sentence_with_a_next_step(shop: CounterShop) -> None:
    shown = [
        shop.mint("coupon"),
        shop.mint("coupon", "--expired"),
        shop.offer("spend-100"),
        "134567890123456789",
        "hello",
    ]
    said = [shop.here("redeem", code) for code in shown]

    for one in said:
        for words in (one["sentence"]["zh"], one["next_step"]["zh"]):
            assert 0 < len(words) <= 40, words
            assert re.search("[\u4e00-\u9fff]", words)


def test_a41_a_store_has_promotions_of_its_own(shop: CounterShop) -> None:
    ours, theirs = shop.offer("lakeside-only"), shop.offer("jiangnan-only")

    assert shop.here("redeem", ours).code == 0
    assert shop.here("check", theirs).code == 20
    assert shop.elsewhere("check", theirs).code == 0


def test_a42_goods_that_come_back_take_what_they_earned_with_them(shop: CounterShop) -> None:
    card = shop.member()
    before = shop.here("points", card)["points"]
    sale = shop.here("purchase", "--member", card, "--basket", shop.here.basket(("skin-care", 2, 6_000)))
    assert shop.here("points", card)["points"] == before + 120
    back = shop.here("return", str(sale["entry"]["seq"]), "--line", "0:1")
    part = shop.here("points", card)["points"]
    rest = shop.here("return", str(sale["entry"]["seq"]))
    shop.here.sync()

    assert [said["facts"]["refund_minor"] for said in (back, rest)] == [6_000, 6_000]
    assert (part, shop.here("points", card)["points"]) == (before + 60, before)
    assert shop.here("redeem", sale.codes()[0], "--member", card).reason == "revoked"


def test_a43_every_deed_reaches_the_centre_with_whose_it_is_refusals_too(shop: CounterShop) -> None:
    shop.here("redeem", shop.mint("coupon", "--expired"), "--promoter", "P1001")
    shop.here.sync()

    device = next(row for row in shop.rows("devices") if (row["store"], row["lane"]) == (1, 1))
    refused = shop.here.entries("reject")[-1]
    assert device["ack_seq"] == device["max_seq"] >= refused["seq"]
    named = ("store", "lane", "booth", "operator", "promoter", "source", "reason")
    assert all(refused[name] for name in named), refused
    rows = shop.rows("cps")
    assert {"store", "promoter", "campaign"} <= set(rows[0])
