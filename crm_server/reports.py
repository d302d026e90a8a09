"""Reports for people at the centre: what conflicts, what hangs, who is out there, what was redeemed.

Apart from the resources because lanes never ask for them. Each report is a list of flat documents.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, or_, select

from pos_client.domain.book_reports import BookReport
from pos_client.domain.business_time import from_ms
from pos_client.domain.codes.router import CodeKind
from pos_client.domain.journal_entry import EntryKind, wire_time
from pos_client.domain.report_table import Table, table_of

from . import account_reports, partner_files, quotas, settlement
from .closing_report import closings
from .conflict_ledger import ledger
from .coupon_facts import HOLDERS
from .lane_books import Range, lane_report
from .promoter_statement import statement
from .schema import CLAIM, CONFLICT, DEVICE, DEVICE_EPOCH, INBOX
from .store_reports import store_report
from .uses import GRANTED

ORPHAN_AFTER_MS: Final = 24 * 3_600_000
Report = list[dict[str, Any]]


class ReportName(StrEnum):
    """The reports."""

    CONFLICTS = "conflicts"
    EPOCHS = "epochs"
    ORPHANS = "orphans"
    CLOSINGS = "closings"
    SETTLEMENT = "settlement"
    DEVICES = "devices"
    REDEMPTIONS = "redemptions"
    STATEMENT = "statement"
    CPS = "cps"
    POINTS = "points"
    STOCK = "stock"
    DEFICITS = "deficits"
    EXCESS = "excess"
    STORE = "store"
    HOST = "host"
    BRAND = "brand"
    CAMPAIGNS = "campaigns"
    BRANDS = "brands"
    CLERKS = "clerks"
    PROMOTERS = "promoters"
    HOURS = "hours"
    TIERS = "tiers"
    REFUSALS = "refusals"
    VOIDS = "voids"
    DAY = "day"
    QUOTA_EXCESS = "quota-excess"


# Of reports that are files for others, also where they have no rows.
COLUMNS: Final[dict[ReportName, tuple[str, ...]]] = {
    ReportName.CPS: (*settlement.KEY, *settlement.FIGURES),
    ReportName.BRAND: (*partner_files.BRAND_KEY, *partner_files.BRAND_FIGURES),
    ReportName.HOST: partner_files.HOST_COLUMNS,
}
# What was done at the counters, by the very code by which a lane reports its own book.
OF_BOOKS: Final = {ReportName(name.value): name for name in BookReport}


def report(connection: Connection, name: ReportName, now_ms: int) -> Report:
    """One report, as of now."""
    return _REPORTS[name](connection, now_ms)


def _conflicts(connection: Connection, _now_ms: int) -> Report:
    """The ledger of losses: double uses with both sides, and what members had beyond limits and balances."""
    return ledger(connection).of()


def _epochs(connection: Connection, _now_ms: int) -> Report:
    """Every epoch after a device's first: why it was begun, and the gap between the lane's book and this one.

    A device with many of them in a short time is two machines with one key: one must be stopped and enrolled anew.
    The gap's ends are those of the lane's ``resync_gap``, None until that entry is here.
    """
    begun = (
        select(DEVICE_EPOCH, DEVICE.c.store, DEVICE.c.lane, INBOX.c.body)
        .join(DEVICE, DEVICE.c.id == DEVICE_EPOCH.c.device)
        .outerjoin(
            INBOX,
            (INBOX.c.device == DEVICE_EPOCH.c.device)
            & (INBOX.c.epoch == DEVICE_EPOCH.c.epoch)
            & (INBOX.c.seq == 1)
            & (INBOX.c.kind == EntryKind.RESYNC_GAP.value),
        )
        .where(DEVICE_EPOCH.c.epoch > 1)
        .order_by(DEVICE_EPOCH.c.started_ms, DEVICE_EPOCH.c.device, DEVICE_EPOCH.c.epoch)
    )
    return [_epoch(row, json.loads(row.body) if row.body else {}) for row in connection.execute(begun)]


def _epoch(row: Row[Any], gap: dict[str, Any]) -> dict[str, Any]:
    return {
        "device": row.device,
        "store": row.store,
        "lane": row.lane,
        "epoch": row.epoch,
        "reason": row.reason,
        "began_at": wire_time(from_ms(row.started_ms)),
        "old_epoch": gap.get("old_epoch"),
        "lane_last_seq": gap.get("last_seq"),
        "server_last_seq": gap.get("server_seq"),
        "operator": gap.get("operator"),
    }


def _orphans(connection: Connection, now_ms: int) -> Report:
    """Claims that were granted a day ago and never redeemed nor given back."""
    hanging = HOLDERS.where(CLAIM.c.state == GRANTED, CLAIM.c.at_ms <= now_ms - ORPHAN_AFTER_MS)
    return [
        {
            "claim_id": row.claim_id,
            "coupon_id": row.coupon_id,
            "use_no": row.use_no,
            "device": row.device,
            "store": row.store,
            "lane": row.lane,
            "granted_at": wire_time(from_ms(row.at_ms)),
        }
        for row in connection.execute(hanging.order_by(CLAIM.c.at_ms))
    ]


def _settlement(connection: Connection, _now_ms: int) -> Report:
    """Redemptions that stand, by store, campaign, currency and business day; makers' paper by offer instead.

    ``claim`` is ``none`` where no claim stands behind them: nobody can say whether the same paper was taken before.
    """
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    # Of a fork both sides happened: what found its use free stands too.
    paired = select(CONFLICT.c.inbox_id)
    holds = or_(INBOX.c.result == "accepted", and_(INBOX.c.result == "forked", INBOX.c.id.not_in(paired)))
    standing = select(INBOX.c.body).where(INBOX.c.kind == EntryKind.REDEEM.value, holds, INBOX.c.voided == 0)
    for body in connection.execute(standing).scalars():
        entry = json.loads(body)
        paper = entry.get("coupon_id") or "" if entry.get("code_kind") == CodeKind.GS1_8110.value else ""
        key = (*(entry.get(name) for name in ("store", "campaign", "currency", "business_date")), _offer_of(paper))
        sums[key][0] += 1
        sums[key][1] += entry.get("discount_minor") or 0
    return [
        {
            "store": store,
            "campaign": campaign,
            "currency": currency,
            "business_date": day,
            "paper": paper,
            "claim": "none" if paper else "held",
            "count": count,
            "discount_minor": discount,
        }
        for (store, campaign, currency, day, paper), (count, discount) in sorted(
            sums.items(), key=lambda one: str(one[0])
        )
    ]


def _as_text(one: tuple[Any, Any]) -> str:
    return str(one[0])


def _offer_of(paper: str) -> str:
    """Company and offer of a maker's coupon, without the serial number of the piece."""
    return "-".join(paper.split("-")[:3])


