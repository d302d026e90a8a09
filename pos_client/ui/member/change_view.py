"""What the screen for another phone number shows at one moment, as plain values.

Apart from the steps because the panel needs no more of them than this.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from pos_client.domain.verdict import Verdict
from pos_client.ui.scan.entry_text import CodeText
from pos_client.usecases.binding import BindProof
from pos_client.usecases.shift import Person


class ChangeStep(StrEnum):
    """What is asked now; ``nobody`` where no member stands here."""

    NOBODY = "nobody"
    NUMBER = "number"
    TOLD = "told"
    WHO = "who"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """All that the panel shows.

    Attributes:
        masked: what may be shown of the member. proof: what will be asked of him.
        number: as far as it is typed. told: the digits of the one-time code.
        digits: of the PIN. wait_s: until a PIN of this person is looked at.
        is_cut_off: the centre did not answer, so a supervisor signs.
        refusal: why it could not be done.
    """

    step: ChangeStep = ChangeStep.NOBODY
    masked: str = ""
    proof: BindProof = BindProof.SUPERVISOR
    number: CodeText = field(default_factory=CodeText, repr=False)
    told: str = field(default="", repr=False)
    people: tuple[Person, ...] = ()
    person: Person | None = None
    digits: int = 0
    wait_s: int = 0
    is_asking: bool = False
    is_cut_off: bool = False
    can_enter: bool = False
    refusal: Verdict | None = None
