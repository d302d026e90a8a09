"""``pos-client crm-check --role store``: a store's own server keeps what lanes rely on, with its own key."""

from pathlib import Path
from typing import Any

import pytest

from pos_client.sync.conformance.cases import ALL, AT_STORES
from tests.fakes.shop import LaneHome
from tests.fakes.store_shop import StoreShop

RECEIPT_AND_TIME = {"claim.granted", "time.genuine"}
AT_LEAST = 120


def enrolment_codes(shop: StoreShop) -> list[str]:
    """Options that give two throw-away lanes."""
    minted = [shop.centre.command("mint", "enrol", "--store", "1", "--lane", lane)[0]["code"] for lane in ("1", "2")]
    return [word for code in minted for word in ("--code", str(code))]


def failed(document: Any) -> dict[str, str]:
    return {case["id"]: case["detail"] for case in document["cases"] if case["result"] == "fail"}


def test_a_stores_server_keeps_its_part_of_the_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    with StoreShop(tmp_path) as shop:
        asked = [*enrolment_codes(shop), "--coupon", shop.coupons(1)[0], "--role", "store"]
        answered = LaneHome(tmp_path / "no-lane").run("crm-check", shop.store.url, *asked)

    assert failed(answered.document) == {}
    assert (answered.code, answered.document["skipped"]) == (0, 0)
    assert [case["id"] for case in answered.document["cases"]] == [case.id for case in AT_STORES]
    assert answered.document["passed"] >= AT_LEAST
    assert {case.id for case in AT_STORES} < {case.id for case in ALL}
    assert {case.id for case in AT_STORES} >= RECEIPT_AND_TIME
