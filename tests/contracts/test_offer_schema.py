"""docs/offer.schema.json accepts just the documents that the parser reads, but for the rules that it names in words.

Every effect kind and field stands in the strategies below; mutations take fields away, add unknown ones and put wrong
values in their places.
"""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema.validators import extend

from pos_client.domain.offers.offer import parse

SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "offer.schema.json").read_text("utf-8")
)
WHOLE, DEPOSIT, DATE = (
    "whole numbers are written whole",
    "a deposit is at most the price",
    "a date exists",
)
PLAIN = jsonschema.Draft202012Validator(SCHEMA)
# The schema with the first and the third rule in words: integers as JSON writes them, and dates of the calendar.
STRICT = extend(  # type: ignore[no-untyped-call]  # its stub names no types of the arguments
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    ),
)(SCHEMA, format_checker=jsonschema.FormatChecker(["date"]))
LEAST: dict[str, Any] = {"number": 1001, "name": "立减10", "effects": []}

COMPLETE: dict[str, Any] = {
    **dict.fromkeys(("item", "card", "event"), "x"),
    **dict.fromkeys(("amount_minor", "percent_hundredths", "price_minor", "per_minor"), 10),
    "deposit_minor": 0,
    **dict.fromkeys(("units", "quantity", "points", "count", "needed", "reward", "campaign", "cap_minor"), 2),
    "name": {"zh": "赠品", "en": "gift"},
}

MOST = 1 << 53
counts = st.integers(0, 5) | st.sampled_from([MOST, 10_000])
some = st.integers(1, 5) | st.just(MOST)
campaigns = st.sampled_from([0, 1001, 2**32 - 1])
words = st.text(max_size=5)
names = words | st.fixed_dictionaries({}, optional={"zh": words, "en": words})
lists = st.lists(words, max_size=3)
flags = st.booleans()
times = st.times().map(lambda each: f"{each:%H:%M}")


