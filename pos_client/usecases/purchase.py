"""A purchase: the goods, the coupons and points that pay, and what the customer earns, in one commit.

All of it is on disk or none: a crash between two entries would leave a customer with a coupon used and no points. The
receipt, where one is known, is taken once.
"""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pos_client.domain.basket import Basket
from pos_client.domain.journal_entry import EntryDraft
from pos_client.domain.judge import Refusal
from pos_client.domain.local_text import LocalText
from pos_client.domain.purchase import BasketSource, Receipt, receipt_of_basket
from pos_client.domain.reasons import Reason
from pos_client.domain.rewards import Bought, of_offer, waits_for_member
from pos_client.domain.verdict import EntryRef, Verdict, VerdictKind

from .accounts import holder_of
from .appraise import Case, refused
from .burning import Held, hold_points, points_for, worth
from .deciding import Decided, Deciding
from .desk import Desk
from .earning import Earning
from .entry_drafts import EntryWriter
from .granting import Given, Granting
from .notices import notices
from .overriding import Consent, consent_of
from .ports import ReceiptTaken, UseTaken
from .receipts import Handed, handed_in, receipt_refusal
from .redeem import REDEEMED, price_of
from .stacking import in_turn
from .trade_drafts import TradeWriter, receipt_of
from .transaction import Request, Transaction, not_trusted, sort_out, without_coupon

PAYING_WITH_POINTS: Final = LocalText("积分抵现", "Paying with points")


@dataclass(frozen=True, slots=True)
class PurchaseRequest:
    """What is bought and shown.

    Attributes:
        shown: coupons, member, basket and who acts. Without a basket a receipt code must be among the codes.
        burn_points: points that the member wants to pay with.
        source: how the goods became known; None where the basket itself says it.
        txn: its id, where whoever asks has made one before; else one is made here.
        receipt: which receipt it is, where more is known of it than its number; a receipt code comes first.
        is_whole: a coupon that cannot be used after all stops the purchase; else the others are used without it.
        is_more: further coupons for goods that were recorded before: of itself such a purchase earns nothing.
    """

    shown: Request
    burn_points: int = 0
    source: BasketSource | None = None
    txn: str = ""
    receipt: Receipt | None = None
    is_whole: bool = False
    is_more: bool = False


@dataclass(slots=True)
class _Paid:
    """The purchase as it grows: coupons decided on, and what the lines cost."""

    decided: list[Decided] = field(default_factory=list)
    verdict: Verdict | None = None
    held: Held | None = None
    burnt_minor: int = 0


