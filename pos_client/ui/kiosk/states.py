"""Where the kiosk can be, what can happen to it, and where that leads: one table, and nothing of Qt.

Apart from the clockwork because the table is read as a whole. A customer stands on one base place; at most one of each
layer (language, help, "still there?", staff) may lie over it, and goes away without changing what is below.
"""

from enum import StrEnum
from typing import Final


class Place(StrEnum):
    """What is shown."""

    ATTRACT = "attract"
    GUIDE = "guide"
    PHONE = "phone"
    COUPONS = "coupons"
    CHECKING = "checking"
    RESULT = "result"
    FAREWELL = "farewell"
    OUT_OF_ORDER = "out-of-order"
    # layers
    ACCESS = "access"
    HELP = "help"
    STILL_THERE = "still-there"
    STAFF = "staff"


LAYERS: Final = frozenset({Place.ACCESS, Place.HELP, Place.STILL_THERE, Place.STAFF})


class Event(StrEnum):
    """What can happen."""

    # a customer's doing
    BEGUN = "begun"
    SCANNED = "scanned"
    ASKED = "asked"
    PHONE_ASKED = "phone-asked"
    COUPONS_ASKED = "coupons-asked"
    ANOTHER = "another"
    BACK = "back"
    DONE = "done"
    ACCESS_ASKED = "access-asked"
    HELP_ASKED = "help-asked"
    HELP_CANCELLED = "help-cancelled"
    CONTINUED = "continued"
    # of the till
    GREETED = "greeted"
    JUDGED = "judged"
    # of staff
    STAFF_ASKED = "staff-asked"
    STAFF_LEFT = "staff-left"
    # of the machine
    BROKE = "broke"
    MENDED = "mended"
    # of time
    IDLE = "idle"
    EXPIRED = "expired"
    RESULT_OVER = "result-over"
    FAREWELL_OVER = "farewell-over"
    NO_ANSWER = "no-answer"


class Effect(StrEnum):
    """What must be done because of a step.

    ``WIPE`` forgets everything about the customer and stops what is being printed; ``CHIME`` is the soft tick of the
    ring; ``CALL`` and ``WITHDRAW`` are about the clerk who is asked to come.
    """

    WIPE = "wipe"
    CALL = "call"
    WITHDRAW = "withdraw"
    CHIME = "chime"


STEPS: Final = {
    (Place.ATTRACT, Event.BEGUN): Place.GUIDE,
    (Place.ATTRACT, Event.PHONE_ASKED): Place.PHONE,
    (Place.GUIDE, Event.PHONE_ASKED): Place.PHONE,
    (Place.GUIDE, Event.BACK): Place.ATTRACT,
    (Place.GUIDE, Event.DONE): Place.FAREWELL,
    (Place.PHONE, Event.ASKED): Place.CHECKING,
    (Place.PHONE, Event.BACK): Place.GUIDE,
    (Place.COUPONS, Event.ASKED): Place.CHECKING,
    (Place.COUPONS, Event.BACK): Place.GUIDE,
    (Place.COUPONS, Event.DONE): Place.FAREWELL,
    (Place.CHECKING, Event.GREETED): Place.COUPONS,
    (Place.CHECKING, Event.JUDGED): Place.RESULT,
    (Place.CHECKING, Event.NO_ANSWER): Place.RESULT,
    (Place.RESULT, Event.JUDGED): Place.RESULT,
    (Place.RESULT, Event.GREETED): Place.COUPONS,
    (Place.RESULT, Event.ANOTHER): Place.GUIDE,
    (Place.RESULT, Event.PHONE_ASKED): Place.PHONE,
    (Place.RESULT, Event.COUPONS_ASKED): Place.COUPONS,
    (Place.RESULT, Event.DONE): Place.FAREWELL,
    (Place.RESULT, Event.RESULT_OVER): Place.ATTRACT,
    (Place.FAREWELL, Event.BEGUN): Place.GUIDE,
    (Place.FAREWELL, Event.FAREWELL_OVER): Place.ATTRACT,
    (Place.OUT_OF_ORDER, Event.MENDED): Place.ATTRACT,
}
"""From base to base. A scan leads to ``CHECKING`` from every base but ``OUT_OF_ORDER``, and ``BROKE`` to that one."""

LAYER_OF: Final = {
    Event.ACCESS_ASKED: Place.ACCESS,
    Event.HELP_ASKED: Place.HELP,
    Event.IDLE: Place.STILL_THERE,
    Event.STAFF_ASKED: Place.STAFF,
}
"""What lays a layer over the base."""

LEAVES: Final = {
    (Place.ACCESS, Event.BACK),
    (Place.HELP, Event.BACK),
    (Place.HELP, Event.HELP_CANCELLED),
    (Place.STILL_THERE, Event.CONTINUED),
    (Place.STAFF, Event.STAFF_LEFT),
}
"""What takes the uppermost layer away."""

# A new customer must not meet the last one's: whoever comes here from there begins with nothing.
WIPES: Final = frozenset(
    {
        (Place.GUIDE, Place.ATTRACT),
        (Place.RESULT, Place.ATTRACT),
        (Place.FAREWELL, Place.ATTRACT),
        (Place.FAREWELL, Place.GUIDE),
        (Place.FAREWELL, Place.CHECKING),
    }
)
