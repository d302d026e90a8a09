"""A day that is closed, or may be, as one JSON document and as lines for people.

Apart from the command because both the look and the close print it.
"""

import json
from collections.abc import Mapping
from typing import Any

from pos_client.config.wording import Wording
from pos_client.domain.host_match import Cause, pair_document
from pos_client.usecases.close_day import DayView
from pos_client.usecases.day_count import DayCount, Doubt

from .verdict_document import verdict_document, verdict_lines


def view_document(view: DayView, wording: Wording) -> dict[str, Any]:
    """Everything the screens of the day's end show."""
    host = view.host
    return verdict_document(view.verdict, wording) | {
        "day": view.day.isoformat(),
        "waiting": view.waiting,
        "ranges": [_range(one) for one in view.ranges],
        "open_intents": [
            {"epoch": one.entry.epoch, "seq": one.entry.seq, "coupon_id": one.coupon_id} for one in view.intents
        ],
        "doubts": [_doubt(one, wording) for one in view.doubts],
        "host": host
        and {
            **host.as_field(),
            "causes": {
                cause: {"count": count, "sentence": wording.of_closing(cause).as_json()}
                for cause, count in host.causes.items()
            },
            "pairs": [pair_document(pair) for pair in host.pairs if pair.cause is not Cause.AGREED],
        },
        "miscounted": [{"item": one.item, "counted": one.counted, "expected": one.expected} for one in view.miscounted],
        "entries": [{"epoch": one.epoch, "seq": one.seq, "hash": one.hash} for one in view.entries],
    }


def view_lines(view: DayView, wording: Wording, language: str) -> list[str]:
    """The same for people: the verdict, the figures, then each difference on a line of its own."""
    lines = [verdict_lines(view.verdict, wording, language)]
    for one in view.ranges:
        lines.append(f"E{one.epoch} #{one.first_seq}–#{one.last_seq}")
        lines += [
            f"  {line.kind} {line.verdict} {line.tier} campaign {line.campaign}: {line.count}"
            f"  {wording.money(line.value_minor)}"
            for line in one.totals.lines
        ]
    jumps = sum(one.clock_jumps for one in view.ranges)
    lines += [f"{wording.of_closing('clock-jumps').in_language(language)}: {jumps}"] if jumps else []
    lines += [f"! #{one.entry.seq} {one.coupon_id}" for one in view.intents]
    for doubt in view.doubts:
        words = wording.of_closing(doubt.cause.value).in_language(language)
        lines.append(f"! {words}: #{doubt.seq} {doubt.kind} {doubt.coupon_id} {wording.money(doubt.value_minor)}")
    for cause, count in (view.host.causes if view.host else {}).items():
        lines.append(f"! {wording.of_closing(cause).in_language(language)}: {count}")
    words = wording.of_closing("miscounted").in_language(language)
    lines += [f"! {words}: {one.item} {one.counted} / {one.expected}" for one in view.miscounted]
    return lines


def standing_line(row: Mapping[str, Any], wording: Wording, language: str) -> str:
    """One closed day."""
    causes = [wording.of_closing(one["cause"]).in_language(language) for one in row["differences"]]
    parts = (
        row["business_date"],
        row["standing"],
        f"E{row['of_epoch']} #{row['first_seq']}–#{row['last_seq']}",
        row["agreed_at"] or "",
        row["problem"] or "",
        ", ".join(dict.fromkeys(causes)),
    )
    return "  ".join(part for part in parts if part)


def _range(one: DayCount) -> dict[str, Any]:
    return {
        "epoch": one.epoch,
        "first_seq": one.first_seq,
        "last_seq": one.last_seq,
        "head_hash": one.head_hash,
        "undelivered": one.undelivered,
        "clock_jumps": one.clock_jumps,
        "promoters": {name: {"count": count, "value_minor": value} for name, (count, value) in one.promoters.items()},
        **one.totals.as_document(),
    }


def _doubt(doubt: Doubt, wording: Wording) -> dict[str, Any]:
    return {
        "cause": doubt.cause.value,
        "sentence": wording.of_closing(doubt.cause.value).as_json(),
        "epoch": doubt.epoch,
        "seq": doubt.seq,
        "kind": doubt.kind,
        "coupon_id": doubt.coupon_id,
        "value_minor": doubt.value_minor,
        "holder": json.loads(doubt.holder) if doubt.holder else None,
        "reason": doubt.reason or None,
    }
