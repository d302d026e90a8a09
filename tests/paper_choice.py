"""Several coupons over a basket as docs/offers.md says, by trying every set and every way to give pieces.

Plain documents in, plain documents out; shares no code with the program. Apart from ``paper_judge`` because that is
about one coupon.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from tests.paper_judge import ITEM, Answer, Document, conditions_of, goods, half_up, money_of, off_scope, scope

Lines = list[Document]
# By coupon of a set, what it takes off each line: (place, fen) pairs.
Profile = tuple[tuple[tuple[int, int], ...], ...]
NEVER = "9999-12-31"


def order(coupon: Document) -> tuple[Any, ...]:
    """Sorts coupons as they apply: those for single pieces first."""
    offer, money = coupon["offer"], money_of(coupon)
    is_wide = money is not None and money["kind"] not in ITEM
    rank = offer.get("stacking", {}).get("order", 0)
    return (is_wide, rank, offer["number"], coupon.get("value_minor", 0), coupon.get("last_day", NEVER), coupon["id"])


def limits(coupon: Document, case: Document) -> Iterator[tuple[str, int, int]]:
    """Reason, figure and what is left of each limit of a campaign."""
    wanted, number = conditions_of(coupon), coupon["offer"]["number"]
    earlier = case.get("earlier", {}).get(str(number), {})
    is_sample = any(each["kind"] == "sample" for each in coupon["offer"]["effects"])
    of_member = 1 if is_sample else wanted.get("per_member", 0)
    if wanted.get("per_transaction"):
        yield "transaction-limit", wanted["per_transaction"], wanted["per_transaction"]
    if of_member and case.get("member"):
        yield "member-limit", of_member, of_member - earlier.get("in_all", 0)
    if wanted.get("per_member_per_day") and case.get("member"):
        yield "member-day-limit", wanted["per_member_per_day"], wanted["per_member_per_day"] - earlier.get("today", 0)


def over_limit(coupon: Document, others: Sequence[Document], case: Document) -> Answer | None:
    """The limit that one more coupon beside these would break."""
    count = sum(1 for other in others if other["offer"]["number"] == coupon["offer"]["number"])
    for reason, figure, left in limits(coupon, case):
        if count >= left:
            return {"reason": reason, "limit": figure}
    return None


def closed(coupon: Document, case: Document) -> Answer | None:
    """Section 1, and limits that leave nothing at all: why it cannot be used, whatever else is."""
    wanted, lines, money = conditions_of(coupon), goods(case["basket"]), money_of(coupon)
    places = scope(coupon, lines)
    if not case["basket"].get("lines") and (wanted.get("min_quantity") or (money and money["kind"] in ITEM)):
        return {"reason": "lines-needed"}
    if not places:
        return {"reason": "nothing-in-scope"}
    if limit := over_limit(coupon, [], case):
        return limit
    spend = sum(lines[place]["quantity"] * lines[place]["unit_minor"] for place in places)
    pieces = sum(lines[place]["quantity"] for place in places)
    least, few = wanted.get("min_spend_minor", 0), wanted.get("min_quantity", 0)
    if spend < least:
        return {"reason": "below-threshold", "missing_minor": least - spend, "threshold_minor": least}
    return {"reason": "too-few-pieces", "missing": few - pieces, "threshold": few} if pieces < few else None


def clash(one: Document, two: Document) -> bool:
    """Section 2, by pairs."""
    (first, number), (second, other) = ((each.get("stacking", {}), each["number"]) for each in (one, two))
    return bool(
        first.get("exclusive")
        or second.get("exclusive")
        or (first.get("group") and first["group"] == second.get("group"))
        or other in first.get("not_with", [])
        or number in second.get("not_with", [])
    )


def allowed(chosen: Sequence[Document], case: Document) -> bool:
    """Section 2, of a whole set."""
    if any(clash(one["offer"], two["offer"]) for one, two in itertools.combinations(chosen, 2)):
        return False
    return not any(over_limit(each, chosen[:place], case) for place, each in enumerate(chosen))


def off_piece(coupon: Document, price: int) -> int:
    """Section 3."""
    effect = money_of(coupon) or {}
    if effect.get("kind") == "fixed_price":
        return max(0, price - int(effect["price_minor"]))
    amount = int(effect.get("amount_minor", 0))
    return min(price, amount) if amount else half_up(price, effect["percent_hundredths"])


def shared(off: int, weights: list[int]) -> list[int]:
    """Largest remainders, the earlier one where they are equal."""
    whole = sum(weights) or 1
    parts = [off * weight // whole for weight in weights]
    rests = [off * weight % whole for weight in weights]
    for place in sorted(range(len(weights)), key=lambda each: (-rests[each], each))[: off - sum(parts)]:
        parts[place] += 1
    return parts


def wide_shares(wides: Sequence[Document], lines: Lines, remains: list[int]) -> Profile:
    """Section 4: what each scope-wide coupon takes off each line, in turn; ``remains`` is used up."""
    scopes = [scope(coupon, lines) for coupon in wides]
    found = []
    for turn, coupon in enumerate(wides):
        heaps: dict[tuple[bool, ...], list[int]] = {}
        for place in scopes[turn]:
            heaps.setdefault(tuple(place in further for further in scopes[turn + 1 :]), []).append(place)
        # Of two heaps the first is the one that the earliest further coupon reaches which does not reach the other.
        ordered = [heaps[reached] for reached in sorted(heaps, reverse=True)]
        sums = [sum(remains[place] for place in heap) for heap in ordered]
        shares: dict[int, int] = {}
        for heap, part in zip(ordered, shared(off_scope(coupon, sum(sums)), sums), strict=True):
            shares |= dict(zip(heap, shared(part, [remains[place] for place in heap]), strict=True))
        for place, share in shares.items():
            remains[place] -= share
            assert remains[place] >= 0, "more than a line costs"
        found.append(tuple(sorted((place, share) for place, share in shares.items() if share)))
    return tuple(found)


def ways(items: Sequence[Document], lines: Lines, left: list[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Section 3: every way in which item coupons can take pieces, each at least one that it makes cheaper."""
    if not items:
        yield ()
        return
    coupon, effect = items[0], money_of(items[0]) or {}
    places = [place for place in scope(coupon, lines) if off_piece(coupon, lines[place]["unit_minor"])]
    for count in range(1, min(effect.get("units", 1), sum(left)) + 1):
        for taken in itertools.combinations_with_replacement(places, count):
            if all(taken.count(place) <= left[place] for place in taken):
                rest = [pieces - taken.count(place) for place, pieces in enumerate(left)]
                for others in ways(items[1:], lines, rest):
                    yield (taken, *others)


