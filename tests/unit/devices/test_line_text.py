"""What comes over a gun's line is a whole text or a named reason; half of one is never either."""

from random import Random

import pytest

from pos_client.devices.line_text import LONGEST, SUFFIXES, LineHabits, LineText, Trouble

END = {"ENTER": b"\r", "CR": b"\r", "LF": b"\n", "CRLF": b"\r\n", "TAB": b"\t", "ETX": b"\x03"}


def told(habits: LineHabits, *pieces: bytes, gap_s: float = 0.01) -> list[str | Trouble]:
    """Feed pieces with a gap before each, then silence; return all that was found."""
    text, now_s, found = LineText(habits), 100.0, []
    for piece in pieces:
        now_s += gap_s
        found += text.fed(piece, now_s)
    found += text.fed(b"", now_s + 5)
    return found


@pytest.mark.parametrize("suffix", END)
def test_each_suffix_ends_a_scan(suffix: str) -> None:
    end = END[suffix]

    assert told(LineHabits(suffix), b"71002600" + end + b"R2" + end) == ["71002600", "R2"]
    assert told(LineHabits(suffix), *[bytes([byte]) for byte in b"71002600" + end]) == ["71002600"]


def test_every_suffix_of_the_table_is_tested() -> None:
    assert set(SUFFIXES) == {*END, "NONE"}


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\r\r"])
def test_enter_is_any_of_them_once(end: bytes) -> None:
    assert told(LineHabits(), b"A1" + end + b"B2" + end) == ["A1", "B2"]


def test_an_end_of_two_signs_may_come_in_two_pieces() -> None:
    assert told(LineHabits(), b"A1\r", b"\nB2\r", b"\n") == ["A1", "B2"]
    assert told(LineHabits("CRLF"), b"A1\r", b"\nB2\r", b"\n") == ["A1", "B2"]


def test_a_gun_that_sends_more_than_its_setting_says_leaves_no_line_end_in_the_text() -> None:
    assert told(LineHabits("CR"), b"A1\r\n", b"B2\r\n") == ["A1", "B2"]


def test_without_a_suffix_a_silence_ends_a_scan() -> None:
    text = LineText(LineHabits("NONE"))

    assert text.fed(b"710026", 10.0) == []
    assert text.fed(b"00", 10.1) == []
    assert text.fed(b"", 10.3) == []
    assert text.fed(b"", 10.41) == ["71002600"]
    assert text.fed(b"", 12.0) == []


def test_a_text_without_its_end_is_named_and_its_rest_is_no_text() -> None:
    text = LineText(LineHabits())

    assert text.fed(b"710026", 10.0) == []
    assert text.fed(b"", 11.1) == [Trouble.UNFINISHED]
    assert text.fed(b"00418833\r", 11.5) == []
    assert text.fed(b"72000001\r", 11.6) == ["72000001"]


def test_a_gun_that_never_sends_an_end_is_named_at_every_scan() -> None:
    text = LineText(LineHabits())
    found = []
    for scan in range(3):
        found += text.fed(b"71002600", 100.0 * scan + 10)
        for tenth in range(50):
            found += text.fed(b"", 100.0 * scan + 10 + tenth / 10)

    assert found == [Trouble.UNFINISHED] * 3


def test_a_prefix_is_taken_away_and_noise_before_it_too() -> None:
    habits = LineHabits(prefix="\x02")

    assert told(habits, b"\x02A1\r", b"\x00\xffnoise\x02B2\r") == ["A1", "B2"]
    assert told(habits, b"A1\r") == [Trouble.NO_PREFIX]
    assert told(LineHabits(prefix="A"), b"ABCA1\r") == ["BCA1"]
    assert told(habits, b"\x02AB\x02CD\r") == [Trouble.GARBLED]


@pytest.mark.parametrize("text", ["会员码-测试", "https://example.com/c/ä", "010691234\x1d10AB", "𠮷野家"])
@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
def test_a_text_is_exactly_what_was_sent(text: str, encoding: str) -> None:
    data = text.encode(encoding) + b"\r"

    assert told(LineHabits(encoding=encoding), *[data[place : place + 1] for place in range(len(data))]) == [text]


@pytest.mark.parametrize("data", ["会员码".encode("gb18030"), b"\xff\xfe71", b"71\x0026", b"\x8071", b"\x07\x1b[A"])
def test_what_is_not_decodable_is_named_and_never_guessed(data: bytes) -> None:
    assert told(LineHabits(), data + b"\r", b"71002600\r") == [Trouble.GARBLED, "71002600"]


def test_the_largest_code_fits_and_a_longer_line_is_named_once() -> None:
    largest = "9" * 7_089

    assert told(LineHabits(), largest.encode() + b"\r") == [largest]
    assert told(LineHabits(), b"9" * (LONGEST + 1) + b"\r", b"71002600\r") == [Trouble.TOO_LONG, "71002600"]


def test_a_line_without_end_takes_no_memory() -> None:
    text, found = LineText(LineHabits()), []
    for piece in range(2_000):
        found += text.fed(b"\xaa" * 4_096, 10 + piece / 1_000)
        assert len(text._held) <= LONGEST
    found += text.fed(b"\r", 12.001) + text.fed(b"71002600\r", 12.002)

    assert found == [Trouble.TOO_LONG, "71002600"]


def test_ten_thousand_scans_in_any_pieces_are_ten_thousand() -> None:
    chance = Random(5)
    texts = [
        "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=chance.randint(1, 60))) for _ in range(10_000)
    ]
    stream, pieces = "".join(text + chance.choice(["\r", "\n", "\r\n"]) for text in texts).encode(), []
    while stream:
        size = chance.randint(1, 200)
        pieces.append(stream[:size])
        stream = stream[size:]

    assert told(LineHabits(), *pieces, gap_s=0.001) == texts
