"""The JSON form of a store's paper policy, as it stands in the signed policy's ``trade.paper``.

Apart from the judge of the paper because reading must never fail: what is not as it must be is left out, so that a
mistake in one family code, or a field of a newer centre, takes no more than itself out of force.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from .codes.coupon_8110 import PaperPolicy
from .codes.decimal_token import is_decimal

_COMPANY_DIGITS: Final = range(6, 13)
_RETAILER_DIGITS: Final = range(6, 14)


def parse(document: object) -> PaperPolicy:
    """Read it; what is absent keeps its default, under which no paper is taken."""
    said: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
    limit, currency = said.get("limit_minor"), said.get("currency")
    plain = PaperPolicy()
    return PaperPolicy(
        is_taken=said.get("is_taken") is True,
        companies=_numbers(said.get("companies"), _COMPANY_DIGITS),
        currency=currency if isinstance(currency, str) and _is_currency(currency) else plain.currency,
        retailer_ids=_numbers(said.get("retailer_ids"), _RETAILER_DIGITS),
        families=_families(said.get("families")),
        limit_minor=limit if type(limit) is int and limit >= 0 else plain.limit_minor,
    )


def as_document(policy: PaperPolicy) -> dict[str, Any]:
    """The JSON form of ``parse``."""
    return {
        "is_taken": policy.is_taken,
        "companies": sorted(policy.companies),
        "currency": policy.currency,
        "retailer_ids": sorted(policy.retailer_ids),
        "families": dict(sorted(policy.families.items())),
        "limit_minor": policy.limit_minor,
    }


def _is_currency(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def _numbers(found: object, lengths: Iterable[int]) -> frozenset[str]:
    listed = found if isinstance(found, list) else []
    return frozenset(text for text in listed if isinstance(text, str) and is_decimal(text) and len(text) in lengths)


def _families(found: object) -> dict[str, str]:
    """Three digits by GTIN of 14."""
    listed = found if isinstance(found, Mapping) else {}
    return {
        gtin: code
        for gtin, code in listed.items()
        if isinstance(gtin, str) and isinstance(code, str) and is_decimal(gtin) and is_decimal(code)
        if len(gtin) == 14 and len(code) == 3
    }
