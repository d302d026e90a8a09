"""``enrol``, ``sync``, ``status`` and ``doctor``: the lane as a store's IT meets it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pos_client import bootstrap
from pos_client.domain.journal_entry import wire_time
from pos_client.usecases.ports import LateRefusal
from pos_client.usecases.sync_overview import Overview

from .answering import JsonOption, answering, home_of
from .progress_bar import ProgressBar


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Make this home a lane of a store, with a one-time code.")(enrol)
    app.command(help="Deliver what waits, fetch what is new.")(sync)
    app.command(help="The lane at a glance.")(status)
    app.command(help="Check this machine and this lane, part by part.")(doctor)


def enrol(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The server's address.")],
    code: Annotated[str, typer.Argument(help="The one-time code.")],
    as_json: JsonOption = False,
) -> None:
    """Enrol, then fetch the first data."""
    with answering(context, as_json=as_json) as answer:
        enrolled = bootstrap.enrol(home_of(context), url, code)
        who = f"{enrolled['store_name']}, lane {enrolled['lane']} ({enrolled['device']})"
        answer.give(enrolled, f"{who}; control digits {enrolled['sas']}")


def sync(
    context: typer.Context,
    push: Annotated[bool, typer.Option("--push", help="Only deliver.")] = False,
    pull: Annotated[bool, typer.Option("--pull", help="Only fetch.")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="Without a network: write what waits to this file.")] = None,
    from_: Annotated[Path | None, typer.Option("--from", help="Without a network: take in the centre's file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """One round, over the network or by a file. Neither half can stop the other."""
    with answering(context, as_json=as_json) as answer:
        if from_ is not None or to is not None:
            answer.give(*_by_file(home_of(context), from_, to))
            return
        with ProgressBar(quiet=as_json) as bar:
            report = bootstrap.sync(home_of(context), push=push or not pull, pull=pull or not push, progress=bar)
        failed = bool(report["errors"])
        answer.give(report, _report_text(report), 1 if failed else 0)


def _by_file(home: Path | None, from_: Path | None, to: Path | None) -> tuple[dict[str, Any], str, int]:
    """Take in first, so that what goes up is only what the centre does not have yet."""
    report: dict[str, Any] = bootstrap.sync_from(home, from_) if from_ is not None else {"errors": []}
    if to is not None:
        written = bootstrap.export_journal(home, to, everything=False)
        report |= {"entries": written.entries, "file": str(to)}
    return report, _report_text(report), 1 if report["errors"] else 0


def status(context: typer.Context, as_json: JsonOption = False) -> None:
    """What waits, how old the data is, what needs a person."""
    with answering(context, as_json=as_json) as answer, bootstrap.reading_lane(home_of(context)) as lane:
        seen = lane.overview()
        document = _overview_document(seen, lane)
        answer.give(document, _overview_text(document))


def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Every part of the machine that the lane needs, with what to do where it is not well."""
    with answering(context, as_json=as_json) as answer:
        checks = bootstrap.doctor(home_of(context))
        well = all(check["state"] != "bad" for check in checks)
        marks = {"good": "✓", "warn": "!", "bad": "✕"}
        lines = [f"{marks[check['state']]} {check['name']}: {check['detail']}" for check in checks]
        answer.give({"well": well, "checks": checks}, "\n".join(lines), 0 if well else 1)


def _report_text(report: dict[str, Any]) -> str:
    return "  ".join(f"{name} {value}" for name, value in report.items() if value not in ([], None))


def _overview_document(seen: Overview, lane: bootstrap.Lane) -> dict[str, Any]:
    return {
        "device": lane.desk.identity.device,
        "store": lane.desk.identity.store,
        "lane": lane.desk.identity.lane,
        "now": wire_time(seen.time.now),
        "time_quality": seen.time.quality.value,
        "data_as_of": wire_time(seen.data_as_of) if seen.data_as_of else None,
        "generation": seen.generation,
        "undelivered": seen.undelivered,
        "oldest": wire_time(seen.oldest) if seen.oldest else None,
        "conflicts": seen.conflicts,
        "conflict_entries": lane.conflict_documents(),
        "open_intents": [
            {"seq": intent.entry.seq, "coupon_id": intent.coupon_id, "claim_id": intent.claim_id}
            for intent in seen.open_intents
        ],
        "late_refusals": [_late_document(late) for late in seen.late],
        **bootstrap.waiting_document(lane, seen),
        "way": lane.journal.meta(bootstrap.WAY) or "",
        "store_server": bootstrap.store_server_document(lane.files, lane.journal),
        "today": dict(seen.tally),
        "notices": [lane.notice_document(notice) for notice in seen.notices],
        "window": lane.window_holds_journal,
        "revoked": lane.desk.is_revoked,
    }


def _late_document(late: LateRefusal) -> dict[str, Any]:
    use = late.use
    holder = {"store": use.store, "lane": use.lane, "at": wire_time(use.at) if use.at else None} if use else None
    told = {"seq": late.seq, "coupon_id": late.coupon_id, "tier": late.tier, "problem": late.problem}
    return {**told, "came_at": wire_time(late.at), "holder": holder}


def _overview_text(document: dict[str, Any]) -> str:
    names = (
        "device",
        "store",
        "lane",
        "now",
        "time_quality",
        "data_as_of",
        "undelivered",
        "conflicts",
        "window",
        "way",
        "revoked",
    )
    lines = [f"{name}: {document[name]}" for name in names]
    server = document["store_server"]
    if server:
        state = "rebuilding" if server["rebuilding"] else "there" if server["there"] else "not there"
        lines.append(f"store server: {server['url']}, {state}, last heard {server['heard_at'] or 'never'}")
    if document["oldest_s"] is not None:
        lines.append(
            f"oldest waits: {document['oldest_s']} s; next try: {document['next_try'] or 'with the next sync'}"
        )
    if document["set_aside"]:
        lines.append(f"rows that cannot be read: {document['set_aside']}")
    for one in document["stuck"]:
        lines.append(f"stuck {one['seq']}: {one['sentence']['zh']} {one['sentence']['en']}")
        lines.append(f"  → {one['next_step']['zh']} {one['next_step']['en']}")
    lines += [f"open intent {one['seq']}: coupon {one['coupon_id']}" for one in document["open_intents"]]
    return "\n".join(lines)
