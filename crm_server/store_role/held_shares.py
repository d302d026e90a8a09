"""Shares of limited campaigns at a store's own server: taken over from the centre's roster, and told back to it.

Apart from the giving of shares because that is the centre's; here nothing is decided but how much was used already.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, insert, select, update

from crm_server.schema import QUOTA

_OF_STORE: Final = select(QUOTA).where(QUOTA.c.store == bindparam("of_store")).order_by(QUOTA.c.campaign)
# What was used cannot be given back; the centre hears what is kept instead.
_KEEPS: Final = case((QUOTA.c.used > bindparam("may_give"), QUOTA.c.used), else_=bindparam("may_give"))
_ADOPT: Final = (
    update(QUOTA)
    .where(
        QUOTA.c.campaign == bindparam("of_campaign"),
        QUOTA.c.store == bindparam("of_store"),
        QUOTA.c.ver <= bindparam("of_ver"),
    )
    .values(granted=_KEEPS, wanted=_KEEPS, ver=bindparam("of_ver"))
)


def adopt(connection: Connection, store: int, shares: Sequence[Mapping[str, Any]]) -> None:
    """Hold what a roster says whose signature was checked; an older version of a share changes nothing."""
    known = {row.campaign for row in connection.execute(_OF_STORE, {"of_store": store})}
    for share in shares:
        campaign, granted, ver = (int(share[name]) for name in ("campaign", "granted", "ver"))
        if campaign in known:
            said = {"of_campaign": campaign, "of_store": store, "may_give": granted, "of_ver": ver}
            connection.execute(_ADOPT, said)
            continue
        row = {"campaign": campaign, "store": store, "granted": granted, "used": 0, "total": 0, "wanted": granted}
        connection.execute(insert(QUOTA).values(**row, lanes="{}", ver=ver, told_used=0))


def held(connection: Connection, store: int) -> list[dict[str, int]]:
    """What this server holds of limited campaigns, as the centre wants to hear it."""
    rows = connection.execute(_OF_STORE, {"of_store": store})
    names = ("campaign", "ver", "granted", "used")
    return [{name: getattr(row, name) for name in names} for row in rows]
