"""What the presenter asks of a screen: the seam between what the window decides and how it looks."""

from enum import StrEnum
from typing import Protocol

from pos_client.domain.scan import Scan
from pos_client.ui.scan.entry_text import AmountText, CodeText
from pos_client.ui.scan.sound import Sound
from pos_client.usecases.till_view import Customer, LaneStatus, RecentItem, TillAnswer, TillFault


class Workspace(StrEnum):
    """What the middle of the screen is used for; the verdict beside it never moves."""

    HOME = "home"
    CODE = "code"
    AMOUNT = "amount"
    UNDO = "undo"
    PROMOTER = "promoter"
    HISTORY = "history"
    HELP = "help"
    GUN = "gun"
    BIND = "bind"
    PRIZE = "prize"
    OVERRIDE = "override"
    TRAY = "tray"
    SHIFT = "shift"
    SETTINGS = "settings"
    CLOSE = "close"
    DASHBOARD = "dashboard"
    BASKET = "basket"
    PICK = "pick"
    PHONE = "phone"
    RECEIPT = "receipt"
    NETWORK = "network"


class Screen(Protocol):
    """A screen beside the scan loop, as the loop knows it. Each answers whether it took what it was given."""

    takes_whole: bool
    is_locked: bool

    def take_scan(self, scan: Scan) -> bool:
        """A code was read: a badge, for example."""

    def type_character(self, character: str) -> bool:
        """A person typed."""

    def backspace(self) -> bool:
        """One character less."""

    def enter(self) -> bool:
        """The one blue button."""

    def escape(self) -> bool:
        """One step back, where it has one."""

    def chosen_item(self) -> RecentItem | None:
        """The deed that is chosen here, for F8."""


class ScanView(Protocol):
    """A screen; each call shows the whole of what it is given."""

    def show_workspace(self, workspace: Workspace) -> None:
        """Use the middle for this."""

    def show_code_entry(self, text: CodeText) -> None:
        """The phone number or code as far as it is typed."""

    def show_amount_entry(self, text: AmountText, *, asks_again: bool) -> None:
        """The amount as far as it is typed; ``asks_again`` where Enter must be pressed twice."""

    def show_customer(self, customer: Customer, unfinished: CodeText) -> None:
        """The purchase in hand, and a number that was put aside half typed."""

    def show_status(self, status: LaneStatus) -> None:
        """Everything around."""

    def show_answer(self, answer: TillAnswer) -> None:
        """A verdict."""

    def show_fault(self, fault: TillFault) -> None:
        """The world said no."""

    def show_nothing(self) -> None:
        """No verdict yet."""

    def show_checking(self) -> None:
        """A newer deed is under way: the old verdict is not its answer."""

    def show_age(self, *, is_past: bool, undo_left_s: float) -> None:
        """Whether the verdict is history by now, and how long F8 is free."""

    def show_undo(self, item: RecentItem | None, note: str | None) -> None:
        """What would be taken back, None where there is nothing; ``note`` while words are typed, else None."""

    def show_tray(self, count: int) -> None:
        """How many purchases wait in the tray."""

    def play(self, sound: Sound) -> None:
        """Let it be heard."""
