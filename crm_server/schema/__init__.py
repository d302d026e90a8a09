"""Tables of the centre, the same for SQLite and PostgreSQL.

Apart from the code that fills them because migrations, reports and resources must agree on the names. Moments are Unix
milliseconds, money is minor units, hashes and claim ids are lower-case hexadecimal.
"""

from .closing_tables import CLOSING, CLOSING_EXCUSE
from .conflict_tables import CONFLICT_STEP, REFUSED_CLAIM
from .lane_tables import (
    CONFLICT,
    DEVICE,
    DEVICE_EPOCH,
    ENROL_CODE,
    IDEMPOTENCY,
    INBOX,
    NONCE,
    QUARANTINE,
    QUARANTINE_DECISION,
    WAITING_VOID,
)
from .member_tables import MEMBER_ALIAS, PHONE_CODE, SCENE_BINDING
from .metadata import METADATA
from .quota_tables import QUOTA, QUOTA_USE
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
    STAFF_PIN,
    STORE,
)
from .store_tables import FORWARD, MIRRORED, STORE_LANE, STORE_SERVER
from .trade_tables import (
    LEDGER,
    MEMBER_EXCESS,
    POINTS_HOLD,
    POOL,
    POOL_COUPON,
    POOL_MEMBER,
    PURCHASE,
    STAMP,
    STOCK,
    WAITING_ENTRY,
)

__all__ = [
    "CHANGE",
    "CHANGE_HEAD",
    "CLAIM",
    "CLOSING",
    "CLOSING_EXCUSE",
    "CONFLICT",
    "CONFLICT_STEP",
    "COUPON",
    "DEVICE",
    "DEVICE_EPOCH",
    "ENROL_CODE",
    "FORWARD",
    "IDEMPOTENCY",
    "INBOX",
    "LANE",
    "LEASE",
    "LEDGER",
    "MEMBER",
    "MEMBER_ALIAS",
    "MEMBER_EXCESS",
    "META",
    "METADATA",
    "MIRRORED",
    "NONCE",
    "OFFER",
    "PHONE_CODE",
    "POINTS_HOLD",
    "POLICY",
    "POOL",
    "POOL_COUPON",
    "POOL_MEMBER",
    "PURCHASE",
    "QUARANTINE",
    "QUARANTINE_DECISION",
    "QUOTA",
    "QUOTA_USE",
    "REFUSED_CLAIM",
    "RELEASED_CLAIM",
    "SCENE_BINDING",
    "SNAPSHOT",
    "STAFF",
    "STAFF_PIN",
    "STAMP",
    "STOCK",
    "STORE",
    "STORE_LANE",
    "STORE_SERVER",
    "WAITING_ENTRY",
    "WAITING_VOID",
]
