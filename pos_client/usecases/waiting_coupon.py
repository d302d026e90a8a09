"""What waits at the counter for Enter, for the amount or for a member: one coupon, or a set of them."""

from dataclasses import dataclass

from pos_client.domain.reasons import Reason

from .transaction import Request


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was asked, and what it waits for.

    Attributes:
        is_set: several coupons that are redeemed together, in one commit.
    """

    request: Request
    reason: Reason
    is_set: bool = False
