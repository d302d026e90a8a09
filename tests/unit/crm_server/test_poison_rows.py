"""A row that makes the applying code fail: it is stored as quarantined, and all others of its batch are applied."""

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from crm_server.application import Application, Effects, Outcome
from crm_server.centre import Centre, open_centre
from crm_server.devices import ACTIVE, Caller
from crm_server.effects import EFFECTS
from crm_server.enrolment import EnrolmentRequest, enrol, new_code
from crm_server.entry_facts import EntryFacts, ReadRow, SentRow, read_rows
from crm_server.inbox import Batch, BatchResult, store_batch
from crm_server.schema import CHANGE, CLAIM, INBOX
from crm_server.seed.shop import SeedRequest, seed_shop
from pos_client.domain.journal_entry import EntryKind
from tests.fakes.lane_client import LaneClient

POISON = "666-1"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    opened = open_centre(tmp_path / "crm")
    seed_shop(opened, SeedRequest(share=100))
    yield opened
    opened.close()


@pytest.fixture
def lane(centre: Centre) -> Iterator[LaneClient]:
    client = LaneClient(base_url="http://127.0.0.1")

    def job(connection: Connection) -> dict[str, Any]:
        code = new_code(connection, 1, 1, centre.now_ms())
        request = EnrolmentRequest(code, client.pubkey, "", "", "")
        return enrol(connection, request, centre.keys, centre.now_ms())[1]

    client.enrolment = centre.database.write(job).result()
    client.device, client.epoch = client.enrolment["device_id"], 1
    yield client
    client.close()


def poisoned(fault: Callable[[Application, int], None]) -> Effects:
    """The real effects, but for one coupon whose redemption goes wrong after it was applied."""

    def redeem(work: Application, row: ReadRow, facts: EntryFacts, number: int) -> Outcome:
        outcome = EFFECTS[EntryKind.REDEEM](work, row, facts, number)
        if facts.coupon_id == POISON:
            fault(work, number)
        return outcome

    return {**EFFECTS, EntryKind.REDEEM: redeem}


def push(centre: Centre, lane: LaneClient, effects: Effects) -> BatchResult:
    sent = [SentRow(**json.loads(entry.wire())) for entry in lane.entries]
    rows = read_rows(sent, lane.device, 1, lane.key.public_key())
    caller = Caller(lane.device, 1, 1, "Asia/Shanghai", 1, ACTIVE)
    batch = Batch(1, rows, secrets.token_hex(8), "digest")
    return centre.database.write(
        lambda connection: store_batch(connection, caller, batch, effects, centre.now_ms())
    ).result()


def fails(_work: Application, _number: int) -> None:
    raise KeyError("the code that applies is wrong")


def breaks_a_key(work: Application, number: int) -> None:
    row = work.connection.execute(select(INBOX).where(INBOX.c.id == number)).one()
    work.connection.execute(insert(INBOX).values(**row._mapping))


@pytest.mark.expects_log("could not be applied")
@pytest.mark.parametrize("fault", [fails, breaks_a_key])
def test_one_row_in_a_batch_fails_alone(
    centre: Centre, lane: LaneClient, fault: Callable[[Application, int], None]
) -> None:
    for number in range(20):
        lane.redeem(POISON if number == 7 else f"777-{number}")
    done = push(centre, lane, poisoned(fault))
    again = push(centre, lane, EFFECTS)

    assert [(row.result, row.reason) for row in done.results] == [
        ("quarantined", "server-error") if number == 7 else ("accepted", "") for number in range(20)
    ]
    assert (done.stored.ack_seq, done.stored.missing) == (20, [])
    assert {row.result for row in again.results} == {"duplicate"}
    assert again.results[7].original == "quarantined"


@pytest.mark.expects_log("could not be applied")
def test_a_failed_effect_leaves_no_trace(centre: Centre, lane: LaneClient) -> None:
    lane.redeem(POISON)
    lane.redeem("777-1")
    before = centre.database.read(lambda connection: connection.execute(select(CHANGE.c.n)).scalars().all()).result()
    push(centre, lane, poisoned(fails))
    claimed = centre.database.read(
        lambda connection: (
            connection.execute(select(CLAIM.c.coupon_id).where(CLAIM.c.device == lane.device)).scalars().all()
        )
    ).result()
    after = centre.database.read(lambda connection: connection.execute(select(CHANGE.c.n)).scalars().all()).result()

    assert claimed == ["777-1"]
    assert len(after) == len(before) + 2  # the use, and the mark of what is counted


def test_a_fault_of_the_disk_is_no_fault_of_a_row(centre: Centre, lane: LaneClient) -> None:
    def full(_work: Application, _number: int) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    lane.redeem(POISON)
    with pytest.raises(OperationalError):
        push(centre, lane, poisoned(full))
    kept = centre.database.read(lambda connection: connection.execute(select(INBOX.c.id)).all()).result()

    assert kept == []
    assert [row.result for row in push(centre, lane, EFFECTS).results] == ["accepted"]
