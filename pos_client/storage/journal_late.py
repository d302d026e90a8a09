"""A server's late word as the journal keeps it beside a redemption: who holds the use, as JSON without a name in clear.

Apart from the journal because both halves of it need it, and it is no entry.
"""

import json
from dataclasses import asdict
from datetime import datetime

from pos_client.domain.business_time import from_ms
from pos_client.domain.verdict import Use
from pos_client.usecases.ports import LateRefusal

from .connections import Row

_KEPT = ("use_no", "store", "lane", "operator", "device", "seq")


def holder_text(use: Use | None) -> str:
    """A use as JSON text, empty for none."""
    if use is None:
        return ""
    kept = {name: value for name, value in asdict(use).items() if name in _KEPT}
    return json.dumps({**kept, "at": use.at.isoformat() if use.at else None}, sort_keys=True)


def late_refusal_of(row: Row) -> LateRefusal:
    """A row of ``journal_sql.LATE``."""
    seq, _claim, tier, coupon_id, at_ms, outcome, holder = row
    return LateRefusal(seq, coupon_id, tier, outcome, from_ms(at_ms), _use(holder))


def _use(holder: str) -> Use | None:
    if not holder:
        return None
    document = json.loads(holder)
    at = datetime.fromisoformat(document["at"]) if document["at"] else None
    return Use(at=at, **{name: document[name] for name in _KEPT})
