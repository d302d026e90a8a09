"""F19: the end of the day with what waits, what is missing, what is in conflict and what is taken back across the cut.

Then machines are killed while a day closes.
"""

import random
from collections import Counter
from typing import Any, Final

from sqlalchemy import delete

from crm_server.schema import CLAIM
from faults.boxes import NO_POSTGRESQL, has_postgresql
from faults.closing_cases import Case, drawn
from faults.closing_kills import killed_while_closing
from faults.row import Amounts, Order, Outcome, Row, Size
from faults.stage import Promises, Stage, stage
from pos_client.bootstrap import name_server
from pos_client.domain.closings.close import told
from pos_client.domain.reasons import Reason
from pos_client.sync.api_client import ApiRequest, encode
from tests.fakes.fault_proxy import FaultMix, FaultProxy
from tests.integration.closing.closing_shop import ClosingLane, ClosingShop

AFTER: Final = ("nothing", "missing", "answer-lost", "bad-line")
BAD_LINE: Final = FaultMix(drop_request=0.05, drop_reply=0.25, double_request=0.2, cut_reply=0.1)
ROUNDS: Final = 40
KILLS: Final = {Size.FULL: 6, Size.QUICK: 2, Size.CI: 1}


def run(order: Order) -> Outcome:
    """Case after case, then the kills."""
    promises, counts, dice = Promises(), Counter[str](), random.Random(order.seed)
    with stage(order.folder / "cases") as shop:
        twin = ClosingLane(shop.enrolled(2, name="twin"))
        for number in range(order.amount):
            case = Case(
                ClosingShop(shop.shop, shop.folder), ClosingLane(shop.enrolled(1, name=f"lane-{number}")), twin, dice
            )
            _one(shop, number, case, counts, promises)
            order.say(f"case {number}: {counts['agreed']} days agreed")
    engines = ["sqlite"] + ["postgresql"] * (order.size is not Size.CI and has_postgresql())
    for engine in engines:
        killed_while_closing(order, engine, KILLS[order.size], counts, promises)
    notes = () if has_postgresql() else (NO_POSTGRESQL,)
    return Outcome(dict(counts), tuple(promises.broken), notes)


def _one(shop: Stage, number: int, case: Case, counts: Counter[str], promises: Promises) -> None:
    happened = drawn(number, case.dice)
    after = AFTER[number % len(AFTER)]
    name = f"case {number} ({', '.join(one.__name__ for one in happened)}, then {after})"
    for _ in range(case.dice.randint(1, 4)):
        case.lane.redeem(case.shop.coupon())
    for happening in happened:
        happening(case)
        counts[happening.__name__] += 1
    # A range is taken from one epoch's redemptions; purchases have rows of their own below them.
    after = "answer-lost" if after == "missing" and (case.has_new_epoch or case.receipts) else after
    _closes(name, case, counts, promises)
    _heals(shop, name, case, after, promises)
    standings = case.lane.standings()
    promises.hold(set(standings) == {"agreed"}, f"{name}: closes stand at {standings}")
    answers = [dict(kept.answer) for kept in case.lane.closes()]
    _named(name, "conflicts", case.conflicts, answers, promises)
    _named(name, "quarantined", case.quarantined, answers, promises)
    counts["cases"] += 1
    counts["agreed"] += standings.count("agreed")
    counts["differences_named"] += len(case.doubts) + len(case.host) + len(case.conflicts | case.quarantined)


def _closes(name: str, case: Case, counts: Counter[str], promises: Promises) -> None:
    """Nothing differs in silence: first alone, then as a shop does it."""
    if case.has_intent:
        reason = case.lane.close(case.receipts).verdict.reason
        promises.hold(reason is Reason.CLOSE_OPEN_CLAIMS, f"{name}: with something begun it said {reason}")
    if case.differs:
        reason = case.lane.close(case.receipts, cancel_intents=case.has_intent).verdict.reason
        promises.hold(reason is Reason.CLOSE_DIFFERENCES, f"{name}: with differences it said {reason}")
    view = case.close()
    promises.hold(view.verdict.reason is Reason.DAY_CLOSED, f"{name}: {view.verdict.reason}")
    doubts = sorted(doubt.cause.value for doubt in view.doubts)
    promises.hold(doubts == sorted(case.doubts), f"{name}: named {doubts} instead of {sorted(case.doubts)}")
    host = sorted(view.host.causes) if view.host else []
    promises.hold(host == sorted(case.host), f"{name}: of the host it named {host} instead of {sorted(case.host)}")
    across = sum(one.totals.voids_across for one in view.ranges)
    promises.hold(across == case.across, f"{name}: {across} voids across the cut instead of {case.across}")
    counts["waited_at_the_cut"] += view.waiting


def _heals(shop: Stage, name: str, case: Case, after: str, promises: Promises) -> None:
    """Only the sync that runs by itself."""
    if after == "missing":
        _forgotten(name, case, promises)
    elif after == "answer-lost":
        _asked(case)
    elif after == "bad-line":
        with FaultProxy(shop.shop.url, BAD_LINE, case.dice.randrange(1_000)) as proxy:
            name_server(case.lane.home, proxy.url)
            _synced(case)
        name_server(case.lane.home, shop.shop.url)
    _synced(case)


def _synced(case: Case) -> None:
    for _ in range(ROUNDS):
        if case.lane.sync().closings.open == 0 and set(case.lane.standings()) == {"agreed"}:
            return


def _forgotten(name: str, case: Case, promises: Promises) -> None:
    """The centre loses a part of what the close is about, and says which."""
    close = case.lane.closes()[-1].close
    with case.lane.syncing() as (_, side):
        side.parts.pusher.run()
    first = case.dice.randint(close.first_seq, close.last_seq)
    last = case.dice.randint(first, close.last_seq)
    case.shop.forget(case.lane, first, last)
    of_lane = (CLAIM.c.device == case.lane.device) & CLAIM.c.seq.between(first, last)
    # Tables are restored whole: with an entry goes the claim that it held.
    case.shop.shop.write(lambda connection: connection.execute(delete(CLAIM).where(of_lane)))
    missing = _asked(case).get("missing")
    promises.hold(missing == [[first, last]], f"{name}: {first} to {last} are missing, it said {missing}")


def _asked(case: Case) -> dict[str, Any]:
    """The newest close as the lane asks it, the answer thrown away."""
    with case.lane.syncing() as (journal, side):
        kept = list(journal.days.closes())[-1]
        body = encode(told(case.lane.device, kept.close, kept.told))
        return dict(side.parts.api.ask(ApiRequest("POST", "/v1/closings", body=body)).document)


def _named(name: str, what: str, expected: set[int], answers: list[dict[str, Any]], promises: Promises) -> None:
    found = {row["seq"]: row.get("reason") or row.get("holder") for answer in answers for row in answer.get(what, [])}
    promises.hold(set(found) == expected, f"{name}: {what} {found} named instead of {sorted(expected)}")


ROW = Row(
    name="F19",
    what="the end of the day: pending, missing, conflicts, voids across the cut; kills while it closes",
    method="drawn cases at a served centre, each with one to three things wrong before the close and one after; "
    "kill -9 of lane, store's server (SQLite, and PostgreSQL by pg_ctl -m immediate) and centre during a close",
    reach="each difference is named; agreed after healing, with 0 manual steps",
    unit="cases",
    amounts=Amounts(full=90, quick=27, ci=0),
    run=run,
    quick_s=44,
)
