"""Fixed facts of a binding for pictures and tests: one code, one promoter, what a new member gets."""

import hashlib
from datetime import UTC, datetime, timedelta

from pos_client.domain.codes.parametric_qr import LANE_KEY, ParametricQr, Presenter
from pos_client.domain.codes.router import Code, CodeKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.till_context import MemberPresence
from pos_client.domain.verdict import EntryRef, Verdict, VerdictKind
from pos_client.usecases.bind_side import BindSide, OnShow
from pos_client.usecases.binding import Binding
from pos_client.usecases.recognise import MemberShown
from pos_client.usecases.show_scene import GOOD_FOR, Scene
from script import screen_facts as facts

GIFTS = (
    Reward(RewardKind.COUPON, 3001, 1, LocalText("10元券", "10 yuan off"), issues=2001),
    Reward(RewardKind.SAMPLE, 3001, 1, LocalText("护发素试用装", "Conditioner sample"), item="conditioner"),
)


def scene(*, lasting: bool = False) -> Scene:
    """A code under a signature that is nobody's."""
    issued = 0 if lasting else int(facts.NOW.timestamp())
    expires = 0 if lasting else issued + int(GOOD_FOR.total_seconds())
    code = ParametricQr(LANE_KEY, 1, 0, 1, Presenter.PROMOTER, "P02", 0, issued, expires, bytes(range(64)))
    digits = code.text()
    end = datetime.max.replace(tzinfo=UTC) if lasting else facts.NOW + timedelta(seconds=300)
    return Scene(code, digits, hashlib.sha256(digits.encode()).hexdigest(), end)


def on_show(*, lasting: bool = False) -> OnShow:
    """That code and what stands around it."""
    return OnShow(BindSide(facts.STORE, "小李", GIFTS), scene(lasting=lasting))


def bound(reason: Reason = Reason.MEMBER_BOUND) -> Binding:
    """A customer who scanned it."""
    verdict = Verdict(
        VerdictKind.ACCEPTED,
        reason,
        {"owner": f"{facts.STORE} 小李"},
        member=facts.member().view,
        entry=EntryRef(1, 240, "7c"),
    )
    view = facts.member().view
    shown = MemberShown(Code(CodeKind.PARAMETRIC, ""), MemberPresence(view.ref, 0), view)
    return Binding(verdict, shown, is_new=True)
