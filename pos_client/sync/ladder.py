"""The ladder above a lane: the centre (A), then the store's own server (B); what neither answers, the lane decides.

Apart from asking one server because the order is the contract (PROTOCOL 3.2, docs/adr/0024). Wherever both can be
asked, both are, at once and for one claim: each then knows of every use in this store that the other one gave, so that
no line may be cut, or healed, between two customers to any purpose. No clerk waits longer than 1.1 s, and nobody waits
at a rung whose breaker is open:

- "somebody here has used it" is the end of the matter, even where A would give it: A has not heard of that use yet;
- else A's word counts, which knows more than a store, within its 800 ms;
- of a coupon that no other store can use, B's word will do once A has taken longer than 400 ms;
- where A says nothing, or its breaker is open, B is waited for until the 1.1 s are over.

Of a campaign with so many uses in all each server counts those that it gives, so B is asked only where A says nothing,
or that it has none left: the store may have a share. Whatever answer was not taken goes to ``on_late``: it may
contradict what is on the screen, or have granted something that nobody wants any more.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered

from . import errand
from .claims import STORE_BUDGET_S, LateReply, ServerClaims

SLOW_S: Final = 0.4
LONGEST_S: Final = 1.1
_USED: Final = "already-used"
_FULL: Final = "quota-exhausted"
_SILENCE: Final = ClaimUnanswered("timeout")


@dataclass(frozen=True, slots=True)
class _Both:
    """Both rungs, asked at once for one claim."""

    request: ClaimRequest
    centre: ServerClaims
    store: ServerClaims
    began: float
    is_decided: threading.Event

    def ask(self, on_late: LateReply) -> ClaimReply:
        future = errand.start(lambda: self.store.claim(self.request, LONGEST_S, self.is_decided.is_set))
        first = self.centre.claim(self.request, enough=lambda: self._store_will_do(future))
        if isinstance(first, ClaimUnanswered):
            return self._said_within(future, LONGEST_S)
        if isinstance(first, ClaimGranted) and _is_used(second := self._beside_a_grant(future)):
            on_late(self.request, first)
            return second
        self.is_decided.set()
        future.add_done_callback(lambda done: _pass_on(self.request, first, done, on_late))
        return first

    def _beside_a_grant(self, future: "Future[ClaimReply]") -> ClaimReply:
        """B's word where A has granted it: waited for as long as a machine in the same house may take."""
        reply = self._said_within(future, STORE_BUDGET_S)
        if reply == _SILENCE:
            # Its call is given up with A's word, so that nobody else would count this.
            self.store.note_silence()
        return reply

    def _said_within(self, future: "Future[ClaimReply]", budget_s: float) -> ClaimReply:
        try:
            return errand.wait(future, max(0.0, self.began + budget_s - time.monotonic()))
        except errand.Abandoned:
            return _SILENCE

    def _store_will_do(self, future: "Future[ClaimReply]") -> bool:
        reply = _said(future)
        is_slow = time.monotonic() - self.began > SLOW_S
        last_word = self.request.settled_here and is_slow and isinstance(reply, ClaimGranted | ClaimRefused)
        return last_word or _is_used(reply)


class Ladder:
    """Fulfils ``ports.Claims`` over both rungs; used by the till's thread.

    Args:
        centre: rung A.
        store: rung B as the newest policy names it, None where it names none. Asked at every claim.
        on_late: told, in whichever thread, every answer that was not taken.
    """

    def __init__(self, centre: ServerClaims, store: Callable[[], ServerClaims | None], on_late: LateReply) -> None:
        self._centre = centre
        self._store = store
        self._on_late = on_late

    def reachable(self) -> bool:
        """Whether asking is worth the wait: at least one breaker is not open."""
        return self._centre.reachable() or self._open_store() is not None

    def claim(self, request: ClaimRequest, patience_s: float | None = None) -> ClaimReply:
        """Ask for a use; with ``patience_s`` the centre alone, which chance wants to be tried."""
        if patience_s is not None:
            return self._centre.claim(request, patience_s)
        store = self._open_store()
        if not self._centre.reachable():
            return store.claim(request, LONGEST_S) if store else ClaimUnanswered("breaker open")
        if store is None:
            return self._centre.claim(request)
        if request.is_counted:
            return self._one_by_one(request, store)
        return _Both(request, self._centre, store, time.monotonic(), threading.Event()).ask(self._on_late)

    def _one_by_one(self, request: ClaimRequest, store: ServerClaims) -> ClaimReply:
        reply = self._centre.claim(request)
        if _is_full(reply):
            return _of_share(reply, store.claim(request))
        return store.claim(request) if isinstance(reply, ClaimUnanswered) else reply

    def release(self, claim_id: str, reason: str) -> bool:
        """Give a claim back at every rung that is worth the wait; True where one of them confirmed.

        A rung that does not hear it now hears it from the journal, where the entry that ends the claim stands already.
        """
        rungs = [rung for rung in (self._centre, self._open_store()) if rung and rung.reachable()]
        confirmed = [rung.release(claim_id, reason) for rung in rungs]
        return any(confirmed)

    def release_soon(self, claim_id: str, reason: str) -> None:
        """The same without waiting for it, and without standing in the way of the next claim."""
        for rung in (self._centre, self._open_store()):
            if rung and rung.reachable():
                rung.release_soon(claim_id, reason)

    def _open_store(self) -> ServerClaims | None:
        store = self._store()
        return store if store and store.reachable() else None


def _said(future: "Future[ClaimReply]") -> ClaimReply | None:
    """What the store's server has said by now."""
    return future.result() if future.done() and future.exception() is None else None


def _is_used(reply: ClaimReply | None) -> bool:
    return isinstance(reply, ClaimRefused) and reply.problem == _USED


def _is_full(reply: ClaimReply) -> bool:
    """Whether nothing but the number of uses stands against it: the store's share may have some left."""
    return isinstance(reply, ClaimRefused) and reply.problem == _FULL


def _of_share(refusal: ClaimReply, reply: ClaimReply) -> ClaimReply:
    """What the store's server gives out of its share, of a coupon that the centre had nothing else against."""
    return replace(reply, is_vouched=True) if isinstance(reply, ClaimGranted) else refusal


def _pass_on(request: ClaimRequest, taken: ClaimReply, done: "Future[ClaimReply]", on_late: LateReply) -> None:
    """What matters of B's word beside A's: a use in the house that A has not heard of, or a grant that nobody wants.

    What else B does not know, or knows otherwise, A knows better.
    """
    reply = _said(done)
    if reply is not None and (_is_used(reply) if isinstance(taken, ClaimGranted) else isinstance(reply, ClaimGranted)):
        on_late(request, reply)
