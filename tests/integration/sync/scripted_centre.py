"""What a centre serves and stores: policy, manifest, file and pages; an inbox for batches; all of it together."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pos_client.domain.cache_format import FILE_NAME, SCHEMA_VERSION
from pos_client.domain.hash_chain import entry_hash
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, from_base64
from tests.integration.sync import scripted_server as s

STORE = 101


FILE = bytes(range(256)) * 5_000  # 1.28 MB: two pieces


HEARD = {"ack_seq": 0, "missing": [], "resend": [], "policy_ver": 3, "snapshot_gen": 5, "commands": []}


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


class Inbox:
    """A server's inbox: stores what it is given, and may choke on some rows."""

    def __init__(self, keys: s.CentreKeys, poison: frozenset[int] = frozenset()) -> None:
        self.keys = keys
        self.poison = poison
        self.choke: Callable[[s.Received], s.Play] = lambda request: s.problem(
            keys, request, 500, "server-error", "same"
        )
        self.stored: dict[int, bytes] = {}
        self.words: dict[int, dict[str, Any]] = {}
        self.more: dict[str, Any] = {}
        self.batches: list[list[int]] = []

    def __call__(self, request: s.Received) -> s.Play:
        if request.path == "/v1/time":
            return s.document(self.keys, request, {"time": "now"})
        batch = request.json()
        seqs = [entry["seq"] for entry in batch["entries"]]
        self.batches.append(seqs)
        if self.poison & set(seqs):
            return self.choke(request)
        results = [self._store(entry) for entry in batch["entries"]]
        answer = {"results": results, "ack_seq": 0, "missing": [], "resend": [], **self.more}
        return s.document(self.keys, request, answer, X_Session_Token=f"t-{len(self.batches)}")

    def _store(self, entry: dict[str, Any]) -> dict[str, Any]:
        seq, body = entry["seq"], from_base64(entry["body"])
        known = seq in self.stored
        self.stored[seq] = body
        digest = entry_hash(bytes.fromhex(json.loads(body)["prev"]), body)
        word = {"seq": seq, "hash": digest.hex(), "result": "accepted", "server_ref": f"r{seq}"}
        word |= self.words.get(seq, {})
        return {**word, "result": "duplicate", "original": word["result"]} if known else word


class WholeServer:
    """Answers everything a lane asks; a path can be made to fail."""

    def __init__(self, keys: s.CentreKeys) -> None:
        self.keys = keys
        self.inbox, self.centre = Inbox(keys), Centre(keys)
        self.fails: dict[str, Callable[[s.Received], s.Play]] = {}

    def __call__(self, request: s.Received) -> s.Play:
        for part, play in self.fails.items():
            if part in request.path:
                return play(request)
        if request.path.endswith("/heartbeat"):
            return s.document(self.keys, request, HEARD)
        if request.path in {"/v1/journal/batches", "/v1/time"}:
            return self.inbox(request)
        return self.centre(request)
