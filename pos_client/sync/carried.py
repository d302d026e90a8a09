"""Takes in what the centre sent in a file: results, policy, data, each only by the centre's own signature on it.

Apart from pull because there is nobody to ask: what does not fit is passed over and said. The order of files does not
matter, and one that comes again changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pos_client.domain.batch import SignedEntry
from pos_client.domain.errors import PosError, SnapshotInvalid
from pos_client.domain.signed_document import DocumentPurpose, from_base64

from . import payloads
from .cache_port import CacheStore
from .claims import DocumentVerifier
from .outbox_port import Outbox
from .server_time import parse_wire_time
from .snapshot import checked_generation, file_of, require_current

Document = Mapping[str, Any]


@dataclass(slots=True)
class Taken:
    """What a file brought.

    Attributes:
        results: entries that the centre says it has. rows: changes applied. set_aside: rows that are not what they
            should be. generation: of a snapshot that was installed, else 0. policy: a newer one was taken.
        closings: answers to closed days.
        passed_over: lines that are older than what is here, or for another lane. errors: why a line was not taken.
    """

    results: int = 0
    rows: int = 0
    set_aside: int = 0
    generation: int = 0
    policy: bool = False
    closings: int = 0
    passed_over: int = 0
    errors: list[PosError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LaneSide:
    """The lane that a file is for.

    Attributes:
        device, store: which. version: of this program.
        verify: checks the centre's signatures. now: the trusted time.
        policy_version: of the policy here. on_policy: given a newer one.
        on_closing: given the answer to a close; whether it was signed, and about one of this lane.
    """

    device: str
    store: int
    version: str
    cache: CacheStore
    outbox: Outbox
    verify: DocumentVerifier
    now: Callable[[], datetime]
    policy_version: Callable[[], int]
    on_policy: Callable[[Document], None]
    on_closing: Callable[[Document], bool]


class CarriedIn:
    """Takes one file's lines, in their order."""

    def __init__(self, lane: LaneSide) -> None:
        self._lane = lane
        self._manifest: Document | None = None
        self._base = 0
        self._written = 0
        self._taken = Taken()

    def run(self, lines: Iterable[Document]) -> Taken:
        """Take all lines; one that is not taken stops no other."""
        kinds = {
            "policy": self._policy,
            "results": self._results,
            "closing": self._closing,
            "manifest": self._begin_snapshot,
            "file": self._piece,
            "page": self._page,
        }
        for line in lines:
            for kind, take in kinds.items():
                document = line.get(kind)
                if isinstance(document, Mapping):
                    self._try(take, document)
        return self._taken

    def _try(self, take: Callable[[Document], None], document: Document) -> None:
        try:
            take(document)
        except PosError as error:
            self._taken.errors.append(error)

    def _policy(self, policy: Document) -> None:
        if not self._lane.verify(DocumentPurpose.POLICY, policy):
            raise SnapshotInvalid("the policy's signature is not good")
        if payloads.whole(policy, "ver") <= self._lane.policy_version():
            self._taken.passed_over += 1
            return
        self._lane.on_policy(policy)
        self._taken.policy = True

    def _results(self, answers: Document) -> None:
        """Mark entries delivered, by the centre's signature on each one's hash alone."""
        if answers.get("device") != self._lane.device:
            self._taken.passed_over += 1
            return
        if not self._lane.verify(DocumentPurpose.ANSWERS, answers):
            raise SnapshotInvalid("the results' signature is not good")
        epoch = payloads.whole(answers, "epoch")
        named = [_named(epoch, one) for one in payloads.objects(answers, "results")]
        results = payloads.row_results(answers, [row for row in named if row is not None])
        self._lane.outbox.record_results(results)
        self._lane.outbox.resend(epoch, payloads.ranges(answers, "missing"))
        self._taken.results += len(results)

    def _closing(self, answer: Document) -> None:
        if answer.get("device") != self._lane.device or not self._lane.on_closing(answer):
            self._taken.passed_over += 1
            return
        self._taken.closings += 1

    def _begin_snapshot(self, manifest: Document) -> None:
        lane, self._manifest = self._lane, None
        if not lane.verify(DocumentPurpose.MANIFEST, manifest):
            raise SnapshotInvalid("the manifest's signature is not good")
        self._base = payloads.whole(manifest, "gen")
        if self._base <= lane.cache.generation() and lane.cache.cursor() is not None:
            self._taken.passed_over += 1
            return
        checked_generation(manifest, lane.cache, lane.store, lane.verify, lane.version)
        require_current(manifest, lane.now())
        self._manifest, self._written = manifest, 0
        self._part(manifest).unlink(missing_ok=True)

    def _piece(self, piece: Document) -> None:
        if self._manifest is None or payloads.whole(piece, "gen") != payloads.whole(self._manifest, "gen"):
            return
        content, part = _bytes(piece.get("content")), self._part(self._manifest)
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("ab") as file:
            file.write(content)
        self._written += len(content)
        if self._written >= file_of(self._manifest)[1]:
            manifest, self._manifest = self._manifest, None
            self._lane.cache.install_snapshot(self._part(manifest), manifest)
            self._taken.generation = payloads.whole(manifest, "gen")

    def _part(self, manifest: Document) -> Path:
        return self._lane.cache.part_file(payloads.whole(manifest, "gen"), file_of(manifest)[0])

    def _page(self, page: Document) -> None:
        lane = self._lane
        if not lane.verify(DocumentPurpose.PAGE, page) or page.get("store") != lane.store:
            raise SnapshotInvalid("the page's signature is not good, or it is another store's")
        overlaps = page.get("from") != lane.cache.cursor()
        if overlaps and not self._is_newer(page):
            self._taken.passed_over += 1
            return
        outcome = lane.cache.apply_page(page, overlaps=overlaps)
        self._taken.rows += outcome.applied
        self._taken.set_aside += outcome.quarantined

    def _is_newer(self, page: Document) -> bool:
        """Whether a page that begins elsewhere leads on all the same: from the file that is in use, to a later time."""
        known = self._lane.cache.data_as_of()
        try:
            issued_at = parse_wire_time(payloads.text(page, "issued_at"))
        except ValueError as error:
            raise SnapshotInvalid("the page has no time") from error
        return known is not None and self._base == self._lane.cache.generation() and issued_at > known


def _named(epoch: int, one: Document) -> SignedEntry | None:
    """The row that a result speaks of, by number and hash; its bytes are the journal's."""
    try:
        hash_ = bytes.fromhex(payloads.text(one, "hash"))
    except ValueError:
        return None
    return SignedEntry(epoch, payloads.whole(one, "seq"), hash_, b"", b"")


def _bytes(text: object) -> bytes:
    try:
        return from_base64(text) if isinstance(text, str) else b""
    except ValueError as error:
        raise SnapshotInvalid("a piece of the file is no base64") from error