class Purchase:
    """Records purchases. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, request: PurchaseRequest) -> Verdict:
        """The verdict; a purchase that is recorded is on disk when it returns, with all that belongs to it.

        Raises:
            DiskFull, StorageUnavailable: nothing was recorded.
            BasketInvalid, CacheMissing.
        """
        if self._desk.is_revoked:
            return not_trusted()
        consent = consent_of(self._desk, request.shown.override, request.shown.attribution)
        if isinstance(consent, Verdict):
            return consent
        handed = handed_in(self._desk, request.shown)
        transaction = sort_out(self._desk, replace(request.shown, codes=handed.codes, basket=handed.basket))
        attribution, txn = transaction.credited(request.shown.attribution), request.txn or uuid.uuid4().hex
        writer = EntryWriter(self._desk, transaction.time, transaction.context, attribution, txn)
        one = _OnePurchase(self._desk, transaction, writer, handed, consent)
        verdict = one.recorded(request)
        return replace(verdict, notices=verdict.notices + notices(self._desk, transaction.time))


class _OnePurchase:
    """One purchase on its way into the journal."""

    def __init__(
        self, desk: Desk, transaction: Transaction, writer: EntryWriter, handed: Handed, consent: Consent | None
    ) -> None:
        self._desk, self._transaction, self._writer, self._handed = desk, transaction, writer, handed
        self._deciding = Deciding(desk, writer, transaction.member, consent)
        holder = holder_of(transaction.member)
        self._trade = TradeWriter(writer, writer.txn, holder.ref, holder.number)
        self._paid = _Paid()
        self._lost: Verdict | None = None

    def recorded(self, request: PurchaseRequest) -> Verdict:
        basket = self._transaction.context.basket
        if basket is None:
            return self._refused(Refusal(Reason.BASKET_NEEDED))
        if self._transaction.unusable:
            return without_coupon(self._desk, self._transaction)
        today = self._writer.context.today
        store = self._desk.identity.store
        receipt = self._handed.receipt or request.receipt or receipt_of_basket(basket, store, today)
        refusal = receipt_refusal(self._desk, receipt, basket, today)
        if refusal:
            return self._refused(refusal)
        self._use_coupons()
        lost = self._lost or (None if self._paid.decided else self._paid.verdict)
        if request.is_whole and lost is not None:
            return self._given_up(lost)
        refusal = self._burn(basket, request.burn_points)
        if refusal:
            return self._given_up(refusal)
        return self._write(basket, receipt, request)

    def _use_coupons(self) -> None:
        cases = self._transaction.cases(self._writer.attribution.operator)
        if cases:
            self._paid.verdict = in_turn(self._desk, cases, self._decide, REDEEMED)

    def _decide(self, case: Case) -> Verdict:
        decided = self._deciding.decide(case, self._paid.decided)
        if isinstance(decided, Verdict):
            self._lost = self._lost or decided
            return decided
        self._paid.decided.append(decided)
        return self._deciding.verdict(decided)

    def _burn(self, basket: Basket, points: int) -> Refusal | None:
        if not points:
            return None
        policy = self._desk.trade().points
        usable = min(points_for(policy, worth(policy, points)), points_for(policy, basket.total_minor - self._off()))
        if not usable:
            return Refusal(Reason.POINTS_SHORT, {"missing": policy.worth_points, "balance": points})
        held = hold_points(self._desk, self._transaction.member, usable, self._cost())
        if isinstance(held, Refusal):
            return replace(held, facts={"offer": PAYING_WITH_POINTS, **held.facts})
        self._paid.held, self._paid.burnt_minor = held, worth(policy, usable)
        return None

    def _cost(self) -> int:
        """Points that its coupons cost."""
        return sum(one.held.points for one in self._paid.decided if one.held)

    def _off(self) -> int:
        return sum(one.quoted.discount_minor for one in self._paid.decided)

    def _write(self, basket: Basket, receipt: Receipt | None, request: PurchaseRequest) -> Verdict:
        bought = self._bought(basket)
        given = self._given(bought, receipt, earns=not request.is_more)
        goods = _goods(basket, bought, self._paid, request.source or self._handed.source(), given)
        ref = receipt_of(receipt.fingerprint) if receipt else ""
        sale = self._trade.transaction({**goods, "returns": "", "receipt_no": receipt.number if receipt else ""}, ref)
        drafts = [*self._redemptions(), *self._burnt(), sale, *given.drafts]
        try:
            refs = self._desk.journal.append_all(drafts)
        except ReceiptTaken as taken:
            return self._given_up(Refusal(Reason.RECEIPT_TAKEN, {"seq": taken.entry.seq}))
        except UseTaken as taken_use:
            return self._given_up(self._used_before(Refusal(Reason.ALREADY_USED, use=taken_use.use)))
        return self._told(refs[drafts.index(sale)], bought, given)

    def _used_before(self, refusal: Refusal) -> Refusal | Verdict:
        """Which coupon it was is known for certain where there is only one."""
        decided = self._paid.decided
        return refused(self._desk, decided[0].case, refusal) if len(decided) == 1 else refusal

    def _bought(self, basket: Basket) -> Bought:
        """What the lines cost after coupons, and then after points."""
        shares = [share for one in self._paid.decided for share in one.quoted.lines]
        return Bought.after(basket, self._off(), shares).less(self._paid.burnt_minor)

    def _redemptions(self) -> list[EntryDraft]:
        drafts: list[EntryDraft] = []
        for decided in self._paid.decided:
            drafts += [decided.draft(self._writer), *price_of(self._writer, decided)]
            drafts += decided.override_drafts(self._writer)
        return drafts

    def _burnt(self) -> list[EntryDraft]:
        held = self._paid.held
        if held is None:
            return []
        return [self._trade.burn(held.points, self._paid.burnt_minor, (held.hold_id, held.tier.value))]

    def _given(self, bought: Bought, receipt: Receipt | None, *, earns: bool) -> Given:
        """What its coupons give, then what the purchase itself does, if it earns."""
        context, member = self._writer.context, self._transaction.member
        granting = Granting(self._desk, self._trade, member, context.today)
        for decided in self._paid.decided:
            offer = decided.case.coupon.offer
            granting.give(of_offer(offer, bought) if offer else (), "coupon")
        earning = Earning(self._desk, self._writer.time, context, member)
        granting.give(earning.of_purchase(bought, receipt) if earns else (), "purchase")
        if earns and waits_for_member(self._desk.cache.offers(), context):
            granting.notice("reward-needs-member")
        return granting.given()

    def _told(self, ref: EntryRef, bought: Bought, given: Given) -> Verdict:
        coupons = self._paid.verdict
        alone = [one for one in self._paid.decided if one.grant.kind is VerdictKind.PENDING]
        member = self._transaction.member
        off = self._off() + self._paid.burnt_minor
        facts = {"total_minor": bought.basket.total_minor, "to_pay_minor": bought.basket.total_minor - off}
        said = coupons.notices if coupons else ()
        fresh = self._desk.cache.freshness()
        return Verdict(
            VerdictKind.PENDING if alone else VerdictKind.ACCEPTED,
            Reason.PURCHASE_RECORDED,
            {**facts, "txn": self._writer.txn},
            tier=coupons.tier if coupons else None,
            data_as_of=fresh.as_of if fresh else None,
            discount_minor=off,
            lines=coupons.lines if coupons else (),
            coupons=coupons.coupons if coupons else (),
            choice=coupons.choice if coupons else None,
            code_kind=coupons.code_kind if coupons else "",
            member=member.view if member else None,
            entry=ref,
            notices=(*said, *given.notices),
            rewards=given.rewards,
        )

    def _given_up(self, refusal: Refusal | Verdict) -> Verdict:
        """Nothing was written: what was claimed and held for it is given back."""
        verdict = refusal if isinstance(refusal, Verdict) else self._refused(refusal)
        for decided in self._paid.decided:
            self._deciding.give_up(decided, verdict)
        if self._paid.held and self._paid.held.hold_id:
            self._desk.points.release_points(self._paid.held.hold_id)
        return verdict

    def _refused(self, refusal: Refusal) -> Verdict:
        member = self._transaction.member
        return Verdict(
            refusal.kind, refusal.reason, refusal.facts, use=refusal.use, member=member.view if member else None
        )


def _goods(basket: Basket, bought: Bought, paid: _Paid, source: BasketSource, given: Given) -> dict[str, Any]:
    """The goods as the journal keeps them, each line with what was taken off it."""
    lines = [
        {
            "gtin": line.gtin,
            "category": line.category,
            "brand": line.brand,
            "quantity": line.quantity,
            "unit_minor": line.unit_minor,
            "discount_minor": line.amount_minor - bought.paid_minor[place],
        }
        for place, line in enumerate(basket.lines)
    ]
    coupons = [
        {
            "coupon_id": one.case.coupon.coupon_id,
            "campaign": one.case.coupon.offer.number if one.case.coupon.offer else 0,
            "discount_minor": one.quoted.discount_minor,
        }
        for one in paid.decided
    ]
    return {
        "basket_source": source.value,
        "currency": basket.currency,
        "basket_minor": basket.total_minor,
        "discount_minor": basket.total_minor - sum(bought.paid_minor),
        "lines": lines,
        "coupons": coupons,
        "owed": list(given.owed),
        "gifts": [{"campaign": campaign} for campaign in given.gifts],
    }
