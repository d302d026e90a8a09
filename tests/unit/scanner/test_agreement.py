"""What is believed, and what is not, however valid its check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.scanner.agreement import Agreement
from pos_client.scanner.frame import Corners, Detection
from pos_client.scanner.symbology import LINEAR, MATRIX, Symbology

HERE: Corners = ((10, 10), (90, 10), (90, 40), (10, 40))
THERE: Corners = ((200, 10), (290, 10), (290, 40), (200, 40))


def seen(
    text: str = "4006381333931",
    by: str = "zxing:full",
    kind: Symbology = Symbology.EAN13,
    corners: Corners = HERE,
    *,
    guessed: bool = False,
    doubtful: bool = False,
) -> Detection:
    decoder, stage = by.split(":")
    return Detection(text, kind, corners, decoder, stage, guessed=guessed, doubtful=doubtful)


def after_one_frame(*detections: Detection) -> Agreement:
    agreement = Agreement()
    for detection in detections:
        agreement.add(0, 0.0, [detection])
    return agreement


def believed(agreement: Agreement) -> list[str]:
    return [code.text for code in agreement.codes() if code.believed]


@pytest.mark.parametrize("kind", sorted(MATRIX))
def test_a_matrix_code_is_believed_at_once(kind: Symbology) -> None:
    assert believed(after_one_frame(seen("71", kind=kind))) == ["71"]


@pytest.mark.parametrize("kind", sorted(LINEAR))
def test_a_linear_code_is_not_believed_at_once(kind: Symbology) -> None:
    assert believed(after_one_frame(seen(kind=kind))) == []


@pytest.mark.parametrize(
    ("kind", "looks", "expected"),
    [
        (Symbology.EAN13, ["zxing:full", "zxing:full"], False),
        (Symbology.EAN13, ["zxing:full", "pyzbar:full"], False),
        (Symbology.EAN13, ["zxing:full", "pyzbar:even"], True),
        (Symbology.EAN13, ["zxing:full", "zxing:soft"], False),
        (Symbology.EAN13, ["zxing:full", "zxing:soft", "zxing:even"], True),
        (Symbology.EAN13, ["pyzbar:full", "pyzbar:soft", "pyzbar:even", "pyzbar:half"], False),
        (Symbology.EAN13, ["zxing:double", "pyzbar:double", "zxing:double+even"], False),
        (Symbology.UPCE, ["zxing:full", "zxing:soft", "zxing:even"], False),
        (Symbology.UPCE, ["zxing:full", "pyzbar:even"], True),
        (Symbology.CODE39, ["zxing:full", "pyzbar:even"], False),
        (Symbology.CODE39, ["zxing:full", "pyzbar:even", "pyzbar:full"], True),
        (Symbology.ITF, ["zxing:full", "zxing:soft", "zxing:even", "zxing:half"], False),
        (Symbology.ITF, ["zxing:full", "zxing:soft", "zxing:even", "zxing:bands/upper", "zxing:bands/lower"], True),
        (Symbology.EAN13, ["zxing:bands/upper", "zxing:bands/lower"], False),
        (Symbology.EAN13, ["zxing:bands/upper", "zxing:bands-crisp/upper"], False),
        (Symbology.EAN13, ["zxing:bands/upper", "zxing:bands-crisp/lower"], True),
        (Symbology.DATABAR_EXPANDED, ["zxing:full", "zxing:soft"], True),
        (Symbology.ITF, ["zxing:full", "zxing:soft", "zxing:even", "pyzbar:full"], False),
        (Symbology.ITF, ["zxing:full", "zxing:soft", "zxing:even", "pyzbar:full", "pyzbar:even"], True),
        (Symbology.MICRO_QR_CODE, ["zxing:half"], False),
        (Symbology.MICRO_QR_CODE, ["zxing:full", "zxing:half"], True),
    ],
)
def test_what_must_agree_within_one_frame(kind: Symbology, looks: list[str], expected: bool) -> None:
    agreement = after_one_frame(*(seen(by=look, kind=kind) for look in looks))
    assert (believed(agreement) == ["4006381333931"]) is expected


def test_a_linear_code_is_believed_in_the_second_frame_when_looked_at_in_two_manners() -> None:
    agreement = Agreement()
    agreement.add(1, 0.0, [seen(by="zxing:full")])
    agreement.add(2, 0.1, [seen(by="zxing:full")])
    assert believed(agreement) == []
    agreement.add(2, 0.1, [seen(by="zxing:soft")])
    assert believed(agreement) == ["4006381333931"]


def test_the_same_pixels_shown_again_prove_nothing() -> None:
    agreement = Agreement()
    for moment in range(10):
        agreement.add(1, moment / 10, [seen(by="zxing:full")])
    assert believed(agreement) == []


def test_looks_that_are_too_old_do_not_count() -> None:
    agreement = Agreement(window_s=1.0)
    agreement.add(1, 0.0, [seen(by="zxing:full")])
    agreement.add(2, 1.1, [seen(by="pyzbar:even")])
    assert believed(agreement) == []


def test_one_other_reading_in_the_same_place_outweighs_three_looks() -> None:
    wrong = [seen("9074932437075", by) for by in ("zxing:full", "pyzbar:full", "pyzbar:even")]
    right = seen("0023942431015", "zxing:soft", Symbology.UPCA)
    assert believed(after_one_frame(*wrong)) == ["9074932437075"]
    assert believed(after_one_frame(*wrong, right)) == []


def test_another_code_elsewhere_contradicts_nothing() -> None:
    two = [
        seen(text, by, corners=corners)
        for text, corners in (("4006381333931", HERE), ("9780201310054", THERE))
        for by in ("zxing:full", "pyzbar:even")
    ]
    assert believed(after_one_frame(*two)) == ["4006381333931", "9780201310054"]


def test_what_a_believed_text_outvotes_is_not_reported() -> None:
    looks = ["zxing:full", "zxing:soft", "zxing:even", "pyzbar:even"]
    codes = after_one_frame(*(seen(by=look) for look in looks), seen("2711191730475", "zxing:half")).codes()
    assert [(code.text, code.believed) for code in codes] == [("4006381333931", True)]


def test_a_guessed_spelling_is_found_but_never_believed_and_yields_to_the_right_one() -> None:
    guessed = seen("蹬靼翌", "pyzbar:full", Symbology.QR_CODE, guessed=True)
    alone = after_one_frame(guessed).codes()
    assert [(code.text, code.believed) for code in alone] == [("蹬靼翌", False)]
    both = after_one_frame(guessed, seen("ﾃﾞｻﾞｲﾝ", "zxing:half", Symbology.QR_CODE)).codes()
    assert [(code.text, code.believed) for code in both] == [("ﾃﾞｻﾞｲﾝ", True)]


def test_the_corners_shown_are_those_of_the_decoder_that_outlines_the_code() -> None:
    codes = after_one_frame(seen(by="zxing:full"), seen(by="pyzbar:even", corners=THERE)).codes()
    assert [(code.corners, code.decoder) for code in codes] == [(HERE, "zxing")]


def test_only_what_is_seen_since_a_moment_is_told() -> None:
    agreement = Agreement()
    agreement.add(1, 0.0, [seen("71", kind=Symbology.QR_CODE)])
    agreement.add(2, 0.5, [seen("72", kind=Symbology.QR_CODE)])
    assert [code.text for code in agreement.codes(0.5)] == ["72"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["4006381333931", "9780201310054"]),
            st.sampled_from(["zxing:full", "zxing:soft", "zxing:even", "pyzbar:full", "pyzbar:even"]),
            st.integers(0, 3),
        ),
        max_size=40,
    )
)
def test_two_texts_in_one_place_are_never_both_believed(looks: list[tuple[str, str, int]]) -> None:
    agreement = Agreement()
    for text, look, number in sorted(looks, key=lambda item: item[2]):
        agreement.add(number, number / 10, [seen(text, look)])
    assert len(believed(agreement)) <= 1


@pytest.mark.parametrize(("further", "expected"), [(6, False), (7, True)])
def test_a_text_is_given_up_when_no_further_looks_could_outnumber_the_others(further: int, expected: bool) -> None:
    rivals = [seen("5901234123457", f"zxing:{view}") for view in ("full", "soft")]
    agreement = after_one_frame(seen(), *rivals)
    assert agreement.may_yet_believe("4006381333931", further) is expected


@pytest.mark.parametrize("text", ["4006381333931", "never seen"])
def test_a_text_without_rivals_is_not_given_up(text: str) -> None:
    assert after_one_frame(seen()).may_yet_believe(text, 0)


UPPER, LOWER = "fitted:bands/upper", "fitted:bands/lower"


def test_both_halves_that_the_fit_does_not_doubt_are_believed() -> None:
    assert believed(after_one_frame(seen(by=UPPER))) == []
    assert believed(after_one_frame(seen(by=UPPER), seen(by=LOWER))) == ["4006381333931"]


def test_what_the_fit_doubts_proves_nothing_by_itself_in_however_many_frames() -> None:
    for upper in (True, False):
        agreement = Agreement()
        for number in range(4):
            halves = [seen(by=UPPER, doubtful=upper), seen(by=LOWER, doubtful=True)]
            agreement.add(number, number / 15, halves)
        assert [(code.text, code.believed) for code in agreement.codes()] == [("4006381333931", False)]


def test_what_the_fit_doubts_seconds_another_decoder() -> None:
    assert believed(after_one_frame(seen(by="zxing:full"), seen(by=UPPER, doubtful=True))) == ["4006381333931"]
    assert believed(after_one_frame(seen(by="zxing:bands/upper"), seen(by=UPPER, doubtful=True))) == []


def test_another_number_in_the_same_place_speaks_against_the_fit() -> None:
    agreement = after_one_frame(seen(by=UPPER), seen(by=LOWER), seen("5901234123457", by="zxing:bands/upper"))
    assert believed(agreement) == []
