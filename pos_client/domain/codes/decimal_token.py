"""Signed tokens as decimal digits: the alphabet that survives every keyboard layout and costs a QR code no module.

A token is ``PREFIX`` (two digits that name the kind) followed by payload and signature as one big-endian number,
zero-padded to the digits that the largest number of that size needs.
"""

from .bad_code import BadCode, CodeFault

SIGNATURE_BYTES = 64
ASCII_DIGITS = frozenset("0123456789")


def digits_needed(byte_count: int) -> int:
    """Decimal digits of the largest number of ``byte_count`` bytes."""
    return len(str((1 << (8 * byte_count)) - 1))


def is_decimal(text: str) -> bool:
    """Whether the text is ASCII digits only (``str.isdigit`` also takes other scripts' digits)."""
    return bool(text) and ASCII_DIGITS.issuperset(text)


def encode(prefix: str, token: bytes) -> str:
    """The digits of a token, prefix first."""
    return prefix + str(int.from_bytes(token, "big")).zfill(digits_needed(len(token)))


def decode(text: str, prefix: str, byte_count: int) -> bytes:
    """The ``byte_count`` bytes behind ``prefix``.

    Raises:
        BadCode: too short, too long, not digits, or a number that no token of this size has.
    """
    expected = len(prefix) + digits_needed(byte_count)
    if not is_decimal(text) or not text.startswith(prefix):
        raise BadCode(CodeFault.WRONG_CHARACTER)
    if len(text) < expected:
        raise BadCode(CodeFault.TRUNCATED)
    if len(text) > expected:
        raise BadCode(CodeFault.TOO_LONG)
    number = int(text[len(prefix) :])
    if number.bit_length() > 8 * byte_count:
        raise BadCode(CodeFault.WRONG_CHARACTER)
    return number.to_bytes(byte_count, "big")
