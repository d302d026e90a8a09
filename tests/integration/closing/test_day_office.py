"""The office of a window's desk over a real lane: figures, sealed files, papers, the way to the centre."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos_client.bootstrap.asking import SightClaims
from pos_client.bootstrap.day_office import TellsAll, WindowOffice
from pos_client.domain.errors import UsageError
from pos_client.domain.journal_entry import EntryKind
from pos_client.sync.status import SyncPhase, SyncStatus
from pos_client.usecases.close_day import CloseDay, CloseRequest
from pos_client.usecases.day_end import DayEnd
from pos_client.usecases.day_end_state import Step
from pos_client.usecases.day_figures import day_figures
from pos_client.usecases.desk import Attribution
from tests.integration.closing.closing_shop import CLERK, SUPERVISOR, ClosingLane, ClosingShop


@pytest.fixture
def lane(shop: ClosingShop) -> ClosingLane:
    made = shop.lane()
    made.sync(pull=True)
    for number in range(3):
        made.redeem(shop.coupon(), 500 + number)
    return made


@pytest.fixture
def office(lane: ClosingLane) -> Iterator[WindowOffice]:
    with lane.open() as (files, journal):
        api = files.api(files.server_time(journal))
        made = WindowOffice(files, journal)
        made.desk = replace(files.desk(journal, SightClaims(api, None)), office=made)  # type: ignore[arg-type]
        yield made
        api.close()


def test_figures_come_from_the_real_book(office: WindowOffice) -> None:
    assert office.desk is not None

    figures = day_figures(office.desk, None, SUPERVISOR, "")

    assert (figures.redeemed, figures.value_minor) == (3, 1_503)
    waiting = office.next_waiting()
    assert waiting is not None


def test_what_waits_becomes_a_sealed_file(office: WindowOffice) -> None:
    carried = office.carry_out(datetime.now(UTC).date())

    file = Path(carried.path)
    assert carried.entries >= 3
    assert len(carried.sha256) == 64
    assert file.is_file()
    assert b"redeem" not in file.read_bytes()


def test_a_day_is_ended_and_its_books_are_kept(office: WindowOffice) -> None:
    assert office.desk is not None
    end = DayEnd(office.desk, CLERK)
    facts = end.open()
    counted = {one.item: 0 for one in facts.to_count}

    facts = end.change(replace(facts.state, counted=counted, is_counted=True).at(Step.UPLOAD))

    assert facts.upload.pending >= 3
    assert sum(one.count for one in facts.campaigns) == 3
    with pytest.raises(UsageError):
        office.keep("../elsewhere", b"")
    assert Path(office.keep("2026-11-22-1-9.pdf", b"%PDF")).read_bytes() == b"%PDF"
    with pytest.raises(UsageError):
        office.keep_books(facts.day, "books.json")


def test_the_newest_status_says_whether_there_is_a_way(office: WindowOffice) -> None:
    heard: list[SyncStatus] = []
    tell = TellsAll((heard.append, office.on_status))
    assert not office.delivery().has_contact

    now = datetime.now(UTC)
    tell(SyncStatus(SyncPhase.IDLE, last_contact=now, way="direct"))
    assert office.delivery().has_contact
    tell(SyncStatus(SyncPhase.WAITING, last_contact=now, way="none", last_error="server-unreachable"))

    delivery = office.delivery()
    assert (delivery.has_contact, delivery.trouble) == (False, "server-unreachable")
    assert len(heard) == 2


def test_the_books_of_a_closed_day_are_kept(lane: ClosingLane, office: WindowOffice) -> None:
    del lane
    assert office.desk is not None
    view = CloseDay(office.desk, office.days, office.compare_host)(CloseRequest(attribution=Attribution(CLERK)))

    books = json.loads(Path(office.keep_books(view.day, "books.json")).read_bytes())
    assert sum(line["count"] for line in books["closes"][0]["totals"] if line["kind"] == EntryKind.REDEEM) == 3
