"""A store's server behind a real centre: joined over loopback, its rounds run by the test or by themselves."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from crm_server.api.store_application import create_store_app
from crm_server.minting import CodeKind
from crm_server.store_role import joining
from crm_server.store_role.forwarding import Forwarder
from crm_server.store_role.mirroring import Mirror
from crm_server.store_role.store_server import StoreServer, open_store
from tests.fakes.lane_client import LaneClient
from tests.fakes.served_app import address_of, loopback_listener, served_app
from tests.integration.crm_server.served_shop import ShiftedClock, Shop

Result = TypeVar("Result")


@dataclass
class Store:
    """A running store server, and the shop's centre behind it."""

    shop: Shop
    server: StoreServer
    url: str
    database_url: str | None = None
    lanes: list[LaneClient] = field(default_factory=list)

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """Do something in the store server's own tables."""
        return self.server.centre.database.write(job).result()

    def mirror(self) -> None:
        """Fetch what the centre has."""
        line = self.server.upstream()
        Mirror(self.server, line).run()
        line.close()

    def forward(self) -> int:
        """Carry what waits to the centre."""
        line = self.server.upstream()
        try:
            return Forwarder(self.server, line).run()
        finally:
            line.close()

    def at_store(self, lane: LaneClient) -> LaneClient:
        """The same lane, speaking with the store's server: one journal, another address, no session token."""
        here = replace(lane, base_url=self.url, token="")
        here.entries = lane.entries
        self.lanes.append(here)
        return here

    def lane(self, lane: int = 1) -> LaneClient:
        """A lane of this store, speaking with its server, which knows it."""
        client = self.at_store(self.shop.lane(store=str(self.server.identity.store), lane=lane))
        self.mirror()
        return client


def join(shop: Shop, folder: Path, upstream: str = "", store: int = 1) -> None:
    """Become the server of a store."""
    code = shop.mint(CodeKind.STORE_SERVER, store=str(store))[0]["code"]
    joining.join(folder, upstream or shop.url, store, code)


@contextmanager
def served_store(
    shop: Shop, folder: Path, database_url: str | None = None, clock: ShiftedClock | None = None
) -> Iterator[Store]:
    """The store server of a folder, announced and mirrored once, served until the block ends."""
    server = open_store(folder, database_url, clock or shop.clock)
    listener = loopback_listener()
    server.url = address_of(listener)
    line = server.upstream()
    joining.announce(server, line, "test")
    line.close()
    app = create_store_app(server)
    with closing(server), closing(app.state.relay), served_app(app, listener):
        store = Store(shop, server, server.url, database_url)
        store.mirror()
        try:
            yield store
        finally:
            for lane in store.lanes:
                lane.close()
