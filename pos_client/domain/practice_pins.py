"""PINs of the people of a shop to practise in: printed, shown, known to everybody, and refused in any other shop.

Apart from the rules of PINs because these are no secret. Two of them, so that who signs beside whom can be practised.
"""

from typing import Final

from .store_profile import Role

CLERK_PIN: Final = "100200"
SUPERVISOR_PIN: Final = "200300"
ALL: Final = frozenset({CLERK_PIN, SUPERVISOR_PIN})


def practice_pin(role: str) -> str:
    """Whoever decides has another one than whoever does not."""
    return SUPERVISOR_PIN if role in {one for one in Role if one.decides} else CLERK_PIN
