"""Coupons that were given out with goods that come back: which of them the goods that stay do not earn.

Apart from the return because steps look beyond the purchase: all purchases of a member's day are one for them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.offers.offer import Offer
from pos_client.domain.purchase import together
from pos_client.domain.rewards import Bought, of_steps

from .desk import Desk
from .full_cards import is_for_stamps, is_used
from .purchase_record import PurchaseRecord
from .purchases_before import beside, issued_by


@dataclass(frozen=True, slots=True)
class Surplus:
    """Coupons to take back, and how many more should be and are used."""

    entries: tuple[Entry, ...]
    used: int


def surplus(
    desk: Desk, record: PurchaseRecord, kept: Bought | None, ref: str, still_gives: Callable[[int], int]
) -> Surplus:
    """What of a purchase's coupons is not earned any more.

    Args:
        desk: this lane.
        record: the purchase.
        kept: its goods that stay.
        ref: of the member, as he is known now; empty for nobody.
        still_gives: how many coupons and codes an offer that is no step gives for what stays.
    """
    steps = [offer for offer in desk.cache.offers() if offer.stacking.group]
    by_steps, by_offers = _given(record, frozenset(offer.number for offer in steps))
    over = _over_of_steps(desk, record, kept, ref, steps) if by_steps else Counter[int]()
    found = [_surplus(desk, entries, over[campaign]) for campaign, entries in by_steps.items()]
    found += [_surplus(desk, entries, len(entries) - still_gives(by)) for by, entries in by_offers.items()]
    return Surplus(tuple(entry for one in found for entry in one.entries), sum(one.used for one in found))


Issues = dict[int, list[Entry]]


def _given(record: PurchaseRecord, steps: frozenset[int]) -> tuple[Issues, Issues]:
    """What steps gave, by the campaign it is of; what other offers gave, by offer. Full cards are not among them."""
    by_steps: Issues = {}
    by_offers: Issues = {}
    for entry in record.of_kind(EntryKind.ISSUE):
        fields = entry.fields()
        if fields["by"] in steps and fields["place"] is None and fields["why"] == "purchase":
            by_steps.setdefault(fields["campaign"], []).append(entry)
        elif not is_for_stamps(entry):
            by_offers.setdefault(fields["by"], []).append(entry)
    return by_steps, by_offers


def _over_of_steps(
    desk: Desk, record: PurchaseRecord, kept: Bought | None, ref: str, steps: list[Offer]
) -> Counter[int]:
    """How many more than they earn all purchases that are one have been given, by the campaign of the coupons."""
    others = beside(desk, record, ref)
    given = issued_by(
        desk, replace(others, purchases=(*others.purchases, record.txn)), frozenset(offer.number for offer in steps)
    )
    stays = [*others.baskets, *([kept.basket] if kept else [])]
    return given - of_steps(steps, together(stays)) if stays else given


def _surplus(desk: Desk, entries: list[Entry], over: int) -> Surplus:
    unused = [entry for entry in entries if not is_used(desk, entry)]
    over = max(0, min(over, len(entries)))
    return Surplus(tuple(unused[:over]), max(0, over - len(unused)))
