"""A maker's paper from the centre's policy to its settlement: the commands, the lane, the server, all as they are."""

import json
from pathlib import Path
from typing import Any

from pos_client.domain.codes.check_digits import gs1_check_digit
from tests.fakes.shop import LaneHome, Shop

COMPANY = "0614141"
PAPER, PAPER_ID = "8110106141416543213150110120", f"gs1-{COMPANY}-654321"
WITH_SERIAL = f"{PAPER}50123456"
_BODY = f"{COMPANY}00001"
SHAMPOO = (_BODY + gs1_check_digit(_BODY)).zfill(14)


def written(folder: Path, name: str, document: object) -> str:
    """A JSON file."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def take_paper(shop: Shop, lane: LaneHome, folder: Path) -> Any:
    """The centre says that its stores take this company's paper; the lane hears of it."""
    paper = {"is_taken": True, "companies": [COMPANY], "currency": "CNY", "families": {SHAMPOO: "120"}}
    issued = shop.server.command("policy", "set", written(folder, "policy.json", {"trade": {"paper": paper}}))
    lane.run("sync")
    return issued


def basket(folder: Path, pieces: int = 1) -> str:
    """Some of the shampoo, 5.00 each."""
    line = {"gtin": SHAMPOO, "name": "洗发水", "category": "hair", "quantity": pieces, "unit_minor": 500}
    return written(folder, "basket.json", {"currency": "CNY", "lines": [line]})


def test_paper_is_taken_kept_and_settled_without_a_claim(shop: Shop, tmp_path: Path) -> None:
    lane = shop.lane(0)
    bought = basket(tmp_path)
    before = lane.run("check", PAPER, "--basket", bought)
    issued = take_paper(shop, lane, tmp_path)

    checked = lane.run("check", PAPER, "--basket", bought)
    taken = lane.run("redeem", PAPER, "--basket", bought, "--operator", "E1001")
    slip = lane.run("redeem", WITH_SERIAL, "--basket", bought, "--operator", "E1001")
    undone = lane.run("void", str(slip.document["entry"]["seq"]), "--reason", "slip", "--operator", "E1001")
    synced = lane.run("sync").document

    assert (issued["ver"], issued["policy"]["trade"]["paper"]["companies"]) == (2, [COMPANY])
    assert (before.code, before.document["reason"]) == (20, "paper-not-taken")
    assert (checked.code, checked.document["reason"], checked.document["discount_minor"]) == (0, "can-redeem", 150)
    assert (taken.code, taken.document["reason"], taken.document["tier"]) == (0, "accepted-paper", "C")
    assert undone.document["reason"] == "voided"
    assert synced["conflicts"] == 0
    rows = [row for row in shop.redemptions() if row["coupon_id"].startswith(PAPER_ID)]
    assert [(row["coupon_id"], row["use_no"], row["claim"], row["result"], row["voided"]) for row in rows] == [
        (PAPER_ID, None, "none", "accepted", False),
        (f"{PAPER_ID}-123456", 1, "none", "accepted", True),
    ]
    settled = shop.server.command("report", "settlement")
    assert [(row["paper"], row["claim"], row["count"], row["discount_minor"]) for row in settled] == [
        (PAPER_ID, "none", 1, 150)
    ]
    assert lane.run("journal", "verify").document["ok"] is True


def test_one_serial_number_at_two_lanes_is_a_paired_conflict(shop: Shop, tmp_path: Path) -> None:
    lanes = [shop.lane(0), shop.lane(1)]
    for lane in lanes:
        take_paper(shop, lane, tmp_path)
        lane.run("redeem", WITH_SERIAL, "--basket", basket(tmp_path), "--operator", "E1001")

    reports = [lane.run("sync").document for lane in lanes]

    assert [report["conflicts"] for report in reports] == [0, 1]
    assert sorted(row["result"] for row in shop.redemptions()) == ["accepted", "conflict"]
