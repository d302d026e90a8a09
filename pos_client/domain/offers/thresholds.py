"""What must be in the basket before an offer applies: ``docs/offers.md`` section 1.

Apart from the judge of one coupon and from the choice among several because both must say the same.
"""

from collections.abc import Sequence

from pos_client.domain.basket import Basket
from pos_client.domain.reasons import Reason
from pos_client.domain.till_context import Refusal

from .conditions import Conditions
from .effects import ItemEffect, money_effect
from .offer import Offer


def wrong_goods(offer: Offer, basket: Basket, places: Sequence[int]) -> Refusal | None:
    """The goods are not those of the offer, or nobody said which they are and it counts single pieces.

    Args:
        offer: whose.
        basket: of a bare amount the clerk vouches that it is that of the goods which the offer is for.
        places: of the lines in the offer's scope.
    """
    if basket.lines:
        return None if places else Refusal(Reason.NOTHING_IN_SCOPE)
    counts_pieces = offer.conditions.min_quantity or isinstance(money_effect(offer.effects), ItemEffect)
    return Refusal(Reason.LINES_NEEDED) if counts_pieces else None


def shortfall(conditions: Conditions, basket: Basket, places: Sequence[int]) -> Refusal | None:
    """What is missing to a threshold, shelf prices and pieces of the lines at ``places``."""
    lines = [basket.lines[place] for place in places]
    spend = sum(line.amount_minor for line in lines) if basket.lines else basket.total_minor
    if spend < conditions.min_spend_minor:
        facts = {"missing_minor": conditions.min_spend_minor - spend, "threshold_minor": conditions.min_spend_minor}
        return Refusal(Reason.BELOW_THRESHOLD, facts)
    pieces = sum(line.quantity for line in lines)
    if pieces < conditions.min_quantity:
        facts = {"missing": conditions.min_quantity - pieces, "threshold": conditions.min_quantity}
        return Refusal(Reason.TOO_FEW_PIECES, facts)
    return None
