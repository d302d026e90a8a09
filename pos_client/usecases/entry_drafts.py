"""What a deed writes down: the common fields of every entry, and those of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pos_client.domain.business_time import local_date, to_ms
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.journal_entry import EntryDraft, EntryKind, wire_time
from pos_client.domain.judge import Quote, TillContext
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Tier, VerdictKind

from .claim_port import ClaimRequest
from .desk import Attribution, Desk
from .ports import OpenIntent


@dataclass(frozen=True, slots=True)
class Grant:
    """How a redemption was granted: by whom, under which claim, and what it says on the screen."""

    tier: Tier
    kind: VerdictKind
    reason: Reason
    claim_id: str = ""
    intent_seq: int | None = None


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Drafts entries of one moment at one desk.

    Attributes:
        txn: the purchase that they belong to, empty for none.
    """

    desk: Desk
    time: TrustedTime
    context: TillContext
    attribution: Attribution
    txn: str = ""

    def intent(self, coupon: CouponFacts, quote: Quote, code_hash: str, *, is_hold: bool = False) -> EntryDraft:
        """Asked for, not yet answered; the claim's id is derived from this entry's own hash.

        A hold is an intent that waits for the customer, and not for an answer.
        """
        fields = self._coupon_fields(coupon, quote.use_no, code_hash) | {"value_minor": quote.discount_minor}
        fields |= {"hold": True} if is_hold else {}
        return EntryDraft(EntryKind.INTENT, self.common(coupon) | fields, coupon.coupon_id, quote.use_no)

    def redeem(self, coupon: CouponFacts, quote: Quote, code_hash: str, grant: Grant) -> EntryDraft:
        """A use was granted. This is the fact that must never be lost."""
        basket = self.context.basket
        fields = self._coupon_fields(coupon, quote.use_no, code_hash) | {
            "value_minor": quote.discount_minor,
            "discount_minor": quote.discount_minor,
            "currency": basket.currency if basket else self.desk.cache.store().currency,
            "basket_ref": basket.receipt_no if basket else "",
            "basket_minor": basket.total_minor if basket else None,
            "tier": grant.tier.value,
            "verdict": grant.kind.value,
            "reason": grant.reason.value,
            "claim_id": grant.claim_id,
            "intent_seq": grant.intent_seq,
            "coupon_name": coupon.offer.name.as_json() if coupon.offer else None,
        }
        return EntryDraft(EntryKind.REDEEM, self.common(coupon) | fields, coupon.coupon_id, quote.use_no)

    def paper(self, coupon: CouponFacts, quote: Quote, code_hash: str, grant: Grant) -> EntryDraft:
        """A maker's coupon was kept. Its lines are those for which the maker pays."""
        kept = self.redeem(coupon, quote, code_hash, grant)
        lines = [
            {"place": line.place, "gtin": line.gtin, "discount_minor": line.discount_minor} for line in quote.lines
        ]
        return replace(kept, fields={**kept.fields, "lines": lines})

    def cancel(self, intent: OpenIntent, coupon: CouponFacts | None, reason: str) -> EntryDraft:
        """An intent came to nothing: the claim, should it stand, is given back when this arrives."""
        fields = {
            "target_seq": intent.entry.seq,
            "reason": reason,
            "coupon_id": intent.coupon_id,
            "use_no": intent.use_no,
            "claim_id": intent.claim_id,
        }
        asked = None if coupon else self.desk.journal.entry(intent.entry.seq)
        fields |= {"campaign": asked.fields().get("campaign")} if asked else {}
        return EntryDraft(EntryKind.VOID, self.common(coupon) | fields)

    def void(self, target: Mapping[str, Any], target_seq: int, reason: str) -> EntryDraft:
        """A redemption is taken back."""
        kept = {name: target.get(name) for name in ("coupon_id", "use_no", "claim_id", "campaign", "value_minor")}
        return EntryDraft(EntryKind.VOID, self.common(None) | kept | {"target_seq": target_seq, "reason": reason})

    def confirmed_date(self, day: date, leapt_from: str) -> EntryDraft:
        """A supervisor said which day it is, after the clock leapt away from ``leapt_from`` (as ``wire_time``)."""
        fields = {"supervisor": self.attribution.operator, "date": day.isoformat(), "leapt_from": leapt_from}
        return EntryDraft(EntryKind.TIME_CONFIRM, self.common(None) | fields)

    def reject(self, code_kind: str, code_hash: str, reason: Reason, coupon: CouponFacts | None) -> EntryDraft:
        """A refusal, for the day's figures; nothing of the code but its keyed hash."""
        fields = {
            "code_kind": code_kind,
            "code_hash": code_hash,
            "reason": reason.value,
            "coupon_id": coupon.coupon_id if coupon else "",
            "coupon_name": coupon.offer.name.as_json() if coupon and coupon.offer else None,
            "member_ref": self.context.member.ref if self.context.member else "",
        }
        return EntryDraft(EntryKind.REJECT, self.common(coupon) | fields)

    def fact(self, kind: EntryKind, fields: Mapping[str, Any]) -> EntryDraft:
        """Something that concerns no coupon."""
        return EntryDraft(kind, self.common(None) | dict(fields))

    def _coupon_fields(self, coupon: CouponFacts, use_no: int | None, code_hash: str) -> dict[str, Any]:
        member = self.context.member
        return {
            "coupon_id": coupon.coupon_id,
            "use_no": use_no,
            "code_kind": coupon.code_kind,
            "code_hash": code_hash,
            "member_ref": member.ref if member else "",
            "member_proof": member.proof if member else "",
            "member_code_hash": member.code_hash if member else "",
        }

    def common(self, coupon: CouponFacts | None = None) -> dict[str, Any]:
        """The fields that every entry has."""
        desk, time, reading = self.desk, self.time, self.desk.clock.read()
        freshness = desk.cache.freshness()
        return {
            "at": wire_time(time.now),
            "wall_ms": to_ms(reading.wall),
            "mono_ms": reading.monotonic_ms,
            "boot_id": reading.boot_id,
            "time_quality": time.quality.value,
            "business_date": local_date(time.now, self.context.zone).isoformat(),
            "store": desk.identity.store,
            "lane": desk.identity.lane,
            "booth": desk.identity.booth,
            "operator": self.attribution.operator,
            "promoter": self.attribution.promoter,
            "source": self.attribution.source,
            "campaign": coupon.offer.number if coupon and coupon.offer else None,
            "policy_ver": desk.policy_version(),
            "cache_gen": freshness.generation if freshness else 0,
            "cache_age_s": desk.data_age_s(time) if freshness else None,
            "app_ver": desk.app_version,
            **({"txn": self.txn} if self.txn else {}),
        }


def claim_request(
    intent: OpenIntent, coupon: CouponFacts, token: str, member_ref: str, quote: Quote, *, settled_here: bool = False
) -> ClaimRequest:
    """What is asked of the servers for an intent."""
    return ClaimRequest(
        claim_id=intent.claim_id,
        coupon_id=coupon.coupon_id,
        use_no=quote.use_no or intent.use_no,
        code_kind=coupon.code_kind,
        token=token,
        member_ref=member_ref,
        value_minor=quote.discount_minor,
        intent=intent.entry,
        settled_here=settled_here,
        is_counted=bool(coupon.offer and coupon.offer.conditions.total_uses),
    )
