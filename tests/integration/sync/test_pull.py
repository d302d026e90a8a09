"""Fetching: signed, newer, whole, from where it stopped; what is not leaves the old data in use."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pos_client.domain.cache_format import FILE_NAME, SCHEMA_VERSION
from pos_client.domain.errors import PosError, ServerRefused, ServerUnreachable, SnapshotInvalid
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.sync.pull import Puller
from pos_client.sync.snapshot import PIECE_BYTES
from tests.integration.sync import scripted_server as s
from tests.integration.sync.lane_parts import LaneParts, MemoryCache

STORE = 101
FILE = bytes(range(256)) * 5_000  # 1.28 MB: two pieces


class Centre:
    """What a centre serves: policy, manifest, file, pages; each can be spoiled."""

    def __init__(self, keys: s.CentreKeys) -> None:
        self.keys = keys
        self.policy: dict[str, Any] = {"ver": 3, "limits": {"floor_value_minor": 700}}
        self.manifest: dict[str, Any] = {
            "gen": 5,
            "store": STORE,
            "issued_at": wire_time(datetime.now(UTC)),
            "soft_until": wire_time(datetime.now(UTC) + timedelta(days=1)),
            "hard_until": wire_time(datetime.now(UTC) + timedelta(days=7)),
            "cursor": "i.10",
            "schema": SCHEMA_VERSION,
            "min_client": "0.1.0",
            "files": [{"name": FILE_NAME, "bytes": len(FILE), "sha256": hashlib.sha256(FILE).hexdigest(), "rows": {}}],
            "policy_ver": 3,
        }
        self.end = 12
        self.expired = False
        self.spoil: dict[str, Any] = {}
        self.drop_after: int | None = None
        self.file_pieces = 0

    def __call__(self, request: s.Received) -> s.Play:
        if request.path == "/v1/policy":
            if request.headers.get("if-none-match") == '"p3"':
                return s.raw(304, self.keys.time_headers(request), b"")
            return s.document(self.keys, request, self._signed(DocumentPurpose.POLICY, self.policy), ETag='"p3"')
        if request.path == "/v1/snapshots/current":
            return s.document(self.keys, request, self._signed(DocumentPurpose.MANIFEST, self.manifest))
        if request.path.startswith("/v1/snapshots/"):
            return self._piece(request)
        return self._page(request)

    def _signed(self, purpose: DocumentPurpose, content: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.keys.signed(purpose, content), **self.spoil.get(purpose.value, {})}

    def _piece(self, request: s.Received) -> s.Play:
        self.file_pieces += 1
        if self.drop_after is not None and self.file_pieces > self.drop_after:
            return s.hang_up
        first, _, last = request.headers["range"].removeprefix("bytes=").partition("-")
        part = FILE[int(first) : int(last) + 1]
        fields = {"Content-Range": f"bytes {first}-{int(first) + len(part) - 1}/{len(FILE)}"}
        return s.raw(206, fields, part)

    def _page(self, request: s.Received) -> s.Play:
        cursor = request.query.partition("cursor=")[2].partition("&")[0]
        place = int(cursor.partition(".")[2])
        if self.expired and place < 20:
            self.expired = False
            self.manifest |= {"gen": 6, "cursor": "i.20"}
            self.end = 20
            return s.problem(self.keys, request, 410, "cursor-expired")
        to = min(place + 1, self.end)
        rows = [{"t": "staff", "k": ["S1"], "ver": to, "body": {}}] if to > place else []
        page = {"from": cursor, "to": f"i.{to}", "rows": rows, "more": to < self.end, "issued_at": "x", "store": STORE}
        return s.document(self.keys, request, self._signed(DocumentPurpose.PAGE, page))


class Fetching:
    """One lane's fetching."""

    def __init__(self, lane: LaneParts, cache: MemoryCache) -> None:
        self.cache = cache
        self.policies: list[Mapping[str, Any]] = []
        self.puller = Puller(lane.api, cache, STORE, lane.trust.verify_document, self.policies.append)


@pytest.fixture
def centre(server: s.ScriptedServer, keys: s.CentreKeys) -> Centre:
    made = Centre(keys)
    server.script = made
    return made


@pytest.fixture
def fetching(lane: LaneParts, tmp_path: Path) -> Fetching:
    return Fetching(lane, MemoryCache(tmp_path))


def test_first_policy_then_the_whole_file_then_changes(centre: Centre, fetching: Fetching) -> None:
    report = fetching.puller.run()

    file, manifest = fetching.cache.installed[0]
    assert (report.rows, report.generation, report.snapshot, report.policy, report.error) == (2, 5, True, True, None)
    assert file == FILE
    assert manifest["gen"] == 5
    assert [page["from"] for page in fetching.cache.pages] == ["i.10", "i.11"]
    assert fetching.policies[0]["ver"] == 3


def test_a_second_time_nothing_is_new(centre: Centre, fetching: Fetching) -> None:
    fetching.puller.run()

    report = fetching.puller.run()

    assert (report.rows, report.snapshot, report.policy, report.error) == (0, False, False, None)
    assert (len(fetching.policies), len(fetching.cache.installed)) == (1, 1)


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


@pytest.mark.parametrize("purpose", ["policy", "manifest", "page"])
@pytest.mark.parametrize("change", [{"sig": "AAAA"}, {"sig": None}, {"key_id": 4}, {"key_id": 99}, {"more_fields": 1}])
def test_what_is_not_signed_is_not_taken(
    centre: Centre, fetching: Fetching, purpose: str, change: dict[str, Any]
) -> None:
    centre.spoil = {purpose: change}

    report = fetching.puller.run()

    assert isinstance(report.error, SnapshotInvalid)
    assert len(fetching.policies) == (purpose != "policy")
    assert len(fetching.cache.installed) == (purpose != "manifest")
    assert len(fetching.cache.pages) == (2 if purpose == "policy" else 0)


@pytest.mark.parametrize("change", [{"store": 102}, {"from": "i.9"}, {"to": ""}, {"to": "i.10", "more": True}])
def test_a_page_of_another_place_is_not_taken(
    centre: Centre, fetching: Fetching, keys: s.CentreKeys, server: s.ScriptedServer, change: dict[str, Any]
) -> None:
    def script(request: s.Received) -> s.Play:
        if request.path != "/v1/changes":
            return centre(request)
        page = {"from": "i.10", "to": "i.11", "rows": [], "more": False, "issued_at": "x", "store": STORE} | change
        return s.document(keys, request, keys.signed(DocumentPurpose.PAGE, page))

    server.script = script

    report = fetching.puller.run()

    assert isinstance(report.error, PosError)
    assert fetching.cache.pages == []


def test_a_refused_policy_does_not_keep_the_data_away(
    centre: Centre, fetching: Fetching, keys: s.CentreKeys, server: s.ScriptedServer
) -> None:
    server.script = lambda request: (
        s.problem(keys, request, 500, "server-error") if request.path == "/v1/policy" else centre(request)
    )

    report = fetching.puller.run()

    assert isinstance(report.error, ServerRefused)
    assert (report.rows, report.generation) == (2, 5)


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


def test_a_portal_changes_nothing(server: s.ScriptedServer, fetching: Fetching) -> None:
    server.script = lambda _: s.html(200)

    report = fetching.puller.run()

    assert isinstance(report.error, ServerUnreachable)
    assert len(server.received) == 1
    assert fetching.cache.installed == []


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
