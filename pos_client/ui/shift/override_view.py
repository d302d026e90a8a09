"""What the override's panel shows at one moment, as plain values.

Apart from the steps because the panel needs no more of them than this.
"""

from dataclasses import dataclass
from enum import StrEnum

from pos_client.domain.override import OverrideReason
from pos_client.domain.verdict import Verdict
from pos_client.usecases.overriding import OverridesLeft
from pos_client.usecases.shift import Person
from pos_client.usecases.till_view import TillAnswer


class OverrideStep(StrEnum):
    """What is asked now; ``nothing`` where there is nothing to allow."""

    NOTHING = "nothing"
    REASON = "reason"
    WHO = "who"
    PIN = "pin"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class OverrideView:
    """All that the panel shows.

    Attributes:
        answer: what would be allowed.
        left: what may still be allowed today; None before it is known.
        digits: of the PIN. wait_s: until a PIN of this person is looked at.
        is_undo: it is taken back, not redeemed.
        device, challenge: what is read to the head office. heard: of its answer, so far.
    """

    step: OverrideStep = OverrideStep.NOTHING
    answer: TillAnswer | None = None
    left: OverridesLeft | None = None
    reason: OverrideReason | None = None
    people: tuple[Person, ...] = ()
    person: Person | None = None
    digits: int = 0
    wait_s: int = 0
    device: str = ""
    challenge: str = ""
    heard: str = ""
    is_asking: bool = False
    can_enter: bool = False
    refusal: Verdict | None = None
    is_undo: bool = False
