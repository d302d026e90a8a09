"""What lies at the seeded booths, and what their lanes may give out.

Apart from the people because it is the centre's loan to a booth, by lane.
"""

from typing import Final

from sqlalchemy import Connection

from crm_server.pools import MEMBERS, Pool, enlarge
from crm_server.stocks import Counted, set_stock

from .people import LANES
from .trade_campaigns import CARD_ITEM, GAME_PASS, NEXT_ORDER, SAMPLE_ITEM, STAMP_REWARD

# item: how many, and at how many somebody should bring more
_STOCK: Final = {
    "travel-set": (40, 8),
    SAMPLE_ITEM: (100, 20),
    "plush-cat": (15, 5),
    CARD_ITEM: (20, 4),
    "gift-box": (12, 3),
}
# campaign (0: numbers for members): how many a lane has at hand
_POOLS: Final = {NEXT_ORDER: 60, STAMP_REWARD: 20, GAME_PASS: 40, MEMBERS: 30}
_LEAST: Final = 20


def seed_booths(connection: Connection, today: int, share: int, now_ms: int) -> None:
    """Stock every booth, and fill every lane's pools with one in ``share``, a few at least."""
    for lane in LANES:
        for item, (quantity, low) in _STOCK.items():
            set_stock(connection, Counted(lane["store"], lane["booth"], item, quantity, low))
        for campaign, size in _POOLS.items():
            pool = Pool(lane["store"], lane["number"], campaign, max(_LEAST, size // share), 60, lane["store"])
            enlarge(connection, pool, today, now_ms)
