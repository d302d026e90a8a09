"""The counter's side of another phone number: who stands here, how he can prove himself, and the deed with him.

Apart from ``change_phone`` because that one is asked by commands too, which have nobody in hand. A window never holds
the old number: what it gets is sealed for the centre.
"""

from dataclasses import dataclass, field, replace

from pos_client.domain.verdict import Verdict, VerdictKind

from .bind_port import BindPorts, CheckedBefore, CodeCheck
from .bind_side import lead_on
from .binding import BindProof
from .change_phone import ChangePhone, ChangeRequest, has_told_number
from .desk import Attribution, Desk
from .shift import ShiftFacts, look
from .till_session import TillSession
from .till_view import TillAnswer


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """Whose number.

    Attributes:
        ref: of the member. masked: what may be shown of him.
        proof: the least that is asked of him where the centre can be reached.
        old_sealed: his old number, readable by the centre alone; empty where nobody told it.
        staff: who could sign.
    """

    ref: str
    masked: str
    proof: BindProof
    old_sealed: str = field(default="", repr=False)
    staff: ShiftFacts = field(default_factory=ShiftFacts)


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """Another number for the member who is meant.

    Attributes:
        ref: of the member. phone: as typed.
        told: the one-time code, which was right a moment ago; empty for none.
        supervisor: staff id. pin: his.
    """

    ref: str
    phone: str = field(repr=False)
    told: str = field(default="", repr=False)
    supervisor: str = ""
    pin: str = field(default="", repr=False)


def change_asked(desk: Desk, session: TillSession, ports: BindPorts) -> ChangeFacts | None:
    """Who stands here; None for nobody.

    Raises:
        SealKeyMissing: nothing can be sealed for the centre, so no number can be changed.
    """
    shown = session.member_in_hand()
    if shown is None:
        return None
    staff, is_told = look(desk, session), has_told_number(shown)
    proof = BindProof.SLOT if shown.presence.proof == "slot" else BindProof.CODE if is_told else BindProof.SUPERVISOR
    sealed = ports.sealer.seal(shown.code.text) if is_told else ""
    return ChangeFacts(shown.view.ref, shown.view.masked, proof, sealed, staff)


def change_number(desk: Desk, session: TillSession, ports: BindPorts, wish: ChangeWish) -> TillAnswer | Verdict | None:
    """Change it: what is shown once it is on disk, or why it was refused; None where somebody else stands here by now.

    Raises:
        DiskFull, StorageUnavailable: nothing was changed. CacheMissing, SealKeyMissing.
    """
    shown = session.member_in_hand()
    if shown is None or shown.view.ref != wish.ref:
        return None
    by = Attribution(session.operator, session.promoter, "window")
    request = ChangeRequest("", wish.phone, wish.told, wish.supervisor, by, wish.pin)
    checked = replace(ports, codes=CheckedBefore(CodeCheck.PASSED))
    done = ChangePhone(desk, checked).of(shown, request)
    return lead_on(desk, session, done) if done.verdict.kind is VerdictKind.ACCEPTED else done.verdict
