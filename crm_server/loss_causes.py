"""Why something was given away twice, or more than was due: one named cause for each, and its sentence.

Apart from the ledger because a cause is decided when the two entries meet, while all that is known of both is here. No
cause looks at a clock: the same entries in the same order of arrival have the same cause, whatever their times say.
"""

from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from pos_client.domain.local_text import LocalText

from .entry_facts import EntryFacts
from .schema import REFUSED_CLAIM


class Cause(StrEnum):
    """The causes."""

    NO_COMMON_POINT = "no-common-point"
    LATE_ANSWER = "late-answer"
    COPIED_LANE = "copied-lane"
    RESTORED_LANE = "restored-lane"
    RESTORED_SERVER = "restored-server"
    GRANT_LOST = "grant-lost"
    ISSUED_TWICE = "issued-twice"
    RECEIPT_TWICE = "receipt-twice"
    RETURN_TWICE = "return-twice"
    MEMBER_LIMIT = "member-limit"
    POINTS_EXCESS = "points-excess"
    UNKNOWN = "unknown"


OF_ABOUT: Final = {"issue": Cause.ISSUED_TWICE, "receipt": Cause.RECEIPT_TWICE, "return": Cause.RETURN_TWICE}
SENTENCES: Final = {
    Cause.NO_COMMON_POINT: LocalText("两台收银机都断网，互相不知道", "The two lanes could reach no common point"),
    Cause.LATE_ANSWER: LocalText("总部已拒绝，但答复没有及时送到", "The centre had refused; its answer came too late"),
    Cause.COPIED_LANE: LocalText("同一台收银机有两份拷贝", "There are two copies of one lane"),
    Cause.RESTORED_LANE: LocalText("收银机从旧数据恢复", "The lane went on from an older state"),
    Cause.RESTORED_SERVER: LocalText("门店服务器忘了已给出的使用", "The store's server had forgotten a grant"),
    Cause.GRANT_LOST: LocalText("总部给出的使用后来又给了别人", "What the centre had granted went to another since"),
    Cause.ISSUED_TWICE: LocalText("同一张券发给了两个人", "One coupon was given out twice"),
    Cause.RECEIPT_TWICE: LocalText("同一张小票登记了两次", "One receipt was recorded twice"),
    Cause.RETURN_TWICE: LocalText("同一次退货登记了两次", "One return was recorded twice"),
    Cause.MEMBER_LIMIT: LocalText("会员超过了可用次数", "The member had more than the campaign allows"),
    Cause.POINTS_EXCESS: LocalText("会员付出的积分多于余额", "The member paid with more points than there were"),
    Cause.UNKNOWN: LocalText("旧记录，原因不明", "From before causes were noted"),
}
_NOTE: Final = {
    "sqlite": sqlite.insert(REFUSED_CLAIM).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(REFUSED_CLAIM).on_conflict_do_nothing(),
}
_REFUSED: Final = select(REFUSED_CLAIM.c.claim_id).where(
    REFUSED_CLAIM.c.claim_id == bindparam("of_claim"), REFUSED_CLAIM.c.use_no == bindparam("of_use")
)
_STORE_TIER: Final = "B"


def note_refused(connection: Connection, claim: dict[str, Any]) -> None:
    """Remember that a claim was refused here, for the case that its lane never hears of it."""
    connection.execute(_NOTE[connection.dialect.name], claim)


def cause_of(connection: Connection, facts: EntryFacts, lane: tuple[str, int], holder: Row[Any]) -> Cause:
    """Why a redemption found its use taken.

    Args:
        connection: of the job.
        facts: of the redemption.
        lane: its device and epoch.
        holder: a row of ``HOLDERS``.
    """
    device, epoch = lane
    if holder.device == device:
        return Cause.COPIED_LANE if holder.epoch == epoch else Cause.RESTORED_LANE
    if connection.execute(_REFUSED, {"of_claim": facts.claim_id, "of_use": facts.use_no}).first() is not None:
        return Cause.LATE_ANSWER
    if facts.tier == "A":
        return Cause.GRANT_LOST
    if (facts.tier, holder.tier, holder.store) == (_STORE_TIER, _STORE_TIER, facts.store):
        return Cause.RESTORED_SERVER
    return Cause.NO_COMMON_POINT
