"""Codes of others that customers hold up by mistake: payment codes and links. They are named, refused, never opened."""

from typing import Final

from .decimal_token import is_decimal

WECHAT_LENGTH: Final = 18
ALIPAY_LENGTHS: Final = range(16, 25)
LINK_SCHEMES: Final = (
    "http:",
    "https:",
    "weixin:",
    "wxp:",
    "alipays:",
    "alipayqr:",
    "market:",
    "tel:",
    "mailto:",
)


def is_wechat_payment(text: str) -> bool:
    """WeChat Pay's code: 18 digits, the first two 10 to 15."""
    return len(text) == WECHAT_LENGTH and is_decimal(text) and 10 <= int(text[:2]) <= 15


def is_alipay_payment(text: str) -> bool:
    """Alipay's code: 16 to 24 digits, the first two 25 to 30."""
    return len(text) in ALIPAY_LENGTHS and is_decimal(text) and 25 <= int(text[:2]) <= 30


def is_link(text: str) -> bool:
    """Anything that a phone would open."""
    lowered = text[:64].lstrip().lower()
    return lowered.startswith(LINK_SCHEMES) or "://" in lowered
