"""Our purchases against the host's receipts: each in exactly one pair, agreed or with the one cause why not.

Pure and deterministic: the order in which the two sides come in changes nothing. A purchase is looked for by the
receipt's number first, then, where the clerk had none, by day and amount.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import product
from typing import Any

from .host_receipt import HostLine, HostReceipt, ReceiptKind, spellings
from .journal_entry import wire_time


class Cause(StrEnum):
    """What became of one side or pair. The first that applies, in this order, is the one that is named."""

    AGREED = "agreed"
    CURRENCY_DIFFERS = "currency-differs"
    TOTAL_DIFFERS = "total-differs"
    DISCOUNT_DIFFERS = "discount-differs"
    DATE_DIFFERS = "date-differs"
    LINES_DIFFER = "lines-differ"
    DUPLICATE_AT_HOST = "duplicate-at-host"
    DUPLICATE_HERE = "duplicate-here"
    RETURNED_AT_HOST_ONLY = "returned-at-host-only"
    RETURNED_HERE_ONLY = "returned-here-only"
    MISSING_AT_HOST = "missing-at-host"
    MISSING_HERE = "missing-here"


@dataclass(frozen=True, slots=True)
class OurPurchase:
    """A ``transaction`` entry that stands, as far as the host can know it.

    Attributes:
        txn: 32 hexadecimal characters. seq: of the entry.
        receipt_no: may be empty. returns_no: of a return the number of the receipt that was taken back.
        basket_minor: shelf prices. discount_minor: what was taken off, or of a return what is not given back of them.
        lines: empty where only the amount is known.
    """

    txn: str
    seq: int
    kind: ReceiptKind
    receipt_no: str
    day: date
    at: datetime
    currency: str
    basket_minor: int
    discount_minor: int
    lines: tuple[HostLine, ...] = ()
    returns_no: str = ""

    @property
    def paid_minor(self) -> int:
        """What the customer paid; of a return what was given back."""
        return self.basket_minor - self.discount_minor

    def names(self) -> frozenset[str]:
        """Under what the host may know it."""
        return spellings(self.receipt_no) | spellings(self.returns_no)


def our_purchase(fields: Mapping[str, Any], seq: int) -> OurPurchase:
    """A ``transaction`` entry's body as the host can know it."""
    is_return = bool(fields.get("returns"))
    number = str(fields.get("receipt_no", ""))
    return OurPurchase(
        txn=str(fields["txn"]),
        seq=seq,
        kind=ReceiptKind.RETURN if is_return else ReceiptKind.SALE,
        receipt_no="" if is_return else number,
        day=date.fromisoformat(fields["business_date"]),
        at=datetime.fromisoformat(fields["at"]),
        currency=str(fields["currency"]),
        basket_minor=int(fields["basket_minor"]),
        discount_minor=int(fields["discount_minor"]),
        lines=tuple(
            HostLine(line["gtin"], "", line["quantity"], line["unit_minor"], line["discount_minor"])
            for line in fields["lines"]
        ),
        returns_no=number if is_return else "",
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of the comparison; at least one side is there."""

    cause: Cause
    ours: OurPurchase | None = None
    host: HostReceipt | None = None


Order = tuple[Any, ...]


def match(ours: Iterable[OurPurchase], hosts: Iterable[HostReceipt]) -> tuple[Pair, ...]:
    """Every purchase and every receipt in exactly one pair, by day and number.

    Args:
        ours: each with a ``txn`` of its own.
        hosts: may hold the same receipt more than once.
    """
    left, right = sorted(ours, key=_order_of_ours), sorted(hosts, key=_order_of_host)
    pairs = _by_number(left, right)
    pairs += _by_amount(left, right, {other for _, other in pairs})
    found = [Pair(_cause(left[one], right[other]), left[one], right[other]) for one, other in pairs]
    sold, at_host = _known_numbers(pair.ours for pair in found), _known_keys(pair.host for pair in found)
    paired_left, paired_right = {one for one, _ in pairs}, {other for _, other in pairs}
    only_left = [one for place, one in enumerate(left) if place not in paired_left]
    only_right = [one for place, one in enumerate(right) if place not in paired_right]
    found += [Pair(_alone_here(one, sold), ours=one) for one in only_left]
    found += [Pair(_alone_there(one, at_host), host=one) for one in only_right]
    return tuple(sorted(found, key=_order_of_pair))


def tally(pairs: Sequence[Pair]) -> Mapping[str, int]:
    """How many pairs have each cause; those that do not occur are left out."""
    return dict(sorted(Counter(pair.cause.value for pair in pairs).items()))


def pair_document(pair: Pair) -> dict[str, Any]:
    """A pair as JSON: its cause and both sides, None for one that is not there."""
    ours = pair.ours
    return {
        "cause": pair.cause.value,
        "ours": ours
        and {
            "txn": ours.txn,
            "seq": ours.seq,
            "kind": ours.kind.value,
            "receipt_no": ours.receipt_no or ours.returns_no,
            "day": ours.day.isoformat(),
            "at": wire_time(ours.at),
            "currency": ours.currency,
            "total_minor": ours.paid_minor,
            "discount_minor": ours.discount_minor,
        },
        "host": pair.host and {**pair.host.as_document(), "day": pair.host.day.isoformat()},
    }


def _by_number(left: list[OurPurchase], right: list[HostReceipt]) -> list[tuple[int, int]]:
    """Those that name the same receipt, the best agreement first."""
    named: defaultdict[tuple[ReceiptKind, str], list[int]] = defaultdict(list)
    for place, host in enumerate(right):
        for name in host.names():
            named[host.kind, name].append(place)
    candidates = {
        (place, other)
        for place, one in enumerate(left)
        for name in one.names()
        for other in named[one.kind, name]
        if _may_be_one(one, right[other])
    }
    return _best_first(candidates, lambda one, other: _distance(left[one], right[other]))


def _by_amount(left: list[OurPurchase], right: list[HostReceipt], taken: set[int]) -> list[tuple[int, int]]:
    """Purchases without a receipt's number: same day, currency and money, and not another purchase's receipt."""
    paid: defaultdict[Order, list[int]] = defaultdict(list)
    for place, host in enumerate(right):
        if place not in taken:
            paid[host.kind, host.day, host.currency, host.total_minor].append(place)
    candidates = {
        pair
        for place, one in enumerate(left)
        if not one.names()
        for pair in product([place], paid[one.kind, one.day, one.currency, one.paid_minor])
    }
    return _best_first(candidates, lambda one, other: _distance(left[one], right[other]))


def _best_first(candidates: Iterable[tuple[int, int]], distance: Callable[[int, int], Order]) -> list[tuple[int, int]]:
    chosen: list[tuple[int, int]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for one, other in sorted(candidates, key=lambda pair: (distance(*pair), pair)):
        if one not in used_left and other not in used_right:
            chosen.append((one, other))
            used_left.add(one)
            used_right.add(other)
    return chosen


def _may_be_one(one: OurPurchase, host: HostReceipt) -> bool:
    """The same number on another day and with other money is another receipt: many tills count anew each day."""
    return one.day == host.day or (one.currency, one.paid_minor) == (host.currency, host.total_minor)


def _distance(one: OurPurchase, host: HostReceipt) -> Order:
    differences = (
        one.day != host.day,
        one.currency != host.currency,
        one.paid_minor != host.total_minor,
        _discounts_differ(one, host),
        _lines_differ(one, host),
    )
    return (*differences, abs(one.at - host.at))


def _cause(one: OurPurchase, host: HostReceipt) -> Cause:
    checks = (
        (Cause.CURRENCY_DIFFERS, one.currency != host.currency),
        (Cause.TOTAL_DIFFERS, one.paid_minor != host.total_minor),
        (Cause.DISCOUNT_DIFFERS, _discounts_differ(one, host)),
        (Cause.DATE_DIFFERS, one.day != host.day),
        (Cause.LINES_DIFFER, _lines_differ(one, host)),
    )
    return next((cause for cause, applies in checks if applies), Cause.AGREED)


def _discounts_differ(one: OurPurchase, host: HostReceipt) -> bool:
    """A host that does not say what it took off does not contradict; a return gives back what was paid."""
    if one.kind is ReceiptKind.RETURN or host.discount_minor is None:
        return False
    return one.discount_minor != host.discount_minor


def _lines_differ(one: OurPurchase, host: HostReceipt) -> bool:
    """Pieces and shelf money of each product, in whatever order and however split; bare amounts contradict nothing."""
    return bool(one.lines and host.lines) and _by_product(one.lines) != _by_product(host.lines)


def _by_product(lines: Sequence[HostLine]) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for line in lines:
        pieces, money = sums.get(line.gtin, (0, 0))
        sums[line.gtin] = (pieces + line.quantity, money + line.amount_minor)
    return sums


Numbered = tuple[ReceiptKind, str, date]


def _known_numbers(ours: Iterable[OurPurchase | None]) -> frozenset[Numbered]:
    return frozenset((one.kind, name, one.day) for one in ours if one for name in one.names())


def _known_keys(hosts: Iterable[HostReceipt | None]) -> frozenset[tuple[str, str, date, ReceiptKind]]:
    return frozenset((host.till, host.receipt_no, host.day, host.kind) for host in hosts if host)


def _alone_here(one: OurPurchase, sold: frozenset[Numbered]) -> Cause:
    if any((one.kind, name, one.day) in sold for name in one.names()):
        return Cause.DUPLICATE_HERE
    return Cause.RETURNED_HERE_ONLY if one.kind is ReceiptKind.RETURN else Cause.MISSING_AT_HOST


def _alone_there(host: HostReceipt, at_host: frozenset[tuple[str, str, date, ReceiptKind]]) -> Cause:
    if (host.till, host.receipt_no, host.day, host.kind) in at_host:
        return Cause.DUPLICATE_AT_HOST
    return Cause.RETURNED_AT_HOST_ONLY if host.kind is ReceiptKind.RETURN else Cause.MISSING_HERE


def _order_of_ours(one: OurPurchase) -> Order:
    return (one.day, one.receipt_no, one.at, one.txn)


def _order_of_host(host: HostReceipt) -> Order:
    lines = sorted((line.gtin, line.quantity, line.unit_minor) for line in host.lines)
    off = -1 if host.discount_minor is None else host.discount_minor
    return (host.day, host.till, host.receipt_no, host.kind, host.total_minor, host.at, host.currency, off, lines)


def _order_of_pair(pair: Pair) -> Order:
    if pair.ours is not None:
        host = pair.host.receipt_no if pair.host else ""
        return (pair.ours.day, pair.ours.receipt_no or host, 0, pair.ours.txn)
    host_only = _order_of_host(pair.host) if pair.host else ()
    return (pair.host.day if pair.host else date.min, pair.host.receipt_no if pair.host else "", 1, "", *host_only)
