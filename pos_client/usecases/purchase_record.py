"""A purchase as the journal holds it: its goods, what came back of them, what was earned and given for it.

Apart from recording because taking back and returning both read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_client.domain.basket import Basket, BasketLine
from pos_client.domain.journal_entry import Entry, EntryKind
from pos_client.domain.rewards import Bought

from .desk import Desk
from .trade_drafts import return_of


@dataclass(frozen=True, slots=True)
class PurchaseRecord:
    """One purchase.

    Attributes:
        sale: its own entry. entries: all that stand of its commit, the sale included.
        returns: entries of what came back, oldest first.
    """

    sale: Entry
    entries: tuple[Entry, ...]
    returns: tuple[Entry, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """The sale's body."""
        return self.sale.fields()

    @property
    def txn(self) -> str:
        """Its id."""
        return str(self.fields["txn"])

    def of_kind(self, *kinds: EntryKind) -> list[Entry]:
        """What stands of some kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def returned(self) -> dict[int, int]:
        """Pieces that came back before, by line."""
        pieces: dict[int, int] = {}
        for entry in self.returns:
            for line in entry.fields()["lines"]:
                pieces[line["place"]] = pieces.get(line["place"], 0) + line["quantity"]
        return pieces

    def returned_minor(self) -> int:
        """Shelf price of what came back before; of a bare amount all there is to know."""
        return sum(int(entry.fields()["basket_minor"]) for entry in self.returns)

    def kept(self, returned: Mapping[int, int], returned_minor: int) -> Bought | None:
        """The goods that stay, at what was paid for them; None where nothing stays."""
        fields = self.fields
        if not fields["lines"]:
            left = fields["basket_minor"] - returned_minor
            paid = fields["basket_minor"] - fields["discount_minor"]
            worth = paid - paid * returned_minor // max(1, fields["basket_minor"])
            return Bought(Basket(fields["currency"], left), (worth,)) if left else None
        lines, paid_minor = [], []
        for place, line in enumerate(fields["lines"]):
            pieces = line["quantity"] - returned.get(place, 0)
            if pieces:
                lines.append(_line(line, pieces))
                paid_minor.append(paid_for(line, line["quantity"]) - paid_for(line, line["quantity"] - pieces))
        total = sum(line.amount_minor for line in lines)
        return Bought(Basket(fields["currency"], total, tuple(lines)), tuple(paid_minor)) if lines else None


def paid_for(line: Mapping[str, Any], pieces: int) -> int:
    """What was paid for the first ``pieces`` of a line, so that parts add up to the whole to the fen."""
    paid = line["quantity"] * line["unit_minor"] - line["discount_minor"]
    return int(paid * pieces // line["quantity"])


def purchase_of(desk: Desk, seq: int) -> PurchaseRecord | None:
    """The purchase whose own entry has this number; None where there is none, or it was taken back."""
    entry = desk.journal.entry(seq)
    if entry is None or entry.kind is not EntryKind.TRANSACTION or entry.voided or entry.fields()["returns"]:
        return None
    return record_of(desk, entry)


def purchase_with(desk: Desk, txn: str) -> PurchaseRecord | None:
    """The purchase of this id, where one stands."""
    found = [entry for entry in desk.journal.of_purchase(txn) if entry.kind is EntryKind.TRANSACTION]
    standing = [entry for entry in found if not entry.voided and not entry.fields()["returns"]]
    return record_of(desk, standing[0]) if standing else None


def record_of(desk: Desk, sale: Entry) -> PurchaseRecord:
    """The purchase whose own entry stands."""
    txn = str(sale.fields()["txn"])
    entries = tuple(entry for entry in desk.journal.of_purchase(txn) if not entry.voided)
    returns: list[Entry] = []
    while found := desk.journal.standing(EntryKind.TRANSACTION, return_of(txn, len(returns) + 1)):
        returns.append(found[0])
    return PurchaseRecord(sale, entries, tuple(returns))


def _line(line: Mapping[str, Any], pieces: int) -> BasketLine:
    return BasketLine(line["gtin"], "", line["category"], line["brand"], pieces, line["unit_minor"])
