"""Keys at human speed, before it is certain that they are a person's: shown where somebody types, held back elsewhere.

Apart from the presenter because it is about time and doubt only. A gun's first digits must neither open a box nor
choose a reason, and what was half typed before a scan must stand there after it.
"""

from pos_client.ui.scan.entries import Draft
from pos_client.ui.scan.scan_presenter import ScanPresenter
from pos_client.ui.scan.scan_view import Workspace

_BOXES = frozenset({Workspace.CODE, Workspace.AMOUNT})


class Typing:
    """Characters whose author is not certain yet.

    Args:
        presenter: gets those that were a person's.
    """

    def __init__(self, presenter: ScanPresenter) -> None:
        self._presenter = presenter
        self._held: list[str] = []
        self._draft: Draft | None = None

    @property
    def is_open(self) -> bool:
        """Whether there are characters in doubt."""
        return bool(self._held) or self._draft is not None

    def doubt(self, character: str, *, begins: bool) -> None:
        """A character that may be a gun's; ``begins`` where those before it were a person's."""
        if begins:
            self.believe()
        if self._draft is None and self._presenter.workspace in _BOXES:
            self._draft = self._presenter.entries.draft()
        if self._draft is not None:
            self._presenter.type_character(character, submits=False)
        else:
            self._held.append(character)

    def believe(self) -> None:
        """They were a person's."""
        held, self._held, draft, self._draft = self._held, [], self._draft, None
        for character in held:
            self._presenter.type_character(character)
        if draft is not None:
            self._presenter.submit_if_complete()

    def take_back(self) -> None:
        """They were a gun's: as if they had never been typed."""
        if self._draft is not None:
            self._presenter.entries.restore(self._draft)
        self._held, self._draft = [], None