def effect(kind: str, optional: dict[str, Any] | None = None, **required: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of one kind of effect."""
    return st.fixed_dictionaries({"kind": st.just(kind), **required}, optional=optional or {})


percents = st.integers(1, 10_000)
EFFECTS = {
    "amount_off": effect("amount_off", {"amount_minor": counts}),
    "percent_off": effect("percent_off", {"cap_minor": counts}, percent_hundredths=percents | st.just(0)),
    "item_off": effect("item_off", {"units": some, "amount_minor": st.just(0)}, percent_hundredths=percents)
    | effect("item_off", {"units": some, "percent_hundredths": st.just(0)}, amount_minor=some),
    "fixed_price": effect("fixed_price", {"units": some}, price_minor=counts),
    "gift": effect("gift", {"quantity": some}, item=words, name=names),
    "sample": effect("sample", item=words, name=names),
    "points": effect("points", {"per_minor": counts}, points=some),
    "stamps": effect("stamps", {"count": some}, card=words, needed=some, reward=campaigns),
    "reward_coupon": effect("reward_coupon", {"count": some}, campaign=campaigns),
    "pass_code": effect("pass_code", campaign=campaigns),
    "reservation": effect(
        "reservation", {"deposit_minor": st.integers(0, 9)}, item=words, name=names, price_minor=st.just(9)
    ),
    "arrival": effect("arrival", event=words, name=names),
}
conditions = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("min_spend_minor", "min_quantity", "per_member_per_day", "per_member"), counts),
        **dict.fromkeys(("per_transaction", "total_uses"), counts),
        **dict.fromkeys(("categories", "brands", "gtins", "except_categories", "except_gtins"), lists),
        **dict.fromkeys(("channels", "levels"), lists),
        "stores": st.lists(st.integers(), max_size=3),
        "member": st.sampled_from(["none", "any", "bound", "sometimes"]),
        "new_member": flags,
        **dict.fromkeys(("starts", "ends"), st.dates().map(str)),
        "weekdays": st.lists(st.integers(1, 7), max_size=3),
        "hours": st.lists(st.builds("{}-{}".format, times, times), max_size=2),
    },
)
stacking = st.fixed_dictionaries(
    {},
    optional={
        "group": words,
        "exclusive": flags,
        "order": st.integers(-1000, 3),
        "not_with": st.lists(st.integers(), max_size=2),
    },
)
offline = st.fixed_dictionaries(
    {},
    optional={
        "policy": st.sampled_from(["deny", "home_store", "up_to", "allow", "?"]),
        "value_minor": counts,
        "max_age_s": counts,
    },
)
documents = st.fixed_dictionaries(
    {"number": counts, "name": names, "effects": st.lists(st.one_of(*EFFECTS.values()), max_size=2)},
    optional={
        "brand": words,
        "conditions": conditions,
        "stacking": stacking,
        "offline": offline,
        "redeem_on": st.sampled_from(["scan", "confirm"]),
        "max_uses": some,
        "on": st.sampled_from(["coupon", "purchase", "bind", "full-moon"]),
        "partial": flags,
        "restore_on_return": flags,
        "points_price": counts,
    },
)
WRONG: list[Any] = [
    *(None, True, False, -1001, -1, 0, 1, 8, 10_001, 2**32, MOST, MOST + 1, 1.0, 1.5, [], {}, [1], [0], [True], ["x"]),
    *([1.0], [[]], {"zh": 1}, {"en": None}, {"kind": "free_lunch"}, [{"kind": 1}], [{}], "", "x", "none", "amount_off"),
    *("2026-02-30", "2026-2-3", "20260301", "2026-W10-1", "0000-01-01", "2026-03-01\n", "2026-03-01T00:00"),
    *(
        ["09:00-24:00"],
        ["9:00-12:00"],
        ["09:00-12:00\n"],
        ["09:00Z-12:00Z"],
        ["09:00"],
        ["22:00-02:00"],
        ["٠٩:٠٠-١٢:٠٠"],
    ),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything below a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        yield (*path, key)
        yield from places(below, (*path, key))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A document with one or two faults, or with something that is new."""
    document: dict[str, Any] = copy.deepcopy(draw(documents))
    for _ in range(draw(st.integers(1, 2))):
        found = list(places(document))
        if not found:
            continue
        *above, last = draw(st.sampled_from(found))
        parent: Any = document
        for key in above:
            parent = parent[key]
        change = draw(st.sampled_from(["remove", "replace", "replace", "replace", "add"]))
        if change == "remove":
            del parent[last]
        elif change == "replace":
            parent[last] = copy.deepcopy(draw(st.sampled_from(WRONG)))
        elif isinstance(parent, dict):
            parent["of_a_later_version"] = draw(st.sampled_from(WRONG))
    return document


def is_read(document: Any) -> bool:
    """Whether the parser takes it."""
    try:
        parse(document)
    except (KeyError, ValueError, TypeError):
        return False
    return True


def has_high_deposit(document: Any) -> bool:
    """Whether the second rule in words is broken."""
    effects = document["effects"]
    return any(each["kind"] == "reservation" and each.get("deposit_minor", 0) > each["price_minor"] for each in effects)


def is_allowed(document: Any) -> bool:
    """Whether schema and rules in words take it."""
    return bool(STRICT.is_valid(document)) and not has_high_deposit(document)


def assert_same(document: dict[str, Any], *, taken: bool | None = None) -> None:
    """Parser and schema answer alike, and as expected where that is said."""
    expected = is_allowed(document) if taken is None else taken
    assert (document, is_read(document), is_allowed(document)) == (document, expected, expected)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_each_kind_is_tried() -> None:
    assert set(SCHEMA["$defs"]["effect"]["properties"]["kind"]["examples"]) == set(EFFECTS)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_both_take_what_is_right(document: dict[str, Any]) -> None:
    assert PLAIN.is_valid(document)
    assert is_read(document)


@settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_both_refuse_the_same(document: dict[str, Any]) -> None:
    assert is_read(document) == is_allowed(document)


@pytest.mark.parametrize(
    ("kind", "change"),
    [(kind, {}) for kind in sorted(set(EFFECTS) - {"item_off"})]
    + [("item_off", {"percent_hundredths": 0}), ("item_off", {"amount_minor": 0})],
    ids=str,
)
def test_each_field_of_each_kind(kind: str, change: dict[str, Any]) -> None:
    fields = SCHEMA["$defs"][kind]["properties"]
    assert set(fields) - {"kind"} <= set(COMPLETE)
    whole = {"kind": kind} | {field: COMPLETE[field] for field in fields if field != "kind"} | change
    assert_same(LEAST | {"effects": [whole]}, taken=True)
    for field in fields:
        assert_same(LEAST | {"effects": [{name: value for name, value in whole.items() if name != field}]})
        for wrong in WRONG:
            assert_same(LEAST | {"effects": [whole | {field: wrong}]})


@pytest.mark.parametrize("field", sorted(SCHEMA["properties"]))
def test_each_field_at_the_top(field: str) -> None:
    assert_same({name: value for name, value in LEAST.items() if name != field})
    for wrong in WRONG:
        assert_same(LEAST | {field: wrong})


@pytest.mark.parametrize("section", ["conditions", "stacking", "offline"])
@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_each_field_of_each_section(section: str, wrong: Any) -> None:
    for field in SCHEMA["$defs"][section]["properties"]:
        assert_same(LEAST | {section: {field: wrong}})


@pytest.mark.parametrize("document", [None, [], "offer", 7, {}], ids=repr)
def test_both_refuse_what_is_no_offer(document: Any) -> None:
    assert not PLAIN.is_valid(document)
    assert not is_read(document)


RESERVED = {"kind": "reservation", "item": "r", "name": "r", "price_minor": 5, "deposit_minor": 6}


@pytest.mark.parametrize(
    ("rule", "document"),
    [
        pytest.param(WHOLE, LEAST | {"number": 5.0}, id=WHOLE),
        pytest.param(DEPOSIT, LEAST | {"effects": [RESERVED]}, id=DEPOSIT),
        pytest.param(DATE, LEAST | {"conditions": {"ends": "2026-02-30"}}, id=DATE),
    ],
)
def test_rules_that_a_schema_cannot_say_stand_in_its_description(rule: str, document: dict[str, Any]) -> None:
    assert f"`{rule}`" in SCHEMA["description"]
    assert PLAIN.is_valid(document)
    assert not is_read(document)
    assert not is_allowed(document)
