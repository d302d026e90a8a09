"""Who may decide, and whether he is who he says: a PIN is checked at the lane itself, without a network.

Wrong PINs are counted beside the entries of the journal, and counted before they are looked at: neither a kill between
the two nor a restart gives anybody another try. From the fifth on each costs a wait that doubles. The wait is measured
by the clock that only runs while the machine does and that nobody can set; after a restart of the machine it begins
again. Each wrong PIN is an entry as well, so that a journal which is put back to before it has lost its tail.
"""

import json
from dataclasses import dataclass
from typing import Final

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.reasons import Reason
from pos_client.domain.store_profile import is_supervisor
from pos_client.domain.verdict import Verdict, VerdictKind

from .desk import Attribution, Desk
from .entry_drafts import EntryWriter

FREE_TRIES: Final = 5
FIRST_WAIT_S: Final = 60
LONGEST_WAIT_S: Final = 3_600
ATTEMPTS: Final = "pin_attempts/"
WRONG: Final = "wrong-pin"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that he is somebody: a staff id, and the PIN that was typed; empty for none."""

    staff_id: str
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong PINs of one person since the last right one.

    Attributes:
        boot_id, from_ms: where the wait is measured from, by the machine's monotonic clock.
    """

    wrong: int = 0
    boot_id: str = ""
    from_ms: int = 0

    @property
    def wait_s(self) -> int:
        """How long nothing is looked at after this many: a minute from the fifth on, doubling to an hour."""
        if self.wrong < FREE_TRIES:
            return 0
        return min(LONGEST_WAIT_S, FIRST_WAIT_S << min(self.wrong - FREE_TRIES, 10))

    def as_text(self) -> str:
        """As it is remembered."""
        return json.dumps([self.wrong, self.boot_id, self.from_ms])


def supervisor_refusal(desk: Desk, who: Signature, *, other_than: str | None = None) -> Verdict | None:
    """Why this person may not decide here, or None where he may and has proved that it is he.

    Args:
        desk: this lane, whose journal can be written.
        who: id and PIN.
        other_than: staff id of whoever acts, where it must be somebody else; empty where nobody was named, which proves
            nothing. None where anybody who decides will do.

    Raises:
        DiskFull, StorageUnavailable: a try could not be counted, so nobody was believed.
        CacheMissing: no data was ever fetched, so nobody here is known to be a supervisor.
    """
    if not is_supervisor(desk.cache.staff(), who.staff_id):
        return Verdict(VerdictKind.REFUSED, Reason.NOT_A_SUPERVISOR)
    if other_than == "":
        return Verdict(VerdictKind.REFUSED, Reason.OVERRIDE_NEEDS_CLERK)
    if other_than == who.staff_id:
        return Verdict(VerdictKind.REFUSED, Reason.OVERRIDE_SECOND_PERSON)
    return pin_refusal(desk, who)


def pin_refusal(desk: Desk, who: Signature) -> Verdict | None:
    """Why this person is not believed to be himself, or None; whoever has no PIN is believed while none is required."""
    book = desk.pins()
    if not book.has(who.staff_id):
        return Verdict(VerdictKind.REFUSED, Reason.PIN_NOT_SET) if book.required else None
    if not who.pin:
        return Verdict(VerdictKind.SUPERVISOR, Reason.PIN_NEEDED)
    attempts, reading = attempts_of(desk, who.staff_id), desk.clock.read()
    if wait_s := left_to_wait(desk, who.staff_id):
        return Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": wait_s})
    counted = Attempts(attempts.wrong + 1, reading.boot_id, reading.monotonic_ms)
    desk.journal.remember(ATTEMPTS + who.staff_id, counted.as_text())
    if book.is_right(who.staff_id, who.pin):
        desk.journal.remember(ATTEMPTS + who.staff_id, Attempts().as_text())
        return None
    _note_wrong(desk, who.staff_id, counted.wrong)
    if counted.wait_s:
        return Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": counted.wait_s})
    return Verdict(VerdictKind.REFUSED, Reason.PIN_WRONG, {"count": FREE_TRIES - counted.wrong})


def attempts_of(desk: Desk, staff_id: str) -> Attempts:
    """How often a person's PIN was wrong."""
    kept = desk.journal.meta(ATTEMPTS + staff_id)
    return Attempts(*json.loads(kept)) if kept else Attempts()


def left_to_wait(desk: Desk, staff_id: str) -> int:
    """Seconds until a PIN of this person is looked at again; 0 for now. A machine that restarted waits anew."""
    attempts, reading = attempts_of(desk, staff_id), desk.clock.read()
    if not attempts.wait_s:
        return 0
    if attempts.boot_id != reading.boot_id or reading.monotonic_ms < attempts.from_ms:
        anew = Attempts(attempts.wrong, reading.boot_id, reading.monotonic_ms)
        desk.journal.remember(ATTEMPTS + staff_id, anew.as_text())
        return attempts.wait_s
    passed_s = (reading.monotonic_ms - attempts.from_ms) // 1000
    return max(0, attempts.wait_s - passed_s)


def _note_wrong(desk: Desk, staff_id: str, count: int) -> None:
    time = desk.trusted_time()
    writer = EntryWriter(desk, time, desk.context(time), Attribution(staff_id))
    desk.journal.append(writer.fact(EntryKind.LOGIN, {"outcome": WRONG, "wrong": count}))
