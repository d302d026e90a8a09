"""Campaigns' documents in the tables, each text parsed once.

Apart from the rooms that ask (claims, quotas, members' limits) because a batch asks all of them of each redemption: a
job that asks often reads each campaign once.
"""

import json
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, bindparam, select

from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.offer import Offer

from .schema import OFFER

_BODY: Final = select(OFFER.c.body).where(OFFER.c.number == bindparam("of_campaign"))


class Offers:
    """The campaigns as one job sees them: one that was read stays what it was.

    Args:
        connection: of the job.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[int, Offer | None] = {}

    def of(self, campaign: int) -> Offer | None:
        """As ``offer_of``."""
        if campaign not in self._read:
            self._read[campaign] = offer_of(self._connection, campaign)
        return self._read[campaign]


def offer_of(connection: Connection, campaign: int) -> Offer | None:
    """A campaign's offer; None for number 0, and where these tables have none of that number."""
    body = connection.execute(_BODY, {"of_campaign": campaign}).scalar() if campaign else None
    return parsed(body) if body is not None else None


@lru_cache(maxsize=256)
def parsed(body: str) -> Offer:
    """The offer of a document's text."""
    return offers.parse(json.loads(body))
