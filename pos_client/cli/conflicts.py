"""``conflicts``: what this lane gave away that was another's, with both sides."""

from typing import Any

import typer

from pos_client import bootstrap
from pos_client.bootstrap import Lane
from pos_client.usecases.lost_uses import LostUse, lost_uses

from .answering import JsonOption, answering, home_of

_OURS = ("at", "business_date", "operator", "promoter", "coupon_id", "use_no", "campaign", "tier", "currency")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Redemptions of this lane that lost their use to another one.")(conflicts)


def conflicts(context: typer.Context, as_json: JsonOption = False) -> None:
    """Each with our entry, the holder's, what is lost and what to do."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        found = [_document(one, lane) for one in lost_uses(lane.desk)]
        lost = sum(one["lost_minor"] for one in found)
        lines = [f"#{one['seq']}  {one['sentence'][_key(answer.language)]}" for one in found]
        answer.give({"conflicts": found, "count": len(found), "lost_minor": lost}, "\n".join(lines) or "–")


def _key(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def _document(one: LostUse, lane: Lane) -> dict[str, Any]:
    entry, fields = one.entry, one.entry.fields()
    line, step = lane.wording.of_notice(one.notice.reason, one.notice.facts)
    return {
        "epoch": entry.epoch,
        "seq": entry.seq,
        "kind": entry.kind.value,
        "state": "voided" if entry.voided else "open",
        "lost_minor": one.lost_minor,
        "ours": {name: fields.get(name) for name in _OURS},
        "holder": dict(one.holder) or None,
        "reason": one.notice.reason,
        "sentence": line.as_json(),
        "next_step": step.as_json(),
    }
