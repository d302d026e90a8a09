"""Confirm the date: a supervisor's word, once, that a clock which leapt ahead without a server is right after all.

Until then coupons whose dates lie in the leap want a person each time; afterwards the entry is the new proof of how
late it is. Only the date is asked, and it must be given, not merely agreed to: that is what a person knows better than
a machine.
"""

from dataclasses import replace
from datetime import date

from pos_client.domain.business_time import local_date
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.reasons import Reason
from pos_client.domain.trusted_time import TimeQuality, TrustedTime
from pos_client.domain.verdict import Verdict, VerdictKind

from .authorise import Signature, supervisor_refusal
from .desk import Attribution, Desk
from .entry_drafts import EntryWriter
from .notices import notices


class ConfirmDate:
    """Writes ``time_confirm`` where a supervisor's date and the machine's clock agree."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, day: date, supervisor: str, pin: str = "") -> Verdict:
        """The verdict; ``date-confirmed`` is on disk when it returns.

        Args:
            day: today, as the supervisor knows it, in the store's time zone.
            supervisor: staff id.
            pin: his, as typed.

        Raises:
            DiskFull, StorageUnavailable: nothing was written.
            CacheMissing: no data was ever fetched, so nobody here is known to be a supervisor.
        """
        time = self._desk.trusted_time()
        refusal = self._refusal(day, Signature(supervisor, pin), time)
        if refusal:
            return replace(refusal, notices=notices(self._desk, time))
        believed = replace(time, quality=TimeQuality.HELD, leapt_from=None)
        writer = EntryWriter(self._desk, believed, self._desk.context(believed), Attribution(supervisor))
        leapt_from = wire_time(time.leapt_from) if time.leapt_from else ""
        entry = self._desk.journal.append(writer.confirmed_date(day, leapt_from))
        return Verdict(VerdictKind.ACCEPTED, Reason.DATE_CONFIRMED, {"day": day}, entry=entry)

    def _refusal(self, day: date, who: Signature, time: TrustedTime) -> Verdict | None:
        nobody = supervisor_refusal(self._desk, who)
        if nobody:
            return nobody
        if time.quality is not TimeQuality.SUSPECT:
            return Verdict(VerdictKind.READY, Reason.DATE_IN_ORDER, {"day": self._local(time)})
        if time.leapt_from is None:
            # The clock is behind what this lane has written down already: no word of a person can make that true.
            return Verdict(VerdictKind.REFUSED, Reason.DATE_BEFORE_RECORDS, {"day": self._local(time)})
        if day != self._local(time):
            return Verdict(VerdictKind.REFUSED, Reason.DATE_DIFFERS, {"day": self._local(time)})
        return None

    def _local(self, time: TrustedTime) -> date:
        return local_date(time.now, self._desk.cache.store().zone)
