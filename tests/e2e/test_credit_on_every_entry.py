"""A whole day at one counter: every entry, of whatever kind, says where it was made, by whom, for which campaign."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pos_client import bootstrap
from pos_client.domain.journal_entry import EntryKind
from tests.mechanisms.counter_shop import CounterShop

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("credit-day")

CLERK, PROMOTER, BOOTH = "E1001", "P1001", "一楼中庭专柜"
ACTING = ("--operator", CLERK, "--promoter", PROMOTER)
BY_ITSELF = {"enrol", "cache_swap"}
OF_AN_OFFER = {"intent", "redeem", "issue", "hand_over"}


def played(shop: CounterShop) -> None:
    """One deed of each kind."""
    lane, card = shop.here, shop.member()
    bound = lane("bind", "--phone", "13800138555", "--yes", *ACTING)
    lane("hand-over", str(bound["entry"]["seq"]), *ACTING)
    coupon = shop.mint("coupon")
    lane("purchase", card, coupon, "--basket", lane.basket(("hair-care", 2, 60_000)), *ACTING)
    lane("redeem", coupon, *ACTING)
    bought = lane("purchase", card, "--amount", "90000", "--burn", "100", *ACTING)
    lane("return", str(bought["entry"]["seq"]), "--amount", "30000", *ACTING)
    used = lane("redeem", shop.mint("coupon"), *ACTING)
    lane("void", str(used["entry"]["seq"]), "--reason", "slip", *ACTING[:2])
    for _ in range(2):
        lane("hold", shop.mint("coupon"), *ACTING)
    held = lane("status")["open_intents"]
    lane("release", str(held[0]["seq"]), *ACTING[:2])
    shop.centre("policy", "set", shop_policy(shop, {"trade": {"hold_s": 1}}))
    lane.sync()
    lane("purchase", shop.mint("booth", "--store", "S001"), "--amount", "12000", *ACTING)
    lane.unplug()
    lane("redeem", shop.offer("new-member-gift"), "--member", card, *ACTING)
    lane.plug()
    lane.sync()


def shop_policy(shop: CounterShop, changes: dict[str, Any]) -> str:
    """The path of a policy file."""
    path = shop.root / "policy.json"
    path.write_text(json.dumps(changes), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """The entries of a day, oldest first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POS_CLIENT_KEYRING", "file")
        shop = CounterShop(tmp_path_factory.mktemp("day"))
        shop.open()
        played(shop)
        with bootstrap.reading_lane(shop.here.home) as lane:
            found = [entry.fields() for entry in lane.journal.latest(5_000)]
        yield list(reversed(found))
        shop.close()


def named(entry: dict[str, Any]) -> str:
    """An entry as a failure shows it."""
    return f"#{entry['seq']} {entry['kind']} {entry.get('reason', '')}"


def test_the_day_has_an_entry_of_every_kind(day: list[dict[str, Any]]) -> None:
    deeds = {
        EntryKind.ENROL, EntryKind.CACHE_SWAP, EntryKind.INTENT, EntryKind.REDEEM, EntryKind.REJECT, EntryKind.VOID,
        EntryKind.BIND, EntryKind.ISSUE, EntryKind.HAND_OVER, EntryKind.TRANSACTION, EntryKind.EARN, EntryKind.BURN,
    }  # fmt: skip

    assert {kind.value for kind in deeds} == {entry["kind"] for entry in day}


def test_every_entry_names_store_booth_and_lane(day: list[dict[str, Any]]) -> None:
    wrong = [named(one) for one in day if (one["store"], one["booth"], one["lane"]) != (1, BOOTH, 1)]

    assert wrong == []


def test_every_entry_has_all_fields_of_the_credit(day: list[dict[str, Any]]) -> None:
    fields = {"operator", "promoter", "campaign", "source"}

    assert [named(one) for one in day if not fields <= one.keys()] == []
    assert [named(one) for one in day if not one["source"]] == []


def test_what_a_person_did_names_him_and_the_promoter(day: list[dict[str, Any]]) -> None:
    deeds = [one for one in day if one["kind"] not in BY_ITSELF | {"void"} and one["source"] != "hold"]
    voids = [one for one in day if one["kind"] == "void" and one["source"] != "hold"]

    assert [named(one) for one in deeds if (one["operator"], one["promoter"]) != (CLERK, PROMOTER)] == []
    assert [named(one) for one in voids if one["operator"] != CLERK] == []


def test_what_belongs_to_a_campaign_names_it(day: list[dict[str, Any]]) -> None:
    of_coupons = [one for one in day if one["kind"] in OF_AN_OFFER or (one["kind"] == "void" and one.get("coupon_id"))]

    assert len(of_coupons) > len(OF_AN_OFFER)
    assert [named(one) for one in of_coupons if not one["campaign"]] == []


def test_all_of_a_purchase_by_a_booths_code_has_that_source(day: list[dict[str, Any]]) -> None:
    txn = next(one["txn"] for one in day if one["kind"] == "transaction" and one["source"].startswith("scene:"))
    sources = {one["source"] for one in day if one.get("txn") == txn}

    assert len(sources) == 1
    assert sources.pop().startswith("scene:1-")
