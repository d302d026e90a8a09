"""What a lane knows of coupons that makers issue, and no centre of ours: only what their code says.

Apart from judging them because recognising a code comes first.
"""

from datetime import date

from pos_client.domain.codes.coupon_format import Coupon8110, PositiveOffer
from pos_client.domain.codes.gs1_date import date_of
from pos_client.domain.codes.router import CodeKind
from pos_client.domain.coupon import CouponFacts


def paper_facts(coupon: Coupon8110, today: date) -> CouponFacts:
    """What is known of the piece: whose offer it is, and until when. Its id names no more than is printed on all."""
    parts = ("gs1", coupon.company, coupon.offer, coupon.serial)
    return CouponFacts(
        "-".join(part for part in parts if part),
        CodeKind.GS1_8110.value,
        genuine=True,
        offer=None,
        first_day=date_of(coupon.starts, today) if coupon.starts else None,
        last_day=date_of(coupon.expires, today) if coupon.expires else None,
    )


def positive_offer_facts(offer: PositiveOffer) -> CouponFacts:
    """A serialised coupon that only its own network can judge: the offer, without the serial that is worth money."""
    return CouponFacts(f"gs1-{offer.funder}-{offer.offer}", CodeKind.GS1_8112.value, genuine=False, offer=None)
