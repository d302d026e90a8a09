"""Who takes over the counter: the people of the store, what they must prove, and what has to be right before it.

Apart from logging in because a window shows people before anybody has proved anything. A lane whose clock is off, or
whose data is older than it may go alone, is taken over with a supervisor's signature beside the clerk's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pos_client.domain.codes.parametric_qr import ParametricQr
from pos_client.domain.codes.router import route
from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import Role
from pos_client.domain.trusted_time import TimeQuality
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature, pin_refusal, supervisor_refusal
from .desk import Desk
from .login import Login
from .till_session import TillSession

PROMOTER: Final = "promoter"
CLOCK_SLACK: Final = timedelta(minutes=5)
# A gun that types needs some length to be told from a person, and a staff id has little.
BADGE: Final = "STAFF:"
ALLOWED_ON: Final = "shift_allowed_on"
_ORDER: Final = (Role.CLERK, Role.PROMOTER, Role.SUPERVISOR, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of this store, as a tile shows him."""

    id: str
    name: str
    role: Role
    has_pin: bool = False


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What a log-in goes by.

    Attributes:
        people: clerks first, then promoters, then who decides.
        operator, promoter: staff ids of this moment; may be empty.
        asks_who: the store has PINs, so nobody works here without saying who he is.
        clock_off_s: how far the machine's clock is off, where it is off by too much; else 0.
        is_stale: the data is older than a lane may go by alone.
        is_allowed: a supervisor has seen that today.
        pins_required: an id alone is not believed of whoever decides.
    """

    people: tuple[Person, ...] = ()
    operator: str = ""
    promoter: str = ""
    asks_who: bool = False
    clock_off_s: int = 0
    is_stale: bool = False
    is_allowed: bool = False
    pins_required: bool = False

    def person(self, staff_id: str) -> Person | None:
        """Whoever bears this id here."""
        return next((one for one in self.people if one.id == staff_id), None)

    def deciders(self, other_than: str = "") -> tuple[Person, ...]:
        """Who could sign beside somebody else."""
        return tuple(
            one
            for one in self.people
            if one.role.decides and one.id != other_than and (one.has_pin or not self.pins_required)
        )

    @property
    def needs_supervisor(self) -> bool:
        """Whether a supervisor must sign too; where nobody could, a warning must do."""
        is_odd = bool(self.clock_off_s) or self.is_stale
        return is_odd and not self.is_allowed and bool(self.deciders())


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Who wants to take over.

    Attributes:
        promoter: staff id of who gets the credit from then on.
        supervisor: who has seen that clock or data are not right; None for nobody.
    """

    who: Signature
    promoter: str = ""
    supervisor: Signature | None = None


def look(desk: Desk, session: TillSession) -> ShiftFacts:
    """The facts of this moment; without data nobody is known, and nobody is asked."""
    if desk.is_revoked or desk.cache.freshness() is None:
        return ShiftFacts(operator=session.operator, promoter=session.promoter)
    book, time = desk.pins(), desk.trusted_time()
    staff = sorted(desk.cache.staff(), key=lambda person: (_ORDER.index(person.role), person.id))
    is_off = abs(time.wall_offset_s) > CLOCK_SLACK.total_seconds() or time.quality is TimeQuality.SUSPECT
    return ShiftFacts(
        people=tuple(Person(one.id, one.name, one.role, book.has(one.id)) for one in staff),
        operator=session.operator,
        promoter=session.promoter,
        asks_who=book.required or bool(book.records),
        clock_off_s=max(1, abs(time.wall_offset_s)) if is_off else 0,
        is_stale=desk.data_age_s(time) > desk.limits().hard_age_s,
        is_allowed=desk.journal.meta(ALLOWED_ON) == desk.context(time).today.isoformat(),
        pins_required=book.required,
    )


def take_over(desk: Desk, session: TillSession, wish: TakeOver) -> Verdict:
    """Log in, or say why not; ``clock-suspect`` or ``data-stale`` where a supervisor must sign as well.

    Raises:
        DiskFull, StorageUnavailable: nobody was logged in.
    """
    facts, signed_by = look(desk, session), ""
    if facts.needs_supervisor:
        refusal = _unproved(desk, wish, facts)
        if refusal:
            return refusal
        signed_by = wish.supervisor.staff_id if wish.supervisor else ""
    verdict = Login(desk)(wish.who, seen_by=signed_by)
    if verdict.reason is Reason.LOGGED_IN:
        if signed_by:
            desk.journal.remember(ALLOWED_ON, desk.context(desk.trusted_time()).today.isoformat())
        session.operator, session.promoter = wish.who.staff_id, wish.promoter
        desk.journal.remember(PROMOTER, wish.promoter)
    return verdict


def _unproved(desk: Desk, wish: TakeOver, facts: ShiftFacts) -> Verdict | None:
    """Why clock or data stand in the way: the clerk proves first, then the supervisor, who is somebody else."""
    if wish.supervisor is not None:
        return supervisor_refusal(desk, wish.supervisor, other_than=wish.who.staff_id)
    refusal = pin_refusal(desk, wish.who) if desk.pins().has(wish.who.staff_id) else None
    if refusal or not facts.deciders(wish.who.staff_id):
        return refusal
    if facts.clock_off_s:
        return Verdict(VerdictKind.SUPERVISOR, Reason.CLOCK_SUSPECT)
    age_s = desk.data_age_s(desk.trusted_time())
    return Verdict(VerdictKind.SUPERVISOR, Reason.DATA_STALE, {"age_s": age_s})


def is_badge(text: str) -> bool:
    """Whether a code says of itself that it is somebody's badge."""
    return text.strip().upper().startswith(BADGE)


def badge_of(text: str, people: Sequence[Person]) -> Person | None:
    """Whose badge this is: his staff id with or without its beginning, or a parametric code that names him.

    It only says who he wants to be; a PIN proves it.
    """
    shown = text.strip()
    scene = route(shown).value
    named = scene.staff if isinstance(scene, ParametricQr) else shown[len(BADGE) :] if is_badge(shown) else shown
    return next((one for one in people if named and one.id.casefold() == named.casefold()), None)
