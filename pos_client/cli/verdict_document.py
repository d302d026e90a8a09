"""A verdict as the one JSON document that a command prints, and as lines for people."""

from datetime import datetime
from typing import Any, Final

from pos_client.config.wording import Wording
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.reasons import Reason
from pos_client.domain.verdict import Choice, CouponOutcome, MemberView, Use, Verdict, VerdictKind

from .reward_lines import reward_document, reward_lines

_WOULD_BE_USED: Final = frozenset({Reason.CAN_REDEEM, Reason.CONFIRM, Reason.HELD})
EXIT_CODES: Final = {
    VerdictKind.ACCEPTED: 0,
    VerdictKind.PENDING: 0,
    VerdictKind.READY: 0,
    VerdictKind.SUPERVISOR: 10,
    VerdictKind.REFUSED: 20,
    VerdictKind.UNKNOWN: 30,
}


def verdict_document(verdict: Verdict, wording: Wording) -> dict[str, Any]:
    """The fields that DESIGN names for a verdict; times are UTC, times inside ``sentence`` the store's own."""
    return {
        "verdict": verdict.kind.value,
        "reason": verdict.reason.value,
        "sentence": wording.sentence(verdict).as_json(),
        "next_step": wording.next_step(verdict).as_json(),
        "tier": verdict.tier.value if verdict.tier else None,
        "data_as_of": _time(verdict.data_as_of),
        "discount_minor": verdict.discount_minor,
        "lines": [
            {"place": line.place, "gtin": line.gtin, "name": line.name, "discount_minor": line.discount_minor}
            for line in verdict.lines
        ],
        "coupons": [_coupon(outcome, wording) for outcome in verdict.coupons],
        "choice": _choice(verdict.choice),
        "member": _member(verdict.member),
        "members": [_member(view) for view in verdict.members],
        "entry": _entry(verdict),
        "use": _use(verdict.use),
        "code_kind": verdict.code_kind,
        "facts": _facts(verdict),
        "rewards": [reward_document(reward, wording) for reward in verdict.rewards],
        "notices": [_notice(notice.reason, dict(notice.facts), wording) for notice in verdict.notices],
        "elapsed_ms": round(verdict.elapsed_ms, 2),
    }


def verdict_lines(verdict: Verdict, wording: Wording, language: str) -> str:
    """The same for people: headline, sentence, next step, notices."""
    words = wording.of_verdict(verdict, language)
    lines = [f"{words.headline}   {words.amount}".rstrip(), words.line, f"→ {words.next_step}"]
    if verdict.entry:
        lines.append(f"  #{verdict.entry.seq} · {words.code}" + (f" · {verdict.tier.value}" if verdict.tier else ""))
    lines += [member_line(view) for view in verdict.members]
    # Of one coupon alone the verdict itself tells; a purchase stands also where its coupon does not.
    if len(verdict.coupons) > 1 or verdict.reason is Reason.PURCHASE_RECORDED:
        lines += [_coupon_line(outcome, wording, language) for outcome in verdict.coupons]
    if verdict.choice and verdict.choice.bound_minor > verdict.choice.saving_minor:
        gap = wording.money(verdict.choice.bound_minor - verdict.choice.saving_minor)
        lines.append(f"  ≤ {gap}")
    lines += reward_lines(verdict.rewards, wording, language)
    for notice in verdict.notices:
        line, step = wording.of_notice(notice.reason, notice.facts)
        lines.append(f"! {line.in_language(language)} {step.in_language(language)}")
    return "\n".join(lines)


def member_line(view: MemberView) -> str:
    """One member among several: what tells him apart, and by which name a command knows him."""
    since = view.since.isoformat() if view.since else ""
    return "  ".join(part for part in (" ", view.masked, view.level, view.owner_store, since, view.ref) if part)


def _coupon_line(outcome: CouponOutcome, wording: Wording, language: str) -> str:
    name = outcome.name.in_language(language) if outcome.name else outcome.id
    if outcome.used or outcome.why in _WOULD_BE_USED:
        return f"  ✓ {name}  {wording.money(outcome.discount_minor)}"
    alone = Verdict(VerdictKind.REFUSED, outcome.why, outcome.facts, coupons=(outcome,))
    return f"  ✕ {name}  {wording.of_verdict(alone, language).line}"


def _choice(choice: Choice | None) -> dict[str, Any] | None:
    """How good the chosen set is: ``gap_minor`` is 0 where it is proven that nothing saves more."""
    if choice is None:
        return None
    return {
        "saving_minor": choice.saving_minor,
        "gap_minor": choice.bound_minor - choice.saving_minor,
        "others": [{"coupons": list(other.coupons), "saving_minor": other.saving_minor} for other in choice.others],
    }


def _coupon(outcome: CouponOutcome, wording: Wording) -> dict[str, Any]:
    alone = Verdict(VerdictKind.REFUSED, outcome.why, outcome.facts, coupons=(outcome,))
    return {
        "id": outcome.id,
        "used": outcome.used,
        "why": outcome.why.value,
        "name": outcome.name.as_json() if outcome.name else None,
        "discount_minor": outcome.discount_minor,
        "sentence": None if outcome.used else wording.sentence(alone).as_json(),
    }


def _member(view: MemberView | None) -> dict[str, Any] | None:
    return {"ref": view.ref, "masked": view.masked, "level": view.level, "proof": view.proof} if view else None


def _entry(verdict: Verdict) -> dict[str, Any] | None:
    entry = verdict.entry
    return {"epoch": entry.epoch, "seq": entry.seq, "hash": entry.hash} if entry else None


def _use(use: Use | None) -> dict[str, Any] | None:
    if use is None:
        return None
    return {
        "at": _time(use.at),
        "store": use.store,
        "store_name": use.store_name,
        "lane": use.lane,
        "operator": use.operator,
        "operator_name": use.operator_name,
        "device": use.device,
    }


def _facts(verdict: Verdict) -> dict[str, Any]:
    return {name: fact for name, fact in verdict.facts.items() if isinstance(fact, (int, str))}


def _notice(reason: str, facts: dict[str, Any], wording: Wording) -> dict[str, Any]:
    line, step = wording.of_notice(reason, facts)
    return {"reason": reason, "sentence": line.as_json(), "next_step": step.as_json()}


def _time(moment: datetime | None) -> str | None:
    return wire_time(moment) if moment else None
