"""``doctor``: every part of machine and lane that a redemption needs, each looked at by itself."""

import platform
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pos_client.config import settings
from pos_client.config.paths import find_home
from pos_client.domain.errors import PosError
from pos_client.storage.connections import sqlite_version
from pos_client.storage.verification import Verification, verify

from .asking import SIGHT_BUDGET_S
from .lane import LaneFiles, reading_lane, writer_of
from .store_side import store_server_document
from .wording_of import wording

GOOD: Final = "good"
WARN: Final = "warn"
BAD: Final = "bad"
LOW_DISK_BYTES: Final = 500 * 1024 * 1024
CLOCK_SLACK_S: Final = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: a state, and words for it."""

    state: str
    detail: str


def doctor(given: Path | None) -> list[dict[str, Any]]:
    """All checks, in the order in which a person would mend them. A check that fails never hides the next one."""
    found = {name: checked(look) for name, look in looks(given).items()}
    return [{"name": name, "state": one.state, "detail": one.detail} for name, one in found.items()]


def looks(given: Path | None) -> Mapping[str, Callable[[], Finding]]:
    """Each look by its name, in that order."""
    return {
        "program": _program,
        "sqlite": _sqlite,
        "decoders": _decoders,
        "disk": lambda: _disk(given),
        "enrolment": lambda: _enrolment(given),
        "key": lambda: _key(given),
        "journal": lambda: _journal(given),
        "data": lambda: _data(given),
        "clock": lambda: _clock(given),
        "server": lambda: _server(given),
        "store-server": lambda: _store_server(given),
        "camera": lambda: _camera(given),
        "printer": lambda: _printer(given),
        "gun": lambda: _gun(given),
    }


def _printer(given: Path | None) -> Finding:
    """The station's printer, asked for a moment and never printed on: a counter without one is in order."""
    from .printing import printer_now  # noqa: PLC0415 - loads the printer's libraries

    if not settings.load(find_home(given).settings).printer.to:
        return Finding(GOOD, "no printer is set")
    found = printer_now(given)
    where = f"{found.settings.to}, {found.settings.encoding}: {found.state}; {len(found.waiting)} waiting"
    return printer_finding(where, found.fault, waiting=len(found.waiting))


def printer_finding(where: str, fault: PosError | None, *, waiting: int) -> Finding:
    """A printer in trouble stops nothing, so it is never worse than a warning."""
    if fault is None:
        return Finding(WARN if waiting else GOOD, where)
    line, step = wording().of_fault(fault)
    return Finding(WARN, f"{where}. {line.en} {step.en}")


def checked(look: Callable[[], Finding]) -> Finding:
    """What a look found; a fault of the world is a finding too."""
    try:
        return look()
    except PosError as fault:
        line, step = wording().of_fault(fault)
        return Finding(BAD, f"{line.en} {step.en}")


def _program() -> Finding:
    from .lane import VERSION  # noqa: PLC0415 - shown only here

    return Finding(GOOD, f"pos-client {VERSION}, Python {platform.python_version()}, {platform.platform()}")


def _sqlite() -> Finding:
    return Finding(GOOD, f"SQLite {sqlite_version()}, our own build")


def _decoders() -> Finding:
    from pos_client.scanner.decoders.opened import open_decoders  # noqa: PLC0415 - loads the libraries

    found = open_decoders()
    detail = ", ".join(found.opened) + (f"; missing: {', '.join(found.missing)}" if found.missing else "")
    return Finding(WARN if found.missing else GOOD, detail)


def _disk(given: Path | None) -> Finding:
    home = find_home(given).root
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    return Finding(GOOD if free > LOW_DISK_BYTES else BAD, f"{free // 1_000_000} MB free where {home} is")


def _enrolment(given: Path | None) -> Finding:
    known = LaneFiles.of(given).orders.enrolment
    return Finding(GOOD, f"{known.store.name} ({known.store.id}), lane {known.lane_no}, device {known.device_id}")


def _key(given: Path | None) -> Finding:
    files = LaneFiles.of(given)
    files.credentials.device_key(files.device)
    if files.credentials.is_file_backed:
        return Finding(WARN, "the lane's key is in a file of its owner: there is no system keyring")
    return Finding(GOOD, "the lane's key is in the system's keyring")


