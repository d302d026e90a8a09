"""What could be told to a member about a loss: drafted, never sent, and without a name or a number of his.

Apart from the ledger because these are words for a customer. Nothing here asks him for money: the mistake was ours.
"""

from collections.abc import Mapping
from typing import Any, Final

from pos_client.domain.local_text import LocalText

from .loss_causes import Cause

_TAIL: Final = 4
_USED: Final = LocalText(
    "您好！您 {day} 在{store}使用的优惠券（尾号 {tail}）此前已被使用过一次。"
    "本次优惠照常有效，您无需补差价；该券不能再次使用。",
    "Hello! The coupon ending in {tail} that you used on {day} at {store} had already been used once before."
    " You keep the discount and owe nothing; the coupon cannot be used again.",
)
_LIMIT: Final = LocalText(
    "您好！您 {day} 在{store}享受的优惠（券尾号 {tail}）超出了每位会员可用的次数。"
    "本次优惠照常有效，您无需补差价；该活动您已不能再次参加。",
    "Hello! The offer that you used on {day} at {store} (coupon ending in {tail}) went beyond what one member may use."
    " You keep the discount and owe nothing; you cannot use this offer again.",
)
_POINTS: Final = LocalText(
    "您好！您 {day} 在{store}支付的积分比您的余额多 {excess} 分。您无需付款；之后获得的积分会先补足这部分。",
    "Hello! On {day} at {store} you paid with {excess} points more than you had."
    " You owe no money; points that you earn next will make up for them first.",
)
_NONE: Final = frozenset({Cause.ISSUED_TWICE, Cause.RECEIPT_TWICE, Cause.RETURN_TWICE})
_OTHER: Final = {Cause.MEMBER_LIMIT: _LIMIT, Cause.POINTS_EXCESS: _POINTS}


def letter(cause: Cause, loss: Mapping[str, Any]) -> dict[str, str] | None:
    """The draft in both languages; None where no member has lost or gained anything by it.

    Args:
        cause: of the loss.
        loss: with ``business_date``, ``store_name``, ``coupon_id`` and ``excess`` (points beyond the balance).
    """
    if cause in _NONE:
        return None
    text = _OTHER.get(cause, _USED)
    said = {"day": loss["business_date"], "store": loss["store_name"], "excess": loss["excess"]}
    return {
        language: words.format(**said, tail=loss["coupon_id"][-_TAIL:]) for language, words in text.as_json().items()
    }
