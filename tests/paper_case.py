"""A whole vector as the papers answer it: coupons, goods, moment and member in, what is used and what is refused out.

Apart from ``paper_choice`` because a choice is made only among coupons that may be used at all, over a known basket.
"""

from tests import paper_judge
from tests.paper_choice import choose
from tests.paper_judge import Answer, Document


def answer(case: Document, floor_minor: int) -> Answer:
    """What is expected of a case; one without a basket has one coupon.

    Args:
        case: offers, basket, member and place in full.
        floor_minor: the most that one use may be worth to a lane that reaches nobody, in fen.
    """
    able, refused = [], []
    for coupon in case["coupons"]:
        reason = paper_judge.refusal(coupon, case)
        if reason:
            refused.append({"id": coupon["id"], **reason})
        else:
            able.append(coupon)
    found = _given(able, case)
    by_id = {coupon["id"]: coupon for coupon in able}
    used = [_with_use(each, by_id[each["id"]]) for each in found["used"]]
    if len(case["coupons"]) == 1 and used and "discount_minor" in used[0]:
        used[0]["alone"] = paper_judge.alone(able[0], case, used[0]["discount_minor"], floor_minor)
    return {
        "saving_minor": found["saving_minor"],
        "used": used,
        "refused": sorted([*refused, *found["refused"]], key=lambda each: (each["id"], each["reason"])),
    }


def _given(able: list[Document], case: Document) -> Answer:
    basket = case.get("basket")
    if not able:
        return {"saving_minor": 0, "used": [], "refused": []}
    if basket is not None:
        return choose(able, case)
    (coupon,) = able
    given = paper_judge.without_basket(coupon)
    named = {"id": coupon["id"], **given}
    if "reason" in given:
        return {"saving_minor": 0, "used": [], "refused": [named]}
    return {"saving_minor": given["discount_minor"], "used": [named], "refused": []}


def _with_use(found: Answer, coupon: Document) -> Answer:
    """With the number of the use, where it is not the first, and whether the clerk confirms it."""
    number = paper_judge.use_no(coupon)
    found |= {"use_no": number} if number != 1 else {}
    found |= {"confirm": True} if coupon["offer"].get("redeem_on") == "confirm" else {}
    return found
