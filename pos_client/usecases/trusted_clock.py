"""The till's clock: trusted time from the machine's clocks, the last signed server time and the journal's ratchet."""

from pos_client.domain.trusted_time import TrustedTime, trusted_now

from .ports import Clock, Journal


class TrustedClock:
    """Answers what time it is and how far that may be believed."""

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal

    def now(self) -> TrustedTime:
        """Trusted time; the ratchet never lets it fall behind a fact of this lane."""
        return trusted_now(self._clock.read(), self._journal.time_anchor(), self._journal.ratchet())
