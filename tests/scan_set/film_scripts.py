"""What happens in the films: an empty counter, a busy one, two codes at once, a code that changes while it is shown.

Apart from how frames are made (``films``). Every film follows from its seed.
"""

from collections.abc import Callable
from math import hypot

import numpy as np

from pos_client.scanner.symbology import LINEAR, Symbology
from tests.scan_set.codes import CleanCode, random_code
from tests.scan_set.film_cards import Patch, bare_thing, paper_card, phone_card
from tests.scan_set.film_moves import Move, drawn_move
from tests.scan_set.films import Actor, Film

S = Symbology
SHOWN: tuple[Symbology, ...] = (S.QR_CODE, S.QR_CODE, S.QR_CODE, S.EAN13, S.CODE128, S.DATA_MATRIX)
"""What customers of a busy film show, as often as it stands here; all of it is in ``symbology.LIVE``."""

_READABLE_PX = 2.7
"""Pixels of a linear code's module below which a showing would be a matter of luck."""

_AGAIN_AFTER_S = 5.0
"""A text that is shown once more comes so long after it was gone: by any rule that is a showing of its own."""


def empty_film(
    seed: int, duration_s: float = 60.0, size: tuple[int, int] = (1280, 720), fps: float = 30.0, *, still: bool = False
) -> Film:
    """A counter where hands, bags and boxes pass, and nothing at all where it is ``still``; never a code."""
    rng = np.random.default_rng([seed, 1])
    actors = []
    t_s = float(rng.uniform(0.5, 2.0))
    while not still and t_s < duration_s - 1:
        actors.append(_passing(rng, size, t_s))
        t_s = actors[-1].move.gone_s + float(rng.uniform(0.2, 4.0))
    return Film(*size, fps, duration_s, seed, tuple(actors))


def busy_film(
    seed: int,
    showings: int = 20,
    size: tuple[int, int] = (1280, 720),
    fps: float = 30.0,
    kinds: tuple[Symbology, ...] = SHOWN,
    repeats: float = 0.1,
) -> Film:
    """Customers one after the other, each holding one code for 0.3 to 3 s; phones and papers, some with auto-exposure.

    Args:
        seed: of everything.
        showings: how many customers.
        size: width and height.
        fps: frames a second.
        kinds: to choose from for each.
        repeats: share of customers whose code is the one before, shown again.
    """
    rng = np.random.default_rng([seed, 2])
    actors: list[Actor] = []
    code, t_s = random_code(kinds[0], seed), 0.0
    for number in range(showings):
        is_again = number > 0 and float(rng.random()) < repeats
        t_s += _AGAIN_AFTER_S if is_again else float(rng.uniform(0.8, 3.0))
        if not is_again:
            code = random_code(kinds[int(rng.integers(0, len(kinds)))], seed * 100_003 + number)
        actors.append(_held(rng, code, size, t_s, float(rng.uniform(0.3, 3.0))))
        t_s = actors[-1].move.gone_s
    return Film(*size, fps, t_s + 1.0, seed, tuple(actors))


def twin_film(seed: int, showings: int = 10, size: tuple[int, int] = (1280, 720), fps: float = 30.0) -> Film:
    """Two different codes beside each other, held for 1 to 2 s: two scans for each pair."""
    rng = np.random.default_rng([seed, 3])
    actors: list[Actor] = []
    t_s = 0.5
    for number in range(showings):
        hold_s, gone_s = float(rng.uniform(1.0, 2.0)), t_s
        for side in (-1, 1):
            code = random_code(S.QR_CODE, seed * 100_003 + 2 * number + (side > 0))
            actor = _held(rng, code, size, t_s, hold_s, share=0.3, beside=side * 0.24)
            actors.append(actor)
            gone_s = max(gone_s, actor.move.gone_s)
        t_s = gone_s + float(rng.uniform(1.0, 2.0))
    return Film(*size, fps, t_s + 1.0, seed, tuple(actors))


def flicker_film(
    seed: int, hold_s: float = 5.0, turn_s: float = 0.2, size: tuple[int, int] = (1280, 720), fps: float = 30.0
) -> Film:
    """One phone whose code changes to and fro between two texts while it is held."""
    rng = np.random.default_rng([seed, 4])
    codes = [_sized(seed * 2 + number) for number in range(2)]
    actor = _held(rng, codes[0], size, 0.5, hold_s)
    width = float(np.ptp(actor.patches[0].code[:, 0]))
    patches = tuple(phone_card(code, width) for code in codes)
    flicker = Actor(actor.move, patches, tuple(code.text for code in codes), S.QR_CODE, 1.0, turn_s)
    return Film(*size, fps, actor.move.gone_s + 1.0, seed, (flicker,))


def _sized(seed: int) -> CleanCode:
    """A QR code of the size that all signed codes have."""
    code = random_code(S.QR_CODE, seed)
    while code.width != 49:
        seed += 1_000_003
        code = random_code(S.QR_CODE, seed)
    return code


def _held(
    rng: np.random.Generator,
    code: CleanCode,
    size: tuple[int, int],
    appears_s: float,
    hold_s: float,
    share: float | None = None,
    beside: float = 0.0,
) -> Actor:
    wide = 1.7 if code.symbology in LINEAR else 1.0
    part = share or float(rng.uniform(0.28, 0.5))
    card: Callable[[CleanCode, float], Patch] = phone_card if rng.random() < 0.6 else paper_card
    readable = _READABLE_PX * code.width if code.symbology in LINEAR else 0.0
    patch = card(code, max(readable, part * wide * size[1]))
    steady_s = appears_s + float(rng.uniform(0.25, 0.6))
    leaving_s = steady_s + hold_s
    times = (appears_s, steady_s, leaving_s, leaving_s + float(rng.uniform(0.2, 0.5)))
    # Who sees that a linear code is not read turns it; a matrix code is held as it comes.
    turned = 0.0 if code.symbology in LINEAR else 0.25
    move = drawn_move(rng, size, hypot(*patch.light.shape) / 2, times, turned)
    exposure = float(rng.choice((0.45, 1.0, 1.0, 1.9)))
    return Actor(_shifted(move, beside * size[0]), (patch,), (code.text,), code.symbology, exposure)


def _shifted(move: Move, across: float) -> Move:
    if not across:
        return move
    held = (move.place[0] + across, move.place[1])
    # Both cards of a pair come from below, so that neither passes before the other.
    below = (held[0], max(move.start[1], move.end[1], held[1]) + 1000.0)
    times = (move.appears_s, move.steady_s, move.leaving_s, move.gone_s)
    return Move(*times, below, held, below, 0.0, move.tremor)


def _passing(rng: np.random.Generator, size: tuple[int, int], appears_s: float) -> Actor:
    patch = bare_thing(rng, float(rng.uniform(0.2, 0.9)) * size[1])
    steady_s = appears_s + float(rng.uniform(0.4, 1.5))
    leaving_s = steady_s + float(rng.uniform(0.0, 2.0))
    times = (appears_s, steady_s, leaving_s, leaving_s + float(rng.uniform(0.3, 1.5)))
    return Actor(drawn_move(rng, size, hypot(*patch.light.shape) / 2, times), (patch,), exposure=1.0)
