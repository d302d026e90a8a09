"""The signed policy: limits of a lane alone, rhythm of its sync, keys that it trusts.

Apart from the offers because it governs lanes, not coupons. A policy that was issued never changes; a new one has the
next number.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from pos_client.domain import limits as limits_
from pos_client.domain import trade_policy
from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.limits import Limits
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.domain.trade_policy import TradePolicy

from . import quota_shares, staff, store_servers
from .keys import KeyRing
from .policy_document import DEFAULT_SYNC, merged
from .schema import POLICY

_LATEST: Final = select(POLICY).order_by(POLICY.c.ver.desc()).limit(1)
_LATEST_VER: Final = select(POLICY.c.ver).order_by(POLICY.c.ver.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy's number, when it was issued, and its ``limits``, ``sync`` and ``trade``."""

    ver: int
    issued_ms: int
    document: dict[str, Any]


def ensure_first_policy(connection: Connection, now_ms: int) -> None:
    """Issue policy 1 with the papers' default limits where there is none."""
    if connection.execute(_LATEST_VER).scalar() is None:
        trade = trade_policy.as_document(TradePolicy())
        _issue(connection, {"limits": asdict(Limits()), "sync": DEFAULT_SYNC, "trade": trade}, now_ms)


def in_force(connection: Connection) -> InForce:
    """The policy in force."""
    row = connection.execute(_LATEST).one()
    return InForce(row.ver, row.issued_ms, json.loads(row.body))


def issue_changed(connection: Connection, said: object, now_ms: int) -> InForce:
    """Issue the next policy: the one in force, with what ``said`` says instead.

    Raises:
        PolicyInvalid: it says something that is not understood; nothing was issued.
    """
    return _issue(connection, merged(in_force(connection).document, said), now_ms)


def _issue(connection: Connection, document: dict[str, Any], now_ms: int) -> InForce:
    ver = (connection.execute(_LATEST_VER).scalar() or 0) + 1
    connection.execute(insert(POLICY).values(ver=ver, issued_ms=now_ms, body=json.dumps(document)))
    return InForce(ver, now_ms, document)


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


def signed_policy(connection: Connection, keys: KeyRing, store: int) -> dict[str, Any]:
    """The policy in force as the document that lanes of a store get.

    A version may come again with another server of the store: then it was issued when that changed.
    """
    row, told = connection.execute(_LATEST).one(), store_servers.told_of(connection, store)
    pins = staff.pins_of(connection, store)
    document = {
        "ver": row.ver,
        "issued_at": wire_time(from_ms(max(row.issued_ms, told.changed_ms, pins.changed_ms))),
        **json.loads(row.body),
        "store_server": told.document,
        "pins": pins.document,
        "shares": quota_shares.of_lanes(connection, store),
        "trust": [*keys.trust(), *told.trust],
        "seal_key": keys.seal_public,
    }
    return keys.sign_document(DocumentPurpose.POLICY, document)
