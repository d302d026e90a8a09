"""Fixed facts for pictures and tests of the day's end: one Sunday evening at each of its steps."""

from dataclasses import replace
from datetime import timedelta

from pos_client.config.day_slip import Sheet
from pos_client.domain.journal_entry import EntryKind
from pos_client.domain.local_text import LocalText
from pos_client.domain.reasons import Reason
from pos_client.domain.report_table import Table
from pos_client.domain.store_profile import Role, StaffMember
from pos_client.domain.verdict import Verdict, VerdictKind
from pos_client.usecases.close_day import PAPER_STUBS
from pos_client.usecases.day_end_facts import Block, Closed, Conflict, DayEndFacts, Difference, ToCount, Upload
from pos_client.usecases.day_end_state import DayEndState, Decision, Step
from pos_client.usecases.day_figures import Amount
from script.screen_facts import HUNDRED_OFF_20, NOW, SAMPLE, SHAMPOO_10, TODAY, TWO_HUNDRED_OFF_50

CAT = LocalText("毛绒小猫", "Plush cat")
UMBRELLA = LocalText("折叠伞", "Folding umbrella")
THINGS = (ToCount("cat", CAT), ToCount("sample", SAMPLE), ToCount("umbrella", UMBRELLA), ToCount(PAPER_STUBS))
COUNTED = {"cat": 10, "sample": 47, "umbrella": 6, PAPER_STUBS: 3}
CLERK = StaffMember("E01", "李敏", Role.CLERK)
LEADS = (StaffMember("E90", "赵姐", Role.SUPERVISOR), StaffMember("E91", "店长陈", Role.MANAGER))
_DAY = TODAY.isoformat()
TABLE = Table(
    "day",
    ("business_date", "what", "of", "currency", "count", "value_minor"),
    (
        (_DAY, "bind", "new", "", 21, 0),
        (_DAY, "campaign", "1001", "CNY", 84, 168000),
        (_DAY, "campaign", "1002", "CNY", 53, 53000),
        (_DAY, "hand_over", "cat", "", 8, 0),
        (_DAY, "redeemed", "", "CNY", 137, 221000),
        (_DAY, "refused", "already-used", "", 6, 0),
        (_DAY, "refused", "expired", "", 4, 0),
        (_DAY, "tier", "A", "CNY", 120, 195000),
        (_DAY, "tier", "C", "CNY", 17, 26000),
        (_DAY, "voided", "", "CNY", 2, 4000),
    ),
)
CONFLICTS = (
    Conflict(
        "1/207", NOW - timedelta(minutes=25), "redeem", TWO_HUNDRED_OFF_50, "赵** 139****8821", 5000, "in-conflict",
        NOW - timedelta(minutes=34), "城西店",
    ),
    Conflict("1/219", NOW - timedelta(minutes=10), "hand_over", SAMPLE, "钱** 137****0042", 0, "quarantined"),
    Conflict("0/88", NOW - timedelta(hours=3), "redeem", SHAMPOO_10, "", 1000, "forked", can_undo=False),
)  # fmt: skip


NAMES = {"1001": HUNDRED_OFF_20, "1002": SHAMPOO_10, "cat": LocalText("毛绒小猫", "Plush cat")}


def state(step: Step, **changes: object) -> DayEndState:
    """As far as a step."""
    began = round((NOW - timedelta(seconds=72)).timestamp() * 1000)
    values: dict[str, object] = {
        "step": step,
        "reached": step,
        "counted": COUNTED if step > Step.COUNT else {"cat": 10, "sample": 47},
        "is_counted": step > Step.COUNT,
        "whole": 86 if step > Step.COUNT else 0,
        "began_ms": began,
    }
    return DayEndState(**{**values, **changes})  # type: ignore[arg-type]


def facts(step: Step, **changes: object) -> DayEndFacts:
    """The evening at a step."""
    is_counted = step > Step.COUNT
    values: dict[str, object] = {
        "state": state(step),
        "day": TODAY,
        "at": NOW,
        "to_count": THINGS,
        "upload": upload(0 if step > Step.UPLOAD else 25),
        "store": 101,
        "lane": 1,
        "booth": "日化台",
        "clerk": CLERK,
        "clerk_has_pin": True,
        "supervisors": LEADS,
        "pins": frozenset({"E01", "E90", "E91"}),
        "table": TABLE if is_counted else None,
        "names": NAMES if is_counted else {},
        "head": "#231 9f3a01c7" if is_counted else "",
        "campaigns": (Amount(HUNDRED_OFF_20, 84, 168000), Amount(SHAMPOO_10, 53, 53000)) if is_counted else (),
        "promoters": (Amount(LocalText("小李", "小李"), 90, 150000),) if is_counted else (),
    }
    return DayEndFacts(**{**values, **changes})  # type: ignore[arg-type]


def upload(pending: int, **changes: object) -> Upload:
    """A delivery of 86 entries of which so many are left."""
    values: dict[str, object] = {
        "pending": pending,
        "whole": 86,
        "disagreed": 2,
        "has_contact": True,
        "next_at": NOW - timedelta(minutes=1) if pending else None,
        "next_kind": EntryKind.REDEEM if pending else None,
        "next_name": HUNDRED_OFF_20 if pending else None,
    }
    return Upload(**{**values, **changes})  # type: ignore[arg-type]


def counted_before_next() -> DayEndFacts:
    """Everything was counted, and the clerk went back to look."""
    return facts(Step.UPLOAD, state=replace(state(Step.UPLOAD), step=Step.COUNT))


def conflicts(*decisions: Decision) -> DayEndFacts:
    """Three cards, the first of them decided so."""
    cards = [
        replace(one, decision=decisions[place] if place < len(decisions) else None)
        for place, one in enumerate(CONFLICTS)
    ]
    return facts(Step.CONFLICTS, conflicts=tuple(cards), blocks=(Block.CONFLICTS,))


def differences(**changes: object) -> DayEndFacts:
    """Two cats are missing, one umbrella too many, and the host has it otherwise."""
    gaps = (Difference("cat", CAT, 12, 10), Difference("umbrella", UMBRELLA, 5, 6))
    known = replace(state(Step.DIFFERENCES), **changes)  # type: ignore[arg-type]
    return facts(Step.DIFFERENCES, state=known, differences=gaps, host={"total-differs": 1}, blocks=(Block.REASON,))


def locked() -> DayEndFacts:
    """The fifth wrong PIN."""
    verdict = Verdict(VerdictKind.REFUSED, Reason.PIN_LOCKED, {"wait_s": 60})
    known = replace(state(Step.SIGN), supervisor="E90")
    return facts(Step.SIGN, state=known, refusal=verdict)


def done(sealed: int = 0) -> DayEndFacts:
    """It is closed."""
    return facts(Step.DONE, closed=Closed(TODAY, 1, 232, 137, 21, sealed))


def sheet_of(table: Table) -> Sheet:
    """A day's sheet of some rows, of which nothing has a name."""
    return Sheet(table, 101, 1, "日化台", TODAY, TODAY)
