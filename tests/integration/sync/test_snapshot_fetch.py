"""A snapshot is taken when it is newer, for this store and whole; a broken download goes on where it stopped."""

from pathlib import Path
from typing import Any

import pytest

from pos_client.domain.cache_format import FILE_NAME, SCHEMA_VERSION
from pos_client.domain.errors import ServerRefused, ServerUnreachable, SnapshotInvalid
from pos_client.sync.snapshot import PIECE_BYTES
from tests.integration.sync import scripted_server as s
from tests.integration.sync.fetching import Fetching
from tests.integration.sync.lane_parts import LaneParts, MemoryCache
from tests.integration.sync.scripted_centre import FILE, Centre


def test_a_download_goes_on_where_it_broke_off(centre: Centre, fetching: Fetching, server: s.ScriptedServer) -> None:
    centre.drop_after = 1
    broken = fetching.puller.run()
    kept = fetching.cache.part_file(5, FILE_NAME).stat().st_size
    centre.drop_after = None

    whole = fetching.puller.run()

    ranges = [one.headers["range"] for one in server.received if "range" in one.headers]
    assert isinstance(broken.error, ServerUnreachable)
    assert kept == PIECE_BYTES
    assert ranges[-1] == f"bytes={PIECE_BYTES}-{len(FILE) - 1}"
    assert (whole.error, fetching.cache.installed[0][0]) == (None, FILE)


def test_an_expired_cursor_takes_a_newer_snapshot(centre: Centre, lane: LaneParts, tmp_path: Path) -> None:
    centre.expired = True
    fetching = Fetching(lane, MemoryCache(tmp_path, cursor="i.7", generation=5))

    report = fetching.puller.run()

    assert (report.generation, report.snapshot, report.error) == (6, True, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("store", 102),
        ("schema", SCHEMA_VERSION + 1),
        ("gen", 0),
        ("min_client", "0.1.1"),
        ("min_client", "0.10"),
        ("hard_until", "2026-01-01T00:00:00.000Z"),
        ("hard_until", "soon"),
        ("files", []),
        ("files", [{"name": FILE_NAME, "bytes": 2**60, "sha256": "0", "rows": {}}]),
        ("files", [{"name": FILE_NAME, "bytes": 0, "sha256": "0", "rows": {}}]),
        ("files", [{"name": "../../etc/passwd", "bytes": 9, "sha256": "0", "rows": {}}]),
    ],
)
def test_a_snapshot_that_is_not_for_us_is_left(centre: Centre, fetching: Fetching, name: str, value: Any) -> None:
    centre.manifest[name] = value

    report = fetching.puller.run()

    assert isinstance(report.error, SnapshotInvalid)
    assert (fetching.cache.installed, centre.file_pieces) == ([], 0)


def test_an_older_generation_is_never_taken(centre: Centre, lane: LaneParts, tmp_path: Path) -> None:
    cache = MemoryCache(tmp_path)
    cache.highest = 6

    report = Fetching(lane, cache).puller.run()

    assert isinstance(report.error, SnapshotInvalid)
    assert cache.installed == []


def test_the_same_generation_is_taken_where_the_file_was_lost(centre: Centre, lane: LaneParts, tmp_path: Path) -> None:
    cache = MemoryCache(tmp_path)
    cache.highest = 5

    report = Fetching(lane, cache).puller.run()

    assert (report.error, report.generation) == (None, 5)


def test_changes_that_are_refused_take_no_snapshot(
    centre: Centre, fetching: Fetching, keys: s.CentreKeys, server: s.ScriptedServer
) -> None:
    fetching.puller.run()
    server.script = lambda request: (
        s.problem(keys, request, 500, "server-error") if request.path == "/v1/changes" else centre(request)
    )

    report = fetching.puller.run()

    assert isinstance(report.error, ServerRefused)
    assert (report.snapshot, len(fetching.cache.installed)) == (False, 1)


@pytest.mark.parametrize(
    "play",
    [
        s.raw(206, {"Content-Range": "bytes 7-9/100"}, b"abc"),
        s.raw(206, {}, b"abc"),
        s.raw(200, {}, b""),
        s.html(200),
        s.html(404),
        s.raw(206, {"Content-Range": "bytes 0-2000000/3000000"}, bytes(2_000_000)),
    ],
)
def test_what_is_no_piece_of_the_file_is_not_written(
    centre: Centre, fetching: Fetching, server: s.ScriptedServer, play: s.Play
) -> None:
    server.script = lambda request: play if "range" in request.headers else centre(request)

    report = fetching.puller.run()

    part = fetching.cache.part_file(5, FILE_NAME)
    assert report.error is not None or fetching.cache.installed[0][0] != FILE
    assert not part.exists() or part.stat().st_size <= PIECE_BYTES


def test_a_part_that_is_longer_than_the_file_is_begun_anew(centre: Centre, fetching: Fetching) -> None:
    fetching.cache.part_file(5, FILE_NAME).write_bytes(bytes(len(FILE) + 1))

    assert fetching.puller.run().error is None
    assert fetching.cache.installed[0][0] == FILE


def test_a_stop_ends_a_download_and_keeps_what_is_there(centre: Centre, fetching: Fetching, lane: LaneParts) -> None:
    lane.api.stopping = lambda: centre.file_pieces >= 1

    report = fetching.puller.run()

    assert isinstance(report.error, ServerUnreachable)
    assert fetching.cache.part_file(5, FILE_NAME).stat().st_size == PIECE_BYTES


def test_a_snapshot_that_leaves_no_cursor_is_a_fault(centre: Centre, fetching: Fetching) -> None:
    centre.manifest["cursor"] = None

    report = fetching.puller.run()

    assert isinstance(report.error, SnapshotInvalid)


def test_a_version_that_is_no_number_to_its_end_is_read_as_far_as_it_is_one(centre: Centre, fetching: Fetching) -> None:
    centre.manifest["min_client"] = "0.1.0rc1"

    assert fetching.puller.run().error is None
