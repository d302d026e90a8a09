"""A screen that is one panel with keys, shown anew after each of them; the rules stand in its steps.

Apart from ``screen`` because most screens are no such panel.
"""

from typing import Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from pos_client.domain.errors import PosError
from pos_client.ui.key_panel import KeyPanel
from pos_client.ui.screen import Page, Surroundings


class PanelSteps(Protocol):
    """What the keys mean, whatever is asked for now."""

    def leave(self) -> None:
        """Put aside: what proves somebody is forgotten."""

    def tick(self) -> None:
        """Time has passed."""

    def erase(self, *, everything: bool = False) -> None:
        """One less, or none left, of what is typed now."""

    def enter(self) -> None:
        """The blue button."""

    def back(self) -> bool:
        """One step back; False where there is none."""


class PanelPage(Page):
    """The panel and the keys of it.

    Attributes:
        steps: the rules.
    """

    steps: PanelSteps

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._is_open = False
        self._fault: PosError | None = None

    def show_now(self) -> None:
        """All of it as it is."""
        raise NotImplementedError

    def retranslate(self, language: str) -> None:
        """Every word in a language."""
        super().retranslate(language)
        self.show_now()

    def on_left(self) -> None:
        """Put aside."""
        self._is_open = False
        self.steps.leave()

    def on_tick(self) -> None:
        """Waits count down."""
        self.steps.tick()
        self.show_now()

    def backspace(self) -> bool:
        """One less."""
        self.steps.erase()
        self.show_now()
        return True

    def enter(self) -> bool:
        """The blue button."""
        self.steps.enter()
        self.show_now()
        return True

    def escape(self) -> bool:
        """One step back."""
        went = self.steps.back()
        self.show_now()
        return went

    def _hold(self, panel: KeyPanel) -> None:
        """Show this panel, and hear its keys."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(panel)
        panel.typed.connect(self.type_character)
        panel.erased.connect(self.backspace)
        panel.cleared.connect(self._on_cleared)
        panel.entered.connect(self.enter)
        panel.left.connect(self._on_back)

    @Slot()
    def _on_cleared(self) -> None:
        self.steps.erase(everything=True)
        self.show_now()

    @Slot()
    def _on_back(self) -> None:
        if not self.escape():
            self.around.go_home()
