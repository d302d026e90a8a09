"""Sync by hand: a file up that only the centre reads, a file down that only this store's lanes read.

Apart from the sync over the network because nothing here answers at once: what goes up is sent again until a file that
came down says, signed by the centre, that it has it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pos_client.config.bundle_keys import key_from_centre, key_to_centre
from pos_client.domain import bundle_format
from pos_client.domain.bundle_format import BundleBroken
from pos_client.domain.errors import BundleDamaged, BundleForeign, StorageUnavailable
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.signed_document import DocumentPurpose, from_base64, signed_bytes, to_base64
from pos_client.storage.carry_away import CarriedAway, batch_lines, export_entries, whole_new_file
from pos_client.storage.newer_journal import open_newer
from pos_client.sync.carried import CarriedIn, LaneSide, Taken
from pos_client.sync.closings import take_answer
from pos_client.sync.one_round import failure
from pos_client.usecases.trusted_clock import TrustedClock

from .lane import VERSION, LaneFiles, open_for_command
from .syncing import installer


def export_journal(given: Path | None, file: Path, *, plain: bool = False, everything: bool = True) -> CarriedAway:
    """Write entries whose signature is good to a file for the centre, also beside a window and of any version.

    Args:
        given: the home.
        file: replaced only when the new one is whole.
        plain: not sealed: anybody can read it, and any machine can deliver it.
        everything: also what was delivered before.

    Raises:
        SealKeyMissing: the policy names no key to seal to.
        JournalDamaged, StorageUnavailable.
    """
    files = LaneFiles.of(given)
    public_key = files.credentials.device_key(files.device).public_bytes()
    if plain:
        return export_entries(files.home.journal, file, public_key, any_version=True)
    journal = open_newer(files.home.journal)
    counts: list[int] = []

    def lines() -> Iterator[bytes]:
        for count, line in batch_lines(journal, public_key, undelivered=not everything):
            counts.append(count)
            yield line

    try:
        _seal(files, file, lines())
    finally:
        journal.close()
    return CarriedAway(sum(counts), len(counts))


def _seal(files: LaneFiles, file: Path, lines: Iterator[bytes]) -> None:
    key, cipher = key_to_centre(files.orders.seal_key())
    signer = files.credentials.device_key(files.device)

    def sign(trailer: Mapping[str, Any]) -> dict[str, Any]:
        return {**trailer, "sig": to_base64(signer.sign(signed_bytes(DocumentPurpose.BUNDLE, trailer)))}

    about = {"to": bundle_format.UP, "device": files.device, "key": key, "made_at": wire_time(datetime.now(UTC))}
    with whole_new_file(file) as out:
        bundle_format.write(out, lines, cipher, about, sign)


def sync_from(given: Path | None, file: Path) -> dict[str, Any]:
    """Take in what the centre sent in a file.

    Raises:
        BundleDamaged, BundleForeign: nothing of it was taken.
        JournalHeld: a window is open on this home.
    """
    files = LaneFiles.of(given)
    try:
        with file.open("rb") as content:
            bundle = bundle_format.read(content)
            lines = _lines(files, bundle)
            return _report(_take(files, lines))
    except BundleBroken as broken:
        raise BundleDamaged(str(broken)) from broken
    except OSError as error:
        raise StorageUnavailable(f"{file.name}: {error.strerror}", path=str(file)) from error


def _lines(files: LaneFiles, bundle: bundle_format.Bundle) -> Iterator[Mapping[str, Any]]:
    trailer, store = bundle.trailer, files.orders.enrolment.store.number
    if bundle.text("to") != bundle_format.DOWN or trailer.get("store") != store:
        raise BundleForeign("it is not for this store", store=int(trailer.get("store") or 0))
    if not files.orders.verify_document(DocumentPurpose.BUNDLE, trailer):
        raise BundleForeign("the centre did not sign it")
    cipher = key_from_centre(files.store_secret, from_base64(bundle.text("salt")))
    return (json.loads(line) for line in bundle.lines(cipher))


def _take(files: LaneFiles, lines: Iterator[Mapping[str, Any]]) -> Taken:
    journal = open_for_command(files)
    cache = installer(files, journal)
    clock = TrustedClock(files.clock, journal)
    side = LaneSide(
        device=files.device,
        store=files.orders.enrolment.store.number,
        version=VERSION,
        cache=cache,
        outbox=journal.outbox,
        verify=files.orders.verify_document,
        now=lambda: clock.now().now,
        policy_version=files.orders.policy_version,
        on_policy=files.orders.adopt_policy,
        on_closing=partial(take_answer, journal.days, files.device, files.orders.verify_document),
    )
    try:
        return CarriedIn(side).run(lines)
    finally:
        cache.close()
        journal.close()


def _report(taken: Taken) -> dict[str, Any]:
    failures = [failure("file", error) for error in taken.errors]
    return {
        "results": taken.results,
        "pulled": taken.rows,
        "set_aside": taken.set_aside,
        "generation": taken.generation or None,
        "policy": taken.policy,
        "closings": taken.closings,
        "passed_over": taken.passed_over,
        "errors": [{"step": one.step, "reason": one.reason, "detail": one.detail} for one in failures],
    }
