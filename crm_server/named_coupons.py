"""Finds the coupons that a person names on the command line: by id, or by the code itself.

Apart from leases and revocations because both take the same names.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from pos_client.domain.codes.router import route
from pos_client.domain.codes.signed_coupon import SignedCoupon

from .coupon_facts import BY_TEXT
from .problems import Problem
from .schema import COUPON

_SHOWN: Final = 8


def named_coupons(connection: Connection, names: Iterable[str]) -> list[Row[Any]]:
    """Rows of ``coupon`` in the order of their names, each once.

    Raises:
        Problem: coupon-unknown; a code is named by its first characters only.
    """
    rows = {row.coupon_id: row for row in (_named(connection, name.strip()) for name in names)}
    return list(rows.values())


def _named(connection: Connection, name: str) -> Row[Any]:
    code = route(name)
    if isinstance(code.value, SignedCoupon):
        wanted = COUPON.c.coupon_id == code.value.coupon_id
    elif code.kind in BY_TEXT:
        wanted = COUPON.c.code == code.text
    else:
        wanted = COUPON.c.coupon_id == name
    row = connection.execute(select(COUPON).where(wanted)).one_or_none()
    if row is None:
        raise Problem("coupon-unknown", f"no coupon {name[:_SHOWN]}…" if len(name) > _SHOWN else f"no coupon {name}")
    return row
