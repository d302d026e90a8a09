"""Bind a customer by his phone number: a member at once, with the network or without.

Somebody whom neither the data nor this lane's book knows gets a number of the lane's pool, a provisional member; the
centre says later whether it knew him after all (``member_alias``), and nothing that he got is lost.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.domain.codes.phone_number import mask
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import MemberView, Notice, Verdict, VerdictKind

from . import bound_here
from .bind_port import BindPorts, CodeCheck
from .binding import (
    BindAction,
    Binding,
    BindProof,
    Standing,
    account_of,
    bind_draft,
    choose_among,
    code_of,
    code_refused,
    in_doubt,
    members_of_phone,
    named_among,
    normalised,
    refusal,
)
from .booth_port import PooledMember
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .ports import CachedMember
from .recognise import member_shown
from .welcome import bind_and_welcome

# The seal of so many characters of four bytes each still fits into what the centre reads (docs/deeds.md).
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class BindRequest:
    """Who is to be bound.

    Attributes:
        phone: as typed. name: as he gave it, may be empty; it leaves this lane sealed, cut to what the centre keeps.
        member: reference or card of the one who is meant, where several share the phone.
        code: the one-time code that he told, empty for none.
        attribution: who acts; his booth becomes the owner as the rule says.
    """

    phone: str
    name: str = ""
    member: str = ""
    code: str = ""
    attribution: Attribution = field(default_factory=Attribution)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Exactly one of ``known`` and ``pooled`` is there."""

    phone: str
    known: CachedMember | None
    pooled: PooledMember | None
    standing: Standing
    time: TrustedTime


class BindMember:
    """Binds by phone number. One at a time: the till lane is serial."""

    def __init__(self, desk: Desk, ports: BindPorts) -> None:
        self._desk = desk
        self._ports = ports

    def look(self, request: BindRequest) -> Binding:
        """What would be done, to be shown before anything is written: who he is, and whose he will be."""
        plan = self._plan(request)
        if isinstance(plan, Binding):
            return plan
        before, after = plan.standing.names(self._desk)
        reason = Reason.BIND_KNOWN if plan.known else Reason.BIND_NEW
        facts = {"owner": after, "owner_now": before or after}
        view = plan.known.view if plan.known else None
        verdict = Verdict(VerdictKind.READY, reason, facts, member=view, code_kind="phone")
        return Binding(verdict, None, plan.known is None, before, after)

    def __call__(self, request: BindRequest) -> Binding:
        """Bind; the entry is on disk when it returns with a member.

        Raises:
            DiskFull, StorageUnavailable: nothing was bound.
            CacheMissing: no data was ever fetched.
            SealKeyMissing: nothing can be taken down for the centre yet.
            ServerRefused: the centre would not look at the one-time code.
        """
        plan = self._plan(request)
        if isinstance(plan, Binding):
            return plan
        proof = self._proof(plan.phone, request.code)
        if isinstance(proof, Binding):
            return proof
        return self._bind(plan, request, proof)

    def _plan(self, request: BindRequest) -> "_Plan | Binding":
        desk, phone = self._desk, normalised(request.phone)
        if phone is None:
            return refusal(Reason.PHONE_WANTED)
        doubt = in_doubt(desk, phone, surely=True)
        if doubt:
            return doubt
        found = members_of_phone(desk, phone)
        known = found[0] if len(found) == 1 else named_among(desk, found, request.member)
        if found and known is None:
            return choose_among(found)
        time = desk.trusted_time()
        pooled = None if known else self._free_number()
        if known is None and pooled is None:
            return refusal(Reason.MEMBER_POOL_EMPTY)
        return _Plan(phone, known, pooled, Standing.of(desk, known, request.attribution, time), time)

    def _free_number(self) -> PooledMember | None:
        given = bound_here.given_numbers(self._desk)
        return next((one for one in self._desk.booth.pool_members() if one.number not in given), None)

    def _proof(self, phone: str, code: str) -> BindProof | Binding:
        """A code that cannot be checked now leaves him unverified; a wrong one is the customer's to put right."""
        if not code:
            return BindProof.NONE
        try:
            checked = self._ports.codes.check(self._ports.sealer.seal(phone), code)
        except ServerUnreachable:
            return BindProof.NONE
        if checked is CodeCheck.PASSED:
            return BindProof.CODE
        return code_refused(checked)

    def _bind(self, plan: _Plan, request: BindRequest, proof: BindProof) -> Binding:
        desk, sealer = self._desk, self._ports.sealer
        member, name = plan.known or _provisional(plan), _written_name(request.name)
        writer = EntryWriter(desk, plan.time, desk.context(plan.time), request.attribution)
        draft = bind_draft(
            writer,
            BindAction.OWNER if plan.known else BindAction.NEW,
            (member.view.ref, member.number),
            ref=account_of(desk, plan.phone),
            proof=proof.value,
            provisional=plan.known is None,
            phone_sealed=None if plan.known else sealer.seal(plan.phone),
            name_sealed=sealer.seal(name) if name and not plan.known else None,
        )
        member = replace(plan.standing.bound(member), verified=member.verified or proof is BindProof.CODE)
        shown = member_shown(desk, code_of(plan.phone), member, "phone")
        entry, given = bind_and_welcome(desk, writer, draft, shown, is_new=plan.known is None)
        before, after = plan.standing.names(desk)
        notices = given.notices if member.verified else (Notice("phone-unverified"), *given.notices)
        verdict = Verdict(VerdictKind.ACCEPTED, plan.standing.reason(), {"owner": after}, member=shown.view)
        verdict = replace(verdict, entry=entry, notices=notices, rewards=given.rewards, code_kind="phone")
        return Binding(verdict, shown, plan.known is None, before, after)


def _written_name(said: str) -> str:
    """A name as it can be sealed: half a character or a control sign in it must not cost the whole binding."""
    return "".join(character for character in said if character.isprintable()).strip()[:_LONGEST_NAME]


def _provisional(plan: _Plan) -> CachedMember:
    if plan.pooled is None:
        raise AssertionError("a plan names a known member or a number of the pool")
    owner, number = plan.standing.after, plan.pooled.number
    view = MemberView(plan.pooled.ref, mask(plan.phone), bound_here.LEVEL, 0, owner.store, owner.promoter)
    return CachedMember(number, member_tag(number), view)