def best_of_set(chosen: Sequence[Document], lines: Lines) -> tuple[int, set[Profile]]:
    """The most that just this set saves, each coupon something, and every way to save that; -1 where none is."""
    ordered = sorted(chosen, key=order)
    items = [each for each in ordered if not order(each)[0]]
    best, profiles = -1, set[Profile]()
    for taken in ways(items, lines, [line["quantity"] for line in lines]):
        remains = [line["quantity"] * line["unit_minor"] for line in lines]
        found = []
        for coupon, places in zip(items, taken, strict=True):
            shares = {place: off_piece(coupon, lines[place]["unit_minor"]) * places.count(place) for place in places}
            for place, share in shares.items():
                remains[place] -= share
            found.append(tuple(sorted(shares.items())))
        profile = (*found, *wide_shares(ordered[len(items) :], lines, remains))
        saving = sum(share for shares in profile for _, share in shares)
        if all(profile) and saving >= best:
            profiles = {profile} | (profiles if saving == best else set())
            best = saving
    return best, profiles


def preference(chosen: Sequence[Document]) -> tuple[list[str], list[str]]:
    """Section 5: of sets that save the same, the smallest is chosen."""
    days = sorted((each.get("last_day", NEVER) for each in chosen), reverse=True)
    return days, sorted((each["id"] for each in chosen), reverse=True)


def best_set(coupons: Sequence[Document], case: Document) -> tuple[list[Document], int, set[Profile]]:
    """Sections 2 to 5: the chosen coupons in their order, what they save, and every way in which they do."""
    found = []
    for count in range(len(coupons) + 1):
        for chosen in itertools.combinations(coupons, count):
            if allowed(chosen, case):
                saving, profiles = best_of_set(chosen, goods(case["basket"]))
                if saving >= 0:
                    found.append(((-saving, preference(chosen)), chosen, profiles))
    (less, _), chosen, profiles = min(found, key=lambda each: each[0])
    return sorted(chosen, key=order), -less, profiles


def not_beside(coupon: Document, used: Sequence[Document], case: Document) -> Answer | None:
    """Section 6: the limit, or the coupon that is used, that stands against one more."""
    if limit := over_limit(coupon, used, case):
        return limit
    other = next((each for each in used if clash(coupon["offer"], each["offer"])), None)
    return {"reason": "not-stackable", "campaign": other["offer"]["number"]} if other else None


def _sorted_out(coupons: Sequence[Document], case: Document) -> tuple[list[Document], list[Document], list[Answer]]:
    """Coupons that take money off, coupons that do not, and those that cannot be used, with the reason."""
    money: list[Document] = []
    beside: list[Document] = []
    refused: list[Answer] = []
    for coupon in coupons:
        answer = closed(coupon, case)
        if answer is None and any(coupon["id"] == other["id"] for other in money + beside):
            answer = {"reason": "repeated-in-basket"}
        if answer:
            refused.append({"id": coupon["id"], **answer})
        else:
            (money if money_of(coupon) else beside).append(coupon)
    return money, beside, refused


def _used(chosen: Sequence[Document], profiles: set[Profile], *, has_lines: bool) -> list[Answer]:
    """Each used coupon, with discount and shares as far as every best way to give pieces agrees on them."""
    found: list[Answer] = []
    for place, coupon in enumerate(chosen):
        shares = {profile[place] for profile in profiles}
        offs = {sum(share for _, share in each) for each in shares}
        answer: Answer = {"id": coupon["id"]}
        answer |= {"discount_minor": offs.pop()} if len(offs) == 1 else {}
        answer |= {"lines": [list(pair) for pair in shares.pop()]} if has_lines and len(shares) == 1 else {}
        found.append(answer)
    return found


def choose(coupons: Sequence[Document], case: Document) -> Answer:
    """The whole answer to coupons that may be used here, now and by this member, over a known basket."""
    money, beside, refused = _sorted_out(coupons, case)
    chosen, saving, profiles = best_set(money, case)
    for coupon in money:
        if not any(coupon["id"] == other["id"] for other in chosen):
            idle = best_of_set([coupon], goods(case["basket"]))[0] <= 0
            answer = None if idle else not_beside(coupon, chosen, case)
            refused.append({"id": coupon["id"], **(answer or {"reason": "better-without"})})
    given: list[Document] = []
    by_day = sorted(beside, key=lambda each: (each.get("last_day", NEVER), each["offer"]["number"], each["id"]))
    for coupon in by_day:
        if answer := not_beside(coupon, [*chosen, *given], case):
            refused.append({"id": coupon["id"], **answer})
        else:
            given.append(coupon)
    named = _used(chosen, profiles, has_lines=bool(case["basket"].get("lines")))
    used = [*named, *({"id": each["id"], "discount_minor": 0} for each in given)]
    return {"saving_minor": saving, "used": used, "refused": refused}
