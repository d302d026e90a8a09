"""Tells an answer of our server from everything else that may stand between a lane and it.

Apart from the client because this one judgement protects the journal: a captive portal's page with status 200, a
proxy's 404 and a torn reply are "nobody answered", never a word about a row.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pos_client.domain.errors import ServerUnreachable

from . import problems
from .line import RawAnswer
from .problems import Problem
from .server_time import parse_wire_time

_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"
_BODILESS: Final = frozenset({204, 304})
_PORTAL: Final = frozenset({301, 302, 303, 307, 308, 511})
_HTML_STARTS: Final = (b"<!", b"<h", b"<H")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of our server: a document (empty for 204 and 304), or a problem."""

    status: int
    document: Mapping[str, Any]
    etag: str = ""
    problem: Problem | None = None

    def expect(self) -> "Reply":
        """Itself, where it is no problem.

        Raises:
            ServerRefused: or one of its kinds.
        """
        if self.problem is not None:
            raise self.problem.as_error()
        return self


def judge(raw: RawAnswer) -> Reply:
    """The answer in ``raw``, problems included.

    Raises:
        ServerUnreachable: it is not ours; ``cause`` is ``sign-in-page``, ``not-ours``, or ``server-fault`` where what
            stands before our server says that it is not well.
    """
    if not _has_server_time(raw.headers):
        raise _not_ours(raw)
    if raw.status in _BODILESS:
        return Reply(raw.status, {}, raw.headers.get("ETag", ""))
    media_type = raw.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type == _PROBLEM and raw.status >= 400:
        document = _object(raw)
        problem = problems.parse(raw.status, document, raw.headers.get("Retry-After", ""))
        return Reply(raw.status, document, problem=problem)
    if media_type == _JSON and 200 <= raw.status < 300:
        return Reply(raw.status, _object(raw), raw.headers.get("ETag", ""))
    raise _not_ours(raw)


def _has_server_time(headers: Mapping[str, str]) -> bool:
    try:
        parse_wire_time(headers.get("Server-Time", ""))
    except ValueError:
        return False
    return True


def _object(raw: RawAnswer) -> Mapping[str, Any]:
    try:
        document = json.loads(raw.body)
    except (ValueError, RecursionError) as error:
        raise _not_ours(raw) from error
    if not isinstance(document, dict):
        raise _not_ours(raw)
    return document


def _not_ours(raw: RawAnswer) -> ServerUnreachable:
    page = raw.status in _PORTAL or (raw.status == 200 and raw.body.lstrip()[:2] in _HTML_STARTS)
    strange = "server-fault" if raw.status >= 500 else "not-ours"
    facts: dict[str, str | int] = {"cause": "sign-in-page" if page else strange, "status": raw.status}
    wait = problems.seconds(raw.headers.get("Retry-After", ""))
    if wait:
        facts["retry_after_s"] = wait
    return ServerUnreachable(f"status {raw.status}, not an answer of our server", **facts)
