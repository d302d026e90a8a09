"""Films of a counter with the truth: one scan for each showing, none for what nobody showed, bounded work."""

from datetime import UTC, datetime
from threading import Event
from time import thread_time

import cv2
import numpy as np
import pytest
import zxingcpp

from pos_client.domain.errors import CameraTrouble
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.live_line import LiveLine
from pos_client.scanner.mounting import Mounting
from pos_client.scanner.worker import ScannerHabits, ScannerListener, ScannerWorker, SourceState
from tests.integration.scanner.drawn_codes import EAN, QR_TEXT, drawn, ean, on_desk, qr
from tests.scan_set.film_scripts import busy_film, empty_film, flicker_film, twin_film
from tests.scan_set.films import Film

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SIZE = (640, 480)
FPS = 10.0


def line(mounting: Mounting | None = None) -> LiveLine:
    return LiveLine(open_decoders().opened, mounting=mounting)


def scans_of(film: Film) -> list[tuple[float, str]]:
    watched, scans = line(), []
    for number, shot in enumerate(film):
        grey = np.asarray(cv2.cvtColor(shot.bgr, cv2.COLOR_BGR2GRAY), np.uint8)
        looked = watched.take(Frame(grey, NOON, shot.t_s, number))
        scans += [(shot.t_s, code.text) for code in (looked.news if looked else ())]
    return scans


def first_news(picture: Pixels, mounting: Mounting | None = None, frames: int = 3) -> tuple[int, list[str]]:
    """After how many frames of a code held still anything was told, and what."""
    watched, random = line(mounting), np.random.default_rng(5)
    for number in range(frames):
        pixels = np.clip(random.normal(picture.astype(np.float32), 3.0), 0, 255).astype(np.uint8)
        looked = watched.take(Frame(pixels, NOON, number / 30, number))
        if looked is not None and looked.news:
            return number + 1, [code.text for code in looked.news]
    return 0, []


def test_hands_and_bags_are_no_codes() -> None:
    assert scans_of(empty_film(3, 15.0, SIZE, FPS)) == []


def test_each_showing_is_one_scan_in_its_time() -> None:
    film = busy_film(4, 8, SIZE, FPS, repeats=0.4)
    scans, showings = scans_of(film), film.showings()
    assert [text for _, text in scans] == [showing.texts[0] for showing in showings]
    for (told_s, _), showing in zip(scans, showings, strict=True):
        assert showing.appears_s <= told_s <= showing.last_s + 0.3


def test_two_codes_at_a_time_are_two_scans() -> None:
    film = twin_film(6, 2, SIZE, FPS)
    due = sorted(text for showing in film.showings() for text in showing.texts)
    assert sorted(text for _, text in scans_of(film)) == due


