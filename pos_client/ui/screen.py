"""A screen beside the scan loop: what each has in common, and what it is given.

Apart from the frame so that a screen is one folder and one line in ``screens.py``: it brings its own questions for the
desk (``AsksDesk.ask``), takes part of the middle or the whole of it, and never stops the next scan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from pos_client.config.wording import Wording
from pos_client.domain.scan import Scan
from pos_client.ui.bridges import CameraPicture
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.scan.receipt_photo import ReceiptPhoto
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.theme import Theme
from pos_client.ui.till_port import Till
from pos_client.ui.tray.tray import Tray
from pos_client.usecases.camera_view import CameraState
from pos_client.usecases.printing_port import PrinterReport
from pos_client.usecases.till_view import Customer, LaneStatus, RecentItem, TillAnswer


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a screen may reach for.

    Attributes:
        now: aware UTC wall clock.
        line: asks the desk.
        open: uses the middle for something else; the same again leads back to scanning.
        go_home: back to scanning.
        submit: a scan that is to be judged.
        play: lets a sound be heard.
        till, expect: a deed that ends in a verdict is asked of the till, and its number told to the scan screen.
        answer: shows a verdict in which a screen's own deed ended.
        speak: uses a language, ``zh`` or ``en``, from now on.
        set_volume: of all sounds, 0 to 1.
        undo: F8.
        photo: of the receipt, while a purchase is in hand.
        tray: what was put aside. bring_back: shows one of it again, by its place.
    """

    theme: Theme
    wording: Wording
    now: Callable[[], datetime]
    line: AsksDesk
    open: Callable[[Workspace], None]
    go_home: Callable[[], None]
    submit: Callable[[Scan], None]
    play: Callable[[Sound], None]
    till: Till
    expect: Callable[[int], None]
    answer: Callable[[TillAnswer], None]
    speak: Callable[[str], None]
    set_volume: Callable[[float], None]
    undo: Callable[[], None]
    photo: ReceiptPhoto
    tray: Tray
    bring_back: Callable[[int], None]


class Page(QWidget):
    """A screen. It does nothing with what it does not care for.

    Attributes:
        workspace: which use of the middle it is.
        takes_whole: it needs the place of the verdict too; the next scan sends it away.
        is_early: it is made with the window, since it must hear everything.
        is_locked: nothing else can be opened, and nothing is taken back, before it says so.
    """

    workspace: ClassVar[Workspace]
    takes_whole: bool = False
    is_early: ClassVar[bool] = False
    is_locked: bool = False

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.language = "zh"

    def retranslate(self, language: str) -> None:
        """Every word in a language, at once and without losing anything."""
        self.language = language

    def on_opened(self) -> None:
        """It is shown from now on."""

    def on_left(self) -> None:
        """Something else is shown; what is half done is kept."""

    def on_status(self, status: LaneStatus) -> None:
        """Something around changed."""

    def on_customer(self, customer: Customer) -> None:
        """The purchase in hand changed."""

    def on_verdict(self, answer: TillAnswer) -> None:
        """A verdict is shown; the same one again in another language."""

    def on_volume(self, volume: float) -> None:
        """All sounds are heard so loud from now on, 0 to 1."""

    def on_picture(self, picture: CameraPicture) -> None:
        """A newer picture of the camera, while it is shown."""

    def on_camera(self, state: CameraState) -> None:
        """The camera came or went."""

    def on_sound(self, *, can_be_heard: bool) -> None:
        """A loudspeaker came or went."""

    def on_printer(self, report: PrinterReport) -> None:
        """The receipt printer is otherwise than it was; never told at a counter without one."""

    def on_tick(self) -> None:
        """A quarter of a second has passed."""

    def take_scan(self, scan: Scan) -> bool:
        """A code was read while it is shown; True where it was meant for this screen."""
        del scan
        return False

    def type_character(self, character: str) -> bool:
        """A person typed; True where it was taken."""
        del character
        return False

    def backspace(self) -> bool:
        """One character less; True where it was taken."""
        return False

    def enter(self) -> bool:
        """The one blue button; True where it was taken."""
        return False

    def escape(self) -> bool:
        """Esc; True where it led one step back inside of the screen."""
        return False

    def take_key(self, key: str) -> bool:
        """A key of the window, as ``KEYS`` writes it; True where it means something else on this screen."""
        del key
        return False

    def chosen_item(self) -> RecentItem | None:
        """The deed that is chosen here, for F8."""
        return None
