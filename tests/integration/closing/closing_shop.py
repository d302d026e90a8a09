"""A lane with real files and a centre with a real database in one process: days are closed, lost, found, agreed on.

Apart from the cases so that each of them is a few lines in the words of the trade.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update

from crm_server.minting import CodeKind
from crm_server.schema import CLOSING, CONFLICT, DEVICE_EPOCH, INBOX
from pos_client import bootstrap
from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.lane_entries import LaneEntries
from pos_client.bootstrap.syncing import SyncSide, sync_side
from pos_client.domain.journal_entry import EntryDraft, EntryKind
from pos_client.storage.journal import SqlJournal
from pos_client.sync.one_round import SyncReport, sync_once
from pos_client.usecases.close_day import CloseRequest, DayView
from pos_client.usecases.closing_port import KeptClose
from pos_client.usecases.day_count import silent
from pos_client.usecases.desk import Attribution
from tests.integration.crm_server.served_shop import Shop

CLERK, SUPERVISOR = "E1001", "E1002"


@dataclass
class ClosingLane:
    """One lane, which opens its files for each thing it does, as commands do."""

    home: Path

    @contextmanager
    def open(self) -> Iterator[tuple[LaneFiles, SqlJournal]]:
        """Files and journal."""
        files = LaneFiles.of(self.home)
        journal = files.open_journal("command", 5.0)
        try:
            yield files, journal
        finally:
            journal.close()

    @contextmanager
    def syncing(self) -> Iterator[tuple[SqlJournal, SyncSide]]:
        """The sync side of an open journal."""
        with self.open() as (files, journal):
            side = sync_side(files, journal, patience_s=30.0)
            try:
                yield journal, side
            finally:
                side.parts.api.close()
                side.cache.close()

    @property
    def device(self) -> str:
        """Its device id."""
        return LaneFiles.of(self.home).device

    def write(self, kind: EntryKind, **fields: Any) -> int:
        """One entry; its number."""
        with self.open() as (files, journal):
            coupon, use_no = fields.pop("coupon", None), fields.pop("use_no", 1)
            drafted = LaneEntries(files, journal).draft(kind)
            body = {**drafted.fields, "operator": CLERK, **fields}
            return journal.append(EntryDraft(kind, body, coupon, use_no if coupon else None)).seq

    def redeem(self, coupon: str, value_minor: int = 1_000, **fields: Any) -> int:
        """A redemption that the lane decided alone."""
        given: dict[str, Any] = {
            "code_kind": "signed_coupon", "code_hash": "0" * 64, "member_ref": "", "value_minor": value_minor,
            "discount_minor": value_minor, "currency": "CNY", "tier": "C", "verdict": "pending", "claim_id": "",
            "reason": "accepted-offline", "intent_seq": None, "campaign": 1_000,
        }  # fmt: skip
        return self.write(EntryKind.REDEEM, coupon=coupon, **given | fields)

    def intent(self, coupon: str) -> int:
        """Something begun."""
        given = {"code_kind": "signed_coupon", "code_hash": "0" * 64, "member_ref": "", "value_minor": 1_000}
        return self.write(EntryKind.INTENT, coupon=coupon, **given)

    def void(self, seq: int, coupon: str) -> None:
        """A redemption is taken back."""
        with self.open() as (files, journal):
            given: dict[str, str | int] = {"operator": CLERK, "reason": "slip", "coupon_id": coupon, "claim_id": ""}
            drafted = LaneEntries(files, journal).draft(EntryKind.VOID, **given, value_minor=1_000)
            journal.append_void(drafted, seq)

    def purchase(self, receipt_no: str, total_minor: int, off_minor: int = 0) -> int:
        """A purchase of which only the amount is known."""
        number = hashlib.sha256(f"{receipt_no} {total_minor} {off_minor}".encode()).hexdigest()[:32]
        given: dict[str, Any] = {
            "txn": number, "returns": "", "receipt_no": receipt_no, "currency": "CNY", "basket_minor": total_minor,
            "discount_minor": off_minor, "lines": [], "coupons": [], "member_ref": "", "member_number": 0,
            "member_proof": "", "basket_source": "amount", "ref": f"receipt:{number}", "amount": 0, "campaign": 0,
        }  # fmt: skip
        return self.write(EntryKind.TRANSACTION, **given)

    def close(self, receipts: tuple[Path, ...] = (), **asked: Any) -> DayView:
        """Close the day."""
        request = CloseRequest(**{"attribution": Attribution(CLERK), **asked})
        return bootstrap.close_day(self.home, request, receipts, silent)[0]

    def sync(self, *, push: bool = True, pull: bool = False) -> SyncReport:
        """One round as the command does it."""
        with self.syncing() as (_, side):
            return sync_once(side.parts, push=push, pull=pull)

    def closes(self) -> list[KeptClose]:
        """All closes, oldest first."""
        with self.open() as (_, journal):
            return list(journal.days.closes())

    def standings(self) -> list[str]:
        """Where they stand."""
        return [kept.standing.value for kept in self.closes()]

    def answer(self) -> dict[str, Any]:
        """The centre's answer to the newest close."""
        return dict(self.closes()[-1].answer)

    def states(self) -> set[int]:
        """Delivery states of all entries that a close is about."""
        with self.open() as (_, journal):
            last = journal.days.closes()[-1].close.last_seq
            return {int(entry.state) for entry in journal.latest(100_000) if entry.seq <= last}


@dataclass
class ClosingShop:
    """The centre, and lanes that are enrolled there."""

    shop: Shop
    folder: Path

    def lane(self, number: int = 1) -> ClosingLane:
        """A lane with its first data."""
        code = self.shop.mint(CodeKind.ENROL, store="1", lane=number)[0]["code"]
        home = self.folder / f"lane-{number}"
        bootstrap.enrol(home, self.shop.url, code)
        return ClosingLane(home)

    def coupon(self) -> str:
        """A coupon that the centre knows."""
        return self.shop.coupon()[0]

    def forget(self, lane: ClosingLane, first: int, last: int) -> None:
        """The centre loses entries, as a disk that was restored does."""

        def job(connection: Any) -> None:
            of_lane = (INBOX.c.device == lane.device) & INBOX.c.seq.between(first, last)
            lost = select(INBOX.c.id).where(of_lane)
            connection.execute(delete(CONFLICT).where(CONFLICT.c.inbox_id.in_(lost)))
            connection.execute(delete(INBOX).where(of_lane))
            left = select(func.max(INBOX.c.seq)).where(INBOX.c.device == lane.device)
            ends = {"ack_seq": first - 1, "max_seq": max(first - 1, connection.execute(left).scalar() or 0)}
            connection.execute(update(DEVICE_EPOCH).where(DEVICE_EPOCH.c.device == lane.device).values(ends))
            connection.execute(delete(CLOSING).where(CLOSING.c.device == lane.device, CLOSING.c.last_seq >= first))

        self.shop.write(job)


def today() -> date:
    """Today in the seeded store (Shanghai)."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
