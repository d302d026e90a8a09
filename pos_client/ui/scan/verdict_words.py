"""A verdict put into the parts that the panel shows: which colour, which shape, which four facts.

Apart from the panel so that who/what/whose/where, and when/where/by whom for a repeat, are decided without a widget.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pos_client.config.wording import Wording
from pos_client.domain.errors import PosError
from pos_client.domain.local_text import LocalText
from pos_client.domain.override import OVERRIDABLE, SIGNED_UNDOS
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Tier, Verdict
from pos_client.ui.scan.scan_view import Workspace
from pos_client.usecases.overriding import NOT_BELIEVED
from pos_client.usecases.redeem_and_hand import THINGS_OWED
from pos_client.usecases.till_view import Level, TillAnswer, TillFault

# Member and undone are news, not judgements: they look like what waits for a person.
PANEL_OF: Final = {
    Level.OK: "ok",
    Level.PENDING: "pending",
    Level.READY: "info",
    Level.MEMBER: "info",
    Level.WARN: "warn",
    Level.REPEAT: "no",
    Level.REPEAT_SELF: "warn",
    Level.NO: "no",
    Level.SYSTEM: "system",
    Level.UNDONE: "info",
}
_OPENS: Final = {
    Reason.BASKET_NEEDED: Workspace.AMOUNT,
    Reason.BELOW_THRESHOLD: Workspace.AMOUNT,
    Reason.MEMBER_NEEDED: Workspace.CODE,
    Reason.MEMBER_UNKNOWN: Workspace.BIND,
    Reason.SEVERAL_MEMBERS: Workspace.PICK,
    Reason.MEMBERS_FOUND: Workspace.PICK,
    Reason.ALREADY_USED: Workspace.HISTORY,
    Reason.THING_HELD: Workspace.PRIZE,
    Reason.OUT_OF_STOCK: Workspace.PRIZE,
    Reason.LATE_USED: Workspace.HISTORY,
    Reason.LATE_REFUSED: Workspace.HISTORY,
    **dict.fromkeys(OVERRIDABLE | SIGNED_UNDOS | NOT_BELIEVED, Workspace.OVERRIDE),
}
_OF_A_SET: Final = frozenset({Reason.SET_READY, Reason.SET_REDEEMED})
_REPEATS: Final = {Level.REPEAT, Level.REPEAT_SELF}
# Who decided: the centre, the store's own server, or this lane alone.
_BADGE: Final = {
    Tier.CRM: LocalText("总部", "CRM"),
    Tier.STORE: LocalText("本店", "STORE"),
    Tier.LANE: LocalText("本机", "LANE"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the four facts: an icon and a word or two."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class VerdictParts:
    """Everything that stands on the panel.

    Attributes:
        level: decides shape. panel: decides colour.
        notice: something beside the verdict that a person should know.
        opens: where the next step is taken, if it is taken in this window.
    """

    level: Level
    panel: str
    headline: str
    amount: str
    reason: str
    say: str
    next_step: str
    code: str
    facts: tuple[Fact, ...]
    notice: str = ""
    opens: Workspace | None = None

    @property
    def announcement(self) -> str:
        """What a screen reader says, once."""
        parts = [self.headline, self.amount, self.reason, self.next_step]
        return " ".join(part for part in parts if part)


def parts_of(answer: TillAnswer, wording: Wording, language: str) -> VerdictParts:
    """Put an answer into words of a language; ages count to the answer's own, trusted time."""
    now = answer.at
    words = wording.of_verdict(answer.verdict, language, now)
    level = answer.level
    repeated = level in _REPEATS or answer.verdict.reason is Reason.LATE_USED
    facts = _use_facts(answer, wording, language, now) if repeated else ()
    notice = _notice(answer, wording, language)
    return VerdictParts(
        level,
        PANEL_OF[level],
        words.headline,
        _amount(words.amount, level, language),
        words.line,
        words.say,
        _rewards(answer, wording, language) or words.next_step,
        _badged(words.code, answer.verdict.tier, language),
        facts or _four_facts(answer, language),
        notice,
        _opens(answer.verdict),
    )


