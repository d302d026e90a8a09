"""The signed policy: limits of a lane alone, rhythm of its sync, keys that it trusts.

Apart from the offers because it governs lanes, not coupons. A policy that was issued never changes; a new one has the
next number.
"""

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from pos_client.domain import limits as limits_
from pos_client.domain import trade_policy
from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.limits import Limits
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.trade_policy import TradePolicy

from .keys import KeyRing
from .schema import POLICY

DEFAULT_SYNC: Final = {"push_s": 5, "pull_s": 30, "heartbeat_s": 60}
_LATEST: Final = select(POLICY).order_by(POLICY.c.ver.desc()).limit(1)
_LATEST_VER: Final = select(POLICY.c.ver).order_by(POLICY.c.ver.desc()).limit(1)


def ensure_first_policy(connection: Connection, now_ms: int) -> None:
    """Issue policy 1 with the papers' default limits where there is none."""
    if connection.execute(_LATEST_VER).scalar() is None:
        issue_policy(connection, Limits(), DEFAULT_SYNC, now_ms)


def issue_policy(connection: Connection, limits: Limits, sync: dict[str, int], now_ms: int) -> int:
    """Write the next policy; returns its number."""
    ver = (connection.execute(_LATEST_VER).scalar() or 0) + 1
    body = json.dumps({"limits": asdict(limits), "sync": sync, "trade": trade_policy.as_document(TradePolicy())})
    connection.execute(insert(POLICY).values(ver=ver, issued_ms=now_ms, body=body))
    return ver


def current_version(connection: Connection) -> int:
    """Number of the policy in force."""
    return int(connection.execute(_LATEST_VER).scalar_one())


def current_limits(connection: Connection) -> Limits:
    """Limits of the policy in force."""
    row = connection.execute(_LATEST).one()
    return limits_.parse(json.loads(row.body)["limits"])


def current_trade(connection: Connection) -> TradePolicy:
    """What the policy in force says of points, credit, holding and issuing."""
    return trade_policy.parse(json.loads(connection.execute(_LATEST).one().body).get("trade") or {})


def signed_policy(connection: Connection, keys: KeyRing) -> dict[str, Any]:
    """The policy in force as the document that lanes get."""
    row = connection.execute(_LATEST).one()
    document = {
        "ver": row.ver,
        "issued_at": wire_time(from_ms(row.issued_ms)),
        **json.loads(row.body),
        "trust": keys.trust(),
    }
    return keys.sign_document(DocumentPurpose.POLICY, document)
