"""docs/vectors/offers.json: an evaluator that knows only the papers, the lane and the server agree on every case."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from crm_server.centre import open_centre
from crm_server.claims import PROBLEM_OF
from pos_client.domain.judge import Quote
from pos_client.domain.offers.effects import ItemEffect, money_effect
from pos_client.domain.reasons import Reason
from tests import central_offers, paper_judge
from tests.central_offers import GRANTED, Central
from tests.paper_choice import limits
from tests.published_offers import (
    CASES,
    ROOT,
    VECTORS,
    Document,
    in_full,
    lane_answer,
    promised,
    quoted_by_itself,
    refusal,
    situation,
)

# What they share is made once, not in each process.
pytestmark = pytest.mark.xdist_group("offer-vectors")

# The centre counts these over all stores; what they leave for this purchase a set of coupons may still exceed.
MEMBER_LIMITS = {"member-limit", "member-day-limit"}


def differing(pairs: Sequence[tuple[Document, object, object]]) -> list[tuple[object, object, object]]:
    """Name, expected and actual of the first cases that differ."""
    return [(case["name"], expected, actual) for case, expected, actual in pairs if expected != actual][:3]


def test_the_lane_gives_what_is_expected() -> None:
    pairs = []
    for case in CASES:
        expected = case["expect"]
        pairs.append((case, expected, promised(lane_answer(situation(case)), expected)))

    assert len(pairs) >= 10_000
    assert not differing(pairs)


def test_a_coupon_judged_by_itself_gives_the_same() -> None:
    """``quote`` knows no other coupons; for one that is wide and takes money off it says what the choice says."""
    pairs: list[tuple[Document, object, object]] = []
    for case in (case for case in CASES if len(case["coupons"]) == 1 and "lines" in str(case["expect"]["used"])):
        asked = situation(case)
        offer, quoted = asked.coupons[0].offer, quoted_by_itself(asked)
        if offer and not isinstance(money_effect(offer.effects), ItemEffect | None) and isinstance(quoted, Quote):
            shares = [[line.place, line.discount_minor] for line in quoted.lines if line.discount_minor]
            expected = case["expect"]["used"][0]
            pairs.append((case, (expected["discount_minor"], expected["lines"]), (quoted.discount_minor, shares)))

    assert len(pairs) > 1_000
    assert not differing(pairs)


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Central]]:
    """What a centre knows and says of every coupon of every case."""
    centre = open_centre(tmp_path_factory.mktemp("centre"))

    def ask(connection: Connection) -> list[dict[str, Central]]:
        central_offers.fill(connection)
        return [central_offers.answers(connection, centre, case) for case in CASES]

    try:
        return centre.database.write(ask).result()
    finally:
        centre.close()


def test_the_centres_own_facts_give_what_is_expected(central: list[dict[str, Central]]) -> None:
    pairs = []
    for case, known in zip(CASES, central, strict=True):
        asked = replace(situation(case), coupons=tuple(known[each["id"]].facts for each in case["coupons"]))
        pairs.append((case, case["expect"], promised(lane_answer(asked), case["expect"])))

    assert not differing(pairs)


def test_the_centre_refuses_a_claim_where_it_judges_and_grants_all_others(central: list[dict[str, Central]]) -> None:
    pairs: list[tuple[Document, object, object]] = []
    for case, known in zip(CASES, central, strict=True):
        said = {name: each.answer for name, each in known.items()}
        pairs.append((case, expected_of_centre(in_full(case), case["expect"]["used"]), said))

    assert not differing(pairs)
    asked_for = {"already-used", "coupon-expired", "not-yet-valid", "campaign-ended", "campaign-not-begun", "wrong-day"}
    asked_for |= {"wrong-hour", "wrong-store", "offer-too-new", "no-coupon-offer", "other-member"} | MEMBER_LIMITS
    assert asked_for | {GRANTED} == {each.answer for known in central for each in known.values()}


def expected_of_centre(case: Document, expected: list[Document]) -> dict[str, str]:
    """By coupon, what the papers say where basket, level and kind of till are not known: only the lane has them."""
    by_id = {coupon["id"]: coupon for coupon in case["coupons"]}
    used = [by_id[each["id"]] for each in expected]
    found = dict.fromkeys((each["id"] for each in expected), GRANTED)
    for name in by_id.keys() - found.keys():
        coupon = by_id[name]
        channels = paper_judge.conditions_of(coupon).get("channels") or [""]
        answer = paper_judge.refusal(coupon, case | {"channel": channels[0]}) or {"reason": ""}
        found[name] = _problem(answer["reason"]) or _over_member_limit(coupon, used, case) or GRANTED
    return found


def _problem(reason: str) -> str:
    return PROBLEM_OF.get(Reason(reason), "") if reason else ""


def _over_member_limit(coupon: Document, used: list[Document], case: Document) -> str:
    count = sum(1 for other in used if other["offer"]["number"] == coupon["offer"]["number"])
    over = [reason for reason, _, left in limits(coupon, case) if count >= left]
    return next((reason for reason in over if reason in MEMBER_LIMITS), "")


def test_the_file_is_what_the_evaluator_writes() -> None:
    command = [sys.executable, str(ROOT / "script" / "offer_vectors.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_kind_and_rule_is_covered() -> None:
    offers = VECTORS["offers"]
    kinds = Counter(effect["kind"] for offer in offers for effect in offer["effects"])
    conditions = Counter(name for offer in offers for name in offer.get("conditions", {}))
    stacking = Counter(name for offer in offers for name in offer.get("stacking", {}))
    reasons = Counter(each["reason"] for case in CASES for each in case["expect"]["refused"])
    alone = Counter(each["alone"]["reason"] for case in CASES for each in case["expect"]["used"] if "alone" in each)

    assert {*_of_schema("effect"), "free_lunch"} == set(kinds)
    assert {*_of_schema("conditions"), "moon"} == set(conditions)
    assert {*_of_schema("stacking"), "layer"} == set(stacking)
    assert min(reasons[reason] for reason in _REASONS) > 0
    assert {"network-needed", "over-floor-value", "accepted-offline"} == set(alone)


_REASONS = {
    *("already-used", "expired", "not-yet-valid", "campaign-ended", "campaign-not-begun", "wrong-day", "wrong-hour"),
    *("wrong-store", "wrong-channel", "offer-too-new", "member-needed", "other-member", "level-too-low"),
    *("new-members-only", "basket-needed", "lines-needed", "nothing-in-scope", "below-threshold", "too-few-pieces"),
    *("no-coupon-offer", "points-short"),
    *("transaction-limit", "member-limit", "member-day-limit", "repeated-in-basket", "not-stackable", "better-without"),
}


def _of_schema(name: str) -> set[str]:
    definition = json.loads((ROOT / "docs" / "offer.schema.json").read_text("utf-8"))["$defs"][name]["properties"]
    return set(definition["kind"]["examples"]) if name == "effect" else set(definition)


def test_a_wrong_answer_would_be_seen() -> None:
    case = next(case for case in CASES if case["expect"]["used"] and "lines" in case["expect"]["used"][0])
    answer = lane_answer(situation(case))
    answer["used"][0]["discount_minor"] += 1

    assert differing([(case, case["expect"], promised(answer, case["expect"]))])
    assert refusal("a", "expired", {"last_day": "2026-03-17", "name": "x"}) == {
        "id": "a",
        "reason": "expired",
        "last_day": "2026-03-17",
    }
    assert Path(ROOT / "docs" / "vectors" / "offers.json").stat().st_size < 6_000_000
