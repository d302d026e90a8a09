"""One transaction at the counter: the codes that were shown together, sorted into member, coupons and the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pos_client.domain.basket import Basket
from pos_client.domain.codes.router import Code, CodeKind
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.errors import BasketInvalid
from pos_client.domain.judge import MemberPresence, TillContext
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import MemberView, Verdict, VerdictKind

from .accounts import Accounts
from .appraise import Case
from .desk import Attribution, Desk
from .overriding import OverrideAsk
from .recognise import CouponShown, MemberShown, NotUsable, SceneShown, recognise


@dataclass(frozen=True, slots=True)
class Request:
    """What a command or the window asks.

    Attributes:
        codes: texts as scanned or typed; at least one, unless a coupon was picked.
        picked: coupons chosen from the member's own list, without their code.
        basket: what is bought, where known.
        member: who stands here, where he was identified before.
        attribution: who acts.
        returns_deposit: a reservation is given up, and its deposit is paid back.
        override: a supervisor stands here who would allow what the lane may not.
    """

    codes: Sequence[str] = ()
    basket: Basket | None = None
    member: MemberShown | None = None
    picked: tuple[CouponFacts, ...] = ()
    attribution: Attribution = field(default_factory=Attribution)
    returns_deposit: bool = False
    override: OverrideAsk | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """A request, sorted."""

    time: TrustedTime
    context: TillContext
    member: MemberShown | None
    coupons: tuple[CouponShown, ...]
    unusable: NotUsable | None
    scene: SceneShown | None = None

    def credited(self, attribution: Attribution) -> Attribution:
        """Who gets the credit, with the booth code by which the customer came as the source."""
        return replace(attribution, source=self.scene.source) if self.scene else attribution

    def cases(self, operator: str) -> list[Case]:
        """One case a coupon, in the offers' own order; makers' paper comes last."""
        view: MemberView | None = self.member.view if self.member else None
        ordered = sorted(self.coupons, key=_turn)
        return [
            Case(shown.facts, self.context, shown.code.text, view, operator, paper=shown.paper) for shown in ordered
        ]


def _turn(shown: CouponShown) -> tuple[bool, int, str]:
    """Sorts coupons; of paper, which is judged in turn, no two orders of scanning may give two answers."""
    if shown.paper:
        return (True, 0, shown.code.text)
    return (False, shown.facts.offer.stacking.order if shown.facts.offer else 0, "")


def sort_out(desk: Desk, request: Request) -> Transaction:
    """Recognise every code of a request.

    Raises:
        BasketInvalid: the basket is in another currency than the store's, whose minor units are something else.
        CacheMissing: no data was ever fetched.
    """
    time = desk.trusted_time()
    _require_own_currency(desk, request.basket)
    receipt_no = request.basket.receipt_no if request.basket else ""
    shown = [recognise(desk, text, time, receipt_no) for text in request.codes]
    members = [item for item in shown if isinstance(item, MemberShown)]
    member = members[-1] if members else request.member
    presence: MemberPresence | None = Accounts(desk).presence(member) if member else None
    return Transaction(
        time=time,
        context=desk.context(time, request.basket, presence),
        member=member,
        coupons=tuple(item for item in shown if isinstance(item, CouponShown)) + _picked(request.picked),
        unusable=next((item for item in shown if isinstance(item, NotUsable)), None) or _undecided(member),
        scene=next((item for item in shown if isinstance(item, SceneShown)), None),
    )


def _undecided(member: MemberShown | None) -> NotUsable | None:
    """Several members share the phone that was named: nothing is given to one of them until a person has chosen."""
    if member is None or member.cached is None or not member.others:
        return None
    views = tuple(one.view for one in (member.cached, *member.others))
    facts = {"count": len(views)}
    return NotUsable(member.code, Verdict(VerdictKind.REFUSED, Reason.SEVERAL_MEMBERS, facts, members=views))


def _require_own_currency(desk: Desk, basket: Basket | None) -> None:
    if basket is None:
        return
    own = desk.cache.store().currency
    if basket.currency != own:
        facts = {"problem": "currency", "currency": basket.currency, "store_currency": own}
        raise BasketInvalid(f"the basket is in {basket.currency}, the store sells in {own}", **facts)


def _picked(coupons: tuple[CouponFacts, ...]) -> tuple[CouponShown, ...]:
    return tuple(CouponShown(Code(CodeKind(facts.code_kind), ""), facts) for facts in coupons)


def not_trusted() -> Verdict:
    """The verdict of a lane that was revoked, on whatever is shown."""
    return Verdict(VerdictKind.REFUSED, Reason.DEVICE_NOT_TRUSTED)


def without_coupon(desk: Desk, transaction: Transaction) -> Verdict:
    """The verdict of a transaction that holds no coupon: a member, a product, or not our code."""
    if transaction.unusable:
        return replace(transaction.unusable.verdict, code_kind=transaction.unusable.code.kind.value)
    if transaction.scene and transaction.member is None:
        return replace(transaction.scene.verdict, code_kind=transaction.scene.code.kind.value)
    freshness = desk.cache.freshness()
    member = transaction.member
    seen = member is not None and member.presence.proof == "seen"
    return Verdict(
        VerdictKind.SUPERVISOR if seen else VerdictKind.READY,
        Reason.MEMBER_CODE_SEEN if seen else Reason.MEMBER_IDENTIFIED,
        {"seen_s": member.presence.seen_s} if member and seen else {},
        member=member.view if member else None,
        data_as_of=freshness.as_of if freshness else None,
        code_kind=member.code.kind.value if member else "",
    )
