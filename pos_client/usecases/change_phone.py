"""Change a member's phone number.

It is his one identity, so nobody's word alone is enough: his slot code, a one-time code that came to the old number, or
a supervisor who looked at him.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from pos_client.domain.codes import phone_number
from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature, supervisor_refusal
from .bind_port import BindPorts, CodeCheck
from .binding import (
    BindAction,
    Binding,
    BindProof,
    account_of,
    bind_draft,
    choose_among,
    code_refused,
    in_doubt,
    members_of_phone,
    normalised,
    refusal,
)
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .ports import CachedMember
from .recognise import MemberShown, NotUsable, recognise

_MASKED_PHONE: Final = re.compile(r"\S*\*{4}\d{4}$")


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Whose number, and which.

    Attributes:
        member: his code, card or old number; empty where he was recognised before. phone: the new number, as typed.
        code: a one-time code that came to the old number. supervisor: staff id. pin: his.
    """

    member: str = field(repr=False)
    phone: str = field(repr=False)
    code: str = field(default="", repr=False)
    supervisor: str = ""
    attribution: Attribution = field(default_factory=Attribution)
    pin: str = field(default="", repr=False)


class ChangePhone:
    """Writes ``bind`` with ``change_phone``."""

    def __init__(self, desk: Desk, ports: BindPorts) -> None:
        self._desk = desk
        self._ports = ports

    def __call__(self, request: ChangeRequest) -> Binding:
        """The answer; ``number-changed`` is on disk when it returns.

        Raises:
            DiskFull, StorageUnavailable: nothing was changed.
            CacheMissing, SealKeyMissing.
            ServerRefused: the centre would not look at the one-time code.
        """
        shown = recognise(self._desk, request.member, self._desk.trusted_time())
        if isinstance(shown, NotUsable):
            return Binding(shown.verdict)
        return self.of(shown, request) if isinstance(shown, MemberShown) else refusal(Reason.MEMBER_UNKNOWN)

    def of(self, shown: MemberShown, request: ChangeRequest) -> Binding:
        """The same for whom somebody recognised already; ``request.member`` is not looked at. Raises as above."""
        if shown.cached is None:
            return refusal(Reason.MEMBER_UNKNOWN)
        if shown.others:
            return choose_among((shown.cached, *shown.others))
        phone = normalised(request.phone)
        if phone is None:
            return refusal(Reason.PHONE_WANTED)
        taken = self._somebody_else(shown.cached, phone)
        if taken:
            return taken
        proof = self._proof(request, shown)
        return proof if isinstance(proof, Binding) else self._change(request, shown, phone, proof)

    def _somebody_else(self, member: CachedMember, phone: str) -> Binding | None:
        doubt = in_doubt(self._desk, phone, surely=True)
        found = members_of_phone(self._desk, phone)
        other = next((one.view for one in found if one.number != member.number), None)
        if doubt or other is None:
            return doubt
        return refusal(Reason.NUMBER_TAKEN, VerdictKind.SUPERVISOR, other=other.masked or other.ref)

    def _proof(self, request: ChangeRequest, shown: MemberShown) -> BindProof | Binding:
        if shown.presence.proof == "slot":
            return BindProof.SLOT
        if request.supervisor:
            nobody = supervisor_refusal(self._desk, Signature(request.supervisor, request.pin))
            return Binding(nobody) if nobody else BindProof.SUPERVISOR
        if not request.code or not has_told_number(shown):
            return refusal(Reason.PROOF_NEEDED)
        try:
            checked = self._ports.codes.check(self._ports.sealer.seal(shown.code.text), request.code)
        except ServerUnreachable:
            return refusal(Reason.PROOF_NEEDED)
        if checked is CodeCheck.PASSED:
            return BindProof.CODE
        return code_refused(checked)

    def _change(self, request: ChangeRequest, shown: MemberShown, phone: str, proof: BindProof) -> Binding:
        desk, member, time = self._desk, shown.cached, self._desk.trusted_time()
        draft = bind_draft(
            EntryWriter(desk, time, desk.context(time), request.attribution),
            BindAction.CHANGE_PHONE,
            (shown.view.ref, member.number if member else 0),
            ref=account_of(desk, phone),
            proof=proof.value,
            phone_sealed=self._ports.sealer.seal(phone),
            supervisor=request.supervisor if proof is BindProof.SUPERVISOR else None,
        )
        entry = desk.journal.append(draft)
        after = replace(shown, view=replace(shown.view, masked=_with_phone(shown.view.masked, phone)))
        verdict = Verdict(VerdictKind.ACCEPTED, Reason.NUMBER_CHANGED, member=after.view, entry=entry)
        return Binding(verdict, after)


def has_told_number(shown: MemberShown) -> bool:
    """Whether he was found by his whole number, to which a one-time code can go; four digits of it are not enough."""
    return shown.presence.proof == "phone" and bool(shown.code.text)


def _with_phone(masked: str, phone: str) -> str:
    """What may be shown of a member, with another number."""
    return f"{_MASKED_PHONE.sub('', masked).strip()} {phone_number.mask(phone)}".strip()
