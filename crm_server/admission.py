"""Admission and the work behind it in one transaction: a request is let in once, and answered in the same commit.

Apart from ``devices`` because it is about requests; apart from the web layer because it is about transactions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection

from .devices import REVOKED, Caller, admit
from .problems import Problem
from .savepoints import savepoint

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Presented:
    """What a signed request shows: its device, its nonce, and its session token where it has one."""

    device: str
    nonce: str
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """Who was let in, and what came of the work; ``problem`` where it was refused."""

    caller: Caller
    result: Result | None = None
    problem: Problem | None = None


def let_in(connection: Connection, presented: Presented, now_ms: int, *, if_revoked: bool = False) -> Done[None]:
    """Admit a request; what it presented stays used even where the device is then refused.

    Raises:
        Problem: nonce-replayed, device-unknown.
    """
    caller = admit(connection, presented.device, presented.nonce, presented.token, now_ms)
    if caller.state == REVOKED and not if_revoked:
        return Done(caller, problem=Problem("device-revoked"))
    if caller.token_forked:
        return Done(caller, problem=Problem("device-forked"))
    return Done(caller)


def let_in_and(
    connection: Connection,
    presented: Presented,
    now_ms: int,
    work: Callable[[Connection, Caller], Result],
    *,
    if_revoked: bool = False,
) -> Done[Result]:
    """Admit a request and do its work; a refusal undoes the work, never the admission.

    Raises:
        Problem: nonce-replayed, device-unknown.
    """
    admitted = let_in(connection, presented, now_ms, if_revoked=if_revoked)
    if admitted.problem is not None:
        return Done(admitted.caller, problem=admitted.problem)
    try:
        with savepoint(connection):
            return Done(admitted.caller, work(connection, admitted.caller))
    except Problem as problem:
        return Done(admitted.caller, problem=problem)
