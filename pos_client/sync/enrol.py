"""Makes this machine a lane: a one-time code for a device id, keys to trust and the store's secret.

Apart from the other requests because it is the only one that is not signed, and because its answer holds secrets.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pos_client.domain.codes import opaque_id
from pos_client.domain.codes.bad_code import BadCode
from pos_client.domain.errors import ServerRefused
from pos_client.domain.hash_chain import GENESIS
from pos_client.domain.keyed_hash import SECRET_BYTES
from pos_client.domain.signed_document import from_base64, to_base64
from pos_client.domain.verdict import EntryRef

from . import payloads
from .api_client import ApiClient, ApiRequest, encode


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine says of itself: a keyless fingerprint of its hardware, program version, system."""

    hw_hash: str
    app_ver: str
    os: str


@dataclass(frozen=True, slots=True)
class EnrolmentAnswer:
    """What a device gets.

    Attributes:
        store, trust, policy: documents as received; the policy is signed by a key of ``trust``.
        sas: six digits that both screens show.
        store_secret: 32 bytes, for keyed hashes. session_token: the first rolling token.
    """

    device_id: str
    epoch: int
    store: Mapping[str, Any]
    lane_no: int
    booth: str
    trust: tuple[Mapping[str, Any], ...]
    policy: Mapping[str, Any]
    sas: str
    store_secret: bytes = field(repr=False)
    session_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EpochAnswer:
    """A new epoch, and the server's last entry of the old one."""

    epoch: int
    server_head: EntryRef
    session_token: str = field(repr=False)


def enrol(api: ApiClient, code: str, public_key: bytes, machine: Machine) -> EnrolmentAnswer:
    """Enrol with a one-time code; the same code and key again give the same answer, so a lost reply costs nothing.

    Args:
        api: a client without a signer.
        code: as shown or scanned, with or without hyphens.
        public_key: 32 bytes (Ed25519) of the key that this device will sign with.
        machine: what this machine is.

    Raises:
        ServerRefused: ``enrol-code-invalid``, ``enrol-code-used``, ``rate-limited``, also for a text that is none.
        ServerUnreachable: nobody answered.
    """
    try:
        canonical = opaque_id.parse(code.strip(), opaque_id.ENROLMENT_PREFIX)
    except BadCode as bad:
        raise ServerRefused("enrol-code-invalid", status=403, problem="enrol-code-invalid") from bad
    document = {
        "code": canonical,
        "pubkey": to_base64(public_key),
        "alg": "ed25519",
        "hw_hash": machine.hw_hash,
        "app_ver": machine.app_ver,
        "os": machine.os,
    }
    asked = ApiRequest("POST", "/v1/devices/enrol", body=encode(document), signed=False)
    return _enrolment(api.ask(asked).expect().document)


def new_epoch(api: ApiClient, device: str, reason: str, last: EntryRef) -> EpochAnswer:
    """Fence off a copy or a roll-back: entries from here on carry a new epoch.

    Args:
        api: a client that signs.
        device: its id.
        reason: why, for the centre's people.
        last: the newest entry that this lane has.

    Raises:
        ServerRefused, ServerUnreachable.
    """
    document = {"reason": reason, "last_epoch": last.epoch, "last_seq": last.seq, "last_hash": last.hash}
    asked = ApiRequest("POST", f"/v1/devices/{device}/epochs", body=encode(document))
    answer = api.ask(asked).expect().document
    head = payloads.mapping(answer, "server_head")
    return EpochAnswer(
        epoch=payloads.whole(answer, "epoch"),
        server_head=EntryRef(last.epoch, payloads.whole(head, "seq"), _hash(payloads.required_text(head, "hash"))),
        session_token=payloads.required_text(answer, "session_token"),
    )


def unenrol(api: ApiClient, device: str, head: EntryRef, *, exported: bool) -> int:
    """Give a device back; how many of its entries the centre still awaits. May be said again.

    Args:
        api: a client that signs.
        device: its id.
        head: its last entry.
        exported: what was not delivered comes in a file.

    Raises:
        ServerRefused: ``device-undelivered``.
        ServerUnreachable: nobody answered; nothing was given back, as far as this lane knows.
    """
    document = {"epoch": head.epoch, "head_seq": head.seq, "exported": exported}
    asked = ApiRequest("POST", f"/v1/devices/{device}/unenrolment", body=encode(document))
    return payloads.whole(api.ask(asked).expect().document, "awaited")


def _enrolment(answer: Mapping[str, Any]) -> EnrolmentAnswer:
    return EnrolmentAnswer(
        device_id=payloads.required_text(answer, "device_id"),
        epoch=payloads.whole(answer, "epoch"),
        store=payloads.mapping(answer, "store"),
        lane_no=payloads.whole(answer, "lane_no"),
        booth=payloads.text(answer, "booth"),
        trust=tuple(payloads.objects(answer, "trust")),
        policy=payloads.mapping(answer, "policy"),
        sas=payloads.required_text(answer, "sas"),
        store_secret=_secret(payloads.required_text(answer, "store_secret")),
        session_token=payloads.required_text(answer, "session_token"),
    )


def _secret(text: str) -> bytes:
    try:
        secret = from_base64(text)
    except ValueError as error:
        raise payloads.malformed("store_secret") from error
    if len(secret) != SECRET_BYTES:
        raise payloads.malformed("store_secret")
    return secret


def _hash(text: str) -> str:
    try:
        digest = bytes.fromhex(text)
    except ValueError as error:
        raise payloads.malformed("hash") from error
    if len(digest) != len(GENESIS):
        raise payloads.malformed("hash")
    return text
