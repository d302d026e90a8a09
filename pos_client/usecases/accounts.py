"""Balances at this counter: what the centre knew, and what this lane has done since.

Apart from the deeds because every one of them asks before it gives. The data says up to which entry of this lane it has
counted; the lane adds its own entries after that, those that were taken back with the void that says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_client.domain.offers.effects import Stamps
from pos_client.domain.offers.offer import Offer
from pos_client.domain.till_context import MemberPresence

from .desk import Desk
from .recognise import MemberShown
from .trade_drafts import POINTS, stamps_of, stock_of


@dataclass(frozen=True, slots=True)
class StockLeft:
    """What is left of a thing at this booth; ``is_low``: somebody should bring more."""

    item: str
    quantity: int
    is_low: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose points and stamps.

    Attributes:
        ref: empty for nobody. number: 0 where it is not known. points: as the data has them.
    """

    ref: str = ""
    number: int = 0
    points: int = 0


def holder_of(member: MemberShown | None) -> Holder:
    """The accounts of a member who stands here."""
    if member is None:
        return Holder()
    return Holder(member.view.ref, member.cached.number if member.cached else 0, member.view.points)


def holder_named(desk: Desk, ref: str, number: int) -> Holder:
    """The accounts of a member whom an earlier entry names; under the name that he has now."""
    merged = desk.cache.member_of_alias(ref)
    if merged:
        return Holder(merged.view.ref, merged.number, merged.view.points)
    cached = desk.cache.member_by_number(number) if number else None
    return Holder(ref, number, cached.view.points if cached else 0)


def cards_of(offers: Iterable[Offer]) -> list[str]:
    """The stamp cards that any of these offers fills."""
    cards = {effect.card for offer in offers for effect in offer.effects if isinstance(effect, Stamps)}
    return sorted(cards)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of one desk."""

    desk: Desk

    def points(self, holder: Holder) -> int:
        """A member's points."""
        return holder.points + self._moved(POINTS, holder)

    def presence(self, member: MemberShown) -> MemberPresence:
        """The member who stands here, with the points that he has now."""
        return replace(member.presence, points=self.points(holder_of(member)))

    def stamps(self, holder: Holder, card: str) -> int:
        """Stamps on a card that have not become a reward yet."""
        known = self.desk.booth.stamps_of(holder.number) if holder.number else {}
        return known.get(card, 0) + self._moved(stamps_of(card), holder)

    def stock(self) -> list[StockLeft]:
        """All things that are counted at this booth."""
        after = self._mark()
        lines = self.desk.booth.stock(self.desk.identity.booth)
        left = [(line, line.quantity + self.desk.journal.moved(stock_of(line.item), after)) for line in lines]
        return [StockLeft(line.item, quantity, quantity <= line.low) for line, quantity in left]

    def stock_of(self, item: str) -> StockLeft | None:
        """One of them; None where it is not counted here."""
        return next((left for left in self.stock() if left.item == item), None)

    def _moved(self, ref: str, holder: Holder) -> int:
        if not holder.ref:
            return 0
        return self.desk.journal.moved(ref, self._mark(), self.desk.booth.refs_of(holder.ref))

    def _mark(self) -> tuple[int, int]:
        return self.desk.booth.applied(self.desk.identity.device)
