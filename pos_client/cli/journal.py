"""``journal show``, ``verify`` and ``export`` read the book of this lane; ``resume`` goes on after it was replaced."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pos_client import bootstrap
from pos_client.domain.journal_entry import Entry, EntryKind

from .answering import JsonOption, answering, home_of, staff_id


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True, help="Show, verify, export or resume this lane's journal.")
    group.command(help="The latest entries, newest first.")(show)
    group.command(help="Walk the chain; the first bad entry is named.")(verify)
    group.command(help="Write all entries to a file that any machine can deliver.")(export)
    group.command(help="Go on in a new epoch, where the journal is not the one left here.")(resume)
    app.add_typer(group, name="journal")


def show(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000)] = 50,
    kind: Annotated[list[EntryKind] | None, typer.Option("--kind", help="Only these kinds.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Entries with their delivery state."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        entries = lane.journal.latest(limit, tuple(kind or ()))
        answer.give({"entries": [entry_document(entry) for entry in entries]}, "\n".join(map(_line, entries)))


def verify(context: typer.Context, as_json: JsonOption = False) -> None:
    """Hashes, numbers, signatures and side columns of every entry, from the first."""
    with answering(context, as_json=as_json) as answer:
        result = bootstrap.verify_journal(home_of(context))
        bad = result.first_bad
        document = {
            "ok": result.ok,
            "entries": result.entries,
            "first_bad": {"epoch": bad.epoch, "seq": bad.seq} if bad else None,
            "problem": result.problem,
        }
        text = f"{result.entries} entries, chain intact" if result.ok else f"broken: {result.problem}"
        answer.give(document, text, 0 if result.ok else 1)


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write.")],
    plain: Annotated[bool, typer.Option("--plain", help="Not sealed: anybody who finds it can read it.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Sealed to the centre; each entry is signed by itself, so the courier need not be trusted."""
    with answering(context, as_json=as_json) as answer:
        done = bootstrap.export_journal(home_of(context), file, plain=plain)
        document = {"entries": done.entries, "batches": done.batches, "file": str(file), "sealed": not plain}
        answer.give(document, f"{done.entries} entries written to {file}")


def resume(
    context: typer.Context,
    operator: Annotated[str, typer.Option("--operator", help="Staff id of the supervisor.", callback=staff_id)],
    as_json: JsonOption = False,
) -> None:
    """The file is kept as it was found; what was lost is written down and shown at the centre."""
    with answering(context, as_json=as_json) as answer:
        done = bootstrap.resume_journal(home_of(context), operator)
        answer.give(done, f"epoch {done['epoch']}; the file as it was found is kept in {done['kept']}")


def entry_document(entry: Entry) -> dict[str, Any]:
    """An entry for people and programs: its number, its body and how far it has come."""
    return {
        "epoch": entry.epoch,
        "seq": entry.seq,
        "hash": entry.hash.hex(),
        "kind": entry.kind.value,
        "state": entry.state.name.lower(),
        "result": entry.result or None,
        "holder": entry.holder or None,
        "voided": entry.voided,
        "body": entry.fields(),
    }


def _line(entry: Entry) -> str:
    fields = entry.fields()
    parts = (
        f"#{entry.seq}",
        str(fields.get("at", "")),
        entry.kind.value,
        str(fields.get("coupon_id", "")),
        str(fields.get("verdict") or fields.get("reason") or ""),
        str(fields.get("tier") or ""),
        entry.state.name.lower(),
        entry.result,
    )
    return "  ".join(part for part in parts if part)
