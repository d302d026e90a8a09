"""A whole day without the centre at three counters, then one sync: centre and lanes agree to the fen."""

from collections import Counter as Sums
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from crm_server.centre import Centre, open_centre
from crm_server.schema import INBOX, LEDGER, MEMBER, MEMBER_ALIAS, POOL_COUPON, STAMP, STOCK
from pos_client import bootstrap
from pos_client.domain.journal_entry import Entry
from pos_client.usecases.accounts import Accounts, holder_named
from tests.e2e.trade_day import TradeDay, delivered
from tests.mechanisms.counter_shop import Counter, CounterShop

# A longer look: more seeds, or more deeds at each counter.
SEEDS = range(3)
DEEDS = 45
Books = dict[str, list[Any]]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CounterShop]:
    """An open shop of its own for each day."""
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    opened = CounterShop(tmp_path)
    opened.open()
    yield opened
    opened.close()


def counters(shop: CounterShop) -> list[Counter]:
    """All of them."""
    return [shop.here, shop.beside, shop.elsewhere]


def books(shop: CounterShop, *tables: Table) -> Books:
    """The centre's tables as they stand."""
    centre = open_centre(shop.root / "crm")
    found = {table.name: _rows(centre, table) for table in tables}
    centre.close()
    return found


def _rows(centre: Centre, table: Table) -> list[Any]:
    return list(centre.database.read(lambda job: job.execute(select(table)).all()).result())


def journal(counter: Counter) -> list[Entry]:
    """The whole book of a lane, oldest first."""
    with bootstrap.reading_lane(counter.home) as lane:
        return list(reversed(lane.journal.latest(5_000)))


def all_entries(shop: CounterShop) -> list[tuple[Entry, dict[str, Any]]]:
    """Every entry of every lane, with its fields."""
    return [(entry, entry.fields()) for counter in counters(shop) for entry in journal(counter)]


def counting(shop: CounterShop) -> list[tuple[Entry, dict[str, Any]]]:
    """Those that count: not of a purchase whose receipt was another's, nor of its returns, but for points that paid."""
    entries = all_entries(shop)
    lost = {fields["txn"] for entry, fields in entries if entry.kind == "transaction" and entry.result == "conflict"}
    lost |= {fields["txn"] for _, fields in entries if fields.get("returns") in lost}
    gone = {(e.epoch, e.seq, f["device"]) for e, f in entries if f.get("txn") in lost and _gives(f)}
    return [
        (entry, fields)
        for entry, fields in entries
        if (entry.epoch, entry.seq, fields["device"]) not in gone
        and not (entry.kind == "void" and (_target(fields) in gone))
    ]


def _gives(fields: dict[str, Any]) -> bool:
    return fields["kind"] in {"earn", "transaction"} and fields.get("why") != "refund"


def _target(fields: dict[str, Any]) -> tuple[int, int, str]:
    return (fields.get("target_epoch") or fields["epoch"], fields["target_seq"], fields["device"])


def moved(shop: CounterShop, account: str, whose: dict[str, int]) -> dict[int, int]:
    """What the lanes' books say was moved of an account, by the member's number."""
    sums: dict[int, int] = defaultdict(int)
    for _, fields in counting(shop):
        if fields.get("ref") == account and whose.get(fields["member_ref"]):
            sums[whose[fields["member_ref"]]] += fields["amount"]
    return sums


def lane_balances(counter: Counter, numbers: dict[int, str]) -> dict[int, tuple[int, int]]:
    """Points and stamps of members as a counter shows them; of those whom its data holds."""
    with bootstrap.reading_lane(counter.home) as lane:
        accounts, found = Accounts(lane.desk), {}
        for number, ref in numbers.items():
            if lane.desk.cache.member_by_number(number):
                holder = holder_named(lane.desk, ref, number)
                found[number] = (accounts.points(holder), accounts.stamps(holder, "wash"))
        return found


def check_members(shop: CounterShop, opening: dict[int, int]) -> dict[int, tuple[int, int]]:
    """Points and stamps: the books' sums, the centre's rows, its report and each lane's view are one number."""
    now = books(shop, MEMBER, MEMBER_ALIAS, STAMP, LEDGER)
    whose = {row.ref: row.number for row in now["member"]}
    whose |= {row.ref: row.member_number for row in now["member_alias"]}
    points, stamped = moved(shop, "points", whose), moved(shop, "stamps:wash", whose)
    stamps = {row.member_number: row.count for row in now["stamp"] if row.card == "wash"}
    touched = {row.number: row for row in now["member"] if row.number in {*points, *stamped}}
    centre = {number: (row.points, stamps.get(number, 0)) for number, row in touched.items()}

    assert len(touched) > 5
    assert centre == {number: (opening.get(number, 0) + points[number], stamped[number]) for number in touched}
    assert {row["member_ref"]: row["points"] for row in shop.rows("points")}.items() <= {
        (row.ref, row.points) for row in now["member"]
    }
    for counter in counters(shop):
        seen = lane_balances(counter, {number: row.ref for number, row in touched.items()})
        assert seen.items() <= centre.items()
        assert len(seen) == len(touched) or counter is shop.elsewhere
    return centre


def check_stock(shop: CounterShop, opening: Books) -> None:
    """Things at the booths: what lay there, less what the lanes handed over."""
    left = {(row.store, row.booth, row.item): row.quantity for row in opening["stock"]}
    for _, fields in all_entries(shop):
        if str(fields.get("ref", "")).startswith("stock:"):
            left[fields["store"], fields["booth"], fields["ref"].removeprefix("stock:")] += fields["amount"]

    assert {(row.store, row.booth, row.item): row.quantity for row in books(shop, STOCK)["stock"]} == left
    for counter, booth in zip(counters(shop), ("一楼中庭专柜", "收银区促销台", "超市入口专柜"), strict=True):
        shown = {item["item"]: item["quantity"] for item in counter("stock").document}
        assert shown == {
            item: count for (store, at, item), count in left.items() if (store, at) == (counter.store, booth)
        }


