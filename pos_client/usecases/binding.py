"""What every way of binding shares: the answer, who the owner will be, and the entry's fields (docs/deeds.md).

Apart from the deeds themselves because four of them write a ``bind``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pos_client.domain.attribution import Owner, owner_after
from pos_client.domain.codes import phone_number
from pos_client.domain.codes.router import Code, CodeKind
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.domain.keyed_hash import KeyKind
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TrustedTime
from pos_client.domain.verdict import Verdict, VerdictKind

from . import bound_here
from .bind_port import CodeCheck
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .ports import CachedMember
from .recognise import IN_DOUBT, MemberShown, owner_name


class BindAction(StrEnum):
    """What a ``bind`` entry does."""

    NEW = "new"
    OWNER = "owner"
    CHANGE_PHONE = "change_phone"
    VERIFY = "verify"


class BindProof(StrEnum):
    """How it is known that the customer is who he says he is."""

    NONE = "none"
    QR = "qr"
    CODE = "code"
    SLOT = "slot"
    SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class Binding:
    """What became of a customer who was to be bound.

    Attributes:
        verdict: with its sentences; of several members under one phone, ``verdict.members``.
        member: who he is now, usable at once; None where he was not bound, and before he is.
        is_new: he was nobody's member before.
        owner_before, owner_after: as people know them; empty where nobody's.
    """

    verdict: Verdict
    member: MemberShown | None = None
    is_new: bool = False
    owner_before: str = ""
    owner_after: str = ""


def members_of_phone(desk: Desk, e164: str) -> Sequence[CachedMember]:
    """Who has this number: as the data knows, else as this lane's book does."""
    return desk.cache.member_by_phone(e164) or bound_here.members_by_phone(desk, e164)


def in_doubt(desk: Desk, e164: str, *, surely: bool) -> Binding | None:
    """That the centre's word on who has this number could not be read, so that a person must look.

    ``surely`` leaves out what may be about anybody's number: one such row must not keep a booth from binding, and whom
    it binds twice the centre puts together.
    """
    is_doubtful = desk.cache.member_in_doubt(KeyKind.PHONE, e164, surely=surely)
    return Binding(IN_DOUBT) if is_doubtful else None


def refusal(reason: Reason, kind: VerdictKind = VerdictKind.REFUSED, **facts: str | int) -> Binding:
    """Nothing was bound."""
    return Binding(Verdict(kind, reason, facts))


def code_refused(checked: CodeCheck) -> Binding:
    """A one-time code that was told did not pass."""
    return refusal(Reason.PHONE_CODE_BLOCKED if checked is CodeCheck.BLOCKED else Reason.PHONE_CODE_WRONG)


def choose_among(found: Sequence[CachedMember]) -> Binding:
    """Several members share the phone, and a person must say which."""
    views = tuple(one.view for one in found)
    return Binding(Verdict(VerdictKind.REFUSED, Reason.SEVERAL_MEMBERS, {"count": len(views)}, members=views))


def named_among(desk: Desk, found: Sequence[CachedMember], name: str) -> CachedMember | None:
    """The one whose reference or card was named."""
    by_card = desk.cache.member_by_card(name) if name else None
    return next((one for one in found if name == one.view.ref or (by_card and by_card.number == one.number)), None)


def code_of(e164: str) -> Code:
    """A phone number as if it had been typed where codes are."""
    return Code(CodeKind.PHONE, e164)


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's owner before and after the person in ``attribution`` has served him."""

    before: Owner | None
    after: Owner

    @classmethod
    def of(cls, desk: Desk, known: CachedMember | None, attribution: Attribution, time: TrustedTime) -> "Standing":
        """By the centre's rule, from what this lane knows."""
        actor = Owner(desk.cache.store().name, attribution.promoter)
        if known is None:
            return cls(None, actor)
        before = Owner(known.view.owner_store, known.view.owner_promoter)
        today = desk.context(time).today
        return cls(before, owner_after(before, known.view.since, actor, today, desk.trade().attribution))

    def names(self, desk: Desk) -> tuple[str, str]:
        """Before and after, as people know them."""
        before = owner_name(desk, self.before.store, self.before.promoter) if self.before else ""
        return before, owner_name(desk, self.after.store, self.after.promoter)

    def bound(self, member: CachedMember) -> CachedMember:
        """The member as he is after."""
        view = replace(member.view, owner_store=self.after.store, owner_promoter=self.after.promoter)
        return replace(member, view=view)

    def reason(self) -> Reason:
        """What is said once it is written."""
        if self.before is None:
            return Reason.MEMBER_BOUND
        return Reason.MEMBER_STAYS if self.before == self.after else Reason.MEMBER_TAKEN_OVER


def bind_draft(writer: EntryWriter, action: BindAction, member: tuple[str, int], **fields: Any) -> EntryDraft:
    """A ``bind`` entry.

    Args:
        writer: of this moment.
        action: what it does.
        member: reference and number.
        fields: ``ref`` and ``proof``; ``phone_sealed``, ``name_sealed``, ``scene``, ``supervisor`` where there are any.
    """
    ref, number = member
    always = {"action": action.value, "member_ref": ref, "member_number": number, "provisional": False}
    return writer.fact(EntryKind.BIND, always | {name: value for name, value in fields.items() if value is not None})


def account_of(desk: Desk, e164: str) -> str:
    """The account under which a phone's bindings are found."""
    return f"phone:{desk.hasher.phone_key(e164)}"


def normalised(text: str) -> str | None:
    """A phone number in E.164, None where it is none."""
    return phone_number.normalise(text.strip())
