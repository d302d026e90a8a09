"""Fixed facts for pictures and tests of the kiosk: a member with many coupons, people with PINs, calls for a clerk."""

from datetime import timedelta

from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import CouponOutcome, EntryRef, MemberView, Tier, Verdict, VerdictKind
from pos_client.ui.kiosk.kiosk_view import StaffFacts, StaffPerson
from pos_client.usecases.assistance import AssistanceCall
from pos_client.usecases.till_view import Customer, MemberCard, TillAnswer
from script import screen_facts as facts

NAMES = (
    facts.HUNDRED_OFF_20,
    facts.SHAMPOO_10,
    facts.SAMPLE,
    facts.TWO_HUNDRED_OFF_50,
    LocalText("全场通用券", "Storewide coupon"),
    LocalText("面膜第二件半价", "Second mask half price"),
    LocalText("生日礼券", "Birthday gift"),
    LocalText("新品尝鲜券", "New product trial"),
)
VALUES = (2000, 1000, 0, 5000, 500, 1250, 8800, 300)
PEOPLE = (StaffPerson("P11", "李*"), StaffPerson("P12", "赵**"), StaffPerson("S01", "王*"))


def member(count: int = 3, proof: str = "slot") -> MemberCard:
    """A member with coupons that can be used now, and one that cannot."""
    view = MemberView("M-1", "王** 138****1234", "gold", 1280, proof=proof)
    usable = tuple(
        CouponOutcome(f"C-{place}", used=True, why=Reason.CAN_REDEEM, name=name, discount_minor=value)
        for place, (name, value) in enumerate(zip(NAMES[:count], VALUES, strict=False), start=1)
    )
    closed = CouponOutcome("C-9", used=False, why=Reason.WRONG_STORE, name=NAMES[0])
    return MemberCard(view, (*usable, closed), facts.STORE, "小李")


def greeted(count: int = 3, number: int = 1, proof: str = "slot") -> TillAnswer:
    """That member was recognised."""
    card = member(count, proof)
    verdict = Verdict(VerdictKind.READY, Reason.MEMBER_IDENTIFIED, member=card.view)
    return facts.answer(verdict, number, customer=Customer(card))


def used(number: int = 1, *, later: bool = False, left: int = 2, value: int = 2000, place: int = 0) -> TillAnswer:
    """A coupon of that member was used."""
    kind, reason = (VerdictKind.PENDING, Reason.ACCEPTED_OFFLINE) if later else (VerdictKind.ACCEPTED, Reason.ACCEPTED)
    coupon = CouponOutcome(f"C-{place + 1}", used=True, why=reason, name=NAMES[place], discount_minor=value)
    verdict = Verdict(
        kind,
        reason,
        tier=Tier.LANE if later else Tier.CRM,
        discount_minor=value,
        coupons=(coupon,),
        member=member().view,
        entry=EntryRef(1, 231 + place, "9f3a61c07be2"),
    )
    return facts.answer(verdict, number, customer=Customer(member(left)))


def staff(chosen: str = "", dots: int = 0, fault: str = "") -> StaffFacts:
    """Three people have a PIN."""
    return StaffFacts(PEOPLE, chosen, dots, fault)


def call(seconds: float = 12, *, taken_by: str = "", kiosk: int = 3) -> AssistanceCall:
    """A customer who has waited."""
    return AssistanceCall(
        f"call-{kiosk}",
        kiosk,
        facts.NOW - timedelta(seconds=seconds),
        "result",
        Reason.ALREADY_USED.value,
        "王**",
        0,
        "zh",
        taken_by,
    )
