"""What a purchase earns: alone, and in steps together with the purchases that are one with it. Nothing is given here.

Apart from recording because a check asks the same before anything is bought, and takes no codes from the pool.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.offers.offer import Trigger
from pos_client.domain.purchase import Receipt, receipt_of_basket, together
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.rewards import NEEDS_MEMBER, Bought, of_event, of_offer, without
from pos_client.domain.till_context import TillContext
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Verdict

from .accounts import Accounts, holder_of
from .appraise import Case
from .desk import Desk
from .purchases_before import before, issued_by
from .recognise import MemberShown

_GOOD: Final = frozenset({Reason.CAN_REDEEM, Reason.CONFIRM})


@dataclass(frozen=True, slots=True)
class Earning:
    """The earnings of one purchase.

    Attributes:
        context: with its basket and its member, who is ``member`` (None for nobody).
    """

    desk: Desk
    time: TrustedTime
    context: TillContext
    member: MemberShown | None

    def of_purchase(self, bought: Bought, receipt: Receipt | None) -> list[Reward]:
        """What this purchase earns alone, and what the steps give for all that is one with it."""
        offers = self.desk.cache.offers()
        steps = [offer for offer in offers if offer.stacking.group]
        numbers = frozenset(offer.number for offer in steps)
        alone = of_event(offers, Trigger.PURCHASE, self.context, bought)
        earlier = before(self.desk, self.member, receipt, self.time, self.context.today)
        whole = replace(self.context, basket=together((*earlier.baskets, bought.basket)))
        stepped = [one for one in of_event(steps, Trigger.PURCHASE, whole, None) if _is_step(one, numbers)]
        rest = without(stepped, issued_by(self.desk, earlier, numbers))
        return [one for one in alone if not _is_step(one, numbers)] + rest

    def would_earn(self, cases: Sequence[Case], verdict: Verdict) -> tuple[Reward, ...]:
        """What a purchase of this basket would earn with the coupons that a check found good, and they themselves."""
        bought = _after(self.context, verdict)
        if bought is None:
            return ()
        good = {outcome.id for outcome in verdict.coupons if outcome.why in _GOOD}
        offers = [case.coupon.offer for case in cases if case.coupon.coupon_id in good]
        receipt = receipt_of_basket(bought.basket, self.desk.identity.store, self.context.today)
        found = [reward for offer in offers if offer for reward in of_offer(offer, bought)]
        found += self.of_purchase(bought, receipt)
        if holder_of(self.member).ref:
            return tuple(map(self._named, [*found, *self._full_cards(found)]))
        return tuple(self._named(one) for one in found if one.kind not in NEEDS_MEMBER)

    def _full_cards(self, found: Sequence[Reward]) -> list[Reward]:
        """Coupons that stamps would become."""
        counts: dict[str, int] = {}
        full: list[Reward] = []
        for one in found:
            if one.kind is RewardKind.STAMPS and one.needed:
                had = counts.get(one.item)
                had = Accounts(self.desk).stamps(holder_of(self.member), one.item) if had is None else had
                cards, counts[one.item] = divmod(had + one.amount, one.needed)
                full += [Reward(RewardKind.COUPON, one.campaign, cards, issues=one.issues)] if cards else []
        return full

    def _named(self, reward: Reward) -> Reward:
        offer = self.desk.cache.offer(reward.issues) if reward.issues and reward.name is None else None
        return replace(reward, name=offer.name) if offer else reward


def _is_step(reward: Reward, steps: frozenset[int]) -> bool:
    """Coupons of a group of offers are earned by all purchases of one customer together."""
    return reward.kind is RewardKind.COUPON and reward.campaign in steps


def _after(context: TillContext, verdict: Verdict) -> Bought | None:
    """The basket as the check leaves it; None where the goods are not known."""
    return Bought.after(context.basket, verdict.discount_minor, verdict.lines) if context.basket else None
