"""Bodies of every bad kind: each gets a 4xx problem document, none a traceback, and none costs memory."""

import gzip
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.crm_server.served_shop import Shop, problem

ENROL = "/v1/devices/enrol"
BATCHES = "/v1/journal/batches"
# Of RFC 8032, section 7.1, test 1: one that is none is refused too.
KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
GOOD: dict[str, Any] = {"code": "E", "pubkey": KEY, "alg": "ed25519", "hw_hash": "", "app_ver": "", "os": ""}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<html>sign in</html>", (422, "body-malformed")),
        (b"", (422, "body-malformed")),
        (b"{", (422, "body-malformed")),
        (b"\xff\xfe\x00", (422, "body-malformed")),
        (b"null", (422, "body-malformed")),
        (b"[" * 60_000, (422, "body-malformed")),
        (json.dumps({**GOOD, "extra": 1}).encode(), (422, "body-malformed")),
        (json.dumps({**GOOD, "code": 7}).encode(), (422, "body-malformed")),
        (json.dumps({**GOOD, "os": "a\u0000b"}).encode(), (422, "body-malformed")),
        (json.dumps({**GOOD, "os": "\ud800"}).encode(), (422, "body-malformed")),
        (json.dumps({**GOOD, "os": "x" * 81}).encode(), (422, "body-malformed")),
        (b"x" * 65_537, (413, "body-too-large")),
    ],
)
def test_bodies_that_are_no_request(small_shop: Shop, body: bytes, expected: tuple[int, str]) -> None:
    response = small_shop.stranger().send("POST", ENROL, body, signed=False)

    # A body that cannot even be parsed may be called unreadable instead of malformed.
    assert problem(response) in {expected, (400, "request-malformed")} if expected[0] == 422 else {expected}
    assert "Traceback" not in response.text


@pytest.mark.parametrize("media_type", ["text/html", "application/x-www-form-urlencoded", "application/xml", ""])
def test_only_json_is_read(small_shop: Shop, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    response = small_shop.stranger().send("POST", ENROL, b"<html></html>", headers=headers, signed=False)

    assert problem(response) == (415, "media-type")


def test_a_gzip_bomb_is_never_inflated(small_shop: Shop) -> None:
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    headers = {"Content-Encoding": "gzip"}

    assert len(bomb) < 256 * 1024
    assert problem(small_shop.stranger().send("POST", BATCHES, bomb, headers=headers, signed=False)) == (
        413,
        "body-too-large",
    )


@pytest.mark.parametrize(
    "body",
    [
        b"not gzip",
        gzip.compress(b"{}", mtime=0)[:-4],
        gzip.compress(b"{}", mtime=0) + b"more",
        gzip.compress(b"{}", mtime=0) * 2,
    ],
)
def test_torn_gzip_is_refused(small_shop: Shop, body: bytes) -> None:
    response = small_shop.stranger().send("POST", ENROL, body, headers={"Content-Encoding": "gzip"}, signed=False)

    assert problem(response) == (400, "request-malformed")


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_other_codings_are_refused(small_shop: Shop, coding: str) -> None:
    response = small_shop.stranger().send("POST", ENROL, b"{}", headers={"Content-Encoding": coding}, signed=False)

    assert problem(response) == (415, "media-type")


def test_gzip_is_taken_everywhere(small_shop: Shop) -> None:
    body = gzip.compress(json.dumps(GOOD).encode())
    response = small_shop.stranger().send("POST", ENROL, body, headers={"Content-Encoding": "gzip"}, signed=False)

    assert problem(response) == (403, "enrol-code-invalid")


def test_a_body_without_a_length_is_bounded_too(small_shop: Shop) -> None:
    connection = http.client.HTTPConnection(urlsplit(small_shop.url).netloc, timeout=30)
    chunks = (b"x" * 10_000 for _ in range(8))
    connection.request("POST", ENROL, chunks, {"Content-Type": "application/json"}, encode_chunked=True)
    response = connection.getresponse()

    assert (response.status, json.loads(response.read())["type"]) == (413, "urn:rdm:body-too-large")
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (404, "not-found")),
        ("GET", "/v1/../etc/passwd", (404, "not-found")),
        ("POST", "/v1/policy", (405, "method-not-allowed")),
        ("DELETE", "/v1/time", (405, "method-not-allowed")),
        ("GET", "/docs", (404, "not-found")),
        ("GET", "/v1/time/", (404, "not-found")),
        ("GET", "/openapi.json", (404, "not-found")),
    ],
)
def test_other_addresses_are_problems_too(small_shop: Shop, method: str, path: str, expected: tuple[int, str]) -> None:
    assert problem(small_shop.stranger().send(method, path, signed=False)) == expected
