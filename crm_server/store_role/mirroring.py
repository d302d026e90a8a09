"""Fetches the centre's documents, checks them as a lane would, keeps their bytes, and brings the own data up to date.

Apart from forwarding because neither may stop the other; nothing that comes down touches an entry or a claim.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from pos_client.domain.cache_format import FILE_NAME, SCHEMA_VERSION
from pos_client.domain.signed_document import DocumentPurpose

from . import held_shares, joining, mirrored, rebuilding, rosters
from .joining import JoinRefused
from .mirrored import Kept
from .store_server import StoreServer
from .upstream import Answer, Upstream, UpstreamSilent

LOG = logging.getLogger("crm_server.store")
PAGE_ROWS: Final = 1_000
PIECE_BYTES: Final = 1024 * 1024
MAX_FILE_BYTES: Final = 64 * 1024**3
FILES_KEPT: Final = 3
_LOST_CURSOR: Final = frozenset({"cursor-expired", "cursor-bad"})


class NotGenuine(RuntimeError):
    """A document is not what the centre signs."""


class Mirror:
    """Fetches what is new; used by one thread.

    Args:
        stopping: asked between requests whether to give it up.
    """

    def __init__(self, store: StoreServer, line: Upstream, stopping: Callable[[], bool] = lambda: False) -> None:
        self._store = store
        self._line = line
        self._stopping = stopping
        self._told_shares: list[dict[str, int]] = []

    def run(self) -> None:
        """One round. A document that is not as it should be keeps none of the others away.

        Raises:
            UpstreamSilent: the centre did not answer; what came so far is kept.
        """
        for step in (self._announce, self._roster, self._shares, self._policy, self._data):
            if self._stopping():
                return
            try:
                step()
            except (JoinRefused, NotGenuine, KeyError, TypeError, ValueError) as error:
                LOG.error("%s: %s", step.__name__.strip("_"), error)  # noqa: TRY400 - the sentence says it all

    def _announce(self) -> None:
        joining.announce(self._store, self._line, "serving")

    def _roster(self) -> None:
        answer = self._changed(mirrored.ROSTER, "/v1/store-server/roster")
        if answer is not None:
            roster = self._genuine(DocumentPurpose.ROSTER, answer)
            if roster["store"]["number"] != self._store.identity.store:
                raise NotGenuine("the roster is another store's")
            now_ms = self._store.centre.now_ms()
            self._write(lambda job: self._adopt(job, roster, now_ms))
            self._keep(mirrored.ROSTER, answer)
        self._write(rebuilding.open_if_all_brought)

    def _adopt(self, job: Connection, roster: Mapping[str, Any], now_ms: int) -> None:
        rosters.adopt(job, roster, now_ms)
        held_shares.adopt(job, self._store.identity.store, roster["shares"])

    def _shares(self) -> None:
        """Say what is held of limited campaigns; while grants are forgotten, nothing, lest what was used goes back."""
        held = self._store.centre.database.read(self._held_shares).result()
        if held and held != self._told_shares:
            answer = self._line.ask("PUT", "/v1/store-server/shares", {"shares": held})
            if answer.status != 204:
                self._must_be_refusal(answer)
                raise NotGenuine(f"shares: {answer.problem}")
            self._told_shares = held

    def _held_shares(self, job: Connection) -> list[dict[str, int]]:
        return [] if rebuilding.why_rebuilding(job) else held_shares.held(job, self._store.identity.store)

    def _policy(self) -> None:
        answer = self._changed(mirrored.POLICY, "/v1/policy")
        if answer is None:
            return
        policy, held = self._genuine(DocumentPurpose.POLICY, answer), self._held(mirrored.POLICY)
        known = json.loads(held.body) if held else {"ver": 0, "issued_at": ""}
        if (policy["ver"], policy["issued_at"]) < (known["ver"], known["issued_at"]):
            raise NotGenuine("the policy is older than the one that is held")
        self._keep(mirrored.POLICY, answer)
        self._store.adopt_trust(policy["trust"])

    def _data(self) -> None:
        self._snapshot()
        if not self._store.cache.meta("cursor"):
            self._begin_anew()
        if self._pages() in _LOST_CURSOR:
            self._begin_anew()
            self._pages()
        now_ms, cache = self._store.centre.now_ms(), self._store.cache
        self._write(lambda job: rosters.adopt_staff(job, cache))
        self._write(lambda job: mirrored.drop_old_pages(job, now_ms))

    def _snapshot(self) -> None:
        """Hold the newest file beside its manifest; a download that was cut goes on where it was."""
        answer = self._changed(mirrored.MANIFEST, "/v1/snapshots/current")
        if answer is None:
            return
        manifest = self._genuine(DocumentPurpose.MANIFEST, answer)
        held = self._held(mirrored.MANIFEST)
        if manifest["store"] != self._store.identity.store or manifest["schema"] != SCHEMA_VERSION:
            raise NotGenuine("the snapshot is for another store or another program")
        if held and manifest["gen"] < json.loads(held.body)["gen"]:
            raise NotGenuine("the snapshot is older than the one that is held")
        file = next(one for one in manifest["files"] if one["name"] == FILE_NAME)
        self._download(f"/v1/snapshots/{manifest['gen']}/{FILE_NAME}", file)
        self._keep(mirrored.manifest_name(manifest["gen"]), answer)
        self._keep(mirrored.MANIFEST, answer)
        self._drop_old_files(str(file["sha256"]))

    def _download(self, path: str, file: Mapping[str, Any]) -> None:
        size, digest = int(file["bytes"]), str(file["sha256"])
        place = self._store.mirror_file(digest)
        if place.is_file():
            return
        if not 0 < size <= MAX_FILE_BYTES or len(digest) != 64 or not digest.isalnum():
            raise NotGenuine("the manifest's size or checksum cannot be")
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = place.with_suffix(".part")
        if part.exists() and part.stat().st_size > size:
            part.unlink()
        with part.open("ab") as out:
            while (have := out.tell()) < size:
                out.write(self._piece(path, have, min(have + PIECE_BYTES, size), digest))
        if _checksum(part) != digest:
            part.unlink()
            raise NotGenuine("the snapshot's file is not the one of its manifest")
        part.replace(place)

    def _piece(self, path: str, first: int, end: int, digest: str) -> bytes:
        if self._stopping():
            raise UpstreamSilent("stopped")
        wanted = {"Range": f"bytes={first}-{end - 1}", "If-Range": f'"{digest}"'}
        answer = self._line.ask("GET", path, headers=wanted)
        is_range = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {first}-")
        is_whole = answer.status == 200 and first == 0
        if not (is_range or is_whole) or not 0 < len(answer.body) <= end - first:
            raise UpstreamSilent("the answer is no piece of the file")
        return answer.body

    def _begin_anew(self) -> None:
        held = self._held(mirrored.MANIFEST)
        if held is None:
            raise NotGenuine("there is no snapshot to begin with")
        manifest = json.loads(held.body)
        file = next(one for one in manifest["files"] if one["name"] == FILE_NAME)
        self._store.cache.install(self._store.mirror_file(str(file["sha256"])), int(manifest["gen"]))

    def _pages(self) -> str:
        """Apply and keep every page after the own cursor; the refusal's code where there are none."""
        more = True
        while more and not self._stopping():
            cursor = self._store.cache.meta("cursor")
            answer = self._line.ask("GET", "/v1/changes", query={"cursor": cursor, "limit": str(PAGE_ROWS)})
            if answer.status != 200:
                self._must_be_refusal(answer)
                return answer.problem
            page = self._genuine(DocumentPurpose.PAGE, answer)
            if page["store"] != self._store.identity.store or page["from"] != cursor:
                raise NotGenuine("the page is for another store or another place")
            if page["more"] and page["to"] == cursor:
                raise NotGenuine("the page leads nowhere")
            # Kept first: a lane that reads it early is no further than the page says.
            self._keep(mirrored.page_name(cursor), answer, len(page["rows"]))
            self._store.cache.apply(page)
            more = page["more"] is True
        return ""

    def _changed(self, name: str, path: str) -> Answer | None:
        """A document where it is not the one that is held."""
        held = self._held(name)
        answer = self._line.ask("GET", path, headers={"If-None-Match": held.etag} if held and held.etag else None)
        if answer.status == 304 and held is not None:
            # Seen to be the newest just now: that is what its age means.
            self._keep_as(name, Kept(held.body, held.etag, held.rows, self._store.centre.now_ms()))
            return None
        if answer.status != 200:
            self._must_be_refusal(answer)
            raise NotGenuine(f"{path}: {answer.problem}")
        return answer

    def _must_be_refusal(self, answer: Answer) -> None:
        if not answer.problem or answer.status >= 500:
            raise UpstreamSilent(f"status {answer.status} {answer.problem}")

    def _genuine(self, purpose: DocumentPurpose, answer: Answer) -> dict[str, Any]:
        document = answer.document()
        if not self._store.trusted.has_signed(purpose, document, self._store.centre.now().date()):
            raise NotGenuine(f"the {purpose.value}'s signature is not good")
        return document

    def _held(self, name: str) -> Kept | None:
        return self._store.centre.database.read(lambda job: mirrored.kept(job, name)).result()

    def _keep(self, name: str, answer: Answer, rows: int = 0) -> None:
        self._keep_as(name, Kept(answer.body, answer.headers.get("ETag", ""), rows, self._store.centre.now_ms()))

    def _keep_as(self, name: str, document: Kept) -> None:
        self._write(lambda job: mirrored.keep(job, name, document))

    def _write(self, job: Callable[[Any], None]) -> None:
        self._store.centre.database.write(job).result()

    def _drop_old_files(self, newest: str) -> None:
        files = sorted(self._store.mirror_file(newest).parent.glob("*"), key=lambda path: path.stat().st_mtime)
        for old in files[:-FILES_KEPT]:
            if old.stem != newest:
                old.unlink(missing_ok=True)


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(PIECE_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
