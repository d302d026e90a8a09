"""Fetches the whole of a store's data as one signed file, in pieces, and goes on where an interruption left it.

Apart from ``pull`` because it happens once, and again only after a long absence. The manifest's signature and
generation are checked here; size, checksum and shape of the file are the cache's to check, since it opens the file.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pos_client.domain import cache_format
from pos_client.domain.errors import ServerUnreachable, SnapshotInvalid
from pos_client.domain.signed_document import DocumentPurpose

from . import payloads
from .api_client import ApiClient, ApiRequest
from .cache_port import CacheStore
from .claims import DocumentVerifier
from .server_time import parse_wire_time

# Small enough that a slow line brings one within the client's budget, and that a stop never waits for more.
PIECE_BYTES: Final = 1024 * 1024
PIECE_BUDGET_S: Final = 60.0
MAX_FILE_BYTES: Final = 64 * 1024**3


class SnapshotFetcher:
    """Brings the newest snapshot into the cache.

    Args:
        store: this store's number.
        verify: checks the centre's signature on a manifest.
    """

    def __init__(self, api: ApiClient, cache: CacheStore, store: int, verify: DocumentVerifier) -> None:
        self._api = api
        self._cache = cache
        self._store = store
        self._verify = verify

    def run(self) -> int:
        """Fetch and install; returns the generation that is in use now.

        Raises:
            SnapshotInvalid: it is not genuine, not newer, not for this store or program; the old data stays.
            ServerUnreachable, ServerRefused: what was fetched so far is kept for the next try.
        """
        manifest = self._api.get("/v1/snapshots/current").document
        generation = checked_generation(manifest, self._cache, self._store, self._verify, self._api.version)
        require_current(manifest, self._api.time.now())
        name, size, digest = file_of(manifest)
        part = self._cache.part_file(generation, name)
        self._download(part, f"/v1/snapshots/{generation}/{name}", size, digest)
        self._cache.install_snapshot(part, manifest)
        return generation

    def _download(self, part: Path, path: str, size: int, digest: str) -> None:
        """Append pieces until the file is whole. A part that is too long is begun anew."""
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if part.exists() and part.stat().st_size > size:
            part.unlink()
        with part.open("ab") as file:
            while (have := file.tell()) < size:
                file.write(self._piece(path, have, min(have + PIECE_BYTES, size), digest))

    def _piece(self, path: str, first: int, end: int, digest: str) -> bytes:
        if self._api.stopping():
            raise ServerUnreachable("stopped", cause="stopped")
        wanted = {"Range": f"bytes={first}-{end - 1}", "If-Range": f'"{digest}"', "Accept-Encoding": "identity"}
        asked = ApiRequest("GET", path, headers=wanted, max_bytes=PIECE_BYTES)
        answer = self._api.fetch(asked, PIECE_BUDGET_S)
        whole_file = answer.status == 200 and first == 0
        is_range = answer.status == 206 and answer.headers.get("Content-Range", "").startswith(f"bytes {first}-")
        if not (whole_file or is_range) or not 0 < len(answer.body) <= end - first:
            raise ServerUnreachable("the answer is no piece of the file", cause="not-ours")
        return answer.body


def checked_generation(
    manifest: Mapping[str, Any], cache: CacheStore, store: int, verify: DocumentVerifier, version: str
) -> int:
    """The generation of a manifest that may take the place of what is here.

    Raises:
        SnapshotInvalid: it is not genuine, not newer, not for this store or program.
    """
    if not verify(DocumentPurpose.MANIFEST, manifest):
        raise SnapshotInvalid("the manifest's signature is not good")
    if manifest.get("store") != store or manifest.get("schema") != cache_format.SCHEMA_VERSION:
        raise SnapshotInvalid("the snapshot is for another store or another program")
    if _numbers(payloads.text(manifest, "min_client")) > _numbers(version):
        raise SnapshotInvalid(f"the snapshot needs program {payloads.text(manifest, 'min_client')[:20]}")
    generation = payloads.whole(manifest, "gen")
    oldest = cache.highest_generation() + (1 if cache.cursor() is not None else 0)
    if generation < max(oldest, 1):
        raise SnapshotInvalid(f"generation {generation} is older than what this lane has seen")
    return generation


def require_current(manifest: Mapping[str, Any], now: datetime) -> None:
    """Refuse data that has run out (freezing).

    Raises:
        SnapshotInvalid: its ``hard_until`` is past.
    """
    try:
        is_past = parse_wire_time(payloads.text(manifest, "hard_until")) < now
    except ValueError as error:
        raise SnapshotInvalid("hard_until is no time") from error
    if is_past:
        raise SnapshotInvalid(f"generation {payloads.whole(manifest, 'gen')} has run out")


def file_of(manifest: Mapping[str, Any]) -> tuple[str, int, str]:
    """Name, size in bytes and SHA-256 of the cache file that a manifest promises."""
    files = {payloads.text(one, "name"): one for one in payloads.objects(manifest, "files")}
    wanted = files.get(cache_format.FILE_NAME)
    if wanted is None:
        raise SnapshotInvalid("the manifest names no cache file")
    size = payloads.whole(wanted, "bytes")
    if not 0 < size <= MAX_FILE_BYTES:
        raise SnapshotInvalid("the manifest's size cannot be")
    return cache_format.FILE_NAME, size, payloads.required_text(wanted, "sha256")


def _numbers(version: str) -> list[int]:
    """A version's leading numbers, so that 0.10 comes after 0.9; what is no number ends it."""
    found = []
    for part in version.split("."):
        if not (part.isascii() and part.isdecimal()):
            break
        found.append(int(part))
    return found
