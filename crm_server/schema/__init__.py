"""Tables of the centre, the same for SQLite and PostgreSQL.

Apart from the code that fills them because migrations, reports and resources must agree on the names. Moments are Unix
milliseconds, money is minor units, hashes and claim ids are lower-case hexadecimal.
"""

from .lane_tables import (
    CONFLICT,
    DEVICE,
    DEVICE_EPOCH,
    ENROL_CODE,
    IDEMPOTENCY,
    INBOX,
    NONCE,
    QUARANTINE,
    WAITING_VOID,
)
from .metadata import METADATA
from .shop_tables import (
    CHANGE,
    CHANGE_HEAD,
    CLAIM,
    COUPON,
    LANE,
    LEASE,
    MEMBER,
    META,
    OFFER,
    POLICY,
    RELEASED_CLAIM,
    SNAPSHOT,
    STAFF,
    STORE,
)

__all__ = [
    "CHANGE",
    "CHANGE_HEAD",
    "CLAIM",
    "CONFLICT",
    "COUPON",
    "DEVICE",
    "DEVICE_EPOCH",
    "ENROL_CODE",
    "IDEMPOTENCY",
    "INBOX",
    "LANE",
    "LEASE",
    "MEMBER",
    "META",
    "METADATA",
    "NONCE",
    "OFFER",
    "POLICY",
    "QUARANTINE",
    "RELEASED_CLAIM",
    "SNAPSHOT",
    "STAFF",
    "STORE",
    "WAITING_VOID",
]
