"""The counter's side of a binding: whose code is on show, what a new member gets, and what becomes of whoever came.

Apart from ``show_scene`` and ``bind_member`` because those write; this is what a screen shows before, and the hand that
leads the new member into the purchase after.
"""

from dataclasses import dataclass, replace

from pos_client.domain.offers.offer import Trigger
from pos_client.domain.receipt_page import Row, RowKind
from pos_client.domain.reward import Reward, RewardKind
from pos_client.domain.rewards import of_event
from pos_client.domain.till_context import MemberPresence

from . import bound_here
from .bind_member import BindMember, BindRequest
from .bind_port import BindPorts, CheckedBefore, CodeCheck, SceneBound
from .binding import Binding
from .desk import Attribution, Desk
from .show_scene import Scene, ShowScene
from .till_session import TillSession
from .till_view import TillAnswer


@dataclass(frozen=True, slots=True)
class BindSide:
    """What stands around a code on show.

    Attributes:
        promoter: name, empty where nobody gets the credit; ``promoter_id`` his staff id.
        gifts: what somebody gets who becomes a member now.
    """

    store: str
    promoter: str
    gifts: tuple[Reward, ...]
    promoter_id: str = ""


@dataclass(frozen=True, slots=True)
class OnShow:
    """A code and what stands around it."""

    side: BindSide
    scene: Scene


def put_on_show(desk: Desk, session: TillSession, ports: BindPorts, *, lasting: bool) -> OnShow:
    """A code for whoever gets the credit now; a lasting one where nobody can be asked who scanned it."""
    show = ShowScene(desk, ports)
    make = show.make_lasting if lasting else show.make
    return OnShow(_side(desk, session), make(_by(session), ports.campaign))


def print_code(desk: Desk, headline: str, code: str, whose: str) -> int:
    """A lasting code on the slip printer: the page's number in its queue, 0 where this lane has no printer.

    Raises:
        StorageUnavailable, DiskFull: nothing was put into the queue.
    """
    rows = (Row(RowKind.TITLE, headline), Row(RowKind.CODE, code), Row(RowKind.TEXT, whose))
    return desk.prints.put("booth-code", rows)


def write_scanned(desk: Desk, session: TillSession, ports: BindPorts, scene: Scene, found: SceneBound) -> Binding:
    """Write down who scanned it. Raises DiskFull, StorageUnavailable: the centre has bound him; ask again."""
    return ShowScene(desk, ports).write(scene, found, _by(session))


def write_phone(desk: Desk, session: TillSession, ports: BindPorts, phone: str, member: str, code: str) -> Binding:
    """Bind by a phone number; ``code`` was right a moment ago, or is empty.

    It is looked up first, so it counts among the look-ups of this counter. Whoever is chosen among several was counted,
    and a number whose telephone told the code is nobody's guess.
    """
    too_many = None if member or code else session.too_many_phones(phone)
    if too_many:
        return Binding(too_many)
    checked = replace(ports, codes=CheckedBefore(CodeCheck.PASSED))
    return BindMember(desk, checked)(BindRequest(phone, "", member, code, _by(session)))


def lead_on(_desk: Desk, session: TillSession, binding: Binding) -> TillAnswer:
    """The new member stands here from now on; a binding is not taken back by F8."""
    if binding.member is not None:
        session.seat(binding.member)
    return session.say(binding.verdict, can_undo=False)


def _by(session: TillSession) -> Attribution:
    return Attribution(session.operator, session.promoter, "window")


def _side(desk: Desk, session: TillSession) -> BindSide:
    names = {person.id: person.name for person in desk.cache.staff()}
    promoter = names.get(session.promoter, session.promoter)
    return BindSide(desk.cache.store().name, promoter, _gifts(desk), session.promoter)


def _gifts(desk: Desk) -> tuple[Reward, ...]:
    newcomer = MemberPresence("", 0, bound_here.LEVEL, "phone", is_new=True)
    context = desk.context(desk.trusted_time(), member=newcomer)
    return tuple(_named(desk, reward) for reward in of_event(desk.cache.offers(), Trigger.BIND, context, None))


def _named(desk: Desk, reward: Reward) -> Reward:
    """A coupon by the name of its campaign."""
    offer = desk.cache.offer(reward.issues) if reward.kind is RewardKind.COUPON else None
    return replace(reward, name=offer.name) if offer else reward
