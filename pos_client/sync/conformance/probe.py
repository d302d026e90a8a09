"""Sends any request to the server under check, well-formed or not, and keeps a short note of every answer.

Apart from the client because the client only sends what is right, and repairs what goes wrong.
"""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from requests import PreparedRequest, Request, RequestException

from pos_client.domain.errors import ServerUnreachable
from pos_client.domain.journal_entry import wire_time
from pos_client.sync import errand
from pos_client.sync.line import ConnectionDropped, Line, RawAnswer
from pos_client.sync.server_time import parse_wire_time

from .unmet import Unmet

BUDGET_S: Final = 30.0
MAX_BYTES: Final = 8 * 1024 * 1024
SILENCES: Final = 3
_TRIES: Final = 3
_WIRE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, and what it is the answer to."""

    method: str
    path: str
    request_id: str
    raw: RawAnswer

    @property
    def status(self) -> int:
        """Of HTTP."""
        return self.raw.status

    @property
    def headers(self) -> Mapping[str, str]:
        """Names in any case."""
        return self.raw.headers

    @property
    def media_type(self) -> str:
        """Without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def has_signed_time(self) -> bool:
        """Whether the three headers stand on it; who signed them is another question."""
        stamp = _WIRE_TIME.fullmatch(self.headers.get("Server-Time", ""))
        key, signature = self.headers.get("X-Time-Key", ""), self.headers.get("X-Time-Sig", "")
        return bool(stamp) and key.isascii() and key.isdecimal() and bool(re.fullmatch(r"[A-Za-z0-9_-]{86}", signature))

    def __str__(self) -> str:
        """For the report: what was asked and the answer's status, never its content."""
        return f"{self.method} {self.path[:60]} answered {self.status}"


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of an answer for the cases about all of them."""

    told: str
    status: int
    media_type: str
    has_body: bool
    has_signed_time: bool
    waits: bool


class Probe:
    """One conversation with the server under check; follows no redirect, unpacks gzip, bounds every answer.

    Args:
        base_url: ``https://host[:port]``, without a path.
        version: of this program.
    """

    def __init__(self, base_url: str, version: str) -> None:
        self.base_url = base_url.rstrip("/")
        self.version = version
        self.notes: list[Note] = []
        self.silent_for = 0
        self._line = Line(self.base_url)
        self._ahead = timedelta(0)

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()

    def now(self) -> datetime:
        """Aware UTC by the server's clock, as its last answer told it."""
        return datetime.now(UTC) + self._ahead

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Heard:
        """Send an unsigned request; see ``prepare``."""
        return self.send(self.prepare(method, path, content, query=query, headers=headers))

    def prepare(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PreparedRequest:
        """A request with the usual headers; ``content`` is a document, or bytes that go out as they are.

        Raises:
            Unmet: the server named something (a token, a cursor) that no request can carry.
        """
        named = {"User-Agent": f"pos-client/{self.version}", "Accept-Encoding": "gzip"}
        named |= {"X-Request-Id": uuid.uuid4().hex, **(headers or {})}
        body = content if content is None or isinstance(content, bytes) else json.dumps(content).encode()
        if body is not None:
            named.setdefault("Content-Type", "application/json")
        try:
            return Request(method, self.base_url + path, named, params=query, data=body).prepare()
        except (RequestException, ValueError) as error:
            raise Unmet(f"what the server named cannot be put into a request: {type(error).__name__}") from error

    def send(self, request: PreparedRequest, max_bytes: int = MAX_BYTES) -> Heard:
        """The answer, whatever it is.

        Raises:
            ServerUnreachable: none came in time.
        """
        raw = self._answer(request, max_bytes)
        path = (request.path_url or "").partition("?")[0]
        heard = Heard(request.method or "", path, request.headers["X-Request-Id"], raw)
        self._learn_time(heard)
        waits = heard.status == 503 and "Retry-After" in heard.headers
        self.notes.append(
            Note(str(heard), heard.status, heard.media_type, bool(raw.body), heard.has_signed_time, waits)
        )
        return heard

    def _answer(self, request: PreparedRequest, max_bytes: int) -> RawAnswer:
        try:
            raw = self._tries(request, max_bytes)
        except ServerUnreachable:
            self.silent_for += 1
            raise
        self.silent_for = 0
        return raw

    def _tries(self, request: PreparedRequest, max_bytes: int) -> RawAnswer:
        """An idle connection may have been closed, and a refusal of a large body may overtake its sending."""
        for _ in range(_TRIES - 1):
            try:
                return self._once(request, max_bytes)
            except ConnectionDropped:
                continue
        return self._once(request, max_bytes)

    def _once(self, request: PreparedRequest, max_bytes: int) -> RawAnswer:
        line = self._line
        under_way = errand.start(lambda: line.send(request, max_bytes))
        try:
            return errand.wait(under_way, BUDGET_S)
        except errand.Abandoned as abandoned:
            line.hang_up()
            self._line = Line(self.base_url)
            raise ServerUnreachable("no answer in time", cause="timeout") from abandoned

    def _learn_time(self, heard: Heard) -> None:
        if heard.has_signed_time:
            try:
                self._ahead = parse_wire_time(heard.headers["Server-Time"]) - datetime.now(UTC)
            except ValueError:
                return

    def wire_now(self) -> str:
        """The server's time as documents write it."""
        return wire_time(self.now())
