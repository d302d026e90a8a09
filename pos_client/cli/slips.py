"""``slip``: what the customer takes home of a purchase, coupon, hand-over or return, as text or picture."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pos_client import bootstrap
from pos_client.config.slip_page import slip_rows
from pos_client.config.slip_text import slip_text
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import wire_time
from pos_client.domain.slip import Slip
from pos_client.usecases.slip import MakeSlip

from .answering import JsonOption, answering, home_of
from .reward_lines import reward_document


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="A slip for the customer: on screen, as text, as a picture.")(slip)


def slip(
    context: typer.Context,
    seq: Annotated[int, typer.Argument(help="Number of the entry.")],
    png: Annotated[Path | None, typer.Option("--png", help="Write a picture, 80 mm wide.")] = None,
    txt: Annotated[Path | None, typer.Option("--txt", help="Write text, 42 columns.")] = None,
    language: Annotated[Literal["zh", "en"] | None, typer.Option("--language", help="Of the slip.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Works beside an open window. From the second time on it is marked as a reprint."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        made = MakeSlip(lane.desk)(seq)
        if made is None:
            raise UsageError(f"entry {seq} is nothing of which there is a slip", why="no-slip")
        rows = slip_rows(made, lane.wording, language or answer.language)
        text = slip_text(rows)
        if txt:
            bootstrap.write_file(txt, text.encode())
        if png:
            bootstrap.draw_slip(rows, png)
        answer.give(_document(made, lane) | {"text": text}, text.rstrip("\n"))


def _document(made: Slip, lane: bootstrap.Lane) -> dict[str, Any]:
    return {
        "kind": made.kind.value,
        "entry": {"epoch": made.entry.epoch, "seq": made.entry.seq, "hash": made.entry.hash},
        "at": wire_time(made.at),
        "store": made.store,
        "booth": made.booth,
        "lane": made.lane,
        "receipt_no": made.receipt_no,
        "goods": [
            {"name": one.name.as_json(), "quantity": one.quantity, "amount_minor": one.amount_minor}
            for one in made.goods
        ],
        "coupons": [{"name": one.name.as_json(), "off_minor": one.off_minor} for one in made.coupons],
        "total_minor": made.total_minor,
        "off_minor": made.off_minor,
        "refund_minor": made.refund_minor,
        "points_paid": made.points_paid,
        "rewards": [reward_document(reward, lane.wording) for reward in made.rewards],
        "print_no": made.print_no,
        "is_taken_back": made.is_taken_back,
    }
