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
from pos_client.ui.desk_line import AsksDesk
from pos_client.ui.scan.scan_view import Workspace
from pos_client.ui.scan.sound import Sound
from pos_client.ui.theme import Theme
from pos_client.ui.till_port import Till
from pos_client.usecases.till_view import Customer, LaneStatus


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


class Page(QWidget):
    """A screen. It does nothing with what it does not care for.

    Attributes:
        workspace: which use of the middle it is.
        takes_whole: it needs the place of the verdict too; the next scan sends it away.
    """

    workspace: ClassVar[Workspace]
    takes_whole: bool = False

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
