"""Signed requests that were altered, repeated or made by somebody else: none of them may be believed."""

import base64
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from requests import PreparedRequest

from pos_client.sync.api_client import TOKEN_HEADER
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, refusal, told
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.payloads import required_text

from .signed_time import parse_time

_POLICY: Final = "/v1/policy"


def _is_believed(bench: Bench) -> str:
    heard = bench.lane.get(_POLICY)
    document(heard)
    return told(heard)


def _query_is_believed(bench: Bench) -> str:
    heard = bench.lane.get("/v1/exceptions", since="2020-01-01T00:00:00.000Z", store=str(bench.lane.store))
    document(heard)
    return told(heard)


def _altered(alter: Callable[[Bench, PreparedRequest], None], *, has_body: bool = False) -> Callable[[Bench], str]:
    """A check that a request which is altered after it was signed is not believed."""

    def check(bench: Bench) -> str:
        path = "/v1/claims/" + "0" * 32 if has_body else "/v1/exceptions"
        content = {"reason": "conformance"} if has_body else None
        request = bench.lane.signed(bench.probe.prepare("DELETE" if has_body else "GET", path, content))
        alter(bench, request)
        return _refused(bench.probe.send(request))

    return check


def _refused(heard: Heard) -> str:
    refusal(heard, 401, "signature-invalid", retry="resign")
    return told(heard)


def _other_path(bench: Bench, request: PreparedRequest) -> None:
    request.url = bench.probe.base_url + _POLICY


def _other_query(bench: Bench, request: PreparedRequest) -> None:
    request.url = f"{bench.probe.base_url}/v1/exceptions?since=2020-01-01"


def _other_method(bench: Bench, request: PreparedRequest) -> None:
    del bench
    request.method = "DELETE"
    request.url = f"{request.url}".replace("/v1/exceptions", "/v1/claims/" + "0" * 32)


def _other_body(bench: Bench, request: PreparedRequest) -> None:
    del bench
    request.prepare_body(b'{"reason":"something-else"}', None)


def _other_digest(bench: Bench, request: PreparedRequest) -> None:
    _other_body(bench, request)
    digest = base64.b64encode(hashlib.sha256(b'{"reason":"something-else"}').digest()).decode()
    request.headers["Content-Digest"] = f"sha-256=:{digest}:"


def _other_key(bench: Bench) -> str:
    request = bench.lane.signed(bench.probe.prepare("GET", _POLICY), key=bench.keys.generate())
    return _refused(bench.probe.send(request))


def _uncovered_body(bench: Bench) -> str:
    request = bench.lane.signed(bench.probe.prepare("DELETE", "/v1/claims/" + "0" * 32))
    request.prepare_body(b'{"reason":"conformance"}', None)
    request.headers["Content-Type"] = "application/json"
    return _refused(bench.probe.send(request))


def _uncovered_token(bench: Bench) -> str:
    lane = bench.lane
    request = lane.signed(bench.probe.prepare("POST", lane.heartbeat_path, lane.heartbeat_document()))
    request.headers[TOKEN_HEADER] = lane.token
    heard = bench.probe.send(request)
    lane.hear_token(heard)
    return _refused(heard)


def _replayed(bench: Bench) -> str:
    request = bench.lane.signed(bench.probe.prepare("GET", _POLICY))
    document(bench.probe.send(request))
    heard = bench.probe.send(request)
    refusal(heard, 401, "nonce-replayed", retry="resign")
    return told(heard)


def _skewed(later: timedelta) -> Callable[[Bench], str]:
    def check(bench: Bench) -> str:
        heard = bench.probe.send(bench.lane.signed(bench.probe.prepare("GET", _POLICY), later=later))
        problem = refusal(heard, 401, "clock-skew", retry="resign")
        parse_time(required_text(problem.document, "server_time"))
        return told(heard)

    return check


def _nearly_skewed(bench: Bench) -> str:
    for later in (timedelta(seconds=-240), timedelta(seconds=240)):
        heard = bench.probe.send(bench.lane.signed(bench.probe.prepare("GET", _POLICY), later=later))
        document(heard)
    return "240 s before and after are taken"


def _case(name: str, checks: str, check: Callable[[Bench], str]) -> Case:
    return Case(f"signature.{name}", checks, check, Needs.LANE)


CASES: Final = (
    _case("believed", "A signed request is answered.", _is_believed),
    _case("query", "A signed request with a query is answered.", _query_is_believed),
    _case("other-key", "A signature by another key is 401 signature-invalid.", _other_key),
    _case("path", "A signature for another path is 401 signature-invalid.", _altered(_other_path)),
    _case("query-altered", "A query that was added after signing is 401.", _altered(_other_query)),
    _case("method", "A signature for another method is 401.", _altered(_other_method)),
    _case("body", "A body other than its Content-Digest is 401.", _altered(_other_body, has_body=True)),
    _case("digest", "A Content-Digest that was altered with its body is 401.", _altered(_other_digest, has_body=True)),
    _case("body-covered", "A body that the signature does not cover is 401.", _uncovered_body),
    _case("token-covered", "A session token that the signature does not cover is 401.", _uncovered_token),
    _case("replayed", "The same request a second time is 401 nonce-replayed.", _replayed),
    _case("old", "A signature of ten minutes ago is 401 clock-skew with server_time.", _skewed(timedelta(minutes=-10))),
    _case("early", "A signature of ten minutes ahead is 401 clock-skew.", _skewed(timedelta(minutes=10))),
    _case("window", "A clock that is four minutes off is still believed.", _nearly_skewed),
)
