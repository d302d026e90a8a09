"""The world of a box: a centre, a store's server, lanes of one store, and the roads between them.

Apart from the scenarios because they only say what happens. Everything in it is the real program in a process of its
own; only the roads and the calendar are the box's.
"""

import json
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from faults.tables import rows

from .calendar import Calendar
from .lane_handle import LaneHandle
from .programs import ProgramFailed, ServerProgram
from .road import Road
from .seats import prepare
from .timeline import Timeline

SETTLE_TRIES: Final = 40
MOMENT_S: Final = 0.5
ENROL_AT_ONCE: Final = 3
KNOWN_WITHIN_S: Final = 60.0
STORE: Final = 1
GREEN: Final = frozenset({"accepted", "pending"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands in the box.

    Attributes:
        lanes: of the store. store_server: whether there is one.
        elsewhere: lanes of another store, after the others.
        database_url, store_database_url: PostgreSQL in place of SQLite, empty for SQLite.
        policy: what the centre's policy says instead of its defaults.
        seed: of all dice.
    """

    lanes: int = 3
    store_server: bool = True
    elsewhere: int = 0
    database_url: str = ""
    store_database_url: str = ""
    policy: dict[str, Any] | None = None
    seed: int = 1


class World:
    """An opened box.

    Args:
        folder: empty. plan: what stands in it. timeline: told what happens.
    """

    def __init__(self, folder: Path, plan: Plan, timeline: Timeline) -> None:
        self.folder, self.plan, self.timeline = folder, plan, timeline
        self.calendar = Calendar(folder / "calendar")
        self.wan = Road("lanes to the centre", plan.seed * 10 + 1)
        self.uplink = Road("store to the centre", plan.seed * 10 + 2)
        self.lan = Road("lanes to the store's server", plan.seed * 10 + 3)
        url = ["--database-url", plan.database_url] if plan.database_url else []
        served = ["--role", "central", "--host", "127.0.0.1", *url]
        self.centre = ServerProgram(folder / "centre", served, self.calendar.environment())
        self.store: ServerProgram | None = None
        self.lanes: list[LaneHandle] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open everything and enrol the lanes."""
        for road in (self.wan, self.uplink, self.lan):
            self._stack.enter_context(road)
        self.centre.command("seed", "--small")
        if self.plan.policy:
            self._order(self.plan.policy)
        codes = prepare(self.centre.data, self.plan.database_url, self._places())
        self.centre.start()
        for road in (self.wan, self.uplink):
            road.lead_to(self.centre.url)
        if self.plan.store_server:
            self._open_store()
        self._enrol_all(codes)
        self.note("box", self._standing())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every process."""
        for lane in self.lanes:
            lane.kill()
        for server in (self.store, self.centre):
            if server is not None:
                server.stop()
        self._stack.close()

    def note(self, who: str, what: str) -> None:
        """One line of the timeline."""
        self.timeline.note(who, what)

    def mint(self, count: int, *options: str, kind: str = "coupon") -> list[str]:
        """Codes of fresh coupons."""
        return [str(one["code"]) for one in self.centre.command("mint", kind, "--count", str(count), *options)]

    def redeem(self, lane: LaneHandle, code: str) -> dict[str, Any]:
        """One code at one lane, told on the timeline."""
        said = lane.do("redeem", codes=[code])
        self.note(lane.name, said["told"])
        return said

    def race(self, code: str, lanes: Sequence[LaneHandle]) -> list[dict[str, Any]]:
        """The same code at several lanes at once; their answers in the order of the lanes."""
        for lane in lanes:
            lane.tell("redeem", codes=[code])
        return [lane.hear() for lane in lanes]

    def standings_of(self, lane: LaneHandle) -> list[str]:
        """Where a lane's closed days stand, once none of them moves any more."""
        standings: list[str] = []
        for _ in range(SETTLE_TRIES):
            lane.do("sync")
            standings = list(lane.do("closes")["standings"])
            if not set(standings) - {"agreed"}:
                break
            time.sleep(MOMENT_S)
        return standings

    def host_receipt(self, number: str, total_minor: int) -> dict[str, Any]:
        """What the host's till wrote of a sale just now."""
        at = {"till": "7", "at": self.calendar.now(), "kind": "sale", "currency": "CNY"}
        return {**at, "receipt_no": number, "total_minor": total_minor, "discount_minor": 0}

    def put(self, name: str, document: Any) -> Path:
        """A file of JSON in the box."""
        path = self.folder / name
        path.write_text(json.dumps(document))
        return path

    def told(self, lanes: Sequence[LaneHandle], answers: Sequence[dict[str, Any]]) -> None:
        """Put what several lanes showed on the timeline."""
        for lane, said in zip(lanes, answers, strict=True):
            self.note(lane.name, said["told"])

    def settle(self) -> int:
        """Bring every lane and server back, open every road, and sync until nothing waits; what still does."""
        self.heal()
        for server in (self.centre, self.store):
            if server is not None and not server.runs:
                server.start()
        for lane in self.lanes:
            if not lane.runs:
                lane.start()
        left = {lane.name: self._settled(lane) for lane in self.lanes}
        waiting = sum(left.values())
        self.note("box", "settled: nothing waits" if not waiting else f"not settled: {left}")
        return waiting

    def heal(self) -> None:
        """Open every road."""
        for road in (self.wan, self.uplink, self.lan):
            road.heal()

    def cut(self, *roads: Road, silent: bool = False) -> None:
        """Close roads, all where none is named."""
        for road in roads or (self.wan, self.uplink, self.lan):
            road.cut(silent=silent)
            self.note("network", f"{road.name}: {'silent' if silent else 'cut'}")

    def isolate(self, lane: LaneHandle) -> None:
        """One lane alone."""
        for road in (self.wan, self.lan):
            road.cut(lane.device)
        self.note("network", f"{lane.name} reaches nobody")

    def tomorrow(self) -> None:
        """The shop goes to bed; lanes are switched off, and on again a day later."""
        for lane in self.lanes:
            lane.close()
        for calendar in (self.calendar, *(lane.calendar for lane in self.lanes)):
            calendar.add_days(1)
        self.timeline.day += 1
        for lane in self.lanes:
            lane.start()
        self.note("box", "a new day")

    def here(self) -> list[LaneHandle]:
        """Lanes of the store with the server."""
        return self.lanes[: self.plan.lanes]

    def _settled(self, lane: LaneHandle) -> int:
        waiting = 0
        for _ in range(SETTLE_TRIES):
            waiting = int(lane.do("sync")["waiting"])
            if not waiting:
                break
        return waiting

    def _open_store(self) -> None:
        code = self.centre.command("mint", "store-server", "--store", str(STORE))[0]["code"]
        url = ["--database-url", self.plan.store_database_url] if self.plan.store_database_url else []
        named = ["--upstream", self.uplink.url, "--store", str(STORE), "--code", code, "--public-url", self.lan.url]
        served = ["--role", "store", "--host", "127.0.0.1", *url, *named]
        self.store = ServerProgram(self.folder / "store", served, self.calendar.environment())
        self.store.start()
        self.lan.lead_to(self.store.url)

    def _order(self, policy: dict[str, Any]) -> None:
        path = self.folder / "policy.json"
        path.write_text(json.dumps(policy))
        self.centre.command("policy", "set", str(path))

    def _places(self) -> list[tuple[int, int]]:
        here = [(STORE, number) for number in range(1, self.plan.lanes + 1)]
        return here + [(STORE + 1, number) for number in range(1, self.plan.elsewhere + 1)]

    def _enrol_all(self, codes: Sequence[str]) -> None:
        with ThreadPoolExecutor(ENROL_AT_ONCE) as pool:
            self.lanes = list(pool.map(self._enrolled, self._places(), codes))
        if self.store is not None:
            self._wait_until_known(self.store)

    def _wait_until_known(self, store: ServerProgram) -> None:
        """A server that was cut off before it heard of a lane could not answer it."""
        ends = time.monotonic() + KNOWN_WITHIN_S
        devices = [lane.device for lane in self.here()]
        database = self.plan.store_database_url or store.data / "crm.db"
        while time.monotonic() < ends:
            roster = str(rows(database, "SELECT body FROM mirrored WHERE name = 'roster'"))
            if all(device in roster for device in devices):
                return
            time.sleep(0.2)
        raise ProgramFailed("the store's server did not hear of its lanes")

    def _enrolled(self, place: tuple[int, int], code: str) -> LaneHandle:
        store, number = place
        home = self.folder / f"store-{store}-lane-{number}"
        lane = LaneHandle(number if store == STORE else 100 + number, home)
        lane.enrol(self.wan.url, code)
        lane.start()
        return lane

    def _standing(self) -> str:
        server = "a store server, " if self.store else ""
        return f"a centre, {server}{len(self.lanes)} lanes"


def greens(answers: Iterable[dict[str, Any]]) -> int:
    """How many of several answers were green."""
    return sum(said["verdict"] in GREEN for said in answers)
