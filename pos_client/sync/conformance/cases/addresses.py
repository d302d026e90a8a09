"""What is not there, and bodies that nobody can read: refused by the server's own problems, never by a page."""

import gzip
from typing import Final

from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case
from pos_client.sync.conformance.expectations import holds, refusal, told

_ENROL: Final = "/v1/devices/enrol"
_ODD_PATHS: Final = ("/v1/policy%00", "/v1/%FF%FE", "/v1/snapshots/..%2F..%2Fkeys/cache.db", "/v1/" + "x" * 2_000)


def _unknown_path(bench: Bench) -> str:
    heard = bench.probe.ask("GET", "/v1/no-such-thing")
    refusal(heard, 404, retry="never")
    return told(heard)


def _wrong_method(bench: Bench) -> str:
    heard = bench.probe.ask("GET", _ENROL)
    refusal(heard, 405, retry="never")
    return told(heard)


def _odd_paths(bench: Bench) -> str:
    heard = [bench.probe.ask("GET", path) for path in _ODD_PATHS]
    for answer in heard:
        refusal(answer, (400, 401, 404, 414, 422))
    return ", ".join(str(answer.status) for answer in heard)


def _media_type(bench: Bench) -> str:
    heard = bench.probe.ask("POST", _ENROL, b"code=1", headers={"Content-Type": "text/plain"})
    refusal(heard, 415, retry="never")
    return told(heard)


def _coding(bench: Bench) -> str:
    heard = bench.probe.ask("POST", _ENROL, b"{}", headers={"Content-Encoding": "br"})
    refusal(heard, 415, retry="never")
    return told(heard)


def _torn_gzip(bench: Bench) -> str:
    whole = gzip.compress(b"{}" * 200)
    bodies = (b"this is no gzip", whole[:-9])
    heard = [bench.probe.ask("POST", _ENROL, body, headers={"Content-Encoding": "gzip"}) for body in bodies]
    for answer in heard:
        refusal(answer, (400, 422), retry="never")
    return told(heard[-1])


def _gzip_bomb(bench: Bench) -> str:
    body = gzip.compress(b" " * 32 * 1024 * 1024)
    heard = bench.probe.ask("POST", _ENROL, body, headers={"Content-Encoding": "gzip"})
    refusal(heard, 413, retry="never")
    return f"{len(body)} bytes that unpack to 32 MiB: {told(heard)}"


def _large_body(bench: Bench) -> str:
    body = b" " * (64 * 1024 + 1)
    heard = bench.probe.ask("POST", _ENROL, body)
    refusal(heard, 413, retry="never")
    return f"{len(body)} bytes: {told(heard)}"


def _no_redirect(bench: Bench) -> str:
    heard = bench.probe.ask("GET", "/v1/time/")
    holds(f"a lane follows no redirect, so none is sent; {told(heard)}", not 300 <= heard.status < 400)
    return told(heard)


CASES: Final = (
    Case("address.unknown", "An unknown address is 404 problem+json.", _unknown_path),
    Case("address.wrong-method", "A known address with another method is 405 problem+json.", _wrong_method),
    Case("address.odd", "NUL, bytes that are no UTF-8, climbing and very long paths are refused.", _odd_paths),
    Case("address.no-redirect", "A slash at the end is not answered with a redirect.", _no_redirect),
    Case("body.media-type", "A body that is not application/json is 415.", _media_type),
    Case("body.coding", "A content coding other than gzip is 415.", _coding),
    Case("body.torn-gzip", "A body that is not one whole gzip member is refused.", _torn_gzip),
    Case("body.gzip-bomb", "A small body that unpacks to a large one is 413.", _gzip_bomb),
    Case("body.large", "A body above 64 KiB is 413.", _large_body),
)
