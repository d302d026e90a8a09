"""A book's reports: whose figures, on which day, in which hour; voids and returns beside them, and nothing guessed."""

from typing import Any

import pytest

from pos_client.domain.book_entries import BookEntry
from pos_client.domain.book_reports import BookReport, book_report
from pos_client.domain.journal_entry import EntryKind

DAY, NEXT = "2026-03-10", "2026-03-11"
WHO: dict[str, Any] = {"business_date": DAY, "at": "2026-03-10T04:00:00.000Z", "operator": "E1", "promoter": "P1"}
LINES = [
    {"brand": "a", "quantity": 2, "unit_minor": 500, "discount_minor": 100},
    {"brand": "b", "quantity": 1, "unit_minor": 300, "discount_minor": 0},
]


def entry(seq: int, kind: EntryKind, **fields: Any) -> BookEntry:
    """An entry of the lane."""
    return BookEntry("d1", 1, seq, kind, {**WHO, "device": "d1", "currency": "CNY", **fields})


def redeemed(seq: int, **fields: Any) -> BookEntry:
    """A redemption of 10.00."""
    return entry(seq, EntryKind.REDEEM, **{"campaign": 7, "tier": "C", "discount_minor": 1_000, **fields})


def bought(seq: int, **fields: Any) -> BookEntry:
    """A purchase of 13.00 less 1.00."""
    return entry(seq, EntryKind.TRANSACTION, **{"basket_minor": 1_300, "discount_minor": 100, "lines": LINES, **fields})


def void(seq: int, target: int, **fields: Any) -> BookEntry:
    """A void."""
    return entry(seq, EntryKind.VOID, target_seq=target, **{"operator": "E9", "reason": "slip", **fields})


def rows(name: BookReport, *entries: BookEntry, others: tuple[BookEntry, ...] = ()) -> list[tuple[Any, ...]]:
    """A report's rows; ``others`` are of other days."""
    book = {(one.device, one.epoch, one.seq): one for one in (*entries, *others)}

    def find(device: str, epoch: int, seq: int) -> BookEntry | None:
        return book.get((device, epoch, seq))

    return list(book_report(name, reversed(entries), find, lambda _: "Asia/Shanghai").rows)


def test_campaigns_and_tiers_count_uses() -> None:
    entries = (redeemed(1), redeemed(2, campaign=9, tier="A"), redeemed(3), void(4, 3))

    assert rows(BookReport.CAMPAIGNS, *entries) == [
        (DAY, 7, "CNY", 2, 2_000, 1, 1_000),
        (DAY, 9, "CNY", 1, 1_000, 0, 0),
    ]
    assert rows(BookReport.TIERS, *entries) == [
        (DAY, "A", "CNY", 1, 1_000, 0, 0),
        (DAY, "C", "CNY", 2, 2_000, 1, 1_000),
    ]


@pytest.mark.parametrize(("name", "whom"), [(BookReport.CLERKS, "E1"), (BookReport.PROMOTERS, "P1")])
def test_a_void_counts_against_whose_deed_it_was_on_its_own_day(name: BookReport, whom: str) -> None:
    late = void(5, 1, business_date=NEXT)

    assert rows(name, late, others=(redeemed(1),)) == [(NEXT, whom, "CNY", 0, 0, 1, 1_000, 0, 0, 0, 0, 0)]
    assert rows(name, redeemed(1), others=(late,)) == [(DAY, whom, "CNY", 1, 1_000, 0, 0, 0, 0, 0, 0, 0)]


def test_purchases_returns_and_their_voids() -> None:
    returned = bought(2, returns="t1", refund_minor=400)
    taken_back = void(4, 3)

    found = rows(BookReport.CLERKS, bought(1), returned, bought(3), taken_back)

    assert found == [(DAY, "E1", "CNY", 0, 0, 0, 0, 1, 1_300, 1_200, 1, 400)]


def test_the_hour_is_the_stores() -> None:
    assert [row[1] for row in rows(BookReport.HOURS, redeemed(1), redeemed(2, at="2026-03-10T05:59:59.999Z"))] == [
        "12",
        "13",
    ]
    assert [row[1] for row in rows(BookReport.HOURS, redeemed(1, at="?"))] == [""]


def test_brands_are_those_of_the_lines_and_a_return_takes_them_off() -> None:
    back = bought(2, returns="t1", lines=[{**LINES[0], "quantity": 1, "discount_minor": 50}])

    assert rows(BookReport.BRANDS, bought(1), back, bought(3, lines=[])) == [
        (DAY, "", "CNY", 0, 1_300, 100, 1_200),
        (DAY, "a", "CNY", 1, 500, 50, 450),
        (DAY, "b", "CNY", 1, 300, 0, 300),
    ]


def test_refusals_by_reason() -> None:
    refused = [
        entry(seq, EntryKind.REJECT, reason=reason) for seq, reason in enumerate(("expired", "used", "expired"), 1)
    ]

    assert rows(BookReport.REFUSALS, *refused) == [(DAY, "expired", 2), (DAY, "used", 1)]


def test_voids_name_both_sides_and_leave_out_intents() -> None:
    intent = entry(1, EntryKind.INTENT, value_minor=5)
    given = redeemed(3, value_minor=1_000, coupon_id="7-1")

    assert rows(BookReport.VOIDS, intent, void(2, 1), given, void(4, 3), void(5, 99)) == [
        (DAY, "d1", 1, 4, WHO["at"], "E9", 1, 3, "redeem", 7, "7-1", 1_000, "CNY", "slip")
    ]


def test_the_days_sheet_holds_every_figure() -> None:
    entries = (
        bought(1),
        redeemed(2),
        void(3, 2),
        entry(4, EntryKind.EARN, ref="points", amount=12),
        entry(5, EntryKind.BURN, ref="points", amount=-5),
        entry(6, EntryKind.HAND_OVER, ref="stock:cat", item="cat", amount=-2),
        entry(7, EntryKind.ISSUE, campaign=9),
        entry(8, EntryKind.REJECT, reason="used"),
        entry(9, EntryKind.BIND, action="new"),
        entry(10, EntryKind.LOGIN),
        bought(11, returns="t", refund_minor=200),
    )

    found = {row[1:3]: row[4:] for row in rows(BookReport.DAY, *entries)}

    assert found == {
        ("bought", ""): (1, 1_300),
        ("paid", ""): (1, 1_200),
        ("returned", ""): (1, 200),
        ("redeemed", ""): (1, 1_000),
        ("voided", ""): (1, 1_000),
        ("tier", "C"): (0, 0),
        ("campaign", "7"): (0, 0),
        ("earn", "points"): (12, 0),
        ("burn", "points"): (-5, 0),
        ("hand_over", "cat"): (-2, 0),
        ("issue", "9"): (1, 0),
        ("refused", "used"): (1, 0),
        ("bind", "new"): (1, 0),
    }


def test_an_empty_book_still_has_columns() -> None:
    table = book_report(BookReport.DAY, [], lambda *_: None, lambda _: "UTC")

    assert (table.columns, table.rows) == (("business_date", "what", "of", "currency", "count", "value_minor"), ())
