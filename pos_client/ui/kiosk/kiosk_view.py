"""What the kiosk's screens are shown, and the seam between what is decided and how it looks.

Apart from the widgets so that the rules can be tested without Qt. Nothing here holds a phone number or a whole name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pos_client.ui.kiosk.states import Place
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.camera_view import CameraAdvice
from pos_client.usecases.till_view import Level


@dataclass(frozen=True, slots=True)
class Dress:
    """How one customer wants the kiosk; it lasts as long as he is there.

    Attributes:
        language: ``zh`` or ``en``. is_large: large text. is_contrast: black, white and yellow.
        has_voice: screens are read out. is_low: every control within reach from a wheelchair.
    """

    language: str = "zh"
    is_large: bool = False
    is_contrast: bool = False
    has_voice: bool = False
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """Two clocks.

    ``now``: aware UTC wall clock. ``now_s``: seconds of a clock that only runs forward.
    """

    now: Callable[[], datetime]
    now_s: Callable[[], float]


class Hint(StrEnum):
    """What the scan guide says the longer nothing is read."""

    SHOW = "show"
    RETRY = "retry"
    PHONE = "phone"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class GuideFacts:
    """The scan guide.

    Attributes:
        has_camera: it sees; otherwise only a scanner gun or the phone pad are there.
    """

    hint: Hint = Hint.SHOW
    advice: CameraAdvice = CameraAdvice.NONE
    has_camera: bool = True


@dataclass(frozen=True, slots=True)
class CouponCard:
    """One coupon that can be used now."""

    id: str
    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class CouponsFacts:
    """A member's coupons.

    Attributes:
        name: masked, without a number; empty where only a number is known.
    """

    name: str = ""
    cards: tuple[CouponCard, ...] = ()


class More(StrEnum):
    """What beside "done" a result offers."""

    SCAN = "scan"
    COUPONS = "coupons"
    USE = "use"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """A verdict for a customer and whoever looks over his shoulder.

    Attributes:
        line: one sentence that accuses nobody. hands: what to do with one's hands now.
        why: shown only when asked for; empty for none.
        keepsake: text of a QR code to photograph, where no slip can be printed.
    """

    level: Level
    headline: str
    line: str
    hands: str = ""
    amount: str = ""
    why: str = ""
    more: More = More.SCAN
    keepsake: str = ""


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """The call for a clerk.

    Attributes:
        is_open: somebody was called. is_taken: and is on the way. is_late: it has taken too long.
        is_heard: a clerk's window is there to hear it.
    """

    is_open: bool = False
    is_taken: bool = False
    is_late: bool = False
    is_heard: bool = True


@dataclass(frozen=True, slots=True)
class StaffPerson:
    """One who may leave the kiosk: staff id, and a name of which a customer learns nothing."""

    id: str
    masked: str


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """The staff's pad.

    Attributes:
        people: who has a PIN. chosen: staff id. dots: digits that were typed.
        fault: why it did not work, a sentence. is_waiting: the desk was asked, and has not answered yet.
        is_silent: it does not answer at all; whoever it has named before is let out without it.
    """

    people: tuple[StaffPerson, ...] = ()
    chosen: str = ""
    dots: int = 0
    fault: str = ""
    is_waiting: bool = False
    is_silent: bool = False


class KioskView(Protocol):
    """The screens; each call shows the whole of what it is given."""

    def show_place(self, place: Place) -> None:
        """Show a screen."""

    def show_dress(self, dress: Dress) -> None:
        """Language, sizes, colours and reach, at once."""

    def show_guide(self, facts: GuideFacts) -> None:
        """The scan guide's words."""

    def show_phone(self, shown: str, *, is_complete: bool) -> None:
        """The number as far as it is typed, masked."""

    def show_coupons(self, facts: CouponsFacts) -> None:
        """A member's coupons."""

    def show_result(self, facts: ResultFacts) -> None:
        """A verdict."""

    def show_help(self, facts: HelpFacts) -> None:
        """The call, also on the button that made it."""

    def show_time(self, left_s: float, share: float) -> None:
        """How long what is shown stays, of what it had."""

    def show_staff(self, facts: StaffFacts) -> None:
        """The staff's pad."""

    def forget(self) -> None:
        """Let no widget hold anything of the customer."""

    def play(self, sound: Sound) -> None:
        """Let it be heard."""

    def leave(self) -> None:
        """The kiosk ends; staff has proved who they are."""
