"""Recognise what was shown: a coupon with all that is known of it, a member, or something that is neither."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.codes.bad_code import CodeFault
from pos_client.domain.codes.coupon_format import Coupon8110, PositiveOffer
from pos_client.domain.codes.gs1 import GlobalCoupon
from pos_client.domain.codes.member_card import MemberCard
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.router import Code, CodeKind, route
from pos_client.domain.codes.signed_coupon import SignedCoupon, member_tag
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.judge import MemberPresence
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality, TrustedTime
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from .coupons_of_makers import paper_facts, positive_offer_facts
from .desk import Desk
from .ports import CachedMember
from .slot_memory import used_s_ago
from .trade_drafts import issued

_FOREIGN: Final = {
    CodeKind.PAYMENT_CODE: Reason.PAYMENT_CODE,
    CodeKind.LINK: Reason.LINK,
    CodeKind.ENROLMENT: Reason.ENROLMENT_CODE,
    CodeKind.PARAMETRIC: Reason.PARAMETRIC_CODE,
}
# What says all of itself.
_SAID: Final = {
    CodeKind.GTIN: Verdict(VerdictKind.READY, Reason.PRODUCT),
    CodeKind.RECEIPT: Verdict(VerdictKind.READY, Reason.RECEIPT_SHOWN),
    CodeKind.WECHAT_CARD: Verdict(VerdictKind.SUPERVISOR, Reason.WECHAT_CARD),
    CodeKind.GS1_255: Verdict(VerdictKind.REFUSED, Reason.COUPON_WITHOUT_SERIAL),
}
_DAMAGED: Final = {
    CodeFault.TOO_LONG: Reason.CODE_TOO_LONG,
    CodeFault.TRUNCATED: Reason.CODE_INCOMPLETE,
}


@dataclass(frozen=True, slots=True)
class CouponShown:
    """A coupon code and what this lane knows of it: cache and journal together; ``paper`` is a maker's, decoded."""

    code: Code
    facts: CouponFacts
    paper: Coupon8110 | None = None


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member, and how he proved it. ``others`` are further accounts with the same phone."""

    code: Code
    presence: MemberPresence
    view: MemberView
    cached: CachedMember | None = None
    others: tuple[CachedMember, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUsable:
    """Nothing that is redeemed here, and nobody: the verdict that says so, and what is known of a coupon of others."""

    code: Code
    verdict: Verdict
    facts: CouponFacts | None = None


Shown = CouponShown | MemberShown | NotUsable


def recognise(desk: Desk, raw: str, time: TrustedTime, receipt_no: str = "") -> Shown:
    """Tell what a text is and join it with what is known.

    Args:
        desk: this lane.
        raw: as read or typed.
        time: of the showing.
        receipt_no: of the purchase in hand, empty where it is not known.

    Raises:
        CacheMissing: before the first data.
    """
    code = route(raw)
    if isinstance(code.value, GlobalCoupon) and code.value.serial:
        code = replace(code, kind=CodeKind.OPAQUE_COUPON)  # to cache and centre it is an id like any other
    coupon = _coupon(desk, code, time)
    return coupon or _somebody(desk, code, time, receipt_no) or NotUsable(code, _not_usable(code))


def _coupon(desk: Desk, code: Code, time: TrustedTime) -> Shown | None:
    if isinstance(code.value, SignedCoupon):
        return CouponShown(code, with_journal(desk, _signed(desk, code.value, time)))
    if isinstance(code.value, Coupon8110):
        return CouponShown(code, paper_facts(code.value, desk.context(time).today), code.value)
    if isinstance(code.value, PositiveOffer):
        needs_network = Verdict(VerdictKind.SUPERVISOR, Reason.POSITIVE_OFFER)
        return NotUsable(code, needs_network, positive_offer_facts(code.value))
    return _opaque(desk, code) if code.kind is CodeKind.OPAQUE_COUPON else None


def _somebody(desk: Desk, code: Code, time: TrustedTime, receipt_no: str) -> Shown | None:
    if isinstance(code.value, MemberSlot):
        return _slot(desk, code, code.value, time, receipt_no)
    if isinstance(code.value, MemberCard):
        return _member(code, desk.cache.member_by_card(code.value.number), "card")
    return _phone(desk, code) if code.kind is CodeKind.PHONE else None


def not_our_verdict(reason: Reason, facts: Mapping[str, str | int] | None = None) -> Verdict:
    """A verdict on something that is not our code."""
    return Verdict(VerdictKind.UNKNOWN, reason, dict(facts or {}))


def _signed(desk: Desk, coupon: SignedCoupon, time: TrustedTime) -> CouponFacts:
    day = desk.context(time).today
    facts = desk.cache.signed_coupon(coupon, genuine=desk.verifier.coupon_is_genuine(coupon, day))
    return _with_issue(desk, facts)


def _with_issue(desk: Desk, facts: CouponFacts) -> CouponFacts:
    """Whether somebody was given it, and who. What another lane issued meanwhile this one cannot know."""
    ref = issued(facts.coupon_id)
    given = desk.journal.standing(EntryKind.ISSUE, ref)
    if given:
        return replace(facts, member_ref=facts.member_ref or str(given[0].fields().get("member_ref") or ""))
    is_ours = desk.booth.pool_of(facts.coupon_id) == desk.identity.lane
    return replace(facts, issued=False) if is_ours or desk.journal.knows(ref) else facts


def _opaque(desk: Desk, code: Code) -> Shown:
    facts = desk.cache.opaque_coupon(code.text)
    if facts is None:
        # The centre may know it: a claim is asked for where it can be, and nothing is green without one.
        return CouponShown(code, CouponFacts("", code.kind.value, genuine=False, offer=None))
    return CouponShown(code, with_journal(desk, facts))


def with_journal(desk: Desk, facts: CouponFacts) -> CouponFacts:
    """A refresh can add knowledge; it can never make this lane forget its own redemption."""
    own = desk.journal.uses_of(facts.coupon_id)
    taken = {use.use_no for use in own}
    reported = [use for use in facts.uses if use.use_no not in taken]
    if any(use.device == desk.identity.device for use in reported):
        unused = desk.journal.unused_claims(facts.coupon_id)
        reported = [use for use in reported if use.claim_id not in unused]
    return replace(facts, uses=(*own, *reported))


def _slot(desk: Desk, code: Code, slot: MemberSlot, time: TrustedTime, receipt_no: str) -> Shown:
    if not desk.verifier.slot_is_genuine(slot, desk.context(time).today):
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.NOT_GENUINE))
    suspect = time.quality is TimeQuality.SUSPECT
    if not suspect and not slot.is_current(time.now):
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.SLOT_EXPIRED))
    code_hash = desk.hasher.code_hash(code.text)
    seen_s = used_s_ago(desk, slot, code_hash, time.now, receipt_no)
    proof = "card" if suspect else "slot" if seen_s is None else "seen"
    cached = desk.cache.member_by_number(slot.member_number)
    view = cached.view if cached else MemberView(ref="", masked=f"…{slot.member_number % 10_000:04d}")
    tag = cached.tag if cached else member_tag(slot.member_number)
    presence = MemberPresence(view.ref, tag, view.level, proof, code_hash, seen_s or 0)
    return MemberShown(code, presence, replace(view, proof=proof), cached)


def _phone(desk: Desk, code: Code) -> Shown:
    found = desk.cache.member_by_phone(code.text)
    if not found:
        return _member(code, None, "phone")
    shown = _member(code, found[0], "phone")
    return replace(shown, others=tuple(found[1:])) if isinstance(shown, MemberShown) else shown


def _member(code: Code, cached: CachedMember | None, proof: str) -> Shown:
    if cached is None:
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN))
    view = replace(cached.view, proof=proof)
    return MemberShown(code, MemberPresence(view.ref, cached.tag, view.level, proof), view, cached)


def _not_usable(code: Code) -> Verdict:
    if code.kind in _SAID:
        return _SAID[code.kind]
    if code.kind in _FOREIGN:
        return not_our_verdict(_FOREIGN[code.kind])
    if code.kind is CodeKind.DAMAGED and code.fault:
        return not_our_verdict(_DAMAGED.get(code.fault, Reason.CODE_DAMAGED))
    if not code.text:
        return not_our_verdict(Reason.CODE_INCOMPLETE)
    return not_our_verdict(Reason.NOT_OUR_CODE, {"start": printable_start(code.text)})


def printable_start(text: str) -> str:
    """The first four characters of an unknown text, for the clerk; nothing that could move a terminal or a line."""
    return "".join(character if character.isprintable() else "·" for character in text[:4])
