"""What a scenario is, and what it answers; apart so that scenarios and the command do not know each other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .world import Plan, World


@dataclass(frozen=True, slots=True)
class Scenario:
    """One story.

    Attributes:
        name: on the command line. story: one sentence.
        play: lets it happen; what it returns are promises that did not hold, as sentences.
        plan: what stands in the box.
        most_excess: how many uses beyond the first may come of it at most; they must all be paired.
    """

    name: str
    story: str
    play: Callable[[World], list[str]]
    plan: Plan = field(default_factory=Plan)
    most_excess: int = 0
    coupon_minor: int = 1_000


def unless(holds: bool, sentence: str) -> list[str]:  # noqa: FBT001 - reads as a sentence
    """The sentence, unless what it is about holds."""
    return [] if holds else [sentence]
