"""Who a window is opened for; apart so that the command line can name one without loading Qt."""

from enum import StrEnum


class WindowKind(StrEnum):
    """A clerk's, a customer's own (full screen, left by PIN only), or a clerk's in which nothing counts.

    ``demo`` is a clerk's that opens with whoever logged in last, though there are PINs.
    """

    CLERK = "clerk"
    KIOSK = "kiosk"
    PRACTICE = "practice"
    DEMO = "demo"
