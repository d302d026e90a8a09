"""The table of looks keeps its promises: every ratio is computed again, by WCAG 2.2, and so is every colour blindness.

Colour blindness: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light; distance: CIE 1976.
"""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from pos_client.ui.assets import resources_folder
from pos_client.ui.theme import Tokens

TOKENS = Tokens.load(resources_folder())
TEXT = 4.5
EDGE = 3.0
APART = 30.0

Vector = NDArray[np.float64]

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
EDGES = [
    ("border", "surface"),
    ("border", "bg"),
    ("brand", "surface"),
    ("brand", "bg"),
    ("disabled-text", "disabled-bg"),
]
MACHADO = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> Vector:
    """Return the linear light of a colour written #RRGGBB."""
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def ratio(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours."""
    bright, dark = sorted((float(np.dot([0.2126, 0.7152, 0.0722], linear(c))) for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def lab(light: Vector) -> Vector:
    """Return CIE L*a*b* of linear light."""
    relative = TO_XYZ @ np.clip(light, 0, 1) / WHITE
    f = np.where(relative > 216 / 24389, np.cbrt(relative), (24389 / 27 * relative + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, seen_by: str) -> float:
    """Return how far apart two colours are for somebody."""
    matrix = MACHADO[seen_by]
    return float(np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other))))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read(theme: str) -> None:
    colours = TOKENS.colour[theme]
    ratios = {f"{ink} on {ground}": ratio(colours[ink], colours[ground]) for ink, ground in WORDS}

    assert {pair: round(found, 2) for pair, found in ratios.items() if found < TEXT} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
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


@pytest.mark.parametrize(("seen_by", "smallest"), [("protan", 31), ("deutan", 42), ("tritan", 35), ("normal", 63)])
def test_verdicts_are_told_apart_by_everybody(seen_by: str, smallest: int) -> None:
    panels = [TOKENS.verdict[name]["panel"] for name in ("ok", "pending", "warn", "no")]
    distances = [distance(one, other, seen_by) for one, other in combinations(panels, 2)]

    assert round(min(distances)) == smallest
    assert min(distances) >= APART


def test_both_themes_have_the_same_tokens() -> None:
    assert set(TOKENS.colour["light"]) == set(TOKENS.colour["dark"])
    assert set(TOKENS.type["compact"]) == set(TOKENS.type["wide"])


def test_no_text_is_smaller_than_allowed() -> None:
    assert [size for table in TOKENS.type.values() for size in table.values() if size < 14] == []
