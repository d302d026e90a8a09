"""What is learned of a gun from five scans, and which keys are a person's meanwhile."""

from random import Random

import pytest

from pos_client.config.settings import WedgeSettings
from pos_client.devices.gun_lesson import WANTED, GapReport, GunLesson, layout_of, learn_timing
from pos_client.devices.wedge import KeyKind, WedgeClassifier, WedgeTiming
from pos_client.usecases.gun_view import TEST_TEXT, Advice, GunFindings, Layout


class Gun:
    """Types into a lesson."""

    def __init__(self, lesson: GunLesson, gap_ms: int = 12, prefix: str = "", suffix: str = "Enter") -> None:
        self.lesson, self.gap_ms, self.prefix, self.suffix = lesson, gap_ms, prefix, suffix
        self.time_ms = 1_000

    def press(self, character: str = "", name: str = "", after_ms: int | None = None) -> bool:
        self.time_ms += self.gap_ms if after_ms is None else after_ms
        return self.lesson.key(character, name, self.time_ms)

    def shoot(self, text: str = TEST_TEXT, times: int = 1) -> list[bool]:
        taken = []
        for _ in range(times):
            self.time_ms += 1_000
            taken += [self.press(name=self.prefix)] if self.prefix else []
            taken += [self.press(sign) for sign in text]
            taken += [self.press(name=self.suffix)] if self.suffix else []
            self.lesson.silence(self.time_ms + 400)
        return taken


def test_a_gun_s_timing_is_learned_from_test_scans() -> None:
    scans = [[0, 12, 24, 40, 52], [1_000, 1_012, 1_110]]
    timing = WedgeTiming(max_gap_ms=147, median_gap_ms=35, silence_ms=167)
    assert learn_timing(scans) == GapReport(12, 98, timing)


@pytest.mark.parametrize("times", [[0, 80, 160, 240], [0, 10, 20, 30, 240]])
def test_a_gun_as_slow_as_a_person_gets_no_timing(times: list[int]) -> None:
    assert learn_timing([times]).proposal is None


def test_nothing_can_be_learned_from_no_gap() -> None:
    with pytest.raises(ValueError, match="two keys"):
        learn_timing([[5], []])


@pytest.mark.parametrize("seed", range(50))
def test_every_proposal_can_be_kept_and_takes_the_gun_that_it_was_learned_from(seed: int) -> None:
    chance = Random(seed)
    slowest = chance.choice([2, 20, 60, 90, 150])
    scans = [[sum(gaps[:place]) for place in range(37)] for gaps in _jittered(chance, slowest)]
    proposal = learn_timing(scans).proposal
    if proposal is None:
        return
    WedgeSettings(max_gap_ms=proposal.max_gap_ms, median_gap_ms=proposal.median_gap_ms, silence_ms=proposal.silence_ms)
    classifier = WedgeClassifier(proposal)
    found = []
    for scan, times in enumerate(scans):
        for at_ms, sign in zip(times, TEST_TEXT, strict=False):
            classifier.key(KeyKind.CHARACTER, sign, 10_000 * (scan + 1) + at_ms)
        found.append(classifier.key(KeyKind.SUFFIX, "", 10_000 * (scan + 1) + times[-1]).burst)

    assert [burst.text if burst else "" for burst in found] == [TEST_TEXT] * len(scans)


def _jittered(chance: Random, slowest_ms: int) -> list[list[int]]:
    return [[chance.choice([1, 1, 2, slowest_ms]) for _ in range(36)] for _ in range(WANTED)]


def test_five_scans_propose_a_timing() -> None:
    lesson = GunLesson()
    taken = Gun(lesson).shoot(times=WANTED)

    assert set(taken) == {True}
    assert lesson.findings() == GunFindings(
        scans=5,
        latest=TEST_TEXT,
        p50_ms=12,
        p99_ms=12,
        suffix="Enter",
        layout=Layout.RIGHT,
        advice=Advice.TIMING,
        values={"prefix": "", "max_gap_ms": 80, "median_gap_ms": 35, "silence_ms": 100},
    )


def test_before_the_fifth_nothing_is_proposed() -> None:
    lesson = GunLesson()
    Gun(lesson).shoot(times=4)

    assert (lesson.findings().advice, lesson.findings().values) == (Advice.MORE, {})
    assert GunLesson().findings() == GunFindings()


@pytest.mark.parametrize("prefix", ["F9", "STX"])
@pytest.mark.parametrize("gap_ms", [5, 200])
def test_a_prefix_that_is_always_there_is_proposed_at_any_speed(prefix: str, gap_ms: int) -> None:
    lesson = GunLesson()
    Gun(lesson, gap_ms, prefix=prefix, suffix="Tab").shoot(times=WANTED)
    found = lesson.findings()

    assert (found.prefix, found.suffix, found.advice, found.values) == (
        prefix,
        "Tab",
        Advice.PREFIX,
        {"prefix": prefix},
    )
    assert WedgeSettings.model_validate(found.values).prefix == prefix


def test_a_prefix_that_is_missing_once_is_none() -> None:
    lesson = GunLesson()
    Gun(lesson, prefix="F9").shoot(times=4)
    Gun(lesson).shoot()

    assert (lesson.findings().prefix, lesson.findings().advice) == ("", Advice.TIMING)


def test_a_gun_without_a_suffix_is_heard_by_its_silence() -> None:
    lesson = GunLesson()
    Gun(lesson, suffix="").shoot(times=2)

    assert (lesson.findings().scans, lesson.findings().suffix) == (2, "")


def test_a_slow_gun_is_told_to_get_a_prefix() -> None:
    lesson = GunLesson()
    Gun(lesson, gap_ms=70).shoot(times=WANTED)

    assert (lesson.findings().advice, lesson.findings().values) == (Advice.TOO_SLOW, {})


def test_a_second_suffix_is_the_gun_s() -> None:
    lesson = GunLesson()
    gun = Gun(lesson)
    for sign in "71002600":
        gun.press(sign)

    assert gun.press(name="Enter") is True
    assert gun.press(name="Enter", after_ms=5) is True
    assert gun.press(name="Enter", after_ms=600) is False
    assert lesson.findings().scans == 1


def test_a_person_s_keys_are_a_person_s() -> None:
    lesson = GunLesson()
    person = Gun(lesson, gap_ms=300)

    assert [person.press(name="Enter"), person.press(name="Tab"), person.press(" "), person.press()] == [False] * 4
    assert [person.press("1"), person.press("3"), person.press(name="Enter")] == [True, True, False]
    assert lesson.findings() == GunFindings()


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (TEST_TEXT, Layout.RIGHT),
        (TEST_TEXT.lower(), Layout.CASE),
        (TEST_TEXT.replace("Z", "#").replace("Y", "Z").replace("#", "Y"), Layout.WRONG),
        ("à&é\"'(-è_ç" + TEST_TEXT[10:], Layout.WRONG),
        (TEST_TEXT.replace("7", ""), Layout.LOST),
        (TEST_TEXT.replace("7", "77"), Layout.LOST),
        ("71002600418833", Layout.NOT_SEEN),
        ("", Layout.NOT_SEEN),
    ],
)
def test_what_became_of_the_test_code(text: str, layout: Layout) -> None:
    assert layout_of(text) is layout
