"""A day that is counted on from the last look is what a count of every entry says: random days, voids, new epochs."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_client.domain.journal_entry import Entry, EntryDraft, EntryKind
from pos_client.storage import day_groups
from pos_client.storage.day_groups import DayGroups
from pos_client.storage.journal import LaneKey, SqlJournal
from pos_client.storage.journal_file import open_for_reading
from pos_client.usecases.day_office import DayGroup
from tests import builders as a

KEY = LaneKey("D" * 22, 1, a.a_key("device").sign)
DAYS = [a.TODAY - timedelta(weeks=number) for number in range(3)]
KINDS = (EntryKind.REDEEM, EntryKind.REJECT, EntryKind.BIND, EntryKind.HAND_OVER)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["redeem", "redeem", "reject", "bind", "hand_over", "earn", "void", "return", "look"]),
        st.integers(0, 7),
    ),
    max_size=40,
)
Told = Counter[tuple[object, ...]]


def draft_of(deed: str, number: int, roll: int) -> EntryDraft:
    """An entry of one of the days, of one of some promoters and campaigns, at some hour."""
    at = a.NOON + timedelta(hours=roll)
    about: dict[str, Any] = {"business_date": DAYS[roll % 3].isoformat(), "promoter": ("P05", "", "P06")[roll % 3]}
    made = a.a_redemption(f"1001-{number}", at=at, campaign=1000 + roll % 2, discount_minor=100 + roll, **about)
    if deed == "redeem":
        return made
    kinds = {"reject": EntryKind.REJECT, "bind": EntryKind.BIND, "earn": EntryKind.EARN}
    more = {"reason": ("expired", "wrong-store")[roll % 2], "action": ("new", "verify")[roll % 2]}
    fields = {**made.fields, **more, "amount": -1 - roll % 3, "coupon_id": "", "ref": f"stock:{roll}"}
    return EntryDraft(kinds.get(deed, EntryKind.HAND_OVER), fields)


def do(journal: SqlJournal, deed: str, number: int, roll: int) -> None:
    """One deed; a void takes back the roll-th newest that still stands, goods that come back two at once."""
    if deed not in {"void", "return"}:
        journal.append(draft_of(deed, number, roll))
        return
    standing = [one for one in journal.latest(100, (EntryKind.REDEEM, EntryKind.HAND_OVER)) if not one.voided]
    some = standing[roll : roll + (2 if deed == "return" else 1)]
    drafts = [replace(a.a_void(one.seq), target=(one.epoch, one.seq)) for one in some]
    if deed == "return":
        drafts.append(draft_of("earn", number, roll))
    if drafts:
        journal.append_all(drafts)


def recounted(entries: Iterable[Entry], days: list[date]) -> Told:
    """Every entry read, none grouped by the file."""
    told: Told = Counter()
    for one in entries:
        fields = one.fields()
        day = date.fromisoformat(fields["business_date"])
        if one.kind not in KINDS or day not in days:
            continue
        reason = fields["reason"] if one.kind is EntryKind.REJECT else ""
        action = fields["action"] if one.kind is EntryKind.BIND else ""
        key = (day, one.kind, fields["campaign"], fields["promoter"], reason, action, one.voided)
        told[*key, "count"] += 1
        told[*key, "minor"] += fields["discount_minor"]
        told[*key, "pieces"] += abs(fields.get("amount") or 0)
        if one.kind is EntryKind.REDEEM:
            told[day, one.voided, fields["at"][:13]] += 1
    return told


def counted(groups: Iterable[DayGroup]) -> Told:
    """The same from the groups."""
    from pos_client.domain.business_time import from_ms  # noqa: PLC0415
    from pos_client.domain.journal_entry import wire_time  # noqa: PLC0415

    told: Told = Counter()
    for one in groups:
        key = (one.business_date, one.kind, one.campaign, one.promoter, one.reason, one.action, one.is_voided)
        told[*key, "count"] += one.count
        told[*key, "minor"] += one.amount_minor
        told[*key, "pieces"] += one.pieces
        if one.kind is EntryKind.REDEEM:
            told[one.business_date, one.is_voided, wire_time(from_ms(one.from_ms))[:13]] += one.count
    return told


@settings(max_examples=40, deadline=None)
@given(deeds=DEEDS)
def test_going_on_says_the_same_as_counting_every_entry(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("days") / "journal.db"
    journal, kept = SqlJournal.open(path, KEY), DayGroups()
    for number, (deed, roll) in enumerate([*deeds, ("look", 0)]):
        if deed != "look":
            do(journal, deed, number, roll)
            continue
        days = DAYS[: 1 + roll % 3]
        with closing(open_for_reading(path)) as beside:
            assert counted(kept.of(beside, days)) == recounted(journal.latest(1_000), days), deeds[:number]
    journal.close()


def test_a_day_longer_than_a_piece_is_counted_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_groups, "PIECE", 7)
    journal = SqlJournal.open(tmp_path / "journal.db", KEY)
    for number in range(50):
        journal.append(draft_of("redeem", number, number % 8))

    for number in range(60, 64):
        assert counted(journal.days.groups(DAYS)) == recounted(journal.latest(1_000), DAYS)
        do(journal, "void", number, 3)
        do(journal, "redeem", number, 0)
    journal.close()


def test_entries_of_a_new_epoch_are_counted_on(tmp_path: Path) -> None:
    path, kept = tmp_path / "journal.db", DayGroups()
    journal = SqlJournal.open(path, KEY)
    journal.append_all([draft_of("redeem", number, 0) for number in range(3)])
    with closing(open_for_reading(path)) as beside:
        kept.of(beside, DAYS)
        journal.begin_epoch(2, bytes(32), a.a_login(), {})
        journal.append(draft_of("redeem", 9, 0))
        do(journal, "void", 10, 2)

        assert counted(kept.of(beside, DAYS)) == recounted(journal.latest(1_000), DAYS)
    journal.close()
