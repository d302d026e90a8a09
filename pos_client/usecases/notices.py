"""What stands beside a verdict: the clock and the age of the data; and beside a look at the lane, how sync fares."""

import json
from typing import Final

from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Notice

from .desk import Desk

CLOCK_SLACK_S: Final = 300
# What sync keeps beside the entries for these: the store's server as last seen, and rows that were too many to bear.
STORE_CONTACT: Final = "store_contact"
DATA_REFUSED: Final = "data_refused"


def notices(desk: Desk, time: TrustedTime) -> tuple[Notice, ...]:
    """The notices of this moment."""
    found: list[Notice] = []
    if abs(time.wall_offset_s) > CLOCK_SLACK_S:
        reason = "clock-ahead" if time.wall_offset_s > 0 else "clock-behind"
        found.append(Notice(reason, {"offset_s": abs(time.wall_offset_s)}))
    if time.leapt_from is not None:
        found.append(Notice("clock-leapt", {"since": time.leapt_from}))
    age = desk.data_age_s(time)
    if desk.limits().soft_age_s < age < 1 << 31:
        found.append(Notice("data-old", {"age_s": age}))
    return tuple(found)


def of_sync(desk: Desk) -> tuple[Notice, ...]:
    """What sync left to say: a store's server that is away or rebuilding, data that could not be read, or broke."""
    found: list[Notice] = []
    contact = json.loads(desk.journal.meta(STORE_CONTACT) or "{}")
    if contact.get("url") and not contact.get("there"):
        found.append(Notice("store-server-away"))
    elif contact.get("rebuilding"):
        found.append(Notice("store-rebuilding"))
    if desk.cache.fell_back():
        found.append(Notice("data-fell-back"))
    refused, aside = int(desk.journal.meta(DATA_REFUSED) or 0), desk.cache.set_aside()
    if refused:
        found.append(Notice("data-refused", {"count": refused}))
    elif aside:
        found.append(Notice("data-set-aside", {"count": aside}))
    return tuple(found)
