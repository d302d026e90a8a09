"""What people call a thing that is handed over, by its item: booths count items, clerks read names."""

from pos_client.domain.local_text import LocalText
from pos_client.domain.offers.effects import things

from .desk import Desk


def thing_names(desk: Desk) -> dict[str, LocalText]:
    """Names by item, of every offer that this lane knows: gifts, samples and reserved goods."""
    return {thing.item: thing.name for offer in desk.cache.offers() for thing in things(offer.effects)}
