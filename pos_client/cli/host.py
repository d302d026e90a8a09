"""``host``: the host till's receipts, taken from files, listed, and compared with our own purchases."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from pos_client import bootstrap
from pos_client.domain.host_match import Cause, Pair, pair_document, tally
from pos_client.domain.host_receipt import HostReceipt
from pos_client.domain.journal_entry import wire_time

from .answering import JsonOption, answering, home_of
from .written_file import write_text

DateOption = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], help="A day of the store; today unless told."),
]
EXIT_DIFFERENCES: Final = 20
EXIT_BAD_FILE: Final = 2
_COLUMNS: Final = (
    "cause", "day", "our_receipt", "our_seq", "our_total_minor", "our_discount_minor", "our_currency",
    "host_till", "host_receipt", "host_day", "host_total_minor", "host_discount_minor", "host_currency",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="The host till's receipts: take, list, compare.")
    group.command("import", help="Take receipt files (CSV, JSON) of the host.")(import_files)
    group.command(help="The host's receipts of a day.")(receipts)
    group.command(help="Our purchases against the host's receipts of a day; exit 0 agreed, 20 differences.")(match)
    app.add_typer(group, name="host")


def import_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Receipt files.", metavar="FILE…")],
    mapping: Annotated[Path | None, typer.Option("--mapping", help="Instead of host-drop/mapping.json.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Each file counts as a whole or not at all; the same receipt again changes nothing."""
    with answering(context, as_json=as_json) as answer:
        done = bootstrap.import_receipts(home_of(context), files, mapping)
        documents, lines = [], []
        for file in done:
            words = bootstrap.wording().of_fault(file.why) if file.why else None
            why = {"sentence": words[0].as_json(), "detail": file.why.detail} if words and file.why else None
            documents.append({"file": file.name, "receipts": file.receipts, "new": file.new, "why": why})
            told = f"{words[0].in_language(answer.language)} ({file.why.detail})" if words and file.why else ""
            lines.append(f"{file.name}: " + (told or f"{file.receipts} receipts, {file.new} new"))
        is_bad = any(file.why for file in done)
        answer.give({"files": documents}, "\n".join(lines), EXIT_BAD_FILE if is_bad else 0)


def receipts(context: typer.Context, date: DateOption = None, as_json: JsonOption = False) -> None:
    """As the host wrote them; its lines too, with ``--json``."""
    with answering(context, as_json=as_json) as answer:
        day, found = bootstrap.host_receipts(home_of(context), date.date() if date else None)
        document = {"day": day.isoformat(), "receipts": [one.as_document() for one in found]}
        answer.give(document, "\n".join([f"{day}: {len(found)}", *map(_receipt_line, found)]))


def match(
    context: typer.Context,
    date: DateOption = None,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Write all pairs to a file for a spreadsheet.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Every purchase and every receipt in one pair: agreed, or the cause why not."""
    with answering(context, as_json=as_json) as answer:
        compared = bootstrap.match_day(home_of(context), date.date() if date else None)
        counts = tally(compared.pairs)
        differs = [pair for pair in compared.pairs if pair.cause is not Cause.AGREED]
        if csv_file is not None:
            write_text(csv_file, _spreadsheet(compared.pairs))
        words = {cause.value: bootstrap.wording().of_host_match(cause.value) for cause in Cause}
        document = {
            "day": compared.day.isoformat(),
            "agreed": not differs,
            "causes": {cause: {"count": count, "sentence": words[cause].as_json()} for cause, count in counts.items()},
            "pairs": [pair_document(pair) for pair in compared.pairs],
        }
        summary = [f"{words[cause].in_language(answer.language)}: {count}" for cause, count in counts.items()]
        lines = [f"{words[pair.cause.value].in_language(answer.language)}  {_pair_line(pair)}" for pair in differs]
        text = "\n".join([f"{compared.day}  " + "  ".join(summary), *lines])
        answer.give(document, text, EXIT_DIFFERENCES if differs else 0)


def _receipt_line(receipt: HostReceipt) -> str:
    parts = (receipt.till, receipt.receipt_no, wire_time(receipt.at), receipt.kind.value, str(receipt.total_minor))
    return "  ".join(part for part in (*parts, receipt.currency) if part)


def _pair_line(pair: Pair) -> str:
    ours = f"#{pair.ours.seq} {pair.ours.receipt_no} {pair.ours.paid_minor}" if pair.ours else "-"
    return f"{ours} | {_receipt_line(pair.host) if pair.host else '-'}"


def _spreadsheet(pairs: tuple[Pair, ...]) -> str:
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(_COLUMNS)
    for pair in pairs:
        rows.writerow([_harmless(value) for value in _row(pair)])
    return written.getvalue()


def _row(pair: Pair) -> list[Any]:
    ours, host = pair.ours, pair.host
    left = (
        [ours.receipt_no or ours.returns_no, ours.seq, ours.paid_minor, ours.discount_minor, ours.currency]
        if ours
        else [""] * 5
    )
    right = (
        [host.till, host.receipt_no, host.day, host.total_minor, host.discount_minor, host.currency]
        if host
        else [""] * 6
    )
    day = ours.day if ours else host.day if host else ""
    return [pair.cause.value, day, *left, *right]


def _harmless(value: object) -> object:
    """A text that a spreadsheet would take for a formula is shown as a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value