def verify_lane(files: LaneFiles) -> Verification:
    """Walk the whole chain with this lane's key, to the newest entry that is remembered outside the file."""
    # Asked first: a window that writes meanwhile may tell the witness of entries that the walk has not met.
    known = files.credentials.head_witness(files.device)
    return verify(files.home.journal, files.credentials.device_key(files.device).public_bytes(), known)


def _journal(given: Path | None) -> Finding:
    files = LaneFiles.of(given)
    found = verify_lane(files)
    if not found.ok:
        return Finding(BAD, found.problem)
    holder = writer_of(files.home)
    return Finding(GOOD, f"{found.entries} entries, chain intact" + (f"; held by a {holder}" if holder else ""))


def _data(given: Path | None) -> Finding:
    with reading_lane(given) as lane:
        seen = lane.overview()
        if seen.data_as_of is None:
            return Finding(BAD, "no data yet: run pos-client sync")
        age = int((seen.time.now - seen.data_as_of).total_seconds())
        state = GOOD if age <= lane.desk.limits().soft_age_s else WARN
        return Finding(state, f"generation {seen.generation}, {lane.wording.age(max(0, age), 'en')} old")


def _clock(given: Path | None) -> Finding:
    with reading_lane(given) as lane:
        time = lane.desk.trusted_time()
    state = GOOD if abs(time.wall_offset_s) <= CLOCK_SLACK_S else WARN
    return Finding(state, f"{time.quality.value}; the wall clock is off by {time.wall_offset_s} s")


def _server(given: Path | None) -> Finding:
    with reading_lane(given) as lane:
        url = lane.files.orders.enrolment.server_url
        api = lane.files.api(lane.files.server_time(lane.journal))
        reached = api.is_there(SIGHT_BUDGET_S)
        api.close()
    return Finding(GOOD if reached else WARN, url + ("" if reached else ": no answer; the lane goes on alone"))


def _store_server(given: Path | None) -> Finding:
    with reading_lane(given) as lane:
        found = store_server_document(lane.files, lane.journal)
    if found is None:
        return Finding(GOOD, "this store has none")
    if not found["usable"]:
        return Finding(BAD, f"{found['url']}: neither https with a pinned certificate nor on this machine")
    pin = f"certificate {found['pin'][:12]}…" if found["pin"] else "on this machine, without TLS"
    heard = f"; last heard {found['heard_at']}" if found["heard_at"] else ""
    if not found["there"]:
        why = f" ({found['error']})" if found["error"] else ""
        return Finding(WARN, f"{found['url']}: no answer{why}{heard}; each lane goes on alone")
    state = "; rebuilding: it grants nothing yet" if found["rebuilding"] else ""
    return Finding(WARN if state else GOOD, f"{found['url']}, {pin}{heard}{state}")


def _camera(given: Path | None) -> Finding:
    from .cameras import cameras, is_calm  # noqa: PLC0415 - loads OpenCV

    found = cameras(given)
    if found.given is not None:
        real = f"{found.chosen} gives {found.given.width} x {found.given.height}, {found.given.fps} pictures a second"
        if found.open_password:
            return Finding(WARN, f"{real}; its password stands in station.toml: run pos-client cameras --password")
        return Finding(GOOD, real)
    if found.fault is None:
        return Finding(GOOD, f"{found.chosen}: the window uses it" if found.in_window else "no camera is wanted here")
    line, step = wording().of_fault(found.fault)
    # A counter with a gun alone is a well one; so is one whose camera is away for a while.
    return Finding(GOOD if is_calm(found.fault) else WARN, f"{found.chosen}: {line.en} {step.en}")


def _gun(given: Path | None) -> Finding:
    from .gun_ports import guns  # noqa: PLC0415 - loads pyserial

    found = guns(given)
    by = f"begins with {found.wedge.prefix}" if found.wedge.prefix else "told by its speed; a prefix is more certain"
    if found.fault is not None:
        # A camera or a gun that types may still work.
        line, step = wording().of_fault(found.fault)
        return Finding(WARN, f"{line.en} {step.en}")
    serial = f"; serial gun {found.line.port}: {found.state}" if found.line.port else ""
    return Finding(GOOD, f"keyboard gun {by}{serial}")
