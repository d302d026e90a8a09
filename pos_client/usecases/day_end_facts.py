"""What the screen of the day's end shows, as plain values.

Before the count is done none of them tells what should lie at the booth: a number that is not here cannot be shown by
mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.report_table import Table
from pos_client.domain.store_profile import StaffMember
from pos_client.domain.verdict import Verdict

from .day_end_state import DayEndState, Decision
from .day_figures import Amount


@dataclass(frozen=True, slots=True)
class ToCount:
    """A thing that somebody must count; ``name`` None for makers' paper."""

    item: str
    name: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """How the delivery goes.

    Attributes:
        pending: entries that wait. whole: how many waited when it began.
        disagreed: the centre takes them otherwise. stuck: they keep failing alone.
        next_at, next_kind, next_name: what is delivered next.
        trouble: stable reason of what stands in the way.
    """

    pending: int = 0
    whole: int = 0
    disagreed: int = 0
    stuck: int = 0
    is_held: bool = False
    has_contact: bool = False
    trouble: str = ""
    next_at: datetime | None = None
    next_kind: EntryKind | None = None
    next_name: LocalText | None = None

    @property
    def done(self) -> int:
        """How many of them are through."""
        return max(0, self.whole - self.pending)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry that the centre takes otherwise.

    Attributes:
        key: ``epoch/seq``. at: aware UTC, None where unknown. kind: of the entry. name: of its campaign.
        cause: stable. holder_at, holder_place: who has the use instead, as the centre named it.
        can_undo: it may be taken back here. decision: None while nobody decided.
    """

    key: str
    at: datetime | None
    kind: str
    name: LocalText
    member: str
    value_minor: int
    cause: str
    holder_at: datetime | None = None
    holder_place: str = ""
    can_undo: bool = True
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing of which another number lies there than should; ``name`` None for makers' paper."""

    item: str
    name: LocalText | None
    expected: int
    counted: int

    @property
    def gap(self) -> int:
        """Above nothing for too many."""
        return self.counted - self.expected


class Block(StrEnum):
    """Why a day cannot be signed yet."""

    COUNT = "count"
    UNSENT = "unsent"
    CONFLICTS = "conflicts"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Closed:
    """A day that is closed: number of its entry, and what was done on it."""

    day: date
    epoch: int
    seq: int
    redeemed: int
    bound: int
    sealed: int = 0


@dataclass(frozen=True, slots=True)
class DayEndFacts:
    """One look at the end of a day.

    Attributes:
        to_count: all things. open_intents: begun and not ended.
        campaigns, promoters, table, differences: empty before the count is done.
        names: of the campaigns and things in the table, by number and code.
        host: causes of differences at the host and how many, empty before the count is done.
        supervisors: who may sign beside the clerk. clerk: who closes. clerk_has_pin: he proves that it is he.
        blocks: why it cannot be signed yet.
        refusal: why it was not signed just now. closed: the day, once it is.
    """

    state: DayEndState
    day: date
    at: datetime
    to_count: tuple[ToCount, ...] = ()
    open_intents: int = 0
    upload: Upload = field(default_factory=Upload)
    conflicts: tuple[Conflict, ...] = ()
    differences: tuple[Difference, ...] = ()
    host: Mapping[str, int] = field(default_factory=dict)
    campaigns: tuple[Amount, ...] = ()
    promoters: tuple[Amount, ...] = ()
    table: Table | None = None
    head: str = ""
    names: Mapping[str, LocalText] = field(default_factory=dict)
    store: int = 0
    lane: int = 0
    booth: str = ""
    clerk: StaffMember | None = None
    clerk_has_pin: bool = False
    supervisors: tuple[StaffMember, ...] = ()
    pins: frozenset[str] = frozenset()
    blocks: tuple[Block, ...] = ()
    refusal: Verdict | None = None
    closed: Closed | None = None
    is_quiet: bool = False

    @property
    def undecided(self) -> int:
        """Entries that nobody has decided about."""
        return sum(one.decision is None for one in self.conflicts)

    @property
    def needs_reason(self) -> bool:
        """Whether something differs."""
        return bool(self.differences or self.host or self.conflicts)
