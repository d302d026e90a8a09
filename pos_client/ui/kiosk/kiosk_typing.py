"""Characters at a kiosk before it is certain that a person typed them: held back, and given or forgotten as a whole.

Apart from the clerk's typing because here nothing is half typed in public.
"""

from collections.abc import Callable


class KioskTyping:
    """Fulfils ``keyboard_wedge.Typist``.

    Args:
        give: takes a person's character.
    """

    def __init__(self, give: Callable[[str], None]) -> None:
        self._give = give
        self._held: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether there are characters in doubt."""
        return bool(self._held)

    def doubt(self, character: str, *, begins: bool) -> None:
        """A character that may be a gun's; ``begins`` where those before it were a person's."""
        if begins:
            self.believe()
        self._held.append(character)

    def believe(self) -> None:
        """They were a person's."""
        held, self._held = self._held, []
        for character in held:
            self._give(character)

    def take_back(self) -> None:
        """They were a gun's."""
        self._held = []
