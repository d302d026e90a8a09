"""A machine whose clock battery is dead starts in another year: it still takes the centre's data."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_client.bootstrap.lane import LaneFiles
from pos_client.bootstrap.standing import StandingOrders
from pos_client.bootstrap.syncing import sync_side
from pos_client.config.machine_clock import MachineClock
from pos_client.domain.trusted_time import ClockReading
from pos_client.storage.lock import COMMAND
from pos_client.sync.one_round import sync_once
from tests.fakes.shop import Shop


class WrongClock:
    """The machine's clocks, restarted, with a wall clock that is wrong."""

    def __init__(self, days: int) -> None:
        self._machine, self._wrong_by = MachineClock(), timedelta(days=days)

    def read(self) -> ClockReading:
        reading = self._machine.read()
        return ClockReading(reading.wall + self._wrong_by, reading.monotonic_ms, "started-anew")


@pytest.mark.parametrize("days", [-3_652, 3_652])
def test_it_pulls_by_the_centres_time(shop: Shop, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setenv("POS_CLIENT_KEYRING", "file")
    home: Path = shop.lane(0).home
    shop.mint("coupon", 1)
    clock, files = WrongClock(days), LaneFiles.of(home)
    files = replace(files, clock=clock, orders=StandingOrders(files.home, clock))  # type: ignore[arg-type]
    journal = files.open_journal(COMMAND, 1.0)
    try:
        side = sync_side(files, journal)
        report = sync_once(side.parts, push=True, pull=True).as_json()
        side.parts.api.close()
        side.cache.close()
    finally:
        journal.close()

    assert report["errors"] == []
    assert report["pulled"] > 0
