"""The camera's line: looks spread over frames, and the worker around it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from time import monotonic, thread_time

import cv2
import numpy as np
import pytest
from zxingcpp import BarcodeFormat

from pos_client.domain.errors import CameraTrouble, CameraUnavailable, PictureUnreadable
from pos_client.domain.scan import Scan, ScanSource
from pos_client.scanner.agreement import Agreement
from pos_client.scanner.decoders.opened import open_decoders
from pos_client.scanner.film import decode_film
from pos_client.scanner.frame import Frame, Pixels
from pos_client.scanner.live_cascade import LiveCascade
from pos_client.scanner.scenery import Scenery
from pos_client.scanner.sources import open_source
from pos_client.scanner.sources.no_source import NoSource
from pos_client.scanner.sources.picture_folder import PictureFolderSource
from pos_client.scanner.worker import Preview, ScannerHabits, ScannerListener, ScannerWorker, SourceState
from tests.integration.scanner.drawn_codes import (
    EAN,
    QR_TEXT,
    drawn,
    ean,
    film,
    on_dark_display,
    on_desk,
    qr,
    save,
    turned,
)
from tests.scan_set.out_of_focus import out_of_focus, text_of

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
RNG = np.random.default_rng(11)
DESK = on_desk(size=(480, 640))
Step = Frame | CameraUnavailable | None


def noisy(picture: Pixels, number: int, at_s: float) -> Frame:
    pixels = np.clip(RNG.normal(picture.astype(np.float64), 3.0), 0, 255).astype(np.uint8)
    return Frame(pixels, NOON, at_s, number)


def shown(picture: Pixels, count: int, start: int = 0, fps: float = 15.0) -> list[Frame]:
    return [noisy(picture, start + index, (start + index) / fps) for index in range(count)]


class ScriptedSource:
    """Plays a script, one part each time it is opened; ends with the last part."""

    name = "camera:scripted"

    def __init__(self, *parts: Iterable[Step]) -> None:
        self.has_ended = False
        self.closed = 0
        self._parts = [list(part) for part in parts]
        self._steps: Iterator[Step] = iter(())

    def open(self) -> None:
        part = self._parts.pop(0)
        if part and isinstance(part[0], CameraUnavailable):
            raise part[0]
        self._steps = iter(part)

    def read(self, timeout_s: float) -> Frame | None:
        step = next(self._steps, None)
        if isinstance(step, CameraUnavailable):
            raise step
        self.has_ended = step is None and not self._parts
        return step

    def close(self) -> None:
        self.closed += 1


class Heard:
    """Keeps what a worker tells."""

    def __init__(self, on_frame: Callable[[Preview], None] | None = None) -> None:
        self.scans: list[Scan] = []
        self.previews: list[Preview] = []
        self.states: list[SourceState] = []
        self.troubles: list[CameraTrouble | None] = []
        self._on_frame = on_frame
        self.listener = ScannerListener(self.scans.append, self._keep, self._on_state)

    def _on_state(self, state: SourceState, trouble: CameraTrouble | None) -> None:
        self.states.append(state)
        self.troubles.append(trouble)

    def _keep(self, preview: Preview) -> None:
        self.previews.append(preview)
        if self._on_frame is not None:
            self._on_frame(preview)


def worked(source: ScriptedSource, habits: ScannerHabits | None = None) -> Heard:
    heard = Heard()
    ScannerWorker(source, heard.listener, habits or ScannerHabits(reopen_s=0.0)).run(Event())
    return heard


def first_believed(frames: Iterable[Frame]) -> tuple[int, list[str]]:
    """After how many frames anything was believed, and what."""
    scenery, agreement = Scenery(), Agreement()
    cascade = LiveCascade(open_decoders().opened, scenery)
    for count, frame in enumerate(frames, 1):
        scenery.watch(frame)
        cascade.look(frame, agreement)
        texts = [code.text for code in agreement.codes(frame.monotonic_s) if code.believed]
        if texts:
            return count, texts
    return 0, []


def test_a_qr_code_is_believed_in_its_first_frame() -> None:
    assert first_believed(shown(on_desk((qr(QR_TEXT), (200, 140))), 3)) == (1, [QR_TEXT])


@pytest.mark.parametrize("degrees", [0, 10, 45, 90])
def test_a_linear_code_is_believed_within_half_a_second(degrees: float) -> None:
    picture = turned(on_desk((ean(), (120, 180)), size=(640, 640)), degrees)
    count, texts = first_believed(shown(picture, 8))
    assert texts == [EAN]
    assert 1 <= count <= 8


@pytest.mark.parametrize(("code", "text"), [(ean(), EAN), (drawn(BarcodeFormat.Code128, "POS-0815"), "POS-0815")])
def test_a_linear_code_light_on_dark_is_believed_within_a_second(code: Pixels, text: str) -> None:
    count, texts = first_believed(shown(on_dark_display(code), 15))
    assert texts == [text]
    assert 1 <= count <= 15


@pytest.mark.parametrize("radius", [1.2, 1.6])
def test_a_code_out_of_focus_is_believed_within_two_seconds(radius: float) -> None:
    count, texts = first_believed(shown(out_of_focus(2, radius), 30))
    assert texts == [text_of(2)]
    assert 1 <= count <= 30


def test_a_small_blurred_code_is_read_by_the_retries() -> None:
    picture = np.asarray(cv2.GaussianBlur(on_desk((qr(QR_TEXT, scale=2), (200, 140))), (0, 0), 1.0), np.uint8)
    count, texts = first_believed(shown(picture, 15))
    assert texts == [QR_TEXT]
    assert 1 <= count <= 15


def test_a_still_scene_gets_retries_for_a_quarter_of_the_time() -> None:
    spent_s: list[float] = []

    class SlowDecoder:
        name = "zxing"

        def read(self, grey: Pixels, symbologies: object, *manner: object) -> list[object]:
            begun_s = thread_time()
            while thread_time() - begun_s < 0.004:
                continue
            spent_s.append(thread_time() - begun_s)
            return []

    slow, scenery, agreement = SlowDecoder(), Scenery(), Agreement()
    cascade = LiveCascade({"zxing": slow, "pyzbar": slow}, scenery)  # type: ignore[dict-item]
    looks = []
    for frame in shown(DESK, 180):
        scenery.watch(frame)
        before = len(spent_s)
        cascade.look(frame, agreement)
        looks.append(len(spent_s) - before)
    lively, quiet = looks[:45], looks[90:]
    assert min(lively) >= 2
    assert sum(quiet) <= 1.35 * len(quiet)


def test_no_phantom_in_an_empty_scene() -> None:
    scene = np.asarray(cv2.resize(RNG.integers(0, 255, (60, 80), dtype=np.uint8), (640, 480)), np.uint8)
    assert first_believed(shown(scene, 40)) == (0, [])


def test_a_worker_tells_one_scan_for_one_showing() -> None:
    picture = on_desk((qr(QR_TEXT), (200, 140)))
    gone = shown(DESK, 40, 20)
    heard = worked(ScriptedSource([*shown(picture, 20), *gone, *shown(picture, 5, 60)]))
    assert [(scan.text, scan.source, scan.symbology, scan.at) for scan in heard.scans] == [
        (QR_TEXT, ScanSource.CAMERA, "QRCode", NOON)
    ] * 2
    assert heard.states == [SourceState.OPENING, SourceState.LIVE, SourceState.ENDED]


def test_two_codes_in_view_are_two_scans_the_middle_one_first() -> None:
    picture = on_desk((qr("7111"), (10, 10)), (qr("7222"), (270, 190)))
    assert [scan.text for scan in worked(ScriptedSource(shown(picture, 5))).scans] == ["7222", "7111"]


def test_a_lost_camera_is_opened_again_and_the_line_goes_on() -> None:
    lost = CameraUnavailable("pulled")
    picture = on_desk((qr(QR_TEXT), (200, 140)))
    source = ScriptedSource([*shown(DESK, 2), lost], [lost], shown(picture, 2, 5))
    heard = worked(source)
    assert heard.states == [
        SourceState.OPENING,
        SourceState.LIVE,
        SourceState.LOST,
        SourceState.LIVE,
        SourceState.ENDED,
    ]
    assert heard.troubles == [None, None, CameraTrouble.UNPLUGGED, None, None]
    assert [scan.text for scan in heard.scans] == [QR_TEXT]
    assert source.closed == 3


def test_previews_are_at_most_fifteen_a_second_and_carry_the_codes() -> None:
    picture = on_desk((qr(QR_TEXT), (200, 140)))
    heard = worked(ScriptedSource(shown(picture, 61, fps=60.0)))
    assert 14 <= len(heard.previews) <= 16
    assert {code.text for preview in heard.previews for code in preview.codes} == {QR_TEXT}


@pytest.mark.parametrize("source", [NoSource(), open_source("camera:63")])
def test_a_worker_stops_within_a_second(source: NoSource) -> None:
    stop, heard = Event(), Heard()
    thread = Thread(target=ScannerWorker(source, heard.listener).run, args=(stop,))
    thread.start()
    stop.set()
    thread.join(1.0)
    assert not thread.is_alive()


def test_no_camera_is_a_state_of_its_own() -> None:
    stop, heard = Event(), Heard()
    stop.set()
    ScannerWorker(NoSource(), heard.listener).run(stop)
    assert heard.states == [SourceState.NONE]


def test_an_idle_worker_rests_and_still_stops_at_once() -> None:
    stop = Event()
    begun_s = monotonic()
    frames = [Frame(DESK, NOON, begun_s + index * 100, index) for index in range(3)]
    heard = Heard(lambda preview: stop.set() if preview.frame.number == 1 else None)
    ScannerWorker(ScriptedSource(frames), heard.listener, ScannerHabits(idle_after_s=60.0)).run(stop)
    assert [preview.frame.number for preview in heard.previews] == [0, 1]
    assert monotonic() - begun_s < 100


def test_a_folder_of_pictures_runs_through_the_whole_line(tmp_path: Path) -> None:
    save(on_desk((qr(QR_TEXT), (200, 140))), tmp_path / "1.png")
    save(on_desk((ean(), (120, 140))), tmp_path / "2.png")
    heard = Heard()
    source = PictureFolderSource(tmp_path, show_s=2.0, blank_s=0.1, stays=False)
    ScannerWorker(source, heard.listener).run(Event())
    assert [scan.text for scan in heard.scans] == [QR_TEXT, EAN]


def test_a_folder_without_pictures_ends_the_worker_with_its_fault(tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        ScannerWorker(PictureFolderSource(tmp_path), Heard().listener).run(Event())


def test_the_codes_of_a_film_are_told_with_their_time(tmp_path: Path) -> None:
    first = [frame.grey for frame in shown(on_desk((qr(QR_TEXT), (200, 140))), 10)]
    second = [frame.grey for frame in shown(on_desk((ean(), (120, 140))), 10)]
    empty = [frame.grey for frame in shown(DESK, 10)]
    found = decode_film(film(tmp_path / "film.avi", [*empty, *first, *empty, *second], fps=10.0))
    assert [(item.code.text, item.code.believed) for item in found.codes] == [(QR_TEXT, True), (EAN, True)]
    assert round(found.codes[0].at_s, 1) == 1.0
    assert found.frames == 40
