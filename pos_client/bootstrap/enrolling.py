"""Makes a home folder a lane: key, one-time code, identity, journal, first data."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pos_client.config import enrolment
from pos_client.config.credentials import Credentials
from pos_client.config.enrolment import Enrolment, parse_store
from pos_client.config.machine_clock import MachineClock, hardware_hash, operating_system
from pos_client.config.paths import Home, find_home
from pos_client.config.secret_store import FILE, KEYRING, open_secrets
from pos_client.config.signing_keys import TrustKeys, parse_trust
from pos_client.domain.errors import SnapshotInvalid, UsageError
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.signed_document import DocumentPurpose
from pos_client.storage.lock import COMMAND, WriterLock
from pos_client.sync.api_client import ApiClient
from pos_client.sync.enrol import EnrolmentAnswer, Machine
from pos_client.sync.enrol import enrol as ask_to_enrol
from pos_client.sync.server_time import ServerTime

from .fencing import SESSION_TOKEN
from .lane import VERSION, LaneFiles
from .lane_entries import LaneEntries
from .server_address import require_address
from .syncing import sync


def enrol(given: Path | None, url: str, code: str) -> dict[str, Any]:
    """Enrol and fetch the first data; the document tells who this lane is now.

    Raises:
        UsageError: this home is a lane already, or the address is none. ServerRefused, ServerUnreachable.
    """
    require_address(url)
    home = find_home(given)
    home.create()
    with WriterLock(home.root / "enrol.lock", COMMAND):
        if home.enrolment.exists():
            raise UsageError("this home is a lane already; give a new lane a --home of its own")
        answer, kept_in = _ask(home, url, code)
    report = sync(given, push=True, pull=True)
    return {
        "device": answer.device_id,
        "epoch": answer.epoch,
        "store": int(answer.store["number"]),
        "store_name": str(answer.store["name"]),
        "lane": answer.lane_no,
        "sas": answer.sas,
        "key_in": kept_in,
        "data": report,
    }


def _ask(home: Home, url: str, code: str) -> tuple[EnrolmentAnswer, str]:
    secrets = open_secrets(home)
    credentials = Credentials(secrets)
    api = ApiClient(url, ServerTime(MachineClock()), version=VERSION)
    machine = Machine(hardware_hash(), VERSION, operating_system())
    answer = ask_to_enrol(api, code, credentials.pending_key().public_bytes(), machine)
    api.close()
    kept_in = FILE if secrets.is_file_backed else KEYRING
    known = _enrolment(answer, url, kept_in)
    credentials.adopt(answer.device_id, answer.store_secret)
    enrolment.write(home.enrolment, known)
    _begin_journal(LaneFiles.of(home.root), answer)
    return answer, kept_in


def _enrolment(answer: EnrolmentAnswer, url: str, kept_in: str) -> Enrolment:
    trust = parse_trust(answer.trust)
    if not TrustKeys(trust, _today).verify_document(DocumentPurpose.POLICY, answer.policy):
        raise SnapshotInvalid("the first policy's signature is not good")
    return Enrolment(
        device_id=answer.device_id,
        epoch=answer.epoch,
        store=parse_store(answer.store),
        lane_no=answer.lane_no,
        server_url=url,
        trust=trust,
        booth=answer.booth,
        policy=answer.policy,
        secrets_in=kept_in,
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _begin_journal(files: LaneFiles, answer: EnrolmentAnswer) -> None:
    journal = files.open_journal(COMMAND, 0.0)
    try:
        journal.remember(SESSION_TOKEN, answer.session_token)
        LaneEntries(files, journal).write(EntryKind.ENROL)
    finally:
        journal.close()
