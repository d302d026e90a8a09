"""The time, unsigned: a device whose clock is wrong needs it before it can sign."""

from fastapi import APIRouter

from pos_client.domain.journal_entry import wire_time

from .documents import Reply
from .standing import CentreHere

ROUTER = APIRouter(prefix="/v1/time", tags=["time"])


class TimeReply(Reply):
    """The server's time; the signed one is in the headers ``Server-Time`` and ``X-Time-Sig``."""

    server_time: str


@ROUTER.get("")
async def time(centre: CentreHere) -> TimeReply:
    """The server's time."""
    return TimeReply(server_time=wire_time(centre.now()))
