"""Writes docs/vectors/offers.json, the published test vectors of offers, or checks that it is current.

What is expected is found by the evaluator in ``tests/paper_*.py``, which reads plain documents, tries everything and
shares no code with the program.

    .venv/bin/python script/offer_vectors.py            write the file
    .venv/bin/python script/offer_vectors.py --check    exit 1 where the file is not what this script writes
"""

import json
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import offer_grid  # noqa: E402 - the evaluator's folder must be known first
from offer_chances import choices, choices_of_amount, single  # noqa: E402
from vector_file import write_or_compare  # noqa: E402

from tests.paper_case import answer  # noqa: E402

Case = dict[str, Any]

TARGET = ROOT / "docs" / "vectors" / "offers.json"
FLOOR_MINOR = 5_000
SINGLES, CHOICES, SUBSETS, AMOUNTS = 2_000, 500, 3, 300
FIRST_NUMBER = 1_001


class Shelf:
    """Documents that several cases share, each written once, in the order in which they came."""

    def __init__(self) -> None:
        self.documents: list[Case] = []
        self._places: dict[str, int] = {}

    def place(self, document: Case) -> int:
        """Where the document stands."""
        key = json.dumps(document, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.documents)
            self.documents.append(document)
        return self._places[key]


class Offers(Shelf):
    """Offers, each a campaign of its own."""

    def place(self, document: Case) -> int:
        """Where the offer stands; its campaign's number is that place beyond the first."""
        # Rivals are named by number, so they are put on the shelf first, and an offer may be its own.
        rivals = [rival for rival in document.get("rivals", []) if rival is not document]
        written = {name: value for name, value in document.items() if name != "rivals" and value != {}}
        if rivals != document.get("rivals", []):
            written["stacking"] = {**written.get("stacking", {}), "not_with": [FIRST_NUMBER + len(self.documents)]}
        elif rivals:
            known = [FIRST_NUMBER + self.place({**rival, "rivals": []}) for rival in rivals]
            written["stacking"] = {**written.get("stacking", {}), "not_with": known}
        place = super().place(written)
        number = FIRST_NUMBER + place
        self.documents[place] = {"number": number, "name": f"offer {number}", **written}
        return place


def families() -> Iterator[tuple[str, Case]]:
    """The name of a family, and a case of it."""
    grids = ("effects_over_baskets", "thresholds", "moments_and_places", "members_and_limits")
    grids += ("points_and_triggers", "offline_and_uses")
    for grid in grids:
        for case in getattr(offer_grid, grid)():
            yield grid.replace("_", "-"), case
    for seed in range(SINGLES):
        yield "single", single(seed)
    for case in chain.from_iterable(choices(seed, SUBSETS) for seed in range(CHOICES)):
        yield "choice", case
    for case in chain.from_iterable(map(choices_of_amount, range(AMOUNTS))):
        yield "choice-of-amount", case
    for case in offer_grid.limited_in_all():
        yield "limited-in-all", case


def document() -> dict[str, Any]:
    """The whole file."""
    shelves = {"places": Shelf(), "members": Shelf(), "baskets": Shelf(), "offers": Offers()}
    cases: list[Case] = []
    for family, drawn in families():
        case = placed(drawn, shelves)
        expect = answer(in_full(case, shelves), FLOOR_MINOR)
        cases.append({"name": f"{family}-{len(cases):05d}", **case, "expect": expect})
    head = {"format": "pos-client offer vectors", "version": 1, "floor_value_minor": FLOOR_MINOR}
    return head | {name: shelf.documents for name, shelf in shelves.items()} | {"cases": cases}


def placed(drawn: Case, shelves: dict[str, Shelf]) -> Case:
    """A case that names shared documents by their places."""
    coupons = [{**coupon, "offer": shelves["offers"].place(coupon["offer"])} for coupon in drawn["coupons"]]
    case: Case = {"place": shelves["places"].place(drawn["place"])}
    for name in ("member", "basket"):
        if name in drawn:
            case[name] = shelves[f"{name}s"].place(drawn[name])
    if "earlier_here" in drawn and "member" in drawn:
        number = shelves["offers"].documents[coupons[0]["offer"]]["number"]
        case["earlier"] = {str(number): drawn["earlier_here"]}
    return case | {"coupons": coupons}


def in_full(case: Case, shelves: dict[str, Shelf]) -> Case:
    """The case with the documents in the places of their numbers."""
    offers = shelves["offers"].documents
    full = {**shelves["places"].documents[case["place"]], "earlier": case.get("earlier", {})}
    for name in ("member", "basket"):
        full[name] = shelves[f"{name}s"].documents[case[name]] if name in case else None
    return full | {"coupons": [{**coupon, "offer": offers[coupon["offer"]]} for coupon in case["coupons"]]}


def written(vectors: dict[str, Any]) -> str:
    """JSON with one shared document or case a line, so that a change shows as the lines that it changes."""
    parts = []
    for name, value in vectors.items():
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(each, separators=(",", ":"), ensure_ascii=True) for each in value)
            parts.append(f"{json.dumps(name)}:[\n{lines}\n]")
        else:
            parts.append(f"{json.dumps(name)}:{json.dumps(value)}")
    return "{" + ",\n".join(parts) + "}\n"


def main() -> int:
    """Write the file, or compare it."""
    return write_or_compare(TARGET, written(document()))


if __name__ == "__main__":
    sys.exit(main())