@pytest.mark.parametrize("turn_s", [0.07, 0.25])
def test_a_code_that_flickers_between_two_texts_is_one_scan(turn_s: float) -> None:
    assert len(scans_of(flicker_film(7, 4.0, turn_s, SIZE, FPS))) == 1


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (ean(), EAN),
        (drawn(zxingcpp.BarcodeFormat.Code128, "POS-123456"), "POS-123456"),
        (drawn(zxingcpp.BarcodeFormat.DataMatrix, "12345678", 6), "12345678"),
        (qr(QR_TEXT), QR_TEXT),
    ],
    ids=["EAN13", "Code128", "DataMatrix", "QR"],
)
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_code_held_still_is_told_within_three_frames_mirrored_or_not(
    picture: Pixels, text: str, is_mirrored: bool
) -> None:
    scene = on_desk((picture, (120, 100)))
    frames, told = first_news(scene[:, ::-1] if is_mirrored else scene)
    assert told == [text]
    assert 1 <= frames <= 3


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_outlines_are_in_the_picture_as_it_is_shown(rotation: int) -> None:
    scene = on_desk((qr(QR_TEXT), (400, 40)))
    looked = line(Mounting(rotation)).take(Frame(scene, NOON, 0.0, 0))
    assert looked is not None
    (x, y), *_ = looked.codes[0].corners
    upright = np.rot90(scene, -rotation // 90)
    height, width = upright.shape
    assert looked.frame.grey.shape == upright.shape
    assert (x > width / 2, y > height / 2) == {90: (True, True), 180: (False, True), 270: (False, False)}[rotation]


def test_what_lies_outside_of_the_part_that_counts_is_not_read() -> None:
    scene = on_desk((qr(QR_TEXT), (20, 40)), (qr("7111"), (400, 200)))
    assert first_news(scene, Mounting(crop=(50, 0, 100, 100)))[1] == ["7111"]


def a_sheet(cards: list[Pixels], across: int, down: int) -> Pixels:
    sheet = np.full((1080, 1920), 255, np.uint8)
    for number, card in enumerate(cards):
        columns = 1920 // across
        top, left = number // columns * down, number % columns * across
        sheet[top : top + card.shape[0], left : left + card.shape[1]] = card
    return sheet


def a_sheet_of_lines(count: int) -> Pixels:
    cards = [drawn(zxingcpp.BarcodeFormat.Code128, f"A{number:03d}", 1)[20:70, 30:-30] for number in range(count)]
    return a_sheet(cards, 190, 53)


def a_sheet_of_squares(count: int) -> Pixels:
    return a_sheet([qr(f"71{number:04d}", 2) for number in range(count)], 96, 100)


@pytest.mark.parametrize(("sheet", "least"), [(a_sheet_of_lines(200), 0), (a_sheet_of_squares(200), 24)])
def test_a_sheet_of_two_hundred_codes_is_bounded_work(sheet: Pixels, least: int) -> None:
    watched, told, longest_s = line(), list[str](), 0.0
    for number in range(12):
        begun_s = thread_time()
        looked = watched.take(Frame(sheet, NOON, number / 10, number))
        longest_s = max(longest_s, thread_time() - begun_s)
        assert looked is not None
        assert len(looked.codes) <= 48
        told += [code.text for code in looked.news]
    assert len(told) == len(set(told))
    assert least <= len(told) <= 48
    assert longest_s < 2.0


class SilentSource:
    """Gives some frames, falls silent, and gives others once it was opened again."""

    name = "camera:silent"

    def __init__(self, *parts: list[Frame]) -> None:
        self.has_ended = False
        self.opened = 0
        self._parts = list(parts)
        self._frames: list[Frame] = []

    def open(self) -> None:
        self.opened += 1
        self._frames = list(self._parts.pop(0))

    def read(self, timeout_s: float) -> Frame | None:
        if self._frames:
            return self._frames.pop(0)
        self.has_ended = not self._parts
        return None

    def close(self) -> None:
        self._frames = []


def test_a_silent_camera_is_said_to_be_stalled_and_is_opened_again() -> None:
    states: list[tuple[SourceState, CameraTrouble | None]] = []
    scans: list[str] = []
    scene = on_desk((qr(QR_TEXT), (200, 140)))
    source = SilentSource(
        [Frame(on_desk(), NOON, 0.0, 0)], [Frame(scene, NOON, 9.0, 1), Frame(scene, NOON, 9.1, 2)], []
    )
    listener = ScannerListener(
        lambda scan: scans.append(scan.text), lambda _: None, lambda state, trouble: states.append((state, trouble))
    )
    habits = ScannerHabits(reopen_s=0.0, stalled_s=0.05, dead_s=0.15)
    ScannerWorker(source, listener, habits).run(Event())
    assert states == [
        (SourceState.OPENING, None),
        (SourceState.LIVE, None),
        (SourceState.LOST, CameraTrouble.STALLED),
        (SourceState.LIVE, None),
        (SourceState.LOST, CameraTrouble.STALLED),
        (SourceState.ENDED, None),
    ]
    assert scans == [QR_TEXT]
    assert source.opened == 3


def test_an_idle_line_looks_twice_a_second_and_wakes_at_once() -> None:
    watched, random = LiveLine(open_decoders().opened, idle_after_s=5.0), np.random.default_rng(5)
    desk, scene = on_desk(), on_desk((qr(QR_TEXT, scale=6), (100, 40)))

    def looks(picture: Pixels, begin: int, count: int) -> list[bool]:
        frames = (
            Frame(np.clip(random.normal(picture, 2.0), 0, 255).astype(np.uint8), NOON, number / 15, number)
            for number in range(begin, begin + count)
        )
        return [watched.take(frame) is not None for frame in frames]

    assert sum(looks(desk, 0, 75)) == 75
    assert 19 <= sum(looks(desk, 90, 150)) <= 21
    assert looks(scene, 240, 3) == [True] * 3
