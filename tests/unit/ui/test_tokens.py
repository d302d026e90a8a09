"""The table of looks keeps its promises: every ratio is computed again, and so is every colour blindness."""

from itertools import combinations

import pytest

from pos_client.ui.assets import resources_folder
from pos_client.ui.theme import Tokens

from .colours import distance, ratio

TOKENS = Tokens.load(resources_folder())
TEXT = 4.5
EDGE = 3.0
APART = 30.0
KIOSK_BODY = 7.0
THEMES = ["light", "dark", "contrast"]

# what is written, on what
WORDS = [
    ("text", "surface"),
    ("text", "bg"),
    ("text", "sunken"),
    ("text", "brand-tint"),
    ("text-muted", "surface"),
    ("text-muted", "bg"),
    ("text-muted", "sunken"),
    ("on-brand", "brand"),
    ("on-brand", "brand-press"),
    ("on-offline", "offline"),
    ("on-ok-tint", "ok-tint"),
    ("on-warn-tint", "warn-tint"),
    ("on-no-tint", "no-tint"),
    ("on-info-tint", "info-tint"),
    ("on-pending-tint", "pending-tint"),
    ("on-viewfinder", "viewfinder"),
    # icons of rows carry meaning, and stand on a card
    ("on-ok-tint", "surface"),
    ("on-warn-tint", "surface"),
    ("on-no-tint", "surface"),
    ("on-info-tint", "surface"),
    ("on-pending-tint", "surface"),
    ("brand-ink", "brand-tint"),
]
# What the paper on looks (UX 3.1) says of each pair, rounded as it is written there.
PAPER = {
    "light": {
        ("text", "surface"): 16.6,
        ("text", "bg"): 15.3,
        ("text-muted", "surface"): 7.6,
        ("text-muted", "bg"): 7.0,
        ("border", "surface"): 3.7,
        ("border", "bg"): 3.4,
        ("on-brand", "brand"): 6.6,
        ("on-brand", "brand-press"): 9.3,
        ("on-offline", "offline"): 12.3,
        ("offline-edge", "offline"): 4.1,
        ("on-ok-tint", "ok-tint"): 7.9,
        ("on-warn-tint", "warn-tint"): 8.8,
        ("on-no-tint", "no-tint"): 8.0,
        ("on-info-tint", "info-tint"): 8.1,
        ("disabled-text", "disabled-bg"): 3.8,
    },
    "dark": {("text", "bg"): 16.3, ("text-muted", "bg"): 9.4, ("text", "surface"): 14.3, ("border", "bg"): 4.1},
}
PAPER_OF_VERDICTS = {
    ("ok", "text"): 5.24,
    ("warn", "text"): 10.3,
    ("no", "text"): 6.54,
    ("pending", "text"): 10.0,
    ("info", "text"): 6.7,
    ("system", "text"): 9.9,
    ("warn", "edge"): 5.5,
    ("pending", "edge"): 8.3,
}
EDGES = [
    ("border", "surface"),
    ("border", "bg"),
    ("brand", "surface"),
    ("brand", "bg"),
    ("disabled-text", "disabled-bg"),
    ("offline-edge", "offline"),
    # Whatever a chart draws with stands on a card.
    *((name, "surface") for name in TOKENS.colour["light"] if name.startswith("chart")),
]


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read(theme: str) -> None:
    colours = TOKENS.colour[theme]
    ratios = {f"{ink} on {ground}": ratio(colours[ink], colours[ground]) for ink, ground in WORDS}

    assert {pair: round(found, 2) for pair, found in ratios.items() if found < TEXT} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_can_be_seen(theme: str) -> None:
    colours = TOKENS.colour[theme]
    ratios = {f"{edge} on {ground}": ratio(colours[edge], colours[ground]) for edge, ground in EDGES}

    assert {pair: round(found, 2) for pair, found in ratios.items() if found < EDGE} == {}


