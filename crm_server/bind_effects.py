"""What a ``bind`` entry does: makes a member, or finds that he was known; moves the owner; changes or checks a number.

Apart from the other effects because it alone opens what a lane has sealed.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Row, select

from pos_client.domain.codes import phone_number
from pos_client.domain.journal_entry import EntryKind

from . import bind_facts, members, merging, phone_codes
from .application import CONFLICTING, QUARANTINED, Application, Effect, Effects, Outcome
from .bind_facts import BadBinding, BindFacts
from .entry_facts import EntryFacts, ReadRow
from .members import Newcomer, Touch
from .schema import POOL_MEMBER
from .sealing import open_sealed

_DONE: Final = Outcome()
_LONGEST_NAME: Final = 80
# A phone is his one identity: nobody's bare word gives it away.
_PROVES_WHO: Final = frozenset({"slot", "supervisor", "code"})


@dataclass(frozen=True, slots=True)
class _Bound:
    """One entry at work."""

    work: Application
    seal: X25519PrivateKey
    facts: BindFacts
    touch: Touch

    def phone(self) -> str | None:
        """The number that was sealed, None where it is none."""
        try:
            return phone_number.normalise(open_sealed(self.seal, self.facts.phone_sealed))
        except ValueError:
            return None

    def name(self) -> str:
        """The name that was sealed, as far as it can be read and kept: PostgreSQL refuses NUL."""
        try:
            name = open_sealed(self.seal, self.facts.name_sealed) if self.facts.name_sealed else ""
        except ValueError:
            return ""
        return "".join(character for character in name if character.isprintable())[:_LONGEST_NAME]

    def was_checked(self, phone: str) -> bool:
        """Whether a one-time code has passed here, as the lane says."""
        if self.facts.proof != "code":
            return False
        return phone_codes.was_passed(self.work.connection, self.seal, phone, self.work.now_ms)


def with_members(effects: Effects, seal: X25519PrivateKey) -> Effects:
    """All effects, with that of ``bind``, and redemptions of a provisional member counted for who he turned out to be.

    Args:
        effects: of the other kinds.
        seal: opens what lanes have sealed.
    """
    of_person = {EntryKind.REDEEM: _of_one_person(effects[EntryKind.REDEEM])}
    return {**effects, **of_person, EntryKind.BIND: _binding(seal)}


def _of_one_person(effect: Effect) -> Effect:
    def resolved(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
        own = work.own_refs.get(facts.member_ref)
        if own is None:
            own = work.own_refs[facts.member_ref] = merging.own_ref(work.connection, facts.member_ref)
        if own == facts.member_ref:
            return effect(work, row, facts, number)
        outcome = effect(work, row, replace(facts, member_ref=own), number)
        merging.list_excess(work.connection, own, work.now_ms)
        return outcome

    return resolved


def _binding(seal: X25519PrivateKey) -> Effect:
    def bind(work: Application, row: ReadRow, _facts: EntryFacts, _number: int) -> Outcome:
        try:
            said = bind_facts.read(row.body)
        except BadBinding:
            return Outcome(QUARANTINED, "bad-field")
        members.go_first(work.connection)
        work.own_refs.clear()
        bound = _Bound(work, seal, said, Touch(work.caller.store, said.promoter, said.day))
        return _ACTIONS[said.action](bound)

    return bind


def _new(bound: _Bound) -> Outcome:
    """A member with a number of the lane's pool, unless his phone, or the centre itself, has made him before."""
    work, facts = bound.work, bound.facts
    connection = work.connection
    present = members.by_ref(connection, facts.member_ref)
    if present is not None:
        return _again(bound, present)
    pooled = connection.execute(select(POOL_MEMBER).where(POOL_MEMBER.c.number == facts.member_number)).one_or_none()
    if pooled is None or (pooled.ref, pooled.store) != (facts.member_ref, work.caller.store):
        return Outcome(QUARANTINED, "number-not-pooled")
    phone = bound.phone()
    if phone is None:
        return Outcome(QUARANTINED, "seal-unreadable")
    work.changes += members.take_from_pool(connection, pooled)
    known = members.by_phone(connection, phone)
    if known is not None:
        work.changes += merging.merge(connection, facts.member_ref, known, work.now_ms)
        return _served(bound, known)
    newcomer = Newcomer(
        pooled.number, pooled.ref, pooled.card, phone, bound.name(), bound.touch, bound.was_checked(phone)
    )
    work.changes += members.add(connection, newcomer)
    return _DONE


def _again(bound: _Bound, present: Row[Any]) -> Outcome:
    """The same entry once more, or one of a copy of this lane that gave the number to somebody else."""
    phone = bound.phone() if bound.facts.phone_sealed else present.phone
    if phone is not None and phone != present.phone:
        return Outcome(CONFLICTING, "number-given-twice")
    return _served(bound, present)


def _owner(bound: _Bound) -> Outcome:
    member = members.by_ref(bound.work.connection, bound.facts.member_ref)
    return Outcome(QUARANTINED, "member-unknown") if member is None else _served(bound, member)


def _served(bound: _Bound, member: Row[Any]) -> Outcome:
    bound.work.changes += members.touched(bound.work.connection, member, bound.touch)
    if bound.was_checked(member.phone):
        bound.work.changes += members.checked(bound.work.connection, member)
    return _DONE


def _change_phone(bound: _Bound) -> Outcome:
    if bound.facts.proof not in _PROVES_WHO:
        return Outcome(QUARANTINED, "bad-field")
    connection, phone = bound.work.connection, bound.phone()
    member = members.by_ref(connection, bound.facts.member_ref)
    if phone is None or member is None:
        return Outcome(QUARANTINED, "seal-unreadable" if phone is None else "member-unknown")
    if bound.facts.proof == "code" and not bound.was_checked(member.phone):
        return Outcome(QUARANTINED, "code-not-passed")
    other = members.by_phone(connection, phone)
    if other is not None and other.number != member.number:
        return Outcome(CONFLICTING, "phone-of-another")
    bound.work.changes += members.new_phone(connection, member, phone)
    return _DONE


def _verify(bound: _Bound) -> Outcome:
    member = members.by_ref(bound.work.connection, bound.facts.member_ref)
    if member is None:
        return Outcome(QUARANTINED, "member-unknown")
    if not bound.was_checked(member.phone):
        return Outcome(QUARANTINED, "code-not-passed")
    bound.work.changes += members.checked(bound.work.connection, member)
    return _DONE


_ACTIONS: Final[dict[str, Callable[[_Bound], Outcome]]] = {
    "new": _new,
    "owner": _owner,
    "change_phone": _change_phone,
    "verify": _verify,
}
