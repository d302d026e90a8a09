"""The machine's own clocks and fingerprint."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pos_client.config.machine_clock import MachineClock, hardware_hash, monotonic_ms, operating_system


def test_one_look_at_the_clocks() -> None:
    clock = MachineClock()
    first, second = clock.read(), clock.read()

    assert abs(first.wall - datetime.now(UTC)) < timedelta(minutes=1)
    assert first.monotonic_ms <= second.monotonic_ms
    assert first.boot_id == second.boot_id == MachineClock().read().boot_id


def test_a_system_without_a_boot_id_derives_one(tmp_path: Path) -> None:
    derived = MachineClock(tmp_path / "absent").read().boot_id
    unreadable = tmp_path / "boot_id"
    unreadable.write_bytes(b"\xff\xfe")

    assert re.fullmatch(r"started-\d+", derived)
    assert MachineClock(unreadable).read().boot_id.startswith("started-")


def test_the_monotonic_clock_counts_milliseconds() -> None:
    before = monotonic_ms()

    assert 0 <= monotonic_ms() - before < 60_000


def test_the_fingerprint_stays_and_names_nobody() -> None:
    assert hardware_hash() == hardware_hash()
    assert re.fullmatch(r"[0-9a-f]{64}", hardware_hash())
    assert 0 < len(operating_system()) <= 60
