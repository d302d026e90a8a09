"""Member cards: 16 digits with a Luhn check, or a GS1 service relation number (GSRN, AI 8018). They identify only."""

from dataclasses import dataclass
from typing import Final

from .bad_code import BadCode, CodeFault
from .check_digits import gs1_is_valid, luhn_check_digit, luhn_is_valid
from .decimal_token import is_decimal

CARD_PREFIX: Final = "88"
CARD_LENGTH: Final = 16
GSRN_LENGTH: Final = 18
GSRN_AI: Final = "8018"


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A number on a card: which member, not that he is here."""

    number: str


def looks_like(text: str) -> bool:
    """Whether the text has the shape of one of our cards or of a GSRN element string."""
    if not is_decimal(text):
        return False
    is_card = len(text) == CARD_LENGTH and text.startswith(CARD_PREFIX)
    return is_card or (len(text) == len(GSRN_AI) + GSRN_LENGTH and text.startswith(GSRN_AI))


def parse(text: str) -> MemberCard:
    """Read a card number.

    Raises:
        BadCode: the check digit is wrong.
    """
    if text.startswith(GSRN_AI):
        number = text.removeprefix(GSRN_AI)
        valid = gs1_is_valid(number)
    else:
        number = text
        valid = luhn_is_valid(number)
    if not valid:
        raise BadCode(CodeFault.WRONG_CHECK)
    return MemberCard(number)


def card_number(member_number: int) -> str:
    """The card of a member whose number has at most 13 digits."""
    body = CARD_PREFIX + str(member_number).zfill(CARD_LENGTH - len(CARD_PREFIX) - 1)
    return body + luhn_check_digit(body)
