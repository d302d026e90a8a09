"""The day's end: a lane's close against the inbox, agreed with a signed receipt or answered with what differs."""

import asyncio
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from fastapi.responses import JSONResponse
from pydantic import Field

from crm_server.centre import Centre
from crm_server.closings import Answer, answer_of, keep, standing_answer
from crm_server.devices import Caller
from crm_server.problems import Problem
from crm_server.recount import recount

from .documents import LARGEST, Hash, Identifier, Number, Reply, Request, Seq, SeqRange, ShortText, Signed
from .problem_replies import refusals
from .request_signature import SignedAsking
from .standing import CentreHere, reading, writing

ROUTER = APIRouter(prefix="/v1/closings", tags=["closings"])
PATIENCE_S: Final = 1.0
ASK_AGAIN_S: Final = 2
MOST_LINES: Final = 5_000

Amount = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Epoch = Annotated[Number, Field(ge=1)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Sums = Annotated[dict[ShortText, Amount], Field(max_length=MOST_LINES)]


class LineTotal(Request):
    """Deeds of one sort that stand."""

    campaign: Amount
    tier: ShortText
    verdict: ShortText
    kind: ShortText
    count: Seq
    value_minor: Amount


class CountAndValue(Request):
    """How many, and what they were worth."""

    count: Seq
    value_minor: Amount


class Voids(CountAndValue):
    """What was taken back; ``across`` of them were written before the range."""

    across: Seq


class Goods(Request):
    """Purchases, or returns, that stand."""

    count: Seq
    basket_minor: Amount
    discount_minor: Amount


class Money(Request):
    """Both."""

    purchases: Goods
    returns: Goods


class HostField(Request):
    """The host's receipts against the lane's purchases, as the lane compared them."""

    receipts: Seq
    agreed: Seq
    causes: Annotated[dict[ShortText, Seq], Field(max_length=100)]
    digest: Hash


class AcceptedDifferences(Request):
    """Who closed in spite of differences, and why."""

    by: ShortText
    reason: Annotated[str, Field(max_length=200)]
    count: Seq


class ClosingRequest(Request):
    """A ``close_day`` entry: its name, and its own fields as they stand in its body (docs/closing.md)."""

    device: Identifier
    epoch: Epoch
    seq: Annotated[Seq, Field(ge=1)]
    hash: Hash
    business_date: Day
    of_epoch: Epoch
    first_seq: Annotated[Seq, Field(ge=1)]
    last_seq: Seq
    head_hash: Hash
    entries: Seq
    totals: Annotated[list[LineTotal], Field(max_length=MOST_LINES)]
    voids: Voids
    overrides: CountAndValue
    money: Money
    points: Amount
    stamps: Sums
    handed_over: Sums
    days: Annotated[list[Day], Field(max_length=1_000)]
    open_intents: Seq
    undelivered: Seq
    stuck: Seq
    quarantined: Seq
    conflicts: Seq
    host: HostField | None
    counted: Sums | None
    signed_by: ShortText
    differences_accepted: AcceptedDifferences | None


class DifferenceRow(Reply):
    """A figure that differs, and why; ``about`` names it, ``ours`` is the lane's and ``theirs`` the centre's."""

    cause: str
    about: str
    ours: Any
    theirs: Any


class ConflictOfDay(Reply):
    """An entry of the range that found its use taken."""

    seq: int
    coupon_id: str
    holder: dict[str, Any] | None


class QuarantinedOfDay(Reply):
    """An entry of the range that could not be applied."""

    seq: int
    reason: str


class ForkedOfDay(Reply):
    """An entry of the range beside which another one of its number is stored."""

    seq: int


class ClosingAnswer(Signed):
    """Agreed, or what differs; signed (purpose closing), so that it may also be carried by hand.

    An agreement is for ever. ``missing`` are ranges of ``of_epoch`` that are to be sent again, ``entry_missing`` says
    it of the close's own entry. ``beyond`` is the last entry of an ended epoch that is stored after the close's end,
    0 for none: its lane has lost it.
    """

    state: Literal["agreed", "disagreed"]
    device: str
    store: int
    lane: int
    epoch: int
    seq: int
    hash: Hash
    of_epoch: int
    business_date: str
    first_seq: int
    last_seq: int
    head_hash: Hash
    entries: int
    missing: list[SeqRange]
    entry_missing: bool
    differences: list[DifferenceRow]
    conflicts: list[ConflictOfDay]
    quarantined: list[QuarantinedOfDay]
    forked: list[ForkedOfDay]
    beyond: int
    at: str


class Recomputing(Reply):
    """Counting takes longer than a second: ask again with the same body."""

    state: Literal["recomputing"]
    retry_after_s: int


class Recounts:
    """Counts that are under way in this process, so that asking again joins them and does not begin another."""

    def __init__(self) -> None:
        self._running: dict[tuple[str, int, int, str], asyncio.Task[Answer]] = {}

    def of(self, centre: Centre, caller: Caller, asked: dict[str, Any]) -> asyncio.Task[Answer]:
        """The count of this close, begun where it is not under way."""
        key = (caller.device, asked["epoch"], asked["seq"], asked["hash"])
        running = self._running.get(key)
        if running is None:
            running = asyncio.create_task(_counted(centre, caller, asked))
            self._running[key] = running
            running.add_done_callback(lambda _: self._running.pop(key, None))
        return running


@ROUTER.post(
    "",
    response_model=ClosingAnswer,
    responses={
        202: {"model": Recomputing, "description": "counting; ask again with the same body"},
        **refusals("body-malformed", "closing-malformed", "closing-exists", "device-other"),
    },
)
async def post_closing(body: ClosingRequest, request: HttpRequest, asking: SignedAsking, centre: CentreHere) -> Any:
    """Close a range of a lane's journal. A revoked device may still do it."""
    if body.device != asking.device:
        raise Problem("device-other")
    asked = body.model_dump()

    def known(connection: Any, caller: Caller) -> tuple[Caller, Answer | None]:
        return caller, standing_answer(connection, caller, asked)

    caller, before = await asking.write(known, if_revoked=True)
    if before is not None:
        return before
    counting = _recounts(request).of(centre, caller, asked)
    done, _ = await asyncio.wait({counting}, timeout=PATIENCE_S)
    if not done:
        waiting = Recomputing(state="recomputing", retry_after_s=ASK_AGAIN_S)
        return JSONResponse(waiting.model_dump(), 202, {"Retry-After": str(ASK_AGAIN_S)})
    return counting.result()


def _recounts(request: HttpRequest) -> Recounts:
    recounts: Recounts = request.app.state.recounts
    return recounts


async def _counted(centre: Centre, caller: Caller, asked: dict[str, Any]) -> Answer:
    """Count, sign, keep."""
    counted = await reading(centre, lambda connection: recount(connection, caller.device, asked))
    now_ms = centre.now_ms()
    answer = answer_of(centre.keys, caller, asked, counted, now_ms)
    return await writing(centre, lambda connection: keep(connection, caller, asked, answer, now_ms))
