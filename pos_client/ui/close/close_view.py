"""What is typed at the end of a day and not given to the desk yet, and what the presenter asks of the screen.

Apart from the presenter so that each step's widget knows these and nothing else.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from pos_client.domain.errors import PosError
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.day_end_facts import DayEndFacts
from pos_client.usecases.day_end_state import Decision, Step
from pos_client.usecases.day_office import CarriedFile

DECISIONS: Final = (Decision.LOSS, Decision.UNDO, Decision.SUPERVISOR)
REASONS: Final = ("broken-or-used", "given-without-scan", "delivered-unrecorded", "host-corrects", "not-known")
MOST_DIGITS: Final = 6
MOST_PIN: Final = 12
MOST_NOTE: Final = 80


class Field(StrEnum):
    """What is typed into at the last step, in this order."""

    CLERK_PIN = "clerk-pin"
    SUPERVISOR = "supervisor"
    SUPERVISOR_PIN = "supervisor-pin"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Typing:
    """What is typed and not given to the desk yet.

    Attributes:
        row: the thing that is counted, or the conflict that is looked at. digits: of its number.
        is_noting: characters go to the note. note: as far as it is typed.
        place: of the last step. clerk_pin, supervisor_pin: shown as dots only.
        is_busy: an answer is awaited.
    """

    row: int = 0
    digits: str = ""
    is_noting: bool = False
    note: str = ""
    place: Field = Field.CLERK_PIN
    clerk_pin: str = field(default="", repr=False)
    supervisor_pin: str = field(default="", repr=False)
    is_busy: bool = False


class CloseView(Protocol):
    """What the presenter asks of the screen."""

    def show_all(self, facts: DayEndFacts, typing: Typing) -> None:
        """All of it."""

    def show_busy(self) -> None:
        """The till is at something; what was pressed waits for it."""

    def show_fault(self, fault: PosError) -> None:
        """The world said no."""

    def show_carried(self, carried: CarriedFile) -> None:
        """A file for the centre was written."""

    def play(self, sound: Sound) -> None:
        """Let it be heard."""


def field_of(typing: Typing, facts: DayEndFacts) -> Field:
    """What is typed into now: a field that this store does not need is passed over."""
    if typing.place is Field.CLERK_PIN and not facts.clerk_has_pin:
        return Field.SUPERVISOR if facts.supervisors else Field.READY
    return typing.place


def first_row(facts: DayEndFacts) -> int:
    """The first thing that is not counted, or the first conflict that is not decided."""
    if facts.state.step is Step.COUNT:
        open_rows = [place for place, one in enumerate(facts.to_count) if one.item not in facts.state.counted]
    else:
        open_rows = [place for place, one in enumerate(facts.conflicts) if one.decision is None]
    return open_rows[0] if open_rows else 0
