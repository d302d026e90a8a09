"""Recognise what was shown: a coupon with all that is known of it, a member, or something that is neither."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pos_client.domain.codes.bad_code import CodeFault
from pos_client.domain.codes.coupon_format import Coupon8110, PositiveOffer
from pos_client.domain.codes.gs1 import GlobalCoupon
from pos_client.domain.codes.member_card import MemberCard
from pos_client.domain.codes.member_slot import MemberSlot
from pos_client.domain.codes.parametric_qr import LANE_KEY, ParametricQr
from pos_client.domain.codes.router import Code, CodeKind, route
from pos_client.domain.codes.signed_coupon import SignedCoupon, member_tag
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.judge import MemberPresence
from pos_client.domain.keyed_hash import KeyKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality, TrustedTime
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from . import bound_here
from .coupons_of_makers import paper_facts, positive_offer_facts
from .desk import Desk
from .ports import CachedMember
from .slot_memory import used_s_ago
from .trade_drafts import issued

_FOREIGN: Final = {
    CodeKind.PAYMENT_CODE: Reason.PAYMENT_CODE,
    CodeKind.LINK: Reason.LINK,
    CodeKind.ENROLMENT: Reason.ENROLMENT_CODE,
}
# What says all of itself.
_SAID: Final = {
    CodeKind.GTIN: Verdict(VerdictKind.READY, Reason.PRODUCT),
    CodeKind.RECEIPT: Verdict(VerdictKind.READY, Reason.RECEIPT_SHOWN),
    CodeKind.WECHAT_CARD: Verdict(VerdictKind.SUPERVISOR, Reason.WECHAT_CARD),
    CodeKind.GS1_255: Verdict(VerdictKind.REFUSED, Reason.COUPON_WITHOUT_SERIAL),
}
IN_DOUBT: Final = Verdict(VerdictKind.SUPERVISOR, Reason.CANNOT_VERIFY_HERE)
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
class SceneShown:
    """The parametric code of a booth, genuine and in time: by it the customer came here."""

    code: Code
    scene: ParametricQr
    verdict: Verdict

    @property
    def source(self) -> str:
        """How entries name it: store, booth, lane, staff id and campaign, as the code says them."""
        scene = self.scene
        return f"scene:{scene.store}-{scene.booth}-{scene.lane}-{scene.staff}-{scene.campaign}"


@dataclass(frozen=True, slots=True)
class NotUsable:
    """Nothing that is redeemed here, and nobody: the verdict that says so, and what is known of a coupon of others."""

    code: Code
    verdict: Verdict
    facts: CouponFacts | None = None


Shown = CouponShown | MemberShown | SceneShown | NotUsable


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
        card = code.value.number
        known = desk.cache.member_by_card(card) or bound_here.member_by_card(desk, card)
        return _in_doubt(desk, code, (KeyKind.MEMBER_CARD, card), known) or _member(desk, code, known, "card")
    if isinstance(code.value, ParametricQr):
        return _scene(desk, code, code.value, time)
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


def _slot(desk: Desk, code: Code, slot: MemberSlot, time: TrustedTime, receipt_no: str) -> MemberShown | NotUsable:
    if not desk.verifier.slot_is_genuine(slot, desk.context(time).today):
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.NOT_GENUINE))
    suspect = time.quality is TimeQuality.SUSPECT
    if not suspect and not slot.is_current(time.now):
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.SLOT_EXPIRED))
    code_hash = desk.hasher.code_hash(code.text)
    seen_s = used_s_ago(desk, slot, code_hash, time.now, receipt_no)
    proof = "card" if suspect else "slot" if seen_s is None else "seen"
    number = slot.member_number
    cached = desk.cache.member_by_number(number) or bound_here.member_by_number(desk, number)
    doubt = _in_doubt(desk, code, (KeyKind.MEMBER_NUMBER, str(number)), cached)
    if doubt:
        return doubt
    view = cached.view if cached else MemberView(ref="", masked=f"…{slot.member_number % 10_000:04d}")
    tag = cached.tag if cached else member_tag(slot.member_number)
    presence = MemberPresence(view.ref, tag, view.level, proof, code_hash, seen_s or 0)
    presence = _with_standing(desk, presence, cached) if cached else presence
    return MemberShown(code, presence, replace(view, proof=proof), cached)


def _phone(desk: Desk, code: Code) -> MemberShown | NotUsable:
    # A provisional member whose number the data already knows is about to become that member.
    found = desk.cache.member_by_phone(code.text) or bound_here.members_by_phone(desk, code.text)
    doubt = _in_doubt(desk, code, (KeyKind.PHONE, code.text), found)
    if doubt or not found:
        return doubt or _member(desk, code, None, "phone")
    return replace(member_shown(desk, code, found[0], "phone"), others=tuple(found[1:]))


def _in_doubt(desk: Desk, code: Code, named: tuple[KeyKind, str], found: object) -> NotUsable | None:
    """That the centre's word on this member could not be read: nobody here knows who he is, or that he is nobody."""
    return NotUsable(code, IN_DOUBT) if desk.cache.member_in_doubt(*named, surely=bool(found)) else None


def _member(desk: Desk, code: Code, cached: CachedMember | None, proof: str) -> MemberShown | NotUsable:
    if cached is None:
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.MEMBER_UNKNOWN))
    return member_shown(desk, code, cached, proof)


def member_shown(desk: Desk, code: Code, cached: CachedMember, proof: str) -> MemberShown:
    """A member of the data, or of this lane's own book, as somebody who stands here."""
    view = replace(cached.view, proof=proof)
    presence = MemberPresence(view.ref, cached.tag, view.level, proof)
    return MemberShown(code, _with_standing(desk, presence, cached), view, cached)


def _with_standing(desk: Desk, presence: MemberPresence, cached: CachedMember) -> MemberPresence:
    """What offers ask of a member beyond who he is: whether he is new, and whether his number was checked."""
    is_new = cached.purchases == 0 or cached.view.since == desk.context(desk.trusted_time()).today
    verified = cached.verified or bound_here.was_checked(desk, desk.booth.refs_of(cached.view.ref))
    return replace(presence, is_new=is_new, verified=verified)


def _scene(desk: Desk, code: Code, scene: ParametricQr, time: TrustedTime) -> Shown:
    """A booth's binding code. That of another lane only the centre can check, for it is signed with that lane's key."""
    identity = desk.identity
    if scene.key_id != LANE_KEY:
        genuine = desk.verifier.scene_is_genuine(scene, desk.context(time).today)
    elif (scene.store, scene.lane) == (identity.store, identity.lane):
        genuine = desk.has_signed(scene.signed_bytes(), scene.signature)
    else:
        return NotUsable(code, not_our_verdict(Reason.PARAMETRIC_CODE))
    if not genuine:
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.BOOTH_CODE_FALSE))
    facts = {"owner": owner_name(desk, desk.cache.store_name(scene.store) or str(scene.store), scene.staff)}
    if not scene.is_current(time.now):
        return NotUsable(code, Verdict(VerdictKind.REFUSED, Reason.BOOTH_CODE_EXPIRED, facts))
    return SceneShown(code, scene, Verdict(VerdictKind.READY, Reason.BOOTH_CODE, facts))


def owner_name(desk: Desk, store: str, staff: str) -> str:
    """Store and person as people know them; the person's id where this lane does not know the name."""
    names = {person.id: person.name for person in desk.cache.staff()}
    return f"{store} {names.get(staff, staff)}".strip()


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
