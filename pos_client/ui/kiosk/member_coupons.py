"""A member's coupons as a kiosk may show them: those that can be used now, and a name without a number.

Apart from the presenter because it is what a queue behind the customer gets to see.
"""

from pos_client.ui.kiosk.kiosk_view import CouponCard, CouponsFacts
from pos_client.ui.kiosk.kiosk_words import KioskWords
from pos_client.usecases.till_view import Customer


def coupons_of(customer: Customer, words: KioskWords, language: str) -> CouponsFacts:
    """The coupons of whoever stands here, in a language; nothing of somebody who is no member."""
    member = customer.member
    if member is None:
        return CouponsFacts()
    cards = (
        CouponCard(one.id, words.name(one.name, language), words.money(one.discount_minor, language))
        for one in member.coupons
        if one.used
    )
    return CouponsFacts(name_only(member.view.masked), tuple(cards))


def name_only(masked: str) -> str:
    """A masked name without the number that stands beside it: others look on."""
    return " ".join(part for part in masked.split() if not any(character.isdigit() for character in part))
