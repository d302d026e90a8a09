"""Things that a coupon at the counter stands for: held for its customer while they are looked for, then given.

Apart from the dialogue because a purchase has none of it: a thing that is counted leaves the booth by somebody's hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from pos_client.domain.offers.effects import Gift, Sample, gifts
from pos_client.domain.offers.offer import Offer
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict

from .accounts import Accounts
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .hold import Hold, end, is_hold
from .ports import OpenIntent
from .transaction import Request, sort_out


@dataclass(frozen=True, slots=True)
class Promised:
    """A thing, and the offer that promises it."""

    thing: Gift | Sample
    offer: Offer


def promised(desk: Desk, request: Request) -> list[Promised]:
    """What the coupons of a request stand for."""
    offers = [shown.facts.offer for shown in sort_out(desk, request).coupons if shown.facts.offer]
    return [Promised(thing, offer) for offer in offers for thing in gifts(offer.effects)]


def hold_thing(desk: Desk, request: Request) -> Verdict | None:
    """Hold the coupons of a request; None where nothing of it is counted here, or where they cannot be held."""
    things = promised(desk, request)
    counted = {left.item for left in Accounts(desk).stock()} if things else frozenset()
    if not any(one.thing.item in counted for one in things):
        return None
    held = Hold(desk)(request)
    if held.reason is not Reason.HELD:
        return None
    return replace(held, reason=Reason.THING_HELD, facts={**held.facts, "item": things[0].thing.name})


def holds_of(desk: Desk, request: Request) -> Iterator[OpenIntent]:
    """The holds under which the coupons of a request are kept."""
    for shown in sort_out(desk, request).coupons:
        intent = desk.journal.open_intent(shown.facts.coupon_id)
        if intent and is_hold(desk, intent):
            yield intent


def held_since(desk: Desk, request: Request) -> datetime | None:
    """When the first of them began, aware UTC; None where none stands (any more)."""
    return min((intent.at for intent in holds_of(desk, request)), default=None)


def let_go(desk: Desk, request: Request, attribution: Attribution) -> None:
    """The customer comes another time: his coupon is as good as before. On disk when it returns."""
    time = desk.trusted_time()
    writer = EntryWriter(desk, time, desk.context(time), attribution)
    for intent in list(holds_of(desk, request)):
        end(desk, writer, intent, "hold-ended")
