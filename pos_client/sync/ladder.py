"""The ladder above a lane: the centre (A), then the store's own server (B); what neither answers, the lane decides.

Apart from asking one server because the order is the contract (PROTOCOL 3.2): one claim for all rungs, at most 800 ms
for A and 300 ms for B, and no wait at a rung whose breaker is open. Where A has become slow, both are asked at once:

- for a coupon that no other store can use, whichever answers first counts, and A's word where both are there;
- for all others A is waited for as long as ever, because it knows more, and B's word is taken where A says nothing;
- where A says that a limited campaign is used up, B may have some of the store's share left;
- "somebody here has used it" is the end of the matter, even where A would give it: A has not heard of that use yet.

Whatever answer was not taken goes to ``on_late``: it may contradict what is on the screen, or have granted something
that nobody wants any more.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from pos_client.usecases.claim_port import ClaimGranted, ClaimRefused, ClaimReply, ClaimRequest, ClaimUnanswered

from . import errand
from .claims import STORE_BUDGET_S, LateReply, ServerClaims

HEDGE_FROM_S: Final = 0.4
_USED: Final = "already-used"
_FULL: Final = "quota-exhausted"


@dataclass(frozen=True, slots=True)
class _Both:
    """Both rungs, asked at once for one claim."""

    request: ClaimRequest
    centre: ServerClaims
    store: ServerClaims
    centre_spoke: threading.Event

    def ask(self, on_late: LateReply) -> ClaimReply:
        future = errand.start(lambda: self.store.claim(self.request, enough=self.centre_spoke.is_set))
        first = self.centre.claim(self.request, enough=lambda: self._store_will_do(future))
        if _is_full(first):
            return _of_share(first, self._waited_for(future))
        if not isinstance(first, ClaimUnanswered):
            self.centre_spoke.set()
            if not (isinstance(first, ClaimGranted) and _is_used(_said(future))):
                future.add_done_callback(lambda done: _pass_on(self.request, done, on_late))
                return first
            on_late(self.request, first)
        return self._waited_for(future)

    def _waited_for(self, future: "Future[ClaimReply]") -> ClaimReply:
        try:
            return errand.wait(future, STORE_BUDGET_S)
        except errand.Abandoned:
            return ClaimUnanswered("timeout")

    def _store_will_do(self, future: "Future[ClaimReply]") -> bool:
        reply = _said(future)
        return _is_used(reply) or (self.request.settled_here and isinstance(reply, ClaimGranted | ClaimRefused))


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
            return store.claim(request) if store else ClaimUnanswered("breaker open")
        if store and self._centre.took_s > HEDGE_FROM_S:
            return _Both(request, self._centre, store, threading.Event()).ask(self._on_late)
        reply = self._centre.claim(request)
        if store and _is_full(reply):
            return _of_share(reply, store.claim(request))
        return store.claim(request) if store and isinstance(reply, ClaimUnanswered) else reply

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


def _pass_on(request: ClaimRequest, done: "Future[ClaimReply]", on_late: LateReply) -> None:
    reply = _said(done)
    if reply is not None and not isinstance(reply, ClaimUnanswered):
        on_late(request, reply)
