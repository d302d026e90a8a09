"""A gun that types is told from a person who types, by its keys' times alone."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.devices.wedge import (
    Burst,
    Fate,
    KeyAnswer,
    KeyKind,
    WedgeClassifier,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TEXTS = st.text(ALPHABET, min_size=6, max_size=60)


def typed(classifier: WedgeClassifier, text: str, gaps: list[int], start_ms: int) -> tuple[list[KeyAnswer], int]:
    """Type a text with these gaps before each key but the first; give the answers and the last key's time."""
    at_ms = start_ms
    answers = []
    for index, sign in enumerate(text):
        at_ms += gaps[index - 1] if index else 0
        answers.append(classifier.key(KeyKind.CHARACTER, sign, at_ms))
    return answers, at_ms


@pytest.mark.parametrize("gap_ms", [0, 5, 20, 35])
@pytest.mark.parametrize("ending", ["enter", "silence"])
def test_ten_thousand_scans_are_recognised_by_their_speed(gap_ms: int, ending: str) -> None:
    rng = random.Random(gap_ms)
    classifier = WedgeClassifier()
    recognised = 0
    at_ms = 0
    for _ in range(10_000):
        text = "".join(rng.choices(ALPHABET, k=rng.randint(6, 30)))
        answers, at_ms = typed(classifier, text, [gap_ms] * (len(text) - 1), at_ms + 500)
        assert all(answer.fate is Fate.UNDETERMINED for answer in answers)
        if ending == "enter":
            last = classifier.key(KeyKind.SUFFIX, "", at_ms + gap_ms)
            assert last.fate is Fate.SWALLOW
        else:
            last = classifier.silence(at_ms + 100)
        recognised += last.burst == Burst(text, len(text))
    assert recognised == 10_000


@pytest.mark.parametrize("gap_ms", [0, 5, 20, 35, 50, 80])
def test_ten_thousand_scans_with_a_prefix_are_recognised_at_any_speed(gap_ms: int) -> None:
    rng = random.Random(gap_ms)
    classifier = WedgeClassifier()
    recognised = 0
    at_ms = 0
    for _ in range(10_000):
        text = "".join(rng.choices(ALPHABET, k=rng.randint(1, 30)))
        at_ms += 500
        fates = [classifier.key(KeyKind.PREFIX, "", at_ms).fate]
        answers, at_ms = typed(classifier, text, [gap_ms] * (len(text) - 1), at_ms + gap_ms)
        last = classifier.key(KeyKind.SUFFIX, "", at_ms + gap_ms)
        fates += [answer.fate for answer in [*answers, last]]
        assert set(fates) == {Fate.SWALLOW}
        recognised += last.burst == Burst(text, 0)
    assert recognised == 10_000


@given(text=TEXTS, data=st.data())
def test_jitter_of_a_gun_does_not_matter(text: str, data: st.DataObject) -> None:
    count = len(text) - 1
    gaps = data.draw(st.lists(st.integers(0, 35), min_size=count, max_size=count))
    slow = data.draw(st.sets(st.integers(0, count - 1), max_size=(count - 1) // 2))
    gaps = [80 if index in slow else gap for index, gap in enumerate(gaps)]
    classifier = WedgeClassifier()
    _, at_ms = typed(classifier, text, gaps, 1_000)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 10).burst == Burst(text, len(text))


@settings(max_examples=300)
@given(text=st.text(ALPHABET, min_size=1, max_size=80), data=st.data())
def test_a_person_is_never_taken_for_a_gun(text: str, data: st.DataObject) -> None:
    count = len(text)
    gaps = data.draw(st.lists(st.integers(60, 400), min_size=count, max_size=count))
    # People roll over two keys now and then; never over most of them.
    for index in data.draw(st.sets(st.integers(0, count - 1), max_size=count // 3)):
        if index % 3 == 0:
            gaps[index] = data.draw(st.integers(0, 40))
    classifier = WedgeClassifier()
    answers, at_ms = typed(classifier, text, gaps, 0)
    answers.append(classifier.silence(at_ms + 99))
    answers.append(classifier.key(KeyKind.SUFFIX, "", at_ms + gaps[-1]))
    assert [answer.burst for answer in answers] == [None] * (count + 2)
    assert Fate.SWALLOW not in {answer.fate for answer in answers}


@given(st.lists(st.tuples(st.sampled_from(list(KeyKind)), st.integers(0, 300)), max_size=60))
def test_any_order_of_keys_is_answered_and_a_person_s_enter_passes_again(keys: list[tuple[KeyKind, int]]) -> None:
    classifier = WedgeClassifier()
    at_ms = 0
    for kind, gap_ms in keys:
        at_ms += gap_ms
        answer = classifier.key(kind, "7", at_ms)
        assert answer.burst is None or answer.burst.text == "7" * len(answer.burst.text)
    classifier.silence(at_ms + 1_000)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 2_000) == KeyAnswer(Fate.LET_THROUGH)


def test_enter_alone_and_enter_after_few_characters_are_a_person_s() -> None:
    classifier = WedgeClassifier()
    assert classifier.key(KeyKind.SUFFIX, "", 0) == KeyAnswer(Fate.LET_THROUGH)
    _, at_ms = typed(classifier, "12345", [5] * 4, 1_000)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 5) == KeyAnswer(Fate.LET_THROUGH)


def test_only_the_first_character_says_that_a_scan_may_begin() -> None:
    answers, _ = typed(WedgeClassifier(), "ABCDEF", [5] * 5, 0)
    assert [answer.begins for answer in answers] == [True, False, False, False, False, False]


def test_a_pause_begins_a_new_run_and_the_person_s_characters_stay() -> None:
    classifier = WedgeClassifier()
    typed(classifier, "138", [150, 150], 0)
    _, at_ms = typed(classifier, "A1B2C3D4", [10] * 7, 600)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 10).burst == Burst("A1B2C3D4", 8)


