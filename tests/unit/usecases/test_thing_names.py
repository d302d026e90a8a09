"""A booth's things have the names of the offers that bring them, wherever somebody counts, takes or gives them."""

from dataclasses import replace
from typing import Final

import pytest

from pos_client.usecases.day_end import DayEnd
from pos_client.usecases.hand_over import thing_named
from pos_client.usecases.handing import handing_facts
from pos_client.usecases.till_session import TillSession
from tests import booth_builders as b
from tests import builders as a
from tests.unit.usecases.counter import CLERK, PROMOTER, Counter, OpenCounter, Tables
from tests.unit.usecases.office import DeskOffice

CAT: Final = {"kind": "gift", "item": "plush-cat", "name": {"zh": "毛绒小猫", "en": "Plush cat"}}
OIL: Final = {"kind": "sample", "item": "oil-30ml", "name": {"zh": "护发精油", "en": "Hair oil"}}
BOX: Final = {
    "kind": "reservation",
    "item": "gift-box",
    "name": {"zh": "礼盒", "en": "Gift box"},
    "price_minor": 29_900,
    "deposit_minor": 5_000,
}
NAMES: Final = {"plush-cat": "毛绒小猫", "oil-30ml": "护发精油", "gift-box": "礼盒", "unknown": "unknown"}


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    def shop(tables: Tables) -> None:
        offers = zip((6001, 6002, 6003), (CAT, OIL, BOX), strict=True)
        tables["offer"] += [a.offer_row(number, effects=[effect]) for number, effect in offers]
        tables["stock"] = [b.stock_row(item, 9) for item in NAMES]

    return open_counter(shop)


def test_who_counts_at_the_end_of_the_day_reads_names(counter: Counter) -> None:
    desk = replace(counter.desk, office=DeskOffice(counter.journal))

    counted = {one.item: one.name and one.name.in_language("zh") for one in DayEnd(desk, CLERK).open().to_count}

    assert counted == NAMES


def test_who_looks_at_the_shelf_reads_names(counter: Counter) -> None:
    facts = handing_facts(counter.desk, TillSession(counter.desk, CLERK, PROMOTER))

    assert {row.item: row.name.in_language("zh") for row in facts.stock} == NAMES


@pytest.mark.parametrize("item", NAMES)
def test_what_was_given_has_its_name_also_where_another_offer_brings_it(counter: Counter, item: str) -> None:
    assert thing_named(counter.desk, {"campaign": 6001, "item": item}).in_language("zh") == NAMES[item]