def _devices(connection: Connection, _now_ms: int) -> Report:
    """Every device, where its journal stands here, and what it said last."""
    known = (
        select(DEVICE, DEVICE_EPOCH.c.ack_seq, DEVICE_EPOCH.c.max_seq)
        .join(DEVICE_EPOCH, (DEVICE_EPOCH.c.device == DEVICE.c.id) & (DEVICE_EPOCH.c.epoch == DEVICE.c.epoch))
        .order_by(DEVICE.c.store, DEVICE.c.lane, DEVICE.c.enrolled_ms)
    )
    return [
        {
            "device": row.id,
            "store": row.store,
            "lane": row.lane,
            "epoch": row.epoch,
            "state": row.state,
            "ack_seq": row.ack_seq,
            "max_seq": row.max_seq,
            "app_ver": row.app_ver,
            "enrolled_at": wire_time(from_ms(row.enrolled_ms)),
            "seen_at": wire_time(from_ms(row.seen_ms)),
            "said": json.loads(row.report),
        }
        for row in connection.execute(known)
    ]


def _redemptions(connection: Connection, _now_ms: int) -> Report:
    """Every redemption that reached the centre, whatever became of it."""
    found = select(INBOX).where(INBOX.c.kind == EntryKind.REDEEM.value).order_by(INBOX.c.id)
    rows = []
    for row in connection.execute(found):
        entry = json.loads(row.body)
        rows.append(
            {
                "device": row.device,
                "epoch": row.epoch,
                "seq": row.seq,
                "hash": row.hash,
                "coupon_id": row.coupon_id,
                "use_no": row.use_no,
                "claim": "none" if entry.get("code_kind") == CodeKind.GS1_8110.value else "held",
                "result": row.result,
                "voided": bool(row.voided),
                "store": entry.get("store"),
                "lane": entry.get("lane"),
                "operator": entry.get("operator"),
                "tier": entry.get("tier"),
                "discount_minor": entry.get("discount_minor"),
                "at": entry.get("at"),
                "received_at": wire_time(from_ms(row.received_ms)),
            }
        )
    return rows


def _cps(connection: Connection, _now_ms: int) -> Report:
    """The settlement file's lines."""
    return settlement.settlement_lines(connection)


def table(connection: Connection, name: ReportName, asked: Range, now_ms: int) -> tuple[Table, Report]:
    """A report of a range where its rows name a day, a store or a lane: as a table of flat cells, and as documents."""
    if name in OF_BOOKS:
        of_book = lane_report(connection, OF_BOOKS[name], asked)
        return of_book, of_book.documents()
    rows = [row for row in report(connection, name, now_ms) if _is_in(row, asked)]
    return table_of(name.value, COLUMNS.get(name, ()), rows), rows


def _is_in(row: Mapping[str, Any], asked: Range) -> bool:
    return "business_date" not in row or asked.holds(row)


def _host(connection: Connection, _now_ms: int) -> Report:
    return partner_files.host_lines(connection)


def _brand(connection: Connection, _now_ms: int) -> Report:
    return partner_files.brand_lines(connection)


def _of_book(name: ReportName) -> Callable[[Connection, int], Report]:
    def made(connection: Connection, _now_ms: int) -> Report:
        return lane_report(connection, OF_BOOKS[name], Range()).documents()

    return made


_REPORTS: Final[dict[ReportName, Callable[[Connection, int], Report]]] = {
    ReportName.CONFLICTS: _conflicts,
    ReportName.EPOCHS: _epochs,
    ReportName.ORPHANS: _orphans,
    ReportName.CLOSINGS: closings,
    ReportName.SETTLEMENT: _settlement,
    ReportName.DEVICES: _devices,
    ReportName.REDEMPTIONS: _redemptions,
    ReportName.STATEMENT: statement,
    ReportName.CPS: _cps,
    ReportName.POINTS: account_reports.moved_points,
    ReportName.STOCK: account_reports.booths,
    ReportName.DEFICITS: account_reports.deficits,
    ReportName.EXCESS: account_reports.excess,
    ReportName.STORE: store_report,
    ReportName.HOST: _host,
    ReportName.BRAND: _brand,
    **{name: _of_book(name) for name in OF_BOOKS},
    ReportName.QUOTA_EXCESS: quotas.excess,
}
