"""What a customer gets beside the discount, as a command prints it."""

from typing import Any

from pos_client.config.wording import Wording
from pos_client.domain.reward import Reward


def reward_document(reward: Reward, wording: Wording) -> dict[str, Any]:
    """One reward; ``code`` is what is shown or printed for the customer."""
    return {
        "kind": reward.kind.value,
        "campaign": reward.campaign,
        "amount": reward.amount,
        "name": reward.name.as_json() if reward.name else None,
        "item": reward.item,
        "place": reward.place,
        "coupon_id": reward.coupon_id,
        "code": reward.code,
        "last_day": reward.last_day.isoformat() if reward.last_day else None,
        "sentence": wording.of_reward(reward).as_json(),
    }


def reward_lines(rewards: tuple[Reward, ...], wording: Wording, language: str) -> list[str]:
    """The same for people."""
    lines = []
    for reward in rewards:
        lines.append(f"  + {wording.of_reward(reward).in_language(language)}")
        if reward.code:
            lines.append(f"    {reward.code}")
    return lines
