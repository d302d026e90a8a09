"""The screens beside the scan loop, as the loop asks them: by the use of the middle that is open.

Apart from the presenter so that "is there a screen, and did it take it" is said once.
"""

from pos_client.domain.scan import Scan
from pos_client.ui.scan.scan_view import Screen, Workspace


class ScreensBeside(dict[Workspace, Screen]):
    """Screens by what they use the middle for; a use without a screen takes nothing.

    Attributes:
        known: uses that have a screen, made or not.
    """

    known: frozenset[Workspace] = frozenset()

    def took(self, workspace: Workspace, scan: Scan) -> bool:
        """Whether a code was meant for the screen."""
        screen = self.get(workspace)
        return screen is not None and screen.take_scan(scan)

    def is_whole(self, workspace: Workspace) -> bool:
        """Whether the screen stands where the verdict does."""
        screen = self.get(workspace)
        return screen is not None and screen.takes_whole

    def is_locked(self, workspace: Workspace) -> bool:
        """Whether the screen lets nobody past."""
        screen = self.get(workspace)
        return screen is not None and screen.is_locked

    def typed(self, workspace: Workspace, character: str) -> bool:
        """Whether the screen took a person's character."""
        screen = self.get(workspace)
        return screen is not None and screen.type_character(character)

    def erased(self, workspace: Workspace) -> bool:
        """Whether the screen took a backspace."""
        screen = self.get(workspace)
        return screen is not None and screen.backspace()

    def entered(self, workspace: Workspace) -> bool:
        """Whether the screen took Enter."""
        screen = self.get(workspace)
        return screen is not None and screen.enter()

    def escaped(self, workspace: Workspace) -> bool:
        """Whether the screen took Esc."""
        screen = self.get(workspace)
        return screen is not None and screen.escape()