def test_a_scan_without_suffix_is_told_by_the_next_key_when_no_one_asked_in_between() -> None:
    classifier = WedgeClassifier()
    _, at_ms = typed(classifier, "A1B2C3", [10] * 5, 0)
    answer = classifier.key(KeyKind.CHARACTER, "9", at_ms + 700)
    assert answer == KeyAnswer(Fate.UNDETERMINED, Burst("A1B2C3", 6), begins=True)


def test_a_prefix_key_that_a_person_pressed_is_forgotten() -> None:
    classifier = WedgeClassifier()
    assert classifier.key(KeyKind.PREFIX, "", 0) == KeyAnswer(Fate.SWALLOW)
    assert (classifier.silence(299), classifier.is_prefixed) == (KeyAnswer(Fate.LET_THROUGH), True)
    assert (classifier.silence(300), classifier.is_prefixed) == (KeyAnswer(Fate.LET_THROUGH), False)
    assert classifier.key(KeyKind.SUFFIX, "", 400) == KeyAnswer(Fate.LET_THROUGH)


def test_a_second_suffix_is_the_guns_and_a_person_s_enter_is_not() -> None:
    classifier = WedgeClassifier()
    for start_ms, prefixed in ((0, False), (5_000, True)):
        if prefixed:
            classifier.key(KeyKind.PREFIX, "", start_ms)
        _, at_ms = typed(classifier, "A1B2C3", [10] * 5, start_ms)
        fates = [classifier.key(KeyKind.SUFFIX, "", at_ms + after_ms).fate for after_ms in (10, 20, 90, 400)]
        assert fates == [Fate.SWALLOW, Fate.SWALLOW, Fate.SWALLOW, Fate.LET_THROUGH]


def test_a_suffix_that_comes_after_the_silence_presses_nothing() -> None:
    classifier = WedgeClassifier()
    _, at_ms = typed(classifier, "A1B2C3", [10] * 5, 0)
    assert classifier.silence(at_ms + 100).burst == Burst("A1B2C3", 6)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 150) == KeyAnswer(Fate.SWALLOW)
    assert classifier.key(KeyKind.SUFFIX, "", at_ms + 260) == KeyAnswer(Fate.LET_THROUGH)


def test_a_line_feed_that_comes_as_a_command_is_the_guns() -> None:
    classifier = WedgeClassifier()
    _, at_ms = typed(classifier, "A1B2C3", [10] * 5, 0)
    classifier.key(KeyKind.SUFFIX, "", at_ms + 10)
    assert classifier.key(KeyKind.OTHER, "", at_ms + 20) == KeyAnswer(Fate.SWALLOW)


def test_the_same_code_twice_is_two_scans() -> None:
    classifier = WedgeClassifier()
    found = []
    for start_ms in (0, 400):
        _, at_ms = typed(classifier, "A1B2C3", [10] * 5, start_ms)
        found.append(classifier.key(KeyKind.SUFFIX, "", at_ms + 10).burst)
    assert found == [Burst("A1B2C3", 6)] * 2


def test_a_prefixed_scan_without_suffix_ends_by_a_long_silence() -> None:
    classifier = WedgeClassifier()
    classifier.key(KeyKind.PREFIX, "", 0)
    typed(classifier, "71234", [50] * 4, 50)
    assert classifier.silence(400).burst is None
    assert classifier.silence(1_300).burst == Burst("71234", 0)


def test_two_prefixed_scans_in_a_row_are_two() -> None:
    classifier = WedgeClassifier()
    classifier.key(KeyKind.PREFIX, "", 0)
    typed(classifier, "111", [10] * 2, 10)
    assert classifier.key(KeyKind.PREFIX, "", 60).burst == Burst("111", 0)
    typed(classifier, "222", [10] * 2, 70)
    assert classifier.key(KeyKind.SUFFIX, "", 100).burst == Burst("222", 0)
