"""A store as its IT sets it up: the centre behind a line that can be cut, a store server on the LAN, lanes at both.

Apart from ``shop`` because most tests need no store server. Programs are real processes; lanes are opened in this one,
each with its own home, journal and connections, so that eight of them can race.
"""

import json
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, insert, select

from crm_server.centre import open_centre
from crm_server.schema import LANE, OFFER
from tests.fakes.fault_proxy import NO_FAULTS, FaultMix, FaultProxy
from tests.fakes.forked_command import Serving
from tests.fakes.shop import CENTRE, LaneHome, Server

LANES = 8
NEVER_ALONE = 5_000
"""A campaign of ten off that no lane may give alone."""
_OFFER = {
    "number": NEVER_ALONE,
    "name": {"zh": "立减10", "en": "10 off"},
    "effects": [{"kind": "amount_off", "amount_minor": 1_000}],
    "offline": {"policy": "deny"},
}
CUT = FaultMix(drop_request=1.0)


class StoreServerProcess:
    """``crm-server serve --role store`` on loopback, which can be killed and started again on its port."""

    def __init__(self, data: Path, upstream: str, code: str) -> None:
        self._data, self._upstream, self._code = data, upstream, code
        self._serving: Serving | None = None
        self.port = 0
        self.url = ""

    def start(self) -> None:
        """Start, and wait until it listens."""
        joining = ["--upstream", self._upstream, "--store", "1", "--code", self._code]
        asked = ["serve", "--role", "store", "--port", str(self.port), *joining, "--json"]
        place = self._data / "serving" / str(time.monotonic_ns())
        self._serving = Serving(CENTRE, ["--data", str(self._data), *asked], place)
        told = json.loads(self._serving.first_line())
        self.url, self.port = told["listening"], told["port"]

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._serving is not None:
            self._serving.kill()
            self._serving = None


class StoreShop:
    """A seeded centre, lines to it from the store, a store server and the lanes of store 1."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.centre = Server(root / "crm", 0, lambda _text: None)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self.centre.command("seed", "--small")
        self._widen()
        self._open.enter_context(self.centre)
        self.wan = self._open.enter_context(FaultProxy(self.centre.url))
        self.store_wan = self._open.enter_context(FaultProxy(self.centre.url))
        code = self.centre.command("mint", "store-server", "--store", "1")[0]["code"]
        self.store = StoreServerProcess(self.root / "store", self.store_wan.url, str(code))
        self.store.start()
        self._open.callback(self.store.kill)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _widen(self) -> None:
        """Store 1 has lanes enough for a race, and a campaign that needs a server."""
        centre = open_centre(self.root / "crm", None)
        known = select(LANE.c.number).where(LANE.c.store == 1)

        def add(connection: Connection) -> None:
            there = set(connection.execute(known).scalars())
            more = [number for number in range(1, LANES + 1) if number not in there]
            connection.execute(insert(LANE), [{"store": 1, "booth": "", "number": number} for number in more])
            offer = {"number": NEVER_ALONE, "body": json.dumps(_OFFER), "next_serial": 1}
            connection.execute(insert(OFFER).values(offer))

        centre.database.write(add).result()
        centre.close()
        self.centre.command("snapshot")

    def cut(self) -> None:
        """The line out of the store is dead."""
        self.wan.mix = self.store_wan.mix = CUT

    def heal(self) -> None:
        """It is back."""
        self.wan.mix = self.store_wan.mix = NO_FAULTS

    def lane(self, number: int = 0) -> LaneHome:
        """Enrol one more lane of store 1."""
        home = LaneHome(self.root / f"lane-{number}")
        code = self.centre.command("mint", "enrol", "--store", "1", "--lane", str(number + 1))[0]["code"]
        answered = home.run("enrol", self.wan.url, str(code))
        assert answered.code == 0, answered
        return home

    def coupons(self, count: int, *options: str) -> list[str]:
        """Codes of fresh coupons."""
        return [str(item["code"]) for item in self.centre.command("mint", "coupon", "--count", str(count), *options)]
