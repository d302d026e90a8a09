"""docs/vectors/offers.json in the domain's terms, and what the lane's own rules answer to its cases.

Apart from the test because lane and server are asked with the same facts.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pos_client.domain import basket as baskets
from pos_client.domain.basket import Basket
from pos_client.domain.codes.signed_coupon import member_tag
from pos_client.domain.coupon import CouponFacts
from pos_client.domain.judge import (
    Alone,
    MemberPresence,
    Quote,
    Refusal,
    TillContext,
    hard_refusal,
    member_refusal,
    permission_alone,
    quote,
)
from pos_client.domain.limits import Limits, LimitUsage
from pos_client.domain.offers import offer as offers
from pos_client.domain.offers.combination import Candidate, Left, best
from pos_client.domain.offers.offer import Offer, RedeemOn
from pos_client.domain.verdict import LineDiscount, Use

Document = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
VECTORS: Document = json.loads((ROOT / "docs" / "vectors" / "offers.json").read_text("ascii"))
CASES: list[Document] = VECTORS["cases"]
LANE = 1
# What the file says of a refusal, beside its reason.
FACTS = frozenset({"missing_minor", "threshold_minor", "missing", "threshold", "limit", "campaign", "store_no"}) | {
    "first_day",
    "last_day",
    "limit_minor",
}


@dataclass(frozen=True)
class Situation:
    """One case: facts of each coupon by its place, where it is judged, and what the member used before."""

    context: TillContext
    coupons: tuple[CouponFacts, ...]
    caps: Mapping[int, Left]

    @property
    def basket(self) -> Basket | None:
        """What is bought."""
        return self.context.basket


@cache
def offer(place: int) -> Offer:
    """An offer of the file."""
    return offers.parse(VECTORS["offers"][place])


@cache
def basket(place: int) -> Basket:
    """A basket of the file."""
    return baskets.parse(VECTORS["baskets"][place])


def in_full(case: Document) -> Document:
    """A case with the documents in the places of their numbers, as the evaluator of the papers reads it."""
    full = {**VECTORS["places"][case["place"]], "earlier": case.get("earlier", {})}
    for name in ("member", "basket"):
        full[name] = VECTORS[f"{name}s"][case[name]] if name in case else None
    coupons = [{**coupon, "offer": VECTORS["offers"][coupon["offer"]]} for coupon in case["coupons"]]
    return full | {"coupons": coupons}


def situation(case: Document) -> Situation:
    """The facts of a case."""
    where = VECTORS["places"][case["place"]]
    member = presence(VECTORS["members"][case["member"]]) if "member" in case else None
    goods = basket(case["basket"]) if "basket" in case else None
    now = datetime.fromisoformat(where["at"])
    context = TillContext(now, where["zone"], where["store"], LANE, goods, member, channel=where["channel"])
    coupons = tuple(facts(each) for each in case["coupons"])
    return Situation(context, coupons, caps(coupons, case.get("earlier", {}), member))


def presence(member: Document) -> MemberPresence:
    """A member of the file, who is here."""
    tag, points = member_tag(member["number"]), member.get("points", 0)
    is_new = member.get("is_new", False)
    return MemberPresence(member["ref"], tag, member.get("level", ""), "slot", is_new=is_new, points=points)


def facts(coupon: Document) -> CouponFacts:
    """A coupon of a case; a day that is absent is no limit."""
    return CouponFacts(
        coupon["id"],
        "opaque_coupon",
        genuine=True,
        offer=offer(coupon["offer"]),
        home_store=coupon.get("home_store", 0),
        value_minor=coupon.get("value_minor", 0),
        member_ref=coupon.get("bound_to", ""),
        uses=tuple(Use(number, None, 1, 1) for number in coupon.get("uses", [])),
        first_day=_day(coupon, "first_day"),
        last_day=_day(coupon, "last_day"),
    )


def _day(coupon: Document, field: str) -> date | None:
    return date.fromisoformat(coupon[field]) if field in coupon else None


def caps(coupons: tuple[CouponFacts, ...], earlier: Document, member: MemberPresence | None) -> dict[int, Left]:
    """What is left to the member of each campaign that limits him."""
    found: dict[int, Left] = {}
    for campaign in (coupon.offer for coupon in coupons if coupon.offer and member):
        used = earlier.get(str(campaign.number), {"in_all": 0, "today": 0})
        in_all, per_day = campaign.member_limit, campaign.conditions.per_member_per_day
        found[campaign.number] = Left(
            in_all - used["in_all"] if in_all else None, per_day - used["today"] if per_day else None
        )
    return found


def lane_answer(asked: Situation) -> Document:
    """What the lane's rules say, in the file's words."""
    refused: list[Document] = []
    able: list[CouponFacts] = []
    for coupon in asked.coupons:
        assert coupon.offer is not None
        no = hard_refusal(coupon, asked.context) or member_refusal(coupon, coupon.offer, asked.context)
        if no:
            refused.append(refusal(coupon.coupon_id, no.reason, no.facts))
        else:
            able.append(coupon)
    if able and asked.basket:
        saving, used, others = _chosen(asked, able)
    else:
        saving, used, others = _alone_quoted(asked, able)
    if len(asked.coupons) == 1 and used:
        used[0]["alone"] = _permission(asked, used[0]["discount_minor"])
    ordered = sorted([*refused, *others], key=lambda each: (each["id"], each["reason"]))
    return {"saving_minor": saving, "used": used, "refused": ordered}


def refusal(coupon_id: str, reason: str, told: Mapping[str, Any]) -> Document:
    """A refusal as the file writes it."""
    named = {name: str(value) if isinstance(value, date) else value for name, value in told.items() if name in FACTS}
    return {"id": coupon_id, "reason": str(reason), **named}


def _chosen(asked: Situation, able: list[CouponFacts]) -> tuple[int, list[Document], list[Document]]:
    assert asked.basket is not None
    candidates = [Candidate(each.coupon_id, each.offer, each.value_minor, each.last_day) for each in able if each.offer]
    found = best(asked.basket, candidates, caps=asked.caps)
    assert found.is_proven
    by_id = {coupon.coupon_id: coupon for coupon in able}
    has_lines = bool(asked.basket.lines)
    used = [
        _used(by_id[each.candidate.coupon_id], each.saving_minor, each.lines if has_lines else None)
        for each in found.chosen
    ]
    used += [_used(by_id[each.coupon_id], 0, None) for each in found.beside]
    left = [refusal(each.candidate.coupon_id, each.reason, each.facts) for each in found.left_out]
    return found.saving_minor, used, left


def _alone_quoted(asked: Situation, able: list[CouponFacts]) -> tuple[int, list[Document], list[Document]]:
    if not able:
        return 0, [], []
    (coupon,) = able
    answer = quote(coupon, asked.context)
    if isinstance(answer, Refusal):
        return 0, [], [refusal(coupon.coupon_id, answer.reason, answer.facts)]
    return answer.discount_minor, [_used(coupon, answer.discount_minor, None)], []


def _used(coupon: CouponFacts, off: int, lines: tuple[LineDiscount, ...] | None) -> Document:
    assert coupon.offer is not None
    found: Document = {"id": coupon.coupon_id, "discount_minor": off}
    found |= {} if lines is None else {"lines": [[line.place, line.discount_minor] for line in lines]}
    number = coupon.next_use_no()
    found |= {} if number == 1 else {"use_no": number}
    return found | ({"confirm": True} if coupon.offer.redeem_on is RedeemOn.CONFIRM else {})


def _permission(asked: Situation, value_minor: int) -> Document:
    limits = Limits(floor_value_minor=VECTORS["floor_value_minor"])
    answer = permission_alone(asked.coupons[0], asked.context, value_minor, Alone(limits, LimitUsage(), 0))
    told = answer.facts if isinstance(answer, Refusal) else {}
    return {name: value for name, value in refusal("", answer.reason, told).items() if name != "id"}


def promised(answer: Document, expected: Document) -> Document:
    """An answer without what the file leaves open: single pieces may be given in several equally good ways."""
    wanted = {each["id"]: each for each in expected["used"]}
    used = [
        {name: value for name, value in each.items() if name in wanted.get(each["id"], each)} for each in answer["used"]
    ]
    return answer | {"used": used}


def quoted_by_itself(asked: Situation) -> Quote | Refusal:
    """What the judge says to the only coupon of a case, whatever else it might be combined with."""
    (coupon,) = asked.coupons
    return quote(coupon, asked.context)
