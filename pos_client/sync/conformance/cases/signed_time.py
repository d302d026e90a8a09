"""The server's time, which anybody may ask for: the anchor of every lane's clock."""

from datetime import datetime, timedelta
from typing import Final

from pos_client.domain.signed_document import from_base64
from pos_client.sync.conformance.bench import Bench
from pos_client.sync.conformance.case import Case, Needs
from pos_client.sync.conformance.expectations import document, equal, holds, refusal, told
from pos_client.sync.conformance.probe import Heard
from pos_client.sync.conformance.unmet import Unmet
from pos_client.sync.payloads import required_text
from pos_client.sync.server_time import parse_wire_time

_PATH: Final = "/v1/time"


def _answers(bench: Bench) -> str:
    heard = bench.probe.ask("GET", _PATH)
    moment = parse_time(required_text(document(heard), "server_time"))
    return f"{told(heard)}, {moment.isoformat()}"


def _headers(bench: Bench) -> str:
    heard = bench.probe.ask("GET", _PATH)
    names = ("Server-Time", "X-Time-Sig", "X-Time-Key")
    missing = [name for name in names if name not in heard.headers]
    holds(f"{', '.join(names)} stand on the answer; missing: {', '.join(missing) or 'none'}", not missing)
    holds("Server-Time is RFC 3339 in UTC with ms, X-Time-Key a number, X-Time-Sig 64 bytes", heard.has_signed_time)
    return f"{told(heard)}, key {heard.headers['X-Time-Key']}"


def _agrees(bench: Bench) -> str:
    heard = bench.probe.ask("GET", _PATH)
    body = parse_time(required_text(document(heard), "server_time"))
    apart = abs(parse_time(heard.headers.get("Server-Time", "")) - body)
    holds(f"document and header differ by less than 5 s; it is {apart}", apart < timedelta(seconds=5))
    return f"{apart.total_seconds():.3f} s apart"


def _rises(bench: Bench) -> str:
    first, second = (parse_time(bench.probe.ask("GET", _PATH).headers.get("Server-Time", "")) for _ in range(2))
    holds(f"a later answer is not earlier: {first.isoformat()}, then {second.isoformat()}", first <= second)
    return f"{(second - first).total_seconds():.3f} s later"


def _is_bound(bench: Bench) -> str:
    signatures = {bench.probe.ask("GET", _PATH).headers.get("X-Time-Sig", "") for _ in range(2)}
    equal("the number of different signatures for two requests", 2, len(signatures))
    return "two requests, two signatures"


def _odd_request_id(bench: Bench) -> str:
    asked = ("x" * 2_000, 'a b;c="d"', "")
    heard = [bench.probe.ask("GET", _PATH, headers={"X-Request-Id": name}) for name in asked]
    for answer in heard:
        holds(f"{told(answer)} carries a signed time", answer.has_signed_time)
    return f"{len(heard)} odd ids, statuses {', '.join(str(answer.status) for answer in heard)}"


def _is_genuine(bench: Bench) -> str:
    heard = bench.lane.get("/v1/policy")
    holds("the srv key of the trust list signed Server-Time for this X-Request-Id", _is_signed(bench, heard, ""))
    holds("the signature is worthless for another X-Request-Id", not _is_signed(bench, heard, "0" * 32))
    return f"{told(heard)}, key {heard.headers['X-Time-Key']}"


def _is_genuine_on_refusals(bench: Bench) -> str:
    heard = [bench.probe.ask("GET", "/v1/policy"), bench.lane.get("/v1/no-such-thing"), bench.probe.ask("GET", _PATH)]
    for answer in heard:
        holds(f"the time on {told(answer)} is signed by the srv key", _is_signed(bench, answer, ""))
    return ", ".join(str(answer.status) for answer in heard)


def _wrong_method(bench: Bench) -> str:
    heard = bench.probe.ask("POST", _PATH, {})
    refusal(heard, 405, retry="never")
    return told(heard)


def parse_time(text: str) -> datetime:
    """A time of the server's.

    Raises:
        Unmet: it is none.
    """
    try:
        return parse_wire_time(text)
    except ValueError as error:
        raise Unmet(f"{text[:40]!r} is no RFC 3339 time with an offset") from error


def _is_signed(bench: Bench, heard: Heard, other_request: str) -> bool:
    headers = heard.headers
    try:
        signature = from_base64(headers.get("X-Time-Sig", ""))
    except ValueError as error:
        raise Unmet(f"{told(heard)}: X-Time-Sig is not base64url") from error
    request = other_request or heard.request_id
    return bench.trust.verify_time(headers.get("Server-Time", ""), request, headers.get("X-Time-Key", ""), signature)


CASES: Final = (
    Case("time.answers", "GET /v1/time is answered without a signature, as JSON with server_time.", _answers),
    Case("time.headers", "Server-Time, X-Time-Sig and X-Time-Key stand on the answer in their formats.", _headers),
    Case("time.agrees", "server_time of the document and the Server-Time header are the same clock.", _agrees),
    Case("time.rises", "The time does not run backwards between two answers.", _rises),
    Case("time.bound", "Two requests get two different signatures of the time.", _is_bound),
    Case("time.odd-request-id", "A request id of any length or shape is answered with a signed time.", _odd_request_id),
    Case("time.wrong-method", "POST /v1/time is refused with 405 as problem+json.", _wrong_method),
)
GENUINE: Final = (
    Case("time.genuine", "The srv key signs the time for this very request id and no other.", _is_genuine, Needs.LANE),
    Case(
        "time.genuine-on-refusals",
        "Refusals carry a time that is as genuine as that of other answers.",
        _is_genuine_on_refusals,
        Needs.LANE,
    ),
)
