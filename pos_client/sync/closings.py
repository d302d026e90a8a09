"""Brings closed days to an agreement, by itself: ask the centre, send what it lacks, ask again.

Apart from push because a day is agreed on as a whole. No network, no answer, half an answer: the close stays what it
is, and the next round asks again. Only a document that the centre signed, about this very entry and range, changes it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pos_client.domain.closings.close import Close, Standing, is_about, told
from pos_client.domain.errors import PosError, ServerRefused, ServerUnreachable
from pos_client.domain.signed_document import DocumentPurpose

from . import payloads
from .api_client import ApiClient, ApiRequest, encode
from .closing_port import ClosingBook, KeptClose
from .outbox_port import Outbox
from .push import Pusher

EXISTS: Final = "closing-exists"
HEALINGS: Final = 3
AGAIN_AFTER_S: Final = 600.0
PATIENCE_S: Final = 60.0
_MOST_WAIT_S: Final = 5.0

VerifyDocument = Callable[[DocumentPurpose, Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class ClosingsReport:
    """What a round did: how many closes were asked about, became agreed, and are open still; why it ended early."""

    asked: int = 0
    agreed: int = 0
    open: int = 0
    error: PosError | None = None


@dataclass(frozen=True, slots=True)
class ClosingParts:
    """What asking is made of; used by one thread.

    Attributes:
        api: a client of the centre. book: the closes. outbox, pusher: to send what is lacking.
        device: this device's id. verify: whether a trusted key signed a document.
    """

    api: ApiClient
    book: ClosingBook
    outbox: Outbox
    pusher: Pusher
    device: str
    verify: VerifyDocument


class Closings:
    """Asks about every close that is not agreed.

    Args:
        parts: what asking is made of.
        patience_s: how long to wait for one count at the centre within a round; 0 leaves it to the next round.
        again_after_s: how soon to ask again where nothing that this lane can send would change the answer.
        pause: waits so many seconds.
    """

    def __init__(
        self,
        parts: ClosingParts,
        patience_s: float = 0.0,
        again_after_s: float = AGAIN_AFTER_S,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._parts = parts
        self._patience_s = patience_s
        self._again_after_s = again_after_s
        self._pause = pause
        self._not_before: dict[tuple[int, int], float] = {}

    def run(self) -> ClosingsReport:
        """Ask about each, oldest first. Never raises a PosError: what waits, waits for the next round."""
        asked = agreed = 0
        error: PosError | None = None
        try:
            for kept in self._due():
                asked += 1
                agreed += self._brought_on(kept)
        except PosError as stopped:
            error = stopped
        try:
            return ClosingsReport(asked, agreed, len(self._parts.book.unsettled()), error)
        except PosError as unreadable:
            return ClosingsReport(asked, agreed, 0, error or unreadable)

    def take_answer(self, document: Mapping[str, Any]) -> bool:
        """As ``take_answer`` of this module, for this lane."""
        return take_answer(self._parts.book, self._parts.device, self._parts.verify, document)

    def _due(self) -> list[KeptClose]:
        now = time.monotonic()
        unsettled = self._parts.book.unsettled()
        ready = [kept for kept in unsettled if now >= self._not_before.get(_name(kept.close), 0.0)]
        return [kept for kept in ready if not self._parts.book.waits(kept.close)]

    def _brought_on(self, kept: KeptClose) -> bool:
        """Whether the close is agreed now. Raises PosError."""
        for _ in range(HEALINGS):
            try:
                answer = self._asked(kept)
            except ServerRefused as refused:
                self._refused(kept.close, refused)
                return False
            if answer is None:
                return False
            if self._keep(kept.close, answer) is Standing.AGREED:
                return True
            if not self._sent_again(kept.close, answer):
                self._not_before[_name(kept.close)] = time.monotonic() + self._again_after_s
                return False
        return False

    def _asked(self, kept: KeptClose) -> Mapping[str, Any] | None:
        """The signed answer; None while the centre counts and patience is over. Raises PosError."""
        body = encode(told(self._parts.device, kept.close, kept.told))
        ends = time.monotonic() + self._patience_s
        while not self._parts.api.stopping():
            reply = self._parts.api.ask(ApiRequest("POST", "/v1/closings", body=body)).expect()
            if reply.status != 202:
                return self._believed(kept.close, reply.document)
            wait_s = min(_MOST_WAIT_S, max(0.1, float(payloads.whole(reply.document, "retry_after_s", 1))))
            if time.monotonic() + wait_s > ends:
                return None
            self._pause(wait_s)
        return None

    def _believed(self, close: Close, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        is_ours = is_about(answer, self._parts.device, close)
        if not is_ours or not self._parts.verify(DocumentPurpose.CLOSING, answer):
            raise ServerUnreachable("the answer about a close is not the centre's word on it", cause="not-ours")
        return answer

    def _refused(self, close: Close, refused: ServerRefused) -> None:
        """Another close of the range stands: that is known and shown. Any other refusal ends the round."""
        if refused.problem != EXISTS:
            raise refused
        self._parts.book.keep_answer(close, Standing.DISAGREED, {"state": "disagreed", "problem": EXISTS})
        self._not_before[_name(close)] = time.monotonic() + self._again_after_s

    def _keep(self, close: Close, answer: Mapping[str, Any]) -> Standing:
        return _kept(self._parts.book, close, answer)

    def _sent_again(self, close: Close, answer: Mapping[str, Any]) -> bool:
        """Whether something that the centre lacks is there now. Raises PosError."""
        count = self._parts.outbox.resend(close.of_epoch, payloads.ranges(answer, "missing"))
        if answer.get("entry_missing") is True:
            count += self._parts.outbox.resend(close.epoch, [(close.seq, close.seq)])
        if count:
            error = self._parts.pusher.run().error
            if error is not None:
                raise error
        return count > 0


def take_answer(book: ClosingBook, device: str, verify: VerifyDocument, document: Mapping[str, Any]) -> bool:
    """Take the centre's signed answer to a close, however it came here; whether it was one, about a close of this lane.

    An answer that came by hand settles its range without a network: its signature and the head's hash say that every
    entry up to there is at the centre. One that comes late takes no agreement back.
    """
    if not verify(DocumentPurpose.CLOSING, document):
        return False
    for kept in book.closes():
        if is_about(document, device, kept.close):
            if kept.standing is not Standing.AGREED:
                _kept(book, kept.close, document)
            return True
    return False


def _kept(book: ClosingBook, close: Close, answer: Mapping[str, Any]) -> Standing:
    standing = Standing.AGREED if answer.get("state") == "agreed" else Standing.DISAGREED
    book.keep_answer(close, standing, answer)
    return standing


def _name(close: Close) -> tuple[int, int]:
    return close.epoch, close.seq
