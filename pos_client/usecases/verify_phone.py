"""Check that a phone number is the customer's: the centre sends six digits to it, and he tells them.

Apart from binding because it may follow days later. Without the network it cannot be done: a member stays unverified,
with lower caps.
"""

from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Verdict, VerdictKind

from .bind_port import BindPorts, CodeCheck, PhoneCodes, Sealer
from .binding import (
    BindAction,
    Binding,
    BindProof,
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
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .recognise import member_shown


class VerifyPhone:
    """Sends one-time codes, and writes ``bind`` with ``verify`` for one that was right."""

    def __init__(self, desk: Desk, ports: BindPorts) -> None:
        self._desk = desk
        self._ports = ports

    def send(self, phone: str) -> Binding:
        """Send a code; the answer is the same whether or not somebody is known by this number.

        Raises:
            ServerUnreachable, ServerRefused, SealKeyMissing: nothing was sent.
        """
        return self.sent(self._ports.codes, self._ports.sealer, phone)

    @staticmethod
    def sent(codes: PhoneCodes, sealer: Sealer, phone: str) -> Binding:
        """The same beside the desk, for a thread on which no deed waits."""
        e164 = normalised(phone)
        if e164 is None:
            return refusal(Reason.PHONE_WANTED)
        return VerifyPhone.sent_sealed(codes, sealer.seal(e164))

    @staticmethod
    def sent_sealed(codes: PhoneCodes, sealed: str) -> Binding:
        """The same to a number that was sealed where it is known."""
        sent = codes.send(sealed)
        if sent.blocked:
            return refusal(Reason.PHONE_CODE_BLOCKED)
        if sent.wait_s:
            return refusal(Reason.PHONE_CODE_WAIT, wait_s=sent.wait_s)
        return refusal(Reason.PHONE_CODE_SENT, VerdictKind.READY, expires_s=sent.expires_s)

    @staticmethod
    def looked_at(codes: PhoneCodes, sealer: Sealer, phone: str, code: str) -> CodeCheck:
        """Whether it is the code that was sent. Raises ServerUnreachable, ServerRefused, SealKeyMissing."""
        e164 = normalised(phone)
        return codes.check(sealer.seal(e164), code) if e164 else CodeCheck.WRONG

    def __call__(self, phone: str, code: str, attribution: Attribution, member: str = "") -> Binding:
        """Check what the customer told; ``phone-verified`` is on disk when it returns.

        Args:
            phone: as typed.
            code: six digits.
            attribution: who acts.
            member: reference or card of the one who is meant, where several share the phone.

        Raises:
            ServerUnreachable, ServerRefused, SealKeyMissing: nothing was checked.
            DiskFull, StorageUnavailable: nothing was written.
        """
        desk, e164 = self._desk, normalised(phone)
        if e164 is None:
            return refusal(Reason.PHONE_WANTED)
        found = members_of_phone(desk, e164)
        doubt = in_doubt(desk, e164, surely=bool(found))
        if doubt or not found:
            return doubt or refusal(Reason.MEMBER_UNKNOWN)
        known = found[0] if len(found) == 1 else named_among(desk, found, member)
        if known is None:
            return choose_among(found)
        checked = self._ports.codes.check(self._ports.sealer.seal(e164), code)
        if checked is not CodeCheck.PASSED:
            return code_refused(checked)
        time = desk.trusted_time()
        writer = EntryWriter(desk, time, desk.context(time), attribution)
        whose = (known.view.ref, known.number)
        draft = bind_draft(writer, BindAction.VERIFY, whose, ref=account_of(desk, e164), proof=BindProof.CODE.value)
        entry = desk.journal.append(draft)
        shown = member_shown(desk, code_of(e164), known, "phone")
        verdict = Verdict(VerdictKind.ACCEPTED, Reason.PHONE_VERIFIED, member=shown.view, entry=entry)
        return Binding(verdict, shown)
