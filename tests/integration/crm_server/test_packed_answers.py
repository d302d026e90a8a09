"""Answers go out gzipped, and nothing that is signed, tagged or asked for in ranges is another for it."""

from hashlib import sha256

import pytest
import requests

from crm_server.api.packing import LEAST_BYTES
from crm_server.minting import CodeKind
from pos_client.domain.signed_document import DocumentPurpose
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_store import Store

PLAIN, PACKED = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}
UPSTREAM = {"X-Relay": "upstream"}


@pytest.fixture(params=["centre", "store"])
def lane(request: pytest.FixtureRequest, store: Store) -> LaneClient:
    """A lane that speaks with the centre, or with its store's server; there are changes for it."""
    at_centre = store.shop.lane()
    at_centre.get("/v1/snapshots/current")
    store.shop.mint(CodeKind.COUPON, count=40, is_opaque=True)
    store.mirror()
    return at_centre if request.param == "centre" else store.at_store(at_centre)


def changes(lane: LaneClient, **headers: str) -> requests.Response:
    """The page after the snapshot."""
    cursor = lane.get("/v1/snapshots/current").json()["cursor"]
    return lane.get("/v1/changes", {"cursor": cursor, "limit": 1_000}, **headers)


@pytest.mark.parametrize("way", [{}, UPSTREAM], ids=["answered", "passed on"])
def test_a_page_is_packed_and_signed_as_ever(lane: LaneClient, way: dict[str, str]) -> None:
    packed, plain = changes(lane, **PACKED, **way), changes(lane, **PLAIN, **way)

    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert "Content-Encoding" not in plain.headers
    assert int(packed.headers["Content-Length"]) * 3 < int(plain.headers["Content-Length"])
    lane.check_document(DocumentPurpose.PAGE, packed.json())
    assert packed.json()["rows"] == plain.json()["rows"] != []


@pytest.mark.parametrize("path", ["/v1/policy", "/v1/snapshots/current"])
def test_what_is_held_already_is_not_sent_again(lane: LaneClient, path: str) -> None:
    packed, plain = lane.get(path, None, **PACKED), lane.get(path, None, **PLAIN)
    tag = packed.headers["ETag"]
    again = lane.get(path, None, **PACKED, **{"If-None-Match": tag})

    assert (packed.headers["Content-Encoding"], tag) == ("gzip", plain.headers["ETag"])
    assert (packed.content, again.status_code, again.content) == (plain.content, 304, b"")


def test_a_file_goes_out_as_it_is(lane: LaneClient) -> None:
    manifest = lane.get("/v1/snapshots/current").json()
    path, file = f"/v1/snapshots/{manifest['gen']}/cache.db", manifest["files"][0]
    whole, part = lane.get(path, None, **PACKED), lane.get(path, None, **PACKED, Range="bytes=0-8191")

    assert [answer.headers.get("Content-Encoding") for answer in (whole, part)] == [None, None]
    assert (whole.headers["Content-Length"], whole.headers["ETag"]) == (str(file["bytes"]), f'"{file["sha256"]}"')
    assert sha256(whole.content).hexdigest() == file["sha256"]
    assert (part.status_code, part.content) == (206, whole.content[:8192])


def test_what_is_small_is_left_alone(lane: LaneClient) -> None:
    answer = lane.get("/v1/time", None, **PACKED)

    assert len(answer.content) < LEAST_BYTES
    assert "Content-Encoding" not in answer.headers