def check_money(shop: CounterShop) -> None:
    """Purchases and discounts by booth: the settlements are the books' sums, to the fen."""
    entries = [(e, f) for e, f in counting(shop) if not e.voided and e.result != "conflict"]
    sales = {fields["txn"] for entry, fields in all_entries(shop) if entry.kind == "transaction"}
    booked, redeemed = Sums[Any](), Sums[Any]()
    for entry, fields in entries:
        at, sign = (fields["store"], fields["booth"]), -1 if fields.get("returns") else 1
        alone = entry.kind == "redeem" and fields.get("txn") not in sales
        if entry.kind == "redeem":
            redeemed[fields["store"], fields["campaign"]] += fields["discount_minor"]
            booked[at, "discount_minor"] += fields["discount_minor"]
            booked[at, "redemptions"] += 1
        if entry.kind == "transaction" or alone:
            basket, off = fields["basket_minor"] or 0, fields["discount_minor"]
            booked[at, "basket_minor"] += sign * basket
            booked[at, "commission_base_minor"] += sign * max(0, basket - off)
        booked[at, "purchases"] += sign * (entry.kind == "transaction")

    settled, by_booth = Sums[Any](), Sums[Any]()
    for row in shop.rows("settlement"):
        settled[row["store"], row["campaign"]] += row["discount_minor"]
    for row in shop.rows("cps"):
        for name in ("redemptions", "basket_minor", "discount_minor", "commission_base_minor"):
            by_booth[(row["store"], row["booth"]), name] += row[name]
    assert {name: sum_ for name, sum_ in booked.items() if name[1] != "purchases" and sum_} == {
        name: sum_ for name, sum_ in by_booth.items() if sum_
    }
    assert {key: minor for key, minor in settled.items() if minor} == {
        key: minor for key, minor in redeemed.items() if minor
    }


def check_statement(shop: CounterShop) -> None:
    """Promoters: what was paid for the purchases they are credited with, less what came back of them."""
    entries = [(e, f) for e, f in counting(shop) if e.result != "conflict"]
    back = Sums[Any]()
    for entry, fields in entries:
        if entry.kind == "transaction" and fields["returns"]:
            back[fields["returns"]] += fields["basket_minor"] - fields["discount_minor"]
    owed = {
        (fields["device"], entry.seq): 0
        if entry.voided
        else fields["basket_minor"] - fields["discount_minor"] - back[fields["txn"]]
        for entry, fields in entries
        if entry.kind == "transaction" and fields["promoter"] and not fields["returns"]
    }
    stated = {(r["device"], r["seq"]): r["paid_minor"] for r in shop.rows("statement") if r["kind"] == "transaction"}
    assert stated == owed


def check_inbox(shop: CounterShop) -> None:
    """Every entry of every lane once, and what it says became of it is what the centre says."""
    stored = {(row.device, row.epoch, row.seq, row.hash): row for row in books(shop, INBOX)["inbox"]}
    written = {(f["device"], e.epoch, e.seq, e.hash.hex()): e for e, f in all_entries(shop)}
    assert stored.keys() == written.keys()
    assert {row.result for row in stored.values()} <= {"accepted", "conflict"}, [
        (row.kind, row.result, row.reason) for row in stored.values() if row.result not in {"accepted", "conflict"}
    ]
    assert {key for key, row in stored.items() if row.voided} == {key for key, entry in written.items() if entry.voided}
    for counter in counters(shop):
        assert counter("journal", "verify")["ok"]


def check_conflicts(shop: CounterShop) -> None:
    """A conflict is a coupon or a receipt that two counters of the store took, and nothing else."""
    takers: dict[str, set[str]] = defaultdict(set)
    lost = set()
    for entry, fields in all_entries(shop):
        if entry.kind in {"redeem", "transaction"}:
            takers[fields.get("coupon_id") or fields["ref"]].add(fields["device"])
        if entry.result == "conflict":
            lost.add((fields["device"], entry.seq))
            assert len(takers[fields.get("coupon_id") or fields["ref"]]) == 2, fields
    assert {(row["device"], row["seq"]) for row in shop.rows("conflicts")} == lost
    assert len(lost) >= 2


def check_issues(shop: CounterShop) -> None:
    """Every coupon that was given out is known at the centre, as issued or as taken back."""
    state = {row.coupon_id: row.state for row in books(shop, POOL_COUPON)["pool_coupon"] if row.state != "free"}
    void_of = {f.get("txn") for e, f in all_entries(shop) if e.kind == "transaction" and e.result == "conflict"}
    given = {
        fields["coupon_id"]: "withdrawn" if entry.voided or fields["txn"] in void_of else "issued"
        for entry, fields in all_entries(shop)
        if entry.kind == "issue"
    }
    assert given == state
    assert "issued" in given.values()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_offline_and_one_sync_agree_to_the_fen(shop: CounterShop, seed: int) -> None:
    opening = books(shop, MEMBER, STOCK)
    points = {row.number: row.points for row in opening["member"]}
    day = TradeDay(shop, seed)
    for counter in counters(shop):
        counter.unplug()
    day.fill_a_card(day.desks[seed % 2])
    day.run(DEEDS)
    day.show_twice()
    day.hand_back()
    delivered(counters(shop))

    check_inbox(shop)
    check_conflicts(shop)
    centre = check_members(shop, points)
    check_stock(shop, opening)
    check_money(shop)
    check_statement(shop)
    check_issues(shop)
    delivered(counters(shop))
    assert check_members(shop, points) == centre
