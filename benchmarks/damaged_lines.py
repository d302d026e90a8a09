"""Lines across EAN-13 out of focus, whole and damaged from top to bottom: how often another number is made of them.

Run as ``script/bench damaged_lines``. Upper and lower half of a code share such damage, so that two of them prove
nothing: what counts is whether the fit (``scanner/decoders/fitted``) doubts. Lines are drawn without a picture, 600 a
row or 6,000 with ``--full``: bent, unevenly lit, noisy, half of them with the grey levels of a camera, half reversed.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from pos_client.domain.codes.check_digits import gs1_check_digit
from pos_client.scanner.decoders.fitted.blur import spread_out
from pos_client.scanner.decoders.fitted.fit import fit_ean13, promising
from pos_client.scanner.decoders.fitted.symbol import MODULES, Numbers, modules_of

_QUIET: Final = 8
_DARK, _LIGHT = 50.0, 200.0


def run(*, quick: bool = True) -> dict[str, Any]:
    """Rows: one for each kind of damage."""
    return {"rows": [_row(name, damage, 600 if quick else 6000) for name, damage in _DAMAGES.items()]}


def _row(name: str, damage: "Damage", count: int) -> dict[str, Any]:
    rng = np.random.default_rng([len(name), count])
    counts: Counter[str] = Counter()
    for _ in range(count):
        text = _number(rng)
        line = _line(rng, *damage(rng, modules_of(text)))
        fit = fit_ean13(line, promising(line))
        if fit is not None and fit.is_likely:
            verdict = "right" if fit.text == text and name != "bars that are no EAN-13" else "wrong"
            counts[verdict] += 1
            counts[f"{verdict} without doubt"] += fit.is_sure
    return {
        "work": f"fit {count} lines: {name}",
        "measured": ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind]) or "none",
        "floor": "",
        "ratio": f"{counts['wrong without doubt'] / count:.2%}",
        "goal": "0.00%" if name == "whole" else "",
        "counts": dict(counts),
    }


_KINDS = ("right", "right without doubt", "wrong", "wrong without doubt")
Shade = Callable[[Numbers, float], Numbers]
Damage = Callable[[np.random.Generator, Numbers], tuple[Numbers, Shade]]
"""Changes modules, and then the grey levels of a line, given the pixels of a module."""


def _as_it_is(line: Numbers, _module_px: float) -> Numbers:
    return line


def _whole(_rng: np.random.Generator, modules: Numbers) -> tuple[Numbers, Shade]:
    return modules, _as_it_is


def _hidden(rng: np.random.Generator, modules: Numbers) -> tuple[Numbers, Shade]:
    place, width, shade = rng.uniform(0.15, 0.85), rng.uniform(1, 8), rng.choice([_DARK, _LIGHT, 230.0])

    def hide(line: Numbers, module_px: float) -> Numbers:
        far = np.abs(np.arange(len(line)) - place * len(line))
        return np.where(far < width * module_px / 2, shade, line)

    return modules, hide


def _smudged(rng: np.random.Generator, modules: Numbers) -> tuple[Numbers, Shade]:
    place, width, depth = rng.uniform(0.15, 0.85), rng.uniform(1, 8), rng.uniform(-100, 100)

    def smudge(line: Numbers, module_px: float) -> Numbers:
        far = (np.arange(len(line)) - place * len(line)) / (width * module_px)
        return np.asarray(line + depth * np.exp(-(far**2)))

    return modules, smudge


def _misprinted(rng: np.random.Generator, modules: Numbers) -> tuple[Numbers, Shade]:
    places = rng.integers(3, MODULES - 3, int(rng.integers(1, 4)))
    modules[places] = 1 - modules[places]
    return modules, _as_it_is


def _cut_off(rng: np.random.Generator, modules: Numbers) -> tuple[Numbers, Shade]:
    lost = int(rng.integers(1, 12))
    return np.r_[modules[lost:], np.zeros(lost)], _as_it_is


def _other_bars(rng: np.random.Generator, _modules: Numbers) -> tuple[Numbers, Shade]:
    bars = np.repeat(np.arange(MODULES) % 2 == 0, rng.integers(1, 5, MODULES))[:MODULES].astype(np.float64)
    bars[[0, -1]] = 1.0
    return bars, _as_it_is


_DAMAGES: dict[str, Damage] = {
    "whole": _whole,
    "a stretch of 1 to 8 modules hidden": _hidden,
    "a smudge": _smudged,
    "one to three modules misprinted": _misprinted,
    "cut off": _cut_off,
    "bars that are no EAN-13": _other_bars,
}


def _number(rng: np.random.Generator) -> str:
    body = "".join(str(digit) for digit in rng.integers(0, 10, 12))
    return body + gs1_check_digit(body)


def _line(rng: np.random.Generator, modules: Numbers, shade: Shade) -> Numbers:
    module_px, bend = rng.uniform(3, 8), rng.uniform(-0.06, 0.06)
    full = np.r_[np.zeros(_QUIET), modules, np.zeros(_QUIET)]
    length = int(len(full) * module_px)
    parts = (np.arange(length) + 0.5) / length
    darkness = spread_out(rng.uniform(0.4, 2.0), (parts + bend * parts * (1 - parts)) * len(full), len(full)) @ full
    line = shade(_LIGHT - (_LIGHT - _DARK) * darkness, module_px) * (1 + rng.uniform(-0.3, 0.3) * (parts - 0.5))
    line = np.clip(line + rng.normal(0, rng.uniform(0.5, 6), length), 0, 255)
    if rng.random() < 0.5:
        line = 255 * (line / 255) ** 0.6
    return np.asarray(line[::-1] if rng.random() < 0.5 else line)
