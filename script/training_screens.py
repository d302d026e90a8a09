"""States of practice for the gallery: the stripe over a screen, and where it says the PINs."""

from script import scan_screens, shift_screens
from script.clerk_stage import Play, Stage


def _practised(play: Play) -> Play:
    def practise(stage: Stage) -> None:
        stage.practise()
        stage.draw(1280, 800)
        play(stage)

    return practise


SCREENS: dict[str, Play] = {
    "training": _practised(scan_screens.SCREENS["idle"]),
    "training-accepted": _practised(scan_screens.SCREENS["accepted"]),
    "training-shift": _practised(shift_screens.SCREENS["shift"]),
    "training-override": _practised(shift_screens.SCREENS["override-pin"]),
}
