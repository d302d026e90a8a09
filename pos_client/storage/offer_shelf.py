"""Offers that were read once: parsing one costs more than all look-ups of a verdict together.

Apart from the reader because it decides when an offer must be read again: when its row's ``ver`` is another one.
"""

import json
import logging

from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.offer import Offer

from . import cache_sql
from .connections import Connection
from .failures import CACHE

_log = logging.getLogger(__name__)


class OfferShelf:
    """Parsed offers by number, each with the ``ver`` it was read at."""

    def __init__(self) -> None:
        self._read: dict[int, tuple[int, Offer | None]] = {}

    def offer(self, connection: Connection, number: int) -> Offer | None:
        """An offer, read anew only where its row changed; None where there is none, or none that can be read."""
        with CACHE:
            row = connection.execute(cache_sql.OFFER_VERSION, (number,)).fetchone()
            if row is None:
                return None
            version, known = row[0], self._read.get(number)
            if known is None or known[0] != version:
                body = connection.execute(cache_sql.OFFER, (number,)).fetchone()
                known = (version, parsed(number, body[0] if body else ""))
                self._read[number] = known
                if known[1] is None:
                    _log.warning("the offer of campaign %s cannot be read", number)
        return known[1]


def parsed(number: int, body: str) -> Offer | None:
    """An offer document, None where it is not one."""
    try:
        offer = offers.parse(json.loads(body))
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return offer if offer.number == number else None
