"""Give what was earned: entries for points, stamps and coupons, and what the customer is told of them.

Apart from earning (``domain/rewards``) because giving takes from what lies here: codes from the lane's pool, stamps
from a card that is full. One object serves one purchase, so that no code is given twice in it.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from pos_client.domain.errors import StorageUnavailable
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.reward import HANDED_OVER, Reward, RewardKind
from pos_client.domain.rewards import NEEDS_MEMBER
from pos_client.domain.verdict import Notice

from .accounts import Accounts, holder_of
from .booth_port import PooledCoupon
from .desk import Desk
from .recognise import MemberShown
from .trade_drafts import POINTS, TradeWriter, issued, stamps_of


@dataclass(frozen=True, slots=True)
class Given:
    """What becomes of rewards: the entries, and what to tell of them.

    Attributes:
        owed: campaigns of coupons that nothing was left to issue of.
        gifts: campaigns by which a thing is to be handed over, of what no coupon stands for.
    """

    rewards: tuple[Reward, ...] = ()
    drafts: tuple[EntryDraft, ...] = ()
    notices: tuple[Notice, ...] = ()
    owed: tuple[int, ...] = ()
    gifts: tuple[int, ...] = ()


class Granting:
    """Gives the rewards of one purchase.

    Args:
        desk: this lane. writer: of the purchase.
        member: whose it is, None for nobody's.
        today: in the store's calendar.
    """

    def __init__(self, desk: Desk, writer: TradeWriter, member: MemberShown | None, today: date) -> None:
        self._desk, self._writer, self._today = desk, writer, today
        self._member = member if member and member.view.ref else None
        self._codes: list[PooledCoupon] = []
        self._stamps: dict[str, int] = {}
        self._drafts: list[EntryDraft] = []
        self._told: list[Reward] = []
        self._notices: list[Notice] = []
        self._owed: list[int] = []
        self._gifts: list[int] = []

    def give(self, rewards: Iterable[Reward], why: str) -> None:
        """Take rewards into this purchase."""
        for reward in rewards:
            if reward.kind in NEEDS_MEMBER and self._member is None:
                self.notice("reward-needs-member")
            elif reward.kind is RewardKind.POINTS:
                self._drafts.append(self._writer.earn(POINTS, reward.amount, reward.campaign, why))
                self._told.append(reward)
            elif reward.kind is RewardKind.STAMPS:
                self._stamp(reward, why)
            elif reward.kind in {RewardKind.COUPON, RewardKind.PASS_CODE}:
                self._issue(reward, why)
            else:
                self._told.append(reward)
                self._gifts += [reward.campaign] if reward.kind in HANDED_OVER and why != "coupon" else []

    def given(self) -> Given:
        """All of it. The codes among it are kept for a slip before anybody is promised them."""
        if self._codes:
            # A slip that cannot show the code is no reason to give nothing.
            with suppress(StorageUnavailable):
                self._desk.slips.keep_codes(self._codes, self._today)
        return Given(
            tuple(self._told), tuple(self._drafts), tuple(self._notices), tuple(self._owed), tuple(self._gifts)
        )

    def _stamp(self, reward: Reward, why: str) -> None:
        """Stamps on the card; each time it is full it is emptied and becomes a coupon."""
        card, account = reward.item, stamps_of(reward.item)
        if card not in self._stamps:
            self._stamps[card] = Accounts(self._desk).stamps(holder_of(self._member), card)
        self._drafts.append(self._writer.earn(account, reward.amount, reward.campaign, why))
        total = self._stamps[card] + reward.amount
        self._told.append(reward)
        while reward.needed and total >= reward.needed:
            total -= reward.needed
            self._drafts.append(self._writer.earn(account, -reward.needed, reward.campaign, "reward"))
            self._issue(Reward(RewardKind.COUPON, reward.campaign, issues=reward.issues), "stamps")
        self._stamps[card] = total

    def _issue(self, reward: Reward, why: str) -> None:
        offer = self._desk.cache.offer(reward.issues)
        for _ in range(reward.amount):
            coupon = self._next(reward.issues)
            if coupon is None:
                self._owed.append(reward.issues)
                self.notice("pool-empty")
                continue
            self._codes.append(coupon)
            self._drafts.append(self._writer.issue(coupon, reward.campaign, why, reward.place))
            name = offer.name if offer else None
            told = replace(reward, amount=1, name=name, coupon_id=coupon.coupon_id, code=coupon.text)
            self._told.append(replace(told, last_day=coupon.last_day))

    def _next(self, campaign: int) -> PooledCoupon | None:
        """The first of the pool that this lane never gave to anybody, not even to take it back."""
        knows, taken = self._desk.journal.knows, {coupon.coupon_id for coupon in self._codes}
        for coupon in self._desk.booth.pool_coupons(campaign, self._today):
            if coupon.coupon_id not in taken and not knows(issued(coupon.coupon_id)):
                return coupon
        return None

    def notice(self, reason: str) -> None:
        """Tell something beside, once."""
        if all(notice.reason != reason for notice in self._notices):
            self._notices.append(Notice(reason))
