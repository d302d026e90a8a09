"""What a new member gets, in the few words of a promise to him; a verdict tells the clerk what to do."""

from collections.abc import Iterable
from typing import Final

from pos_client.domain.local_text import LocalText
from pos_client.domain.reward import Reward, RewardKind

_POINTS: Final = LocalText("{amount} 积分", "{amount} points")
_STAMPS: Final = LocalText("{amount} 个集点", "{amount} stamps")
_COUPON: Final = LocalText("优惠券", "a coupon")


def gift_words(rewards: Iterable[Reward], language: str) -> str:
    """All of it on one line; empty for nothing."""
    words = [_words(reward).in_language(language) for reward in rewards]
    return LocalText("、".join(words), ", ".join(words)).in_language(language)


def _words(reward: Reward) -> LocalText:
    counted = {RewardKind.POINTS: _POINTS, RewardKind.STAMPS: _STAMPS}.get(reward.kind)
    if counted:
        return LocalText(counted.zh.format(amount=reward.amount), counted.en.format(amount=reward.amount))
    name = reward.name or _COUPON
    times = f" × {reward.amount}" if reward.amount > 1 else ""
    return LocalText(name.zh + times, name.en + times)
