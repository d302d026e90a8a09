"""A lane for one check: a key, a device, the rolling token and a journal, all under the cases' control.

Apart from the real lane because this one must be able to lie: another key, another time, an old token.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from requests import PreparedRequest

from pos_client.domain.batch import Batch, JournalHead
from pos_client.sync import payloads
from pos_client.sync.api_client import TOKEN_HEADER, encode
from pos_client.sync.enrol import EnrolmentAnswer
from pos_client.sync.signing import RequestSigner

from .lane_journal import DeviceKey, LaneJournal, Written
from .probe import Heard, Probe
from .unmet import Unmet

BATCHES: Final = "/v1/journal/batches"
_TOKEN: Final = re.compile(r"[\x21-\x7e]{1,200}")


class ThrowawayLane:
    """One enrolled device.

    Args:
        probe: sends. key: the device's own.
        answer: of its enrolment.
    """

    def __init__(self, probe: Probe, key: DeviceKey, answer: EnrolmentAnswer) -> None:
        self.probe = probe
        self.key = key
        self.enrolment = answer
        self.device = answer.device_id
        self.store = payloads.whole(answer.store, "number")
        self.token = ""
        self.adopt_token(answer.session_token)
        self.journal = LaneJournal(probe, key, answer)

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Heard:
        """Send a signed request."""
        return self.probe.send(self.signed(self.probe.prepare(method, path, content, query=query, headers=headers)))

    def get(self, path: str, **query: str) -> Heard:
        """A signed GET."""
        return self.ask("GET", path, query=query)

    def signed(
        self,
        request: PreparedRequest,
        *,
        later: timedelta = timedelta(0),
        key: DeviceKey | None = None,
        name: str = "",
    ) -> PreparedRequest:
        """The same request with its signature, or with one of another time, key or device name."""
        created: datetime = self.probe.now() + later
        RequestSigner(name or self.device, (key or self.key).sign).sign(request, created)
        return request

    def rolling(self, path: str, content: Any, headers: Mapping[str, str] | None = None) -> Heard:
        """A request on the channel of the rolling token; the next token is kept."""
        heard = self.ask("POST", path, content, headers={TOKEN_HEADER: self.token, **(headers or {})})
        self.hear_token(heard)
        return heard

    def hear_token(self, heard: Heard) -> None:
        """Keep the token that an answer brought, where it brought one."""
        if TOKEN_HEADER in heard.headers:
            self.adopt_token(heard.headers[TOKEN_HEADER])

    def adopt_token(self, token: str) -> None:
        """Keep the next token.

        Raises:
            Unmet: no header can carry it.
        """
        if not _TOKEN.fullmatch(token):
            raise Unmet("the session token is not 1 to 200 visible ASCII characters")
        self.token = token

    def heartbeat(self, **changed: Any) -> Heard:
        """A heartbeat of the journal as it stands here, or with fields changed."""
        return self.rolling(self.heartbeat_path, self.heartbeat_document(**changed))

    @property
    def heartbeat_path(self) -> str:
        """Of this device."""
        return f"/v1/devices/{self.device}/heartbeat"

    def heartbeat_document(self, **changed: Any) -> dict[str, Any]:
        """What a heartbeat says."""
        head = self.journal.head
        return {
            "epoch": head.epoch,
            "head_seq": head.seq,
            "head_hash": head.hash.hex(),
            "undelivered": 0,
            "oldest_s": 0,
            "cache_gen": 0,
            "time_quality": "synced",
            "stuck": [],
            **changed,
        }

    def batch(self, *rows: Written, **changed: Any) -> dict[str, Any]:
        """The document of one delivery, or with fields changed."""
        head = self.journal.head
        batch = Batch(rows, JournalHead(rows[0].epoch, head.seq, head.hash))
        return {**json.loads(batch.wire(self.device)), **changed}

    def push(self, *rows: Written) -> Heard:
        """Deliver rows as one batch."""
        return self.deliver(self.batch(*rows))

    def deliver(self, batch: Mapping[str, Any], key: str = "") -> Heard:
        """Send a batch's document, whatever it says."""
        content = encode(batch)
        return self.rolling(BATCHES, content, {"Idempotency-Key": key or self.idempotency_key(batch, content)})

    def idempotency_key(self, batch: Mapping[str, Any], content: bytes) -> str:
        """The key of a batch with that body."""
        span = f"{batch['epoch']}.{batch['first_seq']}-{batch['last_seq']}"
        return f"{self.device}.{span}.{hashlib.sha256(content).hexdigest()[:32]}"
