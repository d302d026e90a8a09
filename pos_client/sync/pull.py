"""Fetches the centre's data: the signed policy, a snapshot where none is there, then changes in commit order.

Apart from push because neither may stop the other, and apart from the journal altogether: nothing that comes down can
touch an entry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pos_client.domain.errors import PosError, ServerRefused, ServerUnreachable, SnapshotInvalid
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.usecases.ports import JsonObject

from . import payloads
from .api_client import ApiClient
from .cache_port import CacheStore
from .claims import DocumentVerifier
from .snapshot import SnapshotFetcher

PAGE_ROWS: Final = 1_000
# A cursor of another database, or one that is too old: only a newer snapshot helps.
_LOST_CURSOR: Final = frozenset({"cursor-expired", "cursor-bad"})


@dataclass(frozen=True, slots=True)
class PullReport:
    """What one fetch did; ``error`` is why it ended early.

    Attributes:
        rows: changes applied. set_aside: rows that are not what the format says.
        snapshot: whether a whole file was taken. drifted: tables that were not what the centre says.
    """

    rows: int = 0
    set_aside: int = 0
    generation: int = 0
    snapshot: bool = False
    policy: bool = False
    drifted: tuple[str, ...] = ()
    error: PosError | None = None


class Puller:
    """Fetches what is new.

    Args:
        api: may be the client that push uses, in the same thread.
        store: this store's number; data of another store is refused.
        verify: checks the centre's signatures.
        on_policy: given a new signed policy whose signature was checked.
    """

    def __init__(
        self,
        api: ApiClient,
        cache: CacheStore,
        store: int,
        verify: DocumentVerifier,
        on_policy: Callable[[JsonObject], None],
    ) -> None:
        self._api = api
        self._cache = cache
        self._store = store
        self._verify = verify
        self._on_policy = on_policy
        self._policy_etag = ""
        self._snapshots = SnapshotFetcher(api, cache, store, verify)

    def run(self) -> PullReport:
        """Fetch until nothing is new, or something stands in the way. Never raises a PosError."""
        this = _Round()
        error: PosError | None = None
        # A policy that is not as it should be must not keep the data away, nor the other way round.
        for step in (self._pull_policy, self._pull_data):
            try:
                step(this)
            except ServerUnreachable as unreachable:
                error = unreachable
                break
            except PosError as fault:
                error = fault
        return PullReport(
            this.rows, this.set_aside, self._cache.generation(), this.snapshot, this.policy, this.drifted, error
        )

    def _pull_policy(self, this: "_Round") -> None:
        reply = self._api.get("/v1/policy", etag=self._policy_etag)
        if reply.status == 304:
            return
        if not self._verify(DocumentPurpose.POLICY, reply.document):
            raise SnapshotInvalid("the policy's signature is not good")
        self._on_policy(reply.document)
        self._policy_etag = reply.etag
        this.policy = True

    def _pull_data(self, this: "_Round") -> None:
        cursor = self._cache.cursor()
        if cursor is None:
            cursor = self._pull_snapshot(this)
        try:
            self._pull_changes(this, cursor)
            if this.drifted and self._cache.cursor() is None:
                # Said, and put right at once: the same data as one file.
                self._pull_changes(this, self._pull_snapshot(this))
        except ServerRefused as refused:
            if refused.problem not in _LOST_CURSOR:
                raise
            self._pull_changes(this, self._pull_snapshot(this))

    def _pull_snapshot(self, this: "_Round") -> str:
        self._snapshots.run()
        this.snapshot = True
        cursor = self._cache.cursor()
        if cursor is None:
            raise SnapshotInvalid("the snapshot left no cursor")
        return cursor

    def _pull_changes(self, this: "_Round", cursor: str) -> None:
        more = True
        while more and not self._api.stopping():
            page = self._api.get("/v1/changes", {"cursor": cursor, "limit": str(PAGE_ROWS)}).document
            reached = self._checked_end(page, cursor)
            outcome = self._cache.apply_page(page)
            this.rows += outcome.applied
            this.set_aside += outcome.quarantined
            this.drifted = outcome.drifted or this.drifted
            more, cursor = page.get("more") is True, reached

    def _checked_end(self, page: JsonObject, cursor: str) -> str:
        if not self._verify(DocumentPurpose.PAGE, page):
            raise SnapshotInvalid("the page's signature is not good")
        if page.get("store") != self._store or page.get("from") != cursor:
            raise SnapshotInvalid("the page is for another store or another place")
        end = payloads.required_text(page, "to")
        if page.get("more") is True and end == cursor:
            raise SnapshotInvalid("the page leads nowhere")
        return end


@dataclass(slots=True)
class _Round:
    """What this fetch has done so far."""

    rows: int = 0
    set_aside: int = 0
    snapshot: bool = False
    policy: bool = False
    drifted: tuple[str, ...] = ()