def test_verdicts_can_be_read() -> None:
    found = {
        (name, ground): ratio(parts["text"], parts[ground])
        for name, parts in TOKENS.verdict.items()
        for ground in ("panel", "bubble")
    }
    light = TOKENS.colour["light"]["surface"]
    edges = {name: ratio(parts["edge"], light) for name, parts in TOKENS.verdict.items()}

    assert {place: round(value, 2) for place, value in found.items() if value < TEXT} == {}
    assert {name: round(value, 2) for name, value in edges.items() if value < EDGE} == {}
    assert round(min(found.values()), 2) == 5.24


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_paper_says_what_is_so(theme: str) -> None:
    colours = TOKENS.colour[theme]
    found = {pair: ratio(colours[pair[0]], colours[pair[1]]) for pair in PAPER[theme]}

    assert {pair: round(value, 2) for pair, value in found.items() if abs(value - PAPER[theme][pair]) > 0.06} == {}


def test_the_paper_says_what_is_so_of_verdicts() -> None:
    grounds = {"text": "panel", "edge": None}
    found = {}
    for (name, part), said in PAPER_OF_VERDICTS.items():
        parts, ground = TOKENS.verdict[name], grounds[part]
        value = ratio(parts[part], parts[ground] if ground else TOKENS.colour["light"]["surface"])
        found[name, part] = (said, round(value, 2))

    assert {place: pair for place, pair in found.items() if abs(pair[0] - pair[1]) > 0.06} == {}


def test_a_weak_pair_and_a_close_pair_are_seen() -> None:
    # The traffic light of another till: amber with white words, and its green beside its red.
    assert ratio("#FFB419", "#FFFFFF") < TEXT
    assert distance("#3FBF6F", "#D36060", "deutan") < APART
    assert round(ratio("#000000", "#FFFFFF"), 2) == 21.0


def test_every_colour_of_the_table_is_computed() -> None:
    computed = {name for pair in (*WORDS, *EDGES) for name in pair}
    # A hairline parts what is already apart by its ground; a tone of a ground needs no contrast of its own.
    decoration = {"hairline"}

    assert set(TOKENS.colour["light"]) - computed - decoration == set()


@pytest.mark.parametrize(("seen_by", "smallest"), [("protan", 31), ("deutan", 42), ("tritan", 35), ("normal", 63)])
def test_verdicts_are_told_apart_by_everybody(seen_by: str, smallest: int) -> None:
    panels = [TOKENS.verdict[name]["panel"] for name in ("ok", "pending", "warn", "no")]
    distances = [distance(one, other, seen_by) for one, other in combinations(panels, 2)]

    assert round(min(distances)) == smallest
    assert min(distances) >= APART


def test_a_kiosk_is_read_by_more_people_than_a_till() -> None:
    contrast, light = TOKENS.colour["contrast"], TOKENS.colour["light"]
    plain = [("text", "surface"), ("text", "bg"), ("text-muted", "bg")]
    found = {pair: ratio(light[pair[0]], light[pair[1]]) for pair in plain}
    strong = {pair: ratio(contrast[pair[0]], contrast[pair[1]]) for pair in WORDS}

    assert {pair: round(value, 2) for pair, value in {**found, **strong}.items() if value < KIOSK_BODY - 0.05} == {}
    assert min(TOKENS.type["kiosk"].values()) == 28
    assert min(TOKENS.type["kiosk-large"].values()) == 42


def test_all_themes_have_the_same_tokens() -> None:
    assert len({frozenset(TOKENS.colour[theme]) for theme in THEMES}) == 1
    assert len({frozenset(sizes) for sizes in TOKENS.type.values()}) == 1


def test_no_text_is_smaller_than_allowed() -> None:
    assert [size for table in TOKENS.type.values() for size in table.values() if size < 14] == []


@pytest.mark.parametrize("table", ["light", "dark"])
@pytest.mark.parametrize("series", [1, 2, 3, 4])
def test_bars_stand_out_from_their_ground(table: str, series: int) -> None:
    colours = TOKENS.colour[table]

    assert ratio(colours[f"chart-{series}"], colours["surface"]) >= EDGE
