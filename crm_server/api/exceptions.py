"""Exceptions: double uses, quarantined rows, forks of the caller's store."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from crm_server.exceptions_list import exceptions_since
from crm_server.problems import Problem
from pos_client.domain.business_time import to_ms

from .documents import Reply
from .problem_replies import Holder, refusals
from .request_signature import ActiveCaller
from .standing import CentreHere, reading

ROUTER = APIRouter(prefix="/v1/exceptions", tags=["exceptions"])


class ExceptionRow(Reply):
    """An entry that a person should look at."""

    device: str
    epoch: int
    seq: int
    hash: str
    at: str


class Sentence(Reply):
    """A sentence in both languages."""

    zh: str
    en: str


class LossRow(ExceptionRow):
    """Something that was given away and was not due.

    ``state`` is open, promoted (it has the use now), voided or repaid; ``loss_minor`` is 0 unless it is open.
    ``value_minor`` is what it was at first; ``worked`` is open, settled or written-off.
    """

    id: str
    about: str
    coupon_id: str
    use_no: int
    cause: str
    why: Sentence
    state: str
    worked: str
    value_minor: int
    loss_minor: int
    currency: str
    campaign: int
    store: int
    lane: int
    operator: str
    tier: str
    business_date: str


class ConflictRow(LossRow):
    """An entry that found taken what is given once.

    ``about`` is use, issue, or receipt or return (then ``coupon_id`` is ``receipt:`` and a fingerprint).
    """

    holder: Holder


class ExcessRow(LossRow):
    """A member had more than a campaign allows, or paid with more points than there were: ``about`` member, points."""


class MarkedRow(ExceptionRow):
    """An entry that was stored and not applied."""

    kind: str = ""
    reason: str


class ExceptionsReply(Reply):
    """Oldest first; at most 500 of each."""

    conflicts: list[ConflictRow]
    excess: list[ExcessRow]
    quarantined: list[MarkedRow]
    forks: list[MarkedRow]


@ROUTER.get("", responses=refusals("body-malformed", "device-other"))
async def exceptions(
    caller: ActiveCaller,
    centre: CentreHere,
    store: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
    since: Annotated[str, Query(max_length=40)] = "",
) -> ExceptionsReply:
    """What a person of the caller's store should look at since a moment (RFC 3339)."""
    if store not in {None, caller.store}:
        raise Problem("device-other", "a device sees its own store")
    since_ms = _moment(since)
    found = await reading(centre, lambda connection: exceptions_since(connection, caller.store, since_ms))
    return ExceptionsReply.model_validate(found)


def _moment(text: str) -> int:
    if not text:
        return 0
    try:
        moment = datetime.fromisoformat(text)
        return to_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise Problem("body-malformed", "since is no RFC 3339 time") from error
