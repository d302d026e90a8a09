"""A lane that speaks the contract and nothing else: signs requests, chains and signs journal entries.

Apart from the product's own client on purpose: server tests must not pass because both sides share a mistake. Nothing
here retries, remembers on disk or decides.
"""

import gzip
import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms

from pos_client.domain import hash_chain
from pos_client.domain.batch import Batch, JournalHead, SignedEntry
from pos_client.domain.signed_document import (
    DocumentPurpose,
    KeyPurpose,
    from_base64,
    signed_bytes,
    time_signed_bytes,
    to_base64,
)
from tests.fakes.lane_journal import LaneJournal

TIMEOUT_S: Final = 30
_COVERED: Final = ("@method", "@path", "@query")
_COVERED_WHERE_PRESENT: Final = ("idempotency-key", "x-session-token")


@dataclass
class LaneClient(LaneJournal):
    """A device on the other end of the wire.

    Args:
        base_url: of the server, without a slash at the end.
    """

    base_url: str = ""
    token: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    @property
    def pubkey(self) -> str:
        """The device's public key as it goes over the wire."""
        return to_base64(self.key.public_key().public_bytes_raw())

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

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
        path, body = self.claim_request(asked_in, shown, **changed)
        return self.send("PUT", path, body)

    @staticmethod
    def claim_request(asked_in: SignedEntry, shown: str, **changed: Any) -> tuple[str, dict[str, Any]]:
        """Path and body of a claim."""
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
        return f"/v1/claims/{hash_chain.claim_id(asked_in.hash)}", body

    def push(
        self, sent: Sequence[SignedEntry], *, compressed: bool = False, key: str = "", **changed: Any
    ) -> requests.Response:
        """Deliver entries as one batch."""
        seq, hash_ = self.head()
        batch = Batch(tuple(sent), JournalHead(sent[0].epoch, seq, hash_))
        document = {**json.loads(batch.wire(self.device)), **changed}
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

    def trusted(self, key_id: int, purpose: KeyPurpose) -> Ed25519PublicKey:
        """A trusted key of the enrolment."""
        found = [key for key in self.enrolment["trust"] if (key["key_id"], key["purpose"]) == (key_id, purpose.value)]
        return Ed25519PublicKey.from_public_bytes(from_base64(found[0]["public"]))

    def check_document(self, purpose: DocumentPurpose, document: Mapping[str, Any]) -> None:
        """Raise InvalidSignature where a document is not the centre's own."""
        by_server = {DocumentPurpose.RECEIPT, DocumentPurpose.CLOSING}
        signer = KeyPurpose.SERVER if purpose in by_server else KeyPurpose.DATA
        key = self.trusted(document["key_id"], signer)
        key.verify(from_base64(document["sig"]), signed_bytes(purpose, document))

    def check_time(self, response: requests.Response) -> None:
        """Raise InvalidSignature where a response's time is not the centre's own, for this very request."""
        key = self.trusted(int(response.headers["X-Time-Key"]), KeyPurpose.SERVER)
        stamp = time_signed_bytes(response.headers["Server-Time"], str(response.request.headers["X-Request-Id"]))
        key.verify(from_base64(response.headers["X-Time-Sig"]), stamp)
