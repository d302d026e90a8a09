"""Check characters of the numbers that shops use: GS1 modulo 10, Luhn, ISO/IEC 7064 MOD 37,36."""

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def gs1_is_valid(digits: str) -> bool:
    """GS1 General Specifications 7.9: weights 3 and 1 from the right, the last digit is the check."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0


def gs1_check_digit(digits: str) -> str:
    """The digit that makes ``digits`` + digit valid under GS1 modulo 10."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def luhn_is_valid(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def luhn_check_digit(digits: str) -> str:
    """The digit that makes ``digits`` + digit valid under Luhn."""
    return next(check for check in "0123456789" if luhn_is_valid(digits + check))


def iso7064_mod_37_36(text: str) -> str:
    """Check character of an upper-case alphanumeric text, ISO/IEC 7064 hybrid system MOD 37,36.

    It finds every single wrong character and every swap of neighbours, and its own character stays in 0-9 A-Z.
    """
    carry = 36
    for character in text:
        carry = (carry + ALPHANUMERIC.index(character)) % 36 or 36
        carry = carry * 2 % 37
    return ALPHANUMERIC[(37 - carry) % 36]
