"""What scanner and window say to each other about the camera, as plain values: neither room knows the other."""

from enum import StrEnum


class CameraState(StrEnum):
    """The camera, as the scanner thread sees it."""

    NONE = "none"
    STARTING = "starting"
    WATCHING = "watching"
    LOST = "lost"


class CameraAdvice(StrEnum):
    """What a person can do so that the camera reads the code; ``CHANGING`` is a code that flickers between two."""

    NONE = "none"
    TOO_DARK = "too-dark"
    GLARE = "glare"
    OUT_OF_FOCUS = "out-of-focus"
    TOO_FAR = "too-far"
    HOLD_STILL = "hold-still"
    CHANGING = "changing"
