"""Holds of points from the lane's side: the real server's answers, and none."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos_client.config.machine_clock import MachineClock
from pos_client.config.signing_keys import TrustKeys, parse_trusted_key
from pos_client.sync.api_client import ApiClient
from pos_client.sync.breaker import Breaker
from pos_client.sync.points import CrmPoints
from pos_client.sync.server_time import ServerTime
from pos_client.sync.signing import RequestSigner
from pos_client.usecases.claim_port import ClaimUnanswered, PointsHeld, PointsShort
from tests.fakes.lane_client import LaneClient
from tests.integration.crm_server.served_shop import Shop, seed_into, served
from tests.integration.crm_server.trade import member, points

PATIENCE_S = 30.0


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    seed_into(tmp_path / "crm")
    with served(tmp_path / "crm") as running:
        yield running


def desk_of(lane: LaneClient) -> tuple[CrmPoints, ApiClient]:
    """The real desk of an enrolled lane."""
    trust = TrustKeys([parse_trusted_key(key) for key in lane.enrolment["trust"]], lambda: datetime.now(UTC).date())
    time = ServerTime(MachineClock(), trust.verify_time)
    api = ApiClient(lane.base_url, time, version="0.1.0", signer=RequestSigner(lane.device, lane.key.sign))
    return CrmPoints(api, Breaker(api.is_there), PATIENCE_S), api


def test_points_are_held_refused_with_the_balance_and_let_go(shop: Shop) -> None:
    number, ref = member(shop, 1)
    balance = points(shop, number)
    desk, api = desk_of(shop.lane())
    hold, other = secrets.token_hex(16), secrets.token_hex(16)
    assert balance > 100

    assert desk.hold_points(hold, ref, balance - 100) == PointsHeld(hold, 100)
    assert desk.hold_points(hold, ref, balance - 100) == PointsHeld(hold, 100)
    assert desk.hold_points(other, ref, 101) == PointsShort(100)
    assert desk.release_points(hold)
    assert desk.hold_points(other, ref, balance) == PointsHeld(other, 0)
    assert desk.hold_points(hold, ref, 1) == ClaimUnanswered("hold-released")
    assert desk.hold_points(secrets.token_hex(16), "m-nobody", 1) == ClaimUnanswered("member-unknown")
    api.close()


def test_nobody_there_is_no_answer_and_no_exception() -> None:
    api = ApiClient("http://127.0.0.1:1", ServerTime(MachineClock()), version="0.1.0")
    desk = CrmPoints(api, Breaker(lambda: False, open_s=60), 0.5)

    assert isinstance(desk.hold_points(secrets.token_hex(16), "m-1", 1), ClaimUnanswered)
    assert not desk.release_points(secrets.token_hex(16))
    api.close()
