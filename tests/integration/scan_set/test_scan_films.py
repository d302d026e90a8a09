"""The films tell the truth about themselves: what they say is in view is there to be read, and nothing else is."""

import hashlib
from itertools import islice

import cv2
import numpy as np

from pos_client.scanner.decoders.zxing_decoder import ZxingDecoder
from pos_client.scanner.symbology import LIVE
from tests.scan_set.film_scripts import busy_film, empty_film, flicker_film, twin_film
from tests.scan_set.films import Film
from tests.scan_set.texts import is_same

SMALL = (640, 480)
FPS = 10.0


def read(bgr: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[str]:
    grey = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.uint8)
    return [reading.text for reading in ZxingDecoder().read(grey, LIVE)]


def digest(film: Film, frames: int) -> str:
    found = hashlib.sha256()
    for frame in islice(film, frames):
        found.update(frame.bgr.tobytes())
    return found.hexdigest()


def unread(film: Film) -> list[str]:
    """Texts of showings that are read in none of their frames."""
    due = {text for showing in film.showings() for text in showing.texts}
    for bgr, _, in_view in film:
        if in_view & due:
            texts = read(bgr)
            due -= {text for text in in_view if any(is_same(seen, text) for seen in texts)}
    return sorted(due)


def test_a_film_is_the_same_at_every_run_and_another_seed_is_another() -> None:
    film = busy_film(3, 2, SMALL, FPS)

    assert digest(film, 15) == digest(film, 15)
    assert digest(film, 15) == digest(busy_film(3, 2, SMALL, FPS), 15)
    assert digest(film, 15) != digest(busy_film(4, 2, SMALL, FPS), 15)


def test_frames_have_the_size_the_number_and_the_times_that_were_asked_for() -> None:
    frames = list(empty_film(1, 2.0, (320, 240), FPS))

    assert [frame.bgr.shape for frame in frames] == [(240, 320, 3)] * 20
    assert [round(frame.t_s, 6) for frame in frames] == [number / 10 for number in range(20)]


def test_an_empty_film_moves_and_shows_no_code() -> None:
    film = empty_film(5, 8.0, SMALL, FPS)
    frames = list(film)

    assert film.actors != ()
    assert film.showings() == ()
    assert [frame.in_view for frame in frames if frame.in_view] == []
    assert [texts for frame in frames if (texts := read(frame.bgr))] == []


def test_every_showing_of_a_busy_film_can_be_read() -> None:
    film = busy_film(6, 8, SMALL, FPS)

    assert len(film.showings()) == 8
    assert unread(film) == []


def test_showings_say_when_the_code_is_in_view() -> None:
    film = busy_film(7, 3, SMALL, 30.0)
    in_view = [(frame.t_s, frame.in_view) for frame in film]

    for showing in film.showings():
        times = [t_s for t_s, texts in in_view if set(showing.texts) & texts]
        assert showing.appears_s < showing.whole_s < showing.last_s
        assert showing.steady_s < showing.leaving_s
        assert showing.whole_s in times
        assert showing.last_s in times


def test_a_pair_is_in_view_together() -> None:
    film = twin_film(8, 1, SMALL, FPS)

    assert len(film.showings()) == 2
    assert max(len(frame.in_view) for frame in film) == 2
    assert unread(film) == []


def test_a_flickering_code_shows_one_text_at_a_time() -> None:
    film = flicker_film(9, 2.0, 0.2, SMALL, FPS)
    (showing,) = film.showings()

    assert len(showing.texts) == 2
    assert max(len(frame.in_view) for frame in film) == 1
    assert unread(film) == []
