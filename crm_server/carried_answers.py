"""What a file for a store holds: results of its lanes' entries, its policy, its data, each with its own signature.

Apart from the pages and the policy themselves because these lines are the same bytes that the network would bring.
"""

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, select

from pos_client.domain.business_time import from_ms
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, to_base64

from . import bundles, snapshots
from .application import QUARANTINED
from .centre import Centre
from .changes import LARGEST_PAGE, PageRequest, signed_page
from .closings_by_hand import answers_by_hand
from .policies import signed_policy
from .schema import CONFLICT, DEVICE, INBOX, QUARANTINE, STORE
from .stored_ranges import stored_ranges

RESULTS_A_LINE: Final = 1_000
FILE_PIECE_BYTES: Final = 512 * 1024
_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a store's file.

    Attributes:
        days: results of entries that were stored in so many days before now.
        data: also the data, not only results and policy.
    """

    store: int
    days: int = 90
    data: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """What a file for a store holds."""

    store: int
    results: int
    generation: int
    bytes: int


def export_file(centre: Centre, path: Path, wanted: Wanted) -> Written:
    """Write a store's file; it takes its name when it is whole and on the disk.

    Raises:
        OSError: it cannot be written; what stood there stays.
    """
    answers = centre.database.read(lambda connection: _answers(connection, centre, wanted)).result()
    built = snapshots.build(centre, wanted.store, only_if_due=True) if wanted.data else None
    secret = centre.database.read(lambda connection: _secret(connection, wanted.store)).result()
    policy = centre.database.read(lambda connection: signed_policy(connection, centre.keys, wanted.store)).result()
    agreed = answers_by_hand(centre, wanted.store, centre.now_ms() - wanted.days * _DAY_MS)
    lines = (line for part in (_words(policy, answers, agreed), _data(centre, wanted.store, built)) for line in part)
    unfinished = path.with_name(path.name + ".new")
    try:
        with unfinished.open("wb") as out:
            salt, made_at = secrets.token_bytes(bundles.SALT_BYTES), wire_time(centre.now())
            bundles.write_for_store(centre.keys, out, lines, (wanted.store, secret), salt, made_at)
            out.flush()
            os.fsync(out.fileno())
            size = out.tell()
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Written(wanted.store, sum(len(one["results"]) for one in answers), built.gen if built else 0, size)


def _words(
    policy: dict[str, Any], answers: Iterable[dict[str, Any]], closings: Iterable[dict[str, Any]]
) -> Iterator[bytes]:
    """What the centre says: taken even where the data is not."""
    yield _line("policy", policy)
    yield from (_line("results", one) for one in answers)
    yield from (_line("closing", one) for one in closings)


def _data(centre: Centre, store: int, built: snapshots.Built | None) -> Iterator[bytes]:
    """The store's data, whole and with its newest pages."""
    if built is None:
        return
    yield _line("manifest", built.manifest)
    with snapshots.file_path(centre.folder, built.gen, store).open("rb") as file:
        for content in iter(lambda: file.read(FILE_PIECE_BYTES), b""):
            yield _line("file", {"gen": built.gen, "content": to_base64(content)})
    yield from (_line("page", page) for page in _pages(centre, store, built.manifest["cursor"]))


def _pages(centre: Centre, store: int, cursor: str) -> Iterator[dict[str, Any]]:
    more = True
    while more:
        request = PageRequest(cursor, LARGEST_PAGE, store)
        page = centre.database.read(partial(_page, centre=centre, request=request)).result()
        yield page
        more, cursor = page["more"], page["to"]


def _page(connection: Connection, centre: Centre, request: PageRequest) -> dict[str, Any]:
    return signed_page(connection, centre.keys, centre.instance, request, centre.now_ms())


def _answers(connection: Connection, centre: Centre, wanted: Wanted) -> list[dict[str, Any]]:
    """Signed results, by device and epoch, at most ``RESULTS_A_LINE`` in one document."""
    since = centre.now_ms() - wanted.days * _DAY_MS
    of_store = select(DEVICE.c.id).where(DEVICE.c.store == wanted.store)
    own = (
        select(INBOX.c.device, INBOX.c.epoch, INBOX.c.seq, INBOX.c.hash, INBOX.c.result, INBOX.c.reason)
        .add_columns(INBOX.c.id.label("number"), CONFLICT.c.holder)
        .outerjoin(CONFLICT, CONFLICT.c.inbox_id == INBOX.c.id)
        .where(INBOX.c.device.in_(of_store), INBOX.c.received_ms >= since)
    )
    apart = select(QUARANTINE).where(QUARANTINE.c.device.in_(of_store), QUARANTINE.c.received_ms >= since)
    rows = [
        (row.device, row.epoch, _result(row.seq, row.hash, row.result, row.reason, str(row.number), row.holder))
        for row in connection.execute(own)
    ] + [
        (row.device, row.epoch, _result(row.seq, row.hash, QUARANTINED, row.reason, f"q-{row.id}", None))
        for row in connection.execute(apart)
    ]
    rows.sort(key=lambda row: (row[0], row[1], row[2]["seq"]))
    documents: list[dict[str, Any]] = []
    for (device, epoch), group in groupby(rows, key=lambda row: (row[0], row[1])):
        documents += _signed(connection, centre, device, epoch, [row[2] for row in group])
    return documents


def _signed(
    connection: Connection, centre: Centre, device: str, epoch: int, results: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    stored = stored_ranges(connection, device, epoch)
    for first in range(0, len(results), RESULTS_A_LINE):
        document = {
            "device": device,
            "epoch": epoch,
            "results": results[first : first + RESULTS_A_LINE],
            "ack_seq": stored.ack_seq,
            "missing": stored.missing,
            "issued_at": wire_time(from_ms(centre.now_ms())),
        }
        # As JSON has it, so that the signature is over what is read back.
        plain: dict[str, Any] = json.loads(json.dumps(document))
        yield centre.keys.sign_document(DocumentPurpose.ANSWERS, plain)


def _result(seq: int, hash_: str, result: str, reason: str, ref: str, holder: str | None) -> dict[str, Any]:
    found = {"seq": seq, "hash": hash_, "result": result, "server_ref": ref}
    return found | ({"reason": reason} if reason else {}) | ({"holder": json.loads(holder)} if holder else {})


def _secret(connection: Connection, store: int) -> bytes:
    secret: bytes = connection.execute(select(STORE.c.secret).where(STORE.c.number == store)).scalar_one()
    return secret


def _line(kind: str, document: dict[str, Any]) -> bytes:
    return json.dumps({kind: document}, ensure_ascii=False, separators=(",", ":")).encode()
