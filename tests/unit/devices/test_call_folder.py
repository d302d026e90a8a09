"""Calls for a clerk through a shared folder: between two windows that know nothing of each other but files."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos_client.devices.call_folder import CallFolder
from pos_client.devices.call_watch import CallWatch
from pos_client.usecases.assistance import AssistanceCall, CallBell

NOW = datetime(2026, 11, 22, 6, 32, tzinfo=UTC)
CALL = AssistanceCall("a1", 3, NOW, "result", "already-used", "王**", 0, "zh")


def test_a_call_reaches_the_clerk_and_the_clerks_word_the_kiosk(tmp_path: Path) -> None:
    kiosk, clerk = CallFolder(tmp_path / "calls"), CallFolder(tmp_path / "calls")
    kiosk.call(CALL)
    seen = clerk.open()
    clerk.take(seen[0], "小李")
    taken = kiosk.of(3)
    clerk.finish(taken or CALL)

    assert seen == [CALL]
    assert taken == replace(CALL, taken_by="小李")
    assert kiosk.of(3) is None
    assert clerk.open() == []


def test_a_new_call_is_not_taken_by_the_answer_to_an_old_one(tmp_path: Path) -> None:
    calls = CallFolder(tmp_path)
    calls.call(CALL)
    calls.take(CALL, "小李")
    calls.call(replace(CALL, id="a2"))

    assert calls.of(3) == replace(CALL, id="a2")


def test_what_is_withdrawn_is_gone(tmp_path: Path) -> None:
    calls = CallFolder(tmp_path)
    calls.call(CALL)
    calls.take(CALL, "小李")
    calls.withdraw(3)

    assert calls.open() == []
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_call_comes_first(tmp_path: Path) -> None:
    calls = CallFolder(tmp_path)
    calls.call(replace(CALL, kiosk=1, at=NOW + timedelta(seconds=9)))
    calls.call(CALL)

    assert [call.kiosk for call in calls.open()] == [3, 1]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"id": 1, "at": "x"}', b'{"at": "2026-11-22T06:32:00"}', b"\xff"]
)
def test_a_spoiled_file_is_no_call(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kiosk-3.json").write_bytes(content)
    (tmp_path / "kiosk-x.json").write_bytes(content)
    (tmp_path / "clerk-1.here").write_bytes(content)
    calls = CallFolder(tmp_path)

    assert calls.open() == []
    assert not calls.is_attended(NOW)


def test_a_share_that_is_away_is_a_store_without_calls(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    calls = CallFolder(tmp_path / "file" / "calls")
    calls.attend(1, NOW)
    calls.call(CALL)
    calls.withdraw(3)

    assert calls.open() == []


def test_a_clerk_who_listened_half_a_minute_ago_still_listens(tmp_path: Path) -> None:
    calls = CallFolder(tmp_path)
    before = calls.is_attended(NOW)
    calls.attend(1, NOW)

    assert not before
    assert calls.is_attended(NOW + timedelta(seconds=30))
    assert not calls.is_attended(NOW + timedelta(seconds=31))


def test_the_bell_rings_at_once_and_every_15_seconds_until_somebody_goes() -> None:
    bell = CallBell()
    rung = [second for second in range(50) if bell.rings([CALL], NOW + timedelta(seconds=second))]
    taken = bell.rings([replace(CALL, taken_by="小李")], NOW + timedelta(seconds=60))

    assert rung == [0, 15, 30, 45]
    assert not taken
    assert bell.rings([CALL], NOW + timedelta(seconds=61))


def test_a_call_is_late_after_90_seconds_unless_somebody_goes() -> None:
    assert not CALL.is_late(NOW + timedelta(seconds=89))
    assert CALL.is_late(NOW + timedelta(seconds=90))
    assert not replace(CALL, taken_by="小李").is_late(NOW + timedelta(seconds=300))


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[CallWatch]:
    """Return a watch over a folder, at work on its own thread."""
    made, stop = CallWatch(CallFolder(tmp_path)), threading.Event()
    thread = threading.Thread(target=made.run, args=(stop,))
    thread.start()
    yield made
    stop.set()
    thread.join(5)


def wait_for(watch: CallWatch, kiosk: int, *, is_there: bool) -> float:
    """Return how long it took until a call was known, or was not."""
    began = datetime.now(UTC)
    while (watch.of(kiosk) is not None) is not is_there:
        assert datetime.now(UTC) - began < timedelta(seconds=5)
        threading.Event().wait(0.01)
    return (datetime.now(UTC) - began).total_seconds()


def test_a_card_is_known_within_a_second(watch: CallWatch, tmp_path: Path) -> None:
    other = CallFolder(tmp_path)
    other.call(CALL)
    came_s = wait_for(watch, 3, is_there=True)
    other.withdraw(3)
    went_s = wait_for(watch, 3, is_there=False)

    assert max(came_s, went_s) < 1


def eventually(is_so: Callable[[], bool]) -> None:
    """Return as soon as it is so."""
    began = datetime.now(UTC)
    while not is_so():
        assert datetime.now(UTC) - began < timedelta(seconds=5)
        threading.Event().wait(0.01)


def test_a_call_that_was_lost_with_the_share_is_made_again(watch: CallWatch, tmp_path: Path) -> None:
    other = CallFolder(tmp_path)
    watch.call(CALL)
    eventually(lambda: other.of(3) == CALL)
    other.withdraw(3)
    eventually(lambda: other.of(3) == CALL)
    other.take(CALL, "小李")
    eventually(lambda: watch.of(3) == replace(CALL, taken_by="小李"))
    other.finish(CALL)
    eventually(lambda: watch.of(3) is None)

    assert other.open() == []


def test_a_call_that_was_taken_back_meanwhile_comes_back_with_no_share(watch: CallWatch, tmp_path: Path) -> None:
    other = CallFolder(tmp_path)
    watch.call(CALL)
    watch.withdraw(3)
    eventually(lambda: other.of(3) is None)
    other.call(CALL)
    eventually(lambda: other.of(3) is None)

    assert watch.of(3) is None


def test_a_share_that_hangs_is_heard_by_nobody(tmp_path: Path) -> None:
    passed = [0.0]
    watch = CallWatch(CallFolder(tmp_path), lambda: passed[0])
    CallFolder(tmp_path).attend(1, datetime.now(UTC))
    stop = threading.Event()
    thread = threading.Thread(target=watch.run, args=(stop,))
    thread.start()
    eventually(lambda: watch.is_attended(NOW))
    stop.set()
    thread.join(5)
    passed[0] = 6.0

    assert not watch.is_attended(NOW)


def test_a_counter_whose_clock_is_wrong_is_heard_once_it_speaks_again(tmp_path: Path) -> None:
    calls = CallFolder(tmp_path)
    calls.attend(1, NOW - timedelta(hours=1))
    before = calls.is_attended(NOW)
    calls.attend(1, NOW - timedelta(hours=1) + timedelta(seconds=10))

    assert not before
    assert calls.is_attended(NOW)


def test_what_the_window_did_is_true_at_once_and_reaches_the_folder(watch: CallWatch, tmp_path: Path) -> None:
    watch.call(CALL)
    watch.take(CALL, "小李")
    at_once = watch.of(3)
    other, began = CallFolder(tmp_path), datetime.now(UTC)
    while other.of(3) != replace(CALL, taken_by="小李"):
        assert datetime.now(UTC) - began < timedelta(seconds=5)
    watch.finish(CALL)

    assert at_once == replace(CALL, taken_by="小李")
    assert watch.open() == []