def _opens(verdict: Verdict) -> Workspace | None:
    """Where the next step is taken; a thing that is owed comes before everything else."""
    if any(notice.reason == THINGS_OWED for notice in verdict.notices):
        return Workspace.PRIZE
    return _OPENS.get(verdict.reason)


def parts_of_fault(fault: TillFault, headline: str, wording: Wording, language: str) -> VerdictParts:
    """Put a fault of the world into the words that a command would say too."""
    kind = next((kind for kind in _kinds(PosError) if kind.reason == fault.reason), PosError)
    line, step = wording.of_fault(kind(fault.detail, **dict(fault.facts)))
    level = Level.SYSTEM
    words, next_step = line.in_language(language), step.in_language(language)
    return VerdictParts(level, PANEL_OF[level], headline, "", words, "", next_step, f"E-SYS {fault.reason}", ())


def _kinds(kind: type[PosError]) -> Iterator[type[PosError]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _kinds(narrower)


def _amount(money: str, level: Level, language: str) -> str:
    if not money or level in {Level.NO, Level.SYSTEM, Level.UNDONE}:
        return ""
    return LocalText(f"减 {money}", f"{money} off").in_language(language)


def _badged(code: str, tier: Tier | None, language: str) -> str:
    """The small line in the corner: who decided, and the code to name on the telephone."""
    badge = _BADGE[tier].in_language(language) if tier else ""
    return " · ".join(part for part in (badge, code) if part)


def _four_facts(answer: TillAnswer, language: str) -> tuple[Fact, ...]:
    """Who, what, whose, where."""
    verdict, customer = answer.verdict, answer.customer
    member = verdict.member or (customer.member.view if customer.member else None)
    coupon = next((coupon.name for coupon in verdict.coupons if coupon.name), None)
    facts = (
        Fact("member", member.masked if member else ""),
        Fact("coupon", _coupons(verdict, coupon, language)),
        Fact("promoter", answer.promoter_name),
        Fact("store", answer.store_name),
    )
    return tuple(fact for fact in facts if fact.text)


def _coupons(verdict: Verdict, first: LocalText | None, language: str) -> str:
    """The coupon's name; of several that go together only how many they are."""
    count = len(verdict.coupons)
    if verdict.reason in _OF_A_SET and count > 1:
        return LocalText(f"{count} 张券", f"{count} coupons").in_language(language)
    return first.in_language(language) if first else ""


def _use_facts(answer: TillAnswer, wording: Wording, language: str, now: datetime) -> tuple[Fact, ...]:
    """When, how long ago, where, by whom."""
    use = answer.verdict.use
    if use is None:
        return ()
    lane = LocalText(f"{use.lane}号机", f"lane {use.lane}").in_language(language) if use.lane else ""
    place = " ".join(part for part in (use.store_name, lane) if part)
    when = ""
    if use.at:
        age = wording.age(max(0, int((now - use.at).total_seconds())), language)
        ago = LocalText(f"{age}前", f"{age} ago").in_language(language)
        when = f"{wording.moment(use.at, language, now)} · {ago}"
    facts = (Fact("clock", when), Fact("store", place), Fact("promoter", use.operator_name or use.operator))
    return tuple(fact for fact in facts if fact.text)


def _rewards(answer: TillAnswer, wording: Wording, language: str) -> str:
    """What the customer gets beside: to hand something over is the next step."""
    told = [wording.of_reward(reward).in_language(language) for reward in answer.verdict.rewards]
    return LocalText("；".join(told), "; ".join(told)).in_language(language)


def _notice(answer: TillAnswer, wording: Wording, language: str) -> str:
    if not answer.verdict.notices:
        return ""
    first = answer.verdict.notices[0]
    line, _ = wording.of_notice(first.reason, first.facts)
    return line.in_language(language)
