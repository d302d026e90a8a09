"""A lane that speaks the contract and nothing else: signs requests, chains and signs journal entries.

Apart from the product's own client on purpose: server tests must not pass because both sides share a mistake. Nothing
here retries, remembers on disk or decides.
"""

import gzip
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from pos_client.domain import hash_chain
from pos_client.domain.journal_entry import encode_body, wire_time
from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    from_base64,
    signed_bytes,
    time_signed_bytes,
    to_base64,
)

TIMEOUT_S: Final = 30
_COVERED: Final = ("@method", "@path", "@query")
_COVERED_WHERE_PRESENT: Final = ("idempotency-key", "x-session-token")


@dataclass(frozen=True)
class SignedEntry:
    """One entry of the fake lane's journal."""

    epoch: int
    seq: int
    hash: bytes
    body: bytes
    sig: bytes

    def wire(self) -> dict[str, Any]:
        """The entry as a batch carries it."""
        return {"seq": self.seq, "body": to_base64(self.body), "sig": to_base64(self.sig)}


@dataclass
class LaneClient:
    """A device on the other end of the wire.

    Args:
        base_url: of the server, without a slash at the end.
        key: the device's key.
        clock: the device's time, aware UTC.
    """

    base_url: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    device: str = ""
    epoch: int = 0
    token: str = ""
    enrolment: dict[str, Any] = field(default_factory=dict)
    entries: list[SignedEntry] = field(default_factory=list)
    session: requests.Session = field(default_factory=requests.Session)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def pubkey(self) -> str:
        """The device's public key as it goes over the wire."""
        return to_base64(self.key.public_key().public_bytes_raw())

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

    # --- requests -------------------------------------------------------------------------------------------------

    def enrol(self, code: str) -> requests.Response:
        """Enrol with a one-time code; takes the answer over where it is one."""
        body = {"code": code, "pubkey": self.pubkey, "alg": "ed25519", "hw_hash": "", "app_ver": "0.1.0", "os": "test"}
        response = self.send("POST", "/v1/devices/enrol", body, signed=False)
        if response.status_code in {200, 201}:
            self.enrolment = response.json()
            self.device = self.enrolment["device_id"]
            self.epoch, self.token = self.enrolment["epoch"], self.enrolment["session_token"]
        return response

    def new_epoch(self, reason: str = "test") -> requests.Response:
        """Ask for the next epoch; entries from here on belong to it."""
        seq, hash_ = self.head()
        body = {"reason": reason, "last_epoch": self.epoch, "last_seq": seq, "last_hash": hash_.hex()}
        response = self.send("POST", f"/v1/devices/{self.device}/epochs", body)
        if response.status_code == 201:
            self.epoch, self.token = response.json()["epoch"], response.json()["session_token"]
        return response

    def heartbeat(self, **changed: Any) -> requests.Response:
        """Send a heartbeat of the journal as it is here, or with fields changed."""
        seq, hash_ = self.head()
        body = {
            "epoch": self.epoch,
            "head_seq": seq,
            "head_hash": hash_.hex(),
            "undelivered": 0,
            "oldest_s": 0,
            "cache_gen": 0,
            "time_quality": "synced",
            "stuck": [],
            **changed,
        }
        return self._rolling(f"/v1/devices/{self.device}/heartbeat", body, {})

    def claim(self, asked_in: SignedEntry, shown: str, **changed: Any) -> requests.Response:
        """Ask for the use that an intent names, showing the code's text."""
        asked = json.loads(asked_in.body)
        body = {
            "coupon_id": asked["coupon_id"],
            "use_no": asked["use_no"],
            "code_kind": asked["code_kind"],
            "token": shown,
            "member_ref": asked["member_ref"],
            "value_minor": asked["value_minor"],
            "intent": {"epoch": asked_in.epoch, "seq": asked_in.seq, "hash": asked_in.hash.hex()},
            **changed,
        }
        return self.send("PUT", f"/v1/claims/{hash_chain.claim_id(asked_in.hash)}", body)

    def push(
        self, sent: Sequence[SignedEntry], *, compressed: bool = False, key: str = "", **changed: Any
    ) -> requests.Response:
        """Deliver entries as one batch."""
        seq, hash_ = self.head()
        document = {
            "device": self.device,
            "epoch": sent[0].epoch,
            "first_seq": sent[0].seq,
            "last_seq": sent[-1].seq,
            "head": {"seq": seq, "hash": hash_.hex()},
            "entries": [entry.wire() for entry in sent],
            **changed,
        }
        content = json.dumps(document).encode()
        digest = hashlib.sha256(content).hexdigest()[:32]
        name = f"{self.device}.{sent[0].epoch}.{sent[0].seq}-{sent[-1].seq}.{digest}"
        headers = {"Idempotency-Key": key or name}
        if compressed:
            content, headers["Content-Encoding"] = gzip.compress(content), "gzip"
        return self._rolling("/v1/journal/batches", content, headers)

    def get(self, path: str, params: Mapping[str, Any] | None = None, **headers: str) -> requests.Response:
        """A signed GET."""
        return self.send("GET", path, None, params=params, headers=headers)

    def _rolling(self, path: str, body: Any, headers: Mapping[str, str]) -> requests.Response:
        response = self.send("POST", path, body, headers={**headers, "X-Session-Token": self.token})
        self.token = response.headers.get("X-Session-Token", self.token)
        return response

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> requests.Response:
        """Send one request; the body is a document, or bytes that go out as they are."""
        prepared = self.prepare(method, path, body, params=params, headers=headers)
        if signed:
            self.sign(prepared)
        return self.session.send(prepared, timeout=TIMEOUT_S)

    def prepare(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.PreparedRequest:
        """A request without its signature."""
        content = body if body is None or isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        named = {"X-Request-Id": uuid.uuid4().hex, "User-Agent": "pos-client/0.1.0", **(headers or {})}
        if content is not None:
            named.setdefault("Content-Type", "application/json")
        request = requests.Request(method, self.base_url + path, params=params, headers=named, data=content)
        return self.session.prepare_request(request)

    def sign(
        self, prepared: requests.PreparedRequest, *, nonce: str = "", created: datetime | None = None, keyid: str = ""
    ) -> None:
        """Sign as RFC 9421 says, or with another time, nonce or name."""
        name = keyid or self.device
        resolver = MappingKeyResolver(public_keys={}, private_keys={name: self.key})
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
        covered = [*_COVERED, *(header for header in _COVERED_WHERE_PRESENT if header in prepared.headers)]
        content = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body
        signer.sign(
            prepared,
            key_id=name,
            created=created or self.clock(),
            nonce=nonce or to_base64(secrets.token_bytes(16)),
            label="sig1",
            covered_component_ids=covered,
            body=bytes(content) if content is not None else None,
        )

    # --- journal --------------------------------------------------------------------------------------------------

    def head(self) -> tuple[int, bytes]:
        """Number and hash of the newest entry of this epoch."""
        own = [entry for entry in self.entries if entry.epoch == self.epoch]
        return (own[-1].seq, own[-1].hash) if own else (0, hash_chain.GENESIS)

    def write(self, kind: str, **fields: Any) -> SignedEntry:
        """Append an entry to the journal."""
        seq, previous = self.head()
        entry = self.forge(seq + 1, previous, kind, **fields)
        self.entries.append(entry)
        return entry

    def forge(self, seq: int, previous: bytes, kind: str, **fields: Any) -> SignedEntry:
        """A well-signed entry of any number, which the journal does not remember."""
        store = self.enrolment.get("store", {"number": 1})
        document = {
            "v": 1,
            "device": self.device,
            "epoch": self.epoch,
            "seq": seq,
            "prev": previous.hex(),
            "kind": kind,
            "at": wire_time(self.clock()),
            "wall_ms": 0,
            "mono_ms": 0,
            "boot_id": "boot",
            "time_quality": "synced",
            "store": store["number"],
            "lane": self.enrolment.get("lane_no", 1),
            "booth": "",
            "operator": "E1001",
            "promoter": "",
            "campaign": None,
            "source": "command",
            "policy_ver": 1,
            "cache_gen": 1,
            "cache_age_s": 0,
            "app_ver": "0.1.0",
            "business_date": "2026-01-01",
            **fields,
        }
        body = encode_body(document)
        hash_ = hash_chain.entry_hash(previous, body)
        return SignedEntry(self.epoch, seq, hash_, body, self.key.sign(hash_chain.signed_bytes(hash_)))

    def intent(self, coupon_id: str, use_no: int = 1, **fields: Any) -> SignedEntry:
        """Append an intent."""
        about = {"code_kind": "signed_coupon", "code_hash": "0" * 64, "member_ref": "", "value_minor": 1_000}
        return self.write("intent", **{**about, "coupon_id": coupon_id, "use_no": use_no, **fields})

    def redeem(
        self, coupon_id: str, use_no: int | None = 1, intent: SignedEntry | None = None, **fields: Any
    ) -> SignedEntry:
        """Append a redemption: tier A after its intent, tier C without one."""
        about = {
            "coupon_id": coupon_id,
            "use_no": use_no,
            "code_kind": "signed_coupon",
            "code_hash": "0" * 64,
            "member_ref": "",
            "member_proof": "",
            "value_minor": 1_000,
            "discount_minor": 1_000,
            "currency": "CNY",
            "basket_ref": "",
            "basket_minor": 0,
            "tier": "A" if intent else "C",
            "verdict": "accepted",
            "reason": "accepted",
            "claim_id": hash_chain.claim_id(intent.hash) if intent else "",
            "intent_seq": intent.seq if intent else None,
            "coupon_name": {"zh": "券", "en": "coupon"},
        }
        return self.write("redeem", **{**about, **fields})

    def void(self, target: SignedEntry, **fields: Any) -> SignedEntry:
        """Append a void of an entry."""
        of = json.loads(target.body)
        about = {name: of.get(name) for name in ("coupon_id", "use_no", "claim_id")}
        return self.write("void", **{"target_seq": target.seq, "reason": "clerk-error", **about, **fields})

    # --- the centre's signatures ----------------------------------------------------------------------------------

    def trusted(self, key_id: int, purpose: KeyPurpose) -> Ed25519PublicKey:
        """A trusted key of the enrolment."""
        found = [key for key in self.enrolment["trust"] if (key["key_id"], key["purpose"]) == (key_id, purpose.value)]
        return Ed25519PublicKey.from_public_bytes(from_base64(found[0]["public"]))

    def check_document(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> None:
        """Raise InvalidSignature where a document is not the centre's own."""
        signer = KeyPurpose.SERVER if purpose is DocumentPurpose.RECEIPT else KeyPurpose.DATA
        key = self.trusted(document["key_id"], signer)
        key.verify(from_base64(document["sig"]), signed_bytes(purpose, document))

    def check_time(self, response: requests.Response) -> None:
        """Raise InvalidSignature where a response's time is not the centre's own, for this very request."""
        key = self.trusted(int(response.headers["X-Time-Key"]), KeyPurpose.SERVER)
        stamp = time_signed_bytes(response.headers["Server-Time"], str(response.request.headers["X-Request-Id"]))
        key.verify(from_base64(response.headers["X-Time-Sig"]), stamp)
