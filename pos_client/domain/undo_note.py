"""A few words on why a deed was taken back, where no reason of the list fits. They go into the journal for ever.

Apart from the deed because screen and deed refuse the same: nobody is to be named in them, least of all by a phone
number.
"""

import re
from typing import Final

MOST: Final = 40
_NUMBER: Final = re.compile(r"(?:\d[\s.\-]*){11}")


def names_somebody(text: str) -> bool:
    """Whether eleven digits stand in a row in it, spaces, dots and dashes aside: that is a phone number."""
    return _NUMBER.search(text) is not None


def cleaned(text: str) -> str:
    """The text as it is kept: one line, at most ``MOST`` characters."""
    return " ".join(text.split())[:MOST]
