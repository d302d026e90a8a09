"""``intents``: redemptions that were begun and not ended (a crash, a customer who left): finish or cancel."""

from typing import Annotated, Any

import typer

from pos_client import bootstrap
from pos_client.domain.journal_entry import wire_time
from pos_client.usecases.desk import Attribution
from pos_client.usecases.ports import OpenIntent

from .answering import JsonOption, answering, home_of, staff_id
from .verdict_document import EXIT_CODES, verdict_document, verdict_lines

REASON = "cancelled"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="List redemptions that were begun and not ended, or cancel one.")(intents)


def intents(
    context: typer.Context,
    cancel: Annotated[int | None, typer.Option("--cancel", help="Number of the entry to cancel.")] = None,
    operator: Annotated[str, typer.Option("--operator", help="Staff id of who acts.", callback=staff_id)] = "",
    as_json: JsonOption = False,
) -> None:
    """Scanning the coupon again finishes one; cancelling gives its claim back wherever it may be held."""
    with answering(context, as_json=as_json) as answer:
        if cancel is None:
            with bootstrap.reading_lane(home_of(context)) as lane:
                rows = [_row(lane, intent) for intent in lane.desk.journal.open_intents()]
            lines = [f"{row['seq']}: coupon {row['coupon_id']}, {row['kind']} since {row['at']}" for row in rows]
            answer.give({"intents": rows}, "\n".join(lines) or "none")
            return
        with bootstrap.writing_lane(home_of(context)) as lane:
            verdict = lane.void(cancel, REASON, Attribution(operator or lane.operator, lane.promoter))
            text = verdict_lines(verdict, lane.wording, answer.language)
            answer.give(verdict_document(verdict, lane.wording), text, EXIT_CODES[verdict.kind])


def _row(lane: bootstrap.Lane, intent: OpenIntent) -> dict[str, Any]:
    entry = lane.journal.entry_of(intent.entry.epoch, intent.entry.seq)
    fields = entry.fields() if entry else {}
    return {
        "seq": intent.entry.seq,
        "epoch": intent.entry.epoch,
        "at": wire_time(intent.at),
        "coupon_id": intent.coupon_id,
        "claim_id": intent.claim_id,
        "kind": "hold" if fields.get("hold") else "redemption",
        "operator": fields.get("operator", ""),
    }
