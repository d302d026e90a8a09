"""One scan for one showing of a code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.debounce import Debounce, share_a_place
from pos_client.scanner.frame import Corners, Detection
from pos_client.scanner.symbology import Symbology


def a_code(text: str, x: int = 300, *, believed: bool = True) -> Detection:
    corners: Corners = ((x - 20, 220), (x + 20, 220), (x + 20, 260), (x - 20, 260))
    return Detection(text, Symbology.QR_CODE, corners, "zxing", "full", believed=believed)


def told(debounce: Debounce, at_s: float, *codes: Detection) -> list[str]:
    return [code.text for code in debounce.news(at_s, list(codes), height=480, width=640)]


def test_a_code_held_up_for_a_minute_is_told_once() -> None:
    debounce = Debounce()
    news = [text for tick in range(900) for text in told(debounce, tick / 15, a_code("A"))]
    assert news == ["A"]


def test_a_code_is_told_again_when_it_was_gone_for_longer_than_the_limit() -> None:
    debounce = Debounce(gone_s=1.5, again_s=2.0)
    assert told(debounce, 0.0, a_code("A")) == ["A"]
    assert told(debounce, 1.0, a_code("A")) == []
    assert told(debounce, 2.4, a_code("A")) == []
    assert told(debounce, 4.0, a_code("A")) == ["A"]


def test_a_short_glimpse_is_not_told_twice_within_two_seconds() -> None:
    debounce = Debounce(gone_s=1.5, again_s=2.0)
    assert told(debounce, 0.0, a_code("A")) == ["A"]
    assert told(debounce, 1.9, a_code("A")) == []


def test_an_unbelieved_sighting_is_not_told_but_keeps_the_showing_alive() -> None:
    debounce = Debounce()
    assert told(debounce, 0.0, a_code("A", believed=False)) == []
    assert told(debounce, 0.2, a_code("A")) == ["A"]
    assert told(debounce, 1.4, a_code("A", believed=False)) == []
    assert told(debounce, 2.8, a_code("A")) == []


def test_a_code_that_is_back_soon_is_told_as_soon_as_two_seconds_are_over() -> None:
    debounce = Debounce(gone_s=1.5, again_s=2.0)
    assert told(debounce, 0.0, a_code("A")) == ["A"]
    assert told(debounce, 1.8, a_code("A")) == []
    assert told(debounce, 2.1, a_code("A")) == ["A"]
    assert told(debounce, 2.2, a_code("A")) == []


def test_a_place_that_flickers_between_two_texts_tells_the_first_only() -> None:
    debounce = Debounce()
    news, flickered = [], []
    for tick in range(150):
        news += told(debounce, tick / 30, a_code("AB"[tick // 3 % 2]))
        flickered.append(debounce.flickers)
    assert news == ["A"]
    assert flickered[:6] == [False] * 6
    assert sum(flickered) > 60


def test_two_texts_of_one_place_in_one_frame_are_one_scan() -> None:
    debounce = Debounce()
    assert told(debounce, 0.0, a_code("A", 320), a_code("B", 312)) == ["A"]
    assert told(debounce, 0.1, a_code("B", 312)) == []


def test_the_next_code_in_a_place_is_told_once_the_first_is_gone() -> None:
    debounce = Debounce(swap_s=0.6)
    assert told(debounce, 0.0, a_code("A")) == ["A"]
    assert told(debounce, 0.3, a_code("B")) == []
    assert not debounce.flickers
    assert told(debounce, 0.7, a_code("B")) == ["B"]


def test_a_place_that_changes_slowly_tells_each_text_once_in_its_time() -> None:
    debounce = Debounce()
    assert [text for tick in range(240) for text in told(debounce, tick / 15, a_code("AB"[tick // 60 % 2]))] == [
        *"ABAB"
    ]


def test_an_unbelieved_text_takes_no_place() -> None:
    debounce = Debounce()
    assert told(debounce, 0.0, a_code("wrong", believed=False)) == []
    assert told(debounce, 0.1, a_code("A"), a_code("wrong", believed=False)) == ["A"]


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (((100, 100), (300, 100), (300, 300), (100, 300)), True),
        (((110, 90), (290, 95), (305, 310), (95, 290)), True),
        (((100, 190), (300, 190), (300, 191), (100, 191)), True),
        (((310, 100), (510, 100), (510, 300), (310, 300)), False),
        (((100, 310), (300, 310), (300, 350), (100, 350)), False),
    ],
)
def test_outlines_of_one_code_share_a_place_and_neighbours_do_not(other: Corners, shared: bool) -> None:
    square = ((100, 100), (300, 100), (300, 300), (100, 300))
    assert share_a_place(square, other) == shared
    assert share_a_place(other, square) == shared


def test_part_of_a_tilted_code_read_on_one_line_beyond_its_outline_is_the_same_code() -> None:
    whole = ((128, 265), (411, 265), (400, 356), (116, 356))
    part = ((130, 248), (280, 248), (282, 249), (130, 249))
    assert share_a_place(whole, part)
    assert not share_a_place(whole, ((130, 140), (280, 140), (282, 141), (130, 141)))


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(10, 400)), min_size=2, max_size=80))
def test_one_place_never_tells_two_texts_while_the_first_is_there(steps: list[tuple[str, int]]) -> None:
    debounce = Debounce(swap_s=0.6)
    now_s, seen_s, occupant = 0.0, {"": -10.0}, ""
    for text, gap_ms in steps:
        now_s += gap_ms / 1000
        for news in told(debounce, now_s, a_code(text)):
            assert now_s - seen_s[occupant] > 0.6
            occupant = news
        seen_s[text] = now_s


def test_several_codes_are_told_apart_nearest_the_middle_first() -> None:
    debounce = Debounce()
    assert told(debounce, 0.0, a_code("left", 40), a_code("middle", 310), a_code("right", 500)) == [
        "middle",
        "right",
        "left",
    ]
    assert told(debounce, 0.1, a_code("right", 500), a_code("new", 100)) == ["new"]


@given(
    st.lists(st.tuples(st.integers(0, 3_000), st.sets(st.sampled_from("ABC")), st.booleans()), min_size=1, max_size=60)
)
def test_a_text_is_told_again_only_after_a_gap_and_never_without_being_believed(
    steps: list[tuple[int, set[str], bool]],
) -> None:
    debounce = Debounce(gone_s=1.5, again_s=2.0)
    now_s = 0.0
    seen_s: dict[str, float] = {}
    told_s: dict[str, float] = {}
    for gap_ms, texts, believed in steps:
        now_s += gap_ms / 1000
        for text in told(debounce, now_s, *(a_code(text, believed=believed) for text in sorted(texts))):
            assert believed
            if text in told_s:
                assert now_s - seen_s[text] > 1.5 or now_s - told_s[text] > 2.0
                assert now_s - told_s[text] > 2.0
            told_s[text] = now_s
        seen_s |= dict.fromkeys(texts, now_s)


@given(st.lists(st.floats(0.01, 1.49), min_size=1, max_size=50))
def test_gaps_shorter_than_the_limit_never_make_a_second_scan(gaps: list[float]) -> None:
    debounce = Debounce(gone_s=1.5)
    now_s = 0.0
    news = told(debounce, now_s, a_code("A"))
    for gap in gaps:
        now_s += gap
        news += told(debounce, now_s, a_code("A"))
    assert news == ["A"]
